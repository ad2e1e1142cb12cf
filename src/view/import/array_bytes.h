// Arrays in files: a shape, a type, and the bytes of the values one after the other.
#ifndef SOFTMASK_VIEW_IMPORT_ARRAY_BYTES_H_
#define SOFTMASK_VIEW_IMPORT_ARRAY_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/status.h"
#include "view/import/imported_matrix.h"
#include "view/import/refusal_texts.h"

namespace softmask::view {

using Bytes = std::span<const uint8_t>;

// What of a file is in memory: all of it, or the bytes from `start` on of a file of `file_size`.
struct FilePart {
  FilePart(Bytes whole) : bytes(whole), file_size(whole.size()) {}  // NOLINT: a file is a part, too
  FilePart(Bytes some, uint64_t first, uint64_t size)
      : bytes(some), start(first), file_size(size) {}

  bool has(uint64_t begin, uint64_t length) const {
    return begin >= start && length <= bytes.size() && begin - start <= bytes.size() - length;
  }
  const uint8_t* at(uint64_t offset) const { return bytes.data() + (offset - start); }

  Bytes bytes;
  uint64_t start = 0;
  uint64_t file_size = 0;
};

// Bytes of a file.
struct ByteRange {
  uint64_t begin = 0;
  uint64_t end = 0;
};

// How a value is stored. The integers have the sizes 1, 2, 4 and 8.
enum class StoredKind : uint8_t { kBool, kSigned, kUnsigned, kFloat, kBFloat16 };

struct StoredType {
  StoredKind kind = StoredKind::kFloat;
  int size = 4;  // bytes
  bool big_endian = false;
};

// As NumPy calls it: "float32", "bool".
std::string numpy_type_name(const StoredType& type);

// Most dims of an array, as in NumPy.
inline constexpr std::size_t kMostDims = 32;

struct StoredArray {
  StoredType type;
  std::vector<uint64_t> shape;  // at most kMostDims; any sizes, also lies
  bool fortran_order = false;   // first index fastest
  // Values between neighbours of each dim, any numbers; none: those of the order.
  std::vector<uint64_t> strides;
  uint64_t offset = 0;  // of the first value, in bytes
};

// `byte 12: <problem>`.
core::Status refused_at_byte(uint64_t offset, std::string_view problem);
core::Status refused_at_byte(uint64_t offset, RefusalText problem);

// "(2, 3)", as Python writes it.
std::string shape_text(std::span<const uint64_t> shape);

// The number of values, or nothing where it is beyond 2^63.
std::optional<uint64_t> element_count(std::span<const uint64_t> shape);

// The matrix of the last two dims (all of it at rank 1 and 2, one value at rank 0) at `slice`, the
// indices of the dims before them: with fewer indices the first of each is taken, where there are
// more or one is outside its dim they are refused. Memory is taken for this matrix alone, after
// its size and the bytes that must be there have been checked. O(values of the matrix).
// Of the file at least matrix_range() must be in memory.
ImportResult read_matrix(const FilePart& file, const StoredArray& array,
                         std::span<const uint64_t> slice);

// The same, some rows at a time.
class MatrixValues {
 public:
  // What is refused of it is refused here. `file` has to stay in memory.
  core::Status begin(const FilePart& file, const StoredArray& array,
                     std::span<const uint64_t> slice);
  // The next rows, of so many values together or a row more. False once there are no more.
  bool read_on(std::size_t values);
  // How much of it is read: 0 … 1.
  double done() const;
  // The matrix, once read_on was false.
  ImportedMatrix take() { return std::move(matrix_); }

 private:
  const uint8_t* first_ = nullptr;
  StoredType type_;
  uint64_t row_stride_ = 0;  // values
  uint64_t col_stride_ = 0;
  uint64_t row_ = 0;  // that is read next
  ImportedMatrix matrix_;
};

// Where the values of that matrix lie in a file of `file_size` bytes, all others between its first
// and its last among them; or why it would be refused. O(1).
core::Result<ByteRange> matrix_range(uint64_t file_size, const StoredArray& array,
                                     std::span<const uint64_t> slice);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_ARRAY_BYTES_H_
