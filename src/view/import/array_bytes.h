// Arrays in files: a shape, a type, and the bytes of the values one after the other.
#ifndef SOFTMASK_VIEW_IMPORT_ARRAY_BYTES_H_
#define SOFTMASK_VIEW_IMPORT_ARRAY_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/status.h"
#include "view/import/imported_matrix.h"

namespace softmask::view {

using Bytes = std::span<const uint8_t>;

// How a value is stored. The integers have the sizes 1, 2, 4 and 8.
enum class StoredKind : uint8_t { kBool, kSigned, kUnsigned, kFloat, kBFloat16 };

struct StoredType {
  StoredKind kind = StoredKind::kFloat;
  int size = 4;  // bytes
  bool big_endian = false;
};

// Most dims of an array, as in NumPy.
inline constexpr std::size_t kMostDims = 32;

struct StoredArray {
  StoredType type;
  std::vector<uint64_t> shape;  // at most kMostDims; any sizes, also lies
  bool fortran_order = false;   // first index fastest
  uint64_t offset = 0;          // of the first value, in bytes
};

// "(2, 3)", as Python writes it.
std::string shape_text(std::span<const uint64_t> shape);

// The number of values, or nothing where it is beyond 2^63.
std::optional<uint64_t> element_count(std::span<const uint64_t> shape);

// The matrix of the last two dims (all of it at rank 1 and 2, one value at rank 0) at `slice`, the
// indices of the dims before them: with fewer indices the first of each is taken, where there are
// more or one is outside its dim they are refused. Memory is taken for this matrix alone, after
// its size and the bytes that must be there have been checked. O(values of the matrix).
ImportResult read_matrix(Bytes file, const StoredArray& array, std::span<const uint64_t> slice);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_ARRAY_BYTES_H_
