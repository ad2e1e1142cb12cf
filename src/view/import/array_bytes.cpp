#include "view/import/array_bytes.h"

#include <cmath>
#include <limits>
#include <utility>

#include "core/bit_cast.h"
#include "core/low_precision.h"

namespace softmask::view {
namespace {

uint64_t read_unsigned(const uint8_t* bytes, const StoredType& type) {
  uint64_t value = 0;
  for (int i = 0; i < type.size; ++i) {
    const int from = type.big_endian ? i : type.size - 1 - i;
    value = value << 8 | bytes[from];
  }
  return value;
}

struct Number {
  float value;
  bool overflowed;
};

Number read_number(const uint8_t* bytes, const StoredType& type) {
  const uint64_t bits = read_unsigned(bytes, type);
  switch (type.kind) {
    case StoredKind::kBool:
      return {bits != 0 ? 1.0f : 0.0f, false};
    case StoredKind::kUnsigned:
      return {static_cast<float>(bits), false};
    case StoredKind::kSigned: {
      const int unused = 64 - 8 * type.size;
      return {static_cast<float>(static_cast<int64_t>(bits << unused) >> unused), false};
    }
    case StoredKind::kBFloat16:
      return {core::float_from_bfloat16(static_cast<uint16_t>(bits)), false};
    case StoredKind::kFloat:
      break;
  }
  if (type.size == 2) return {core::float_from_half(static_cast<uint16_t>(bits)), false};
  if (type.size == 4) return {core::bit_cast<float>(static_cast<uint32_t>(bits)), false};
  const auto wide = core::bit_cast<double>(bits);
  const auto narrow = static_cast<float>(wide);
  return {narrow, std::isinf(narrow) && !std::isinf(wide)};
}

ElementType element_type(const StoredType& type) {
  switch (type.kind) {
    case StoredKind::kBool:
      return ElementType::kBool;
    case StoredKind::kSigned:
    case StoredKind::kUnsigned:
      return ElementType::kInteger;
    case StoredKind::kBFloat16:
      return ElementType::kBFloat16;
    case StoredKind::kFloat:
      break;
  }
  return type.size == 2   ? ElementType::kFloat16
         : type.size == 4 ? ElementType::kFloat32
                          : ElementType::kFloat64;
}

// Values between neighbours of each dim.
std::vector<uint64_t> strides_of(const StoredArray& array) {
  const std::size_t dims = array.shape.size();
  std::vector<uint64_t> strides(dims);
  uint64_t stride = 1;
  for (std::size_t i = 0; i < dims; ++i) {
    const std::size_t dim = array.fortran_order ? i : dims - 1 - i;
    strides[dim] = stride;
    stride *= array.shape[dim];
  }
  return strides;
}

core::Status check_slice(const StoredArray& array, std::span<const uint64_t> slice) {
  const std::size_t leading = array.shape.size() > 2 ? array.shape.size() - 2 : 0;
  if (slice.size() > leading) {
    return core::Status::range("the slice has " + std::to_string(slice.size()) +
                               " indices; allowed: up to " + std::to_string(leading) +
                               " for the shape " + shape_text(array.shape));
  }
  for (std::size_t i = 0; i < slice.size(); ++i) {
    if (slice[i] < array.shape[i]) continue;
    return core::Status::range("index " + std::to_string(slice[i]) + " of dim " +
                               std::to_string(i) + "; allowed: 0 … " +
                               std::to_string(array.shape[i] - 1));
  }
  return {};
}

// Ok when every value of the array lies within the file.
core::Status check_bytes(Bytes file, const StoredArray& array) {
  const std::optional<uint64_t> count = element_count(array.shape);
  const auto size = static_cast<uint64_t>(array.type.size);
  const std::string what = "the shape " + shape_text(array.shape);
  if (!count || *count > std::numeric_limits<uint64_t>::max() / size) {
    return core::Status::range(what +
                               " has more than 2^63 values; allowed: as many as the file "
                               "holds");
  }
  const uint64_t there = array.offset <= file.size() ? file.size() - array.offset : 0;
  if (*count * size <= there) return {};
  return core::Status::range("byte " + std::to_string(array.offset) + ": " + what + " needs " +
                             std::to_string(*count * size) + " bytes from here on, the file has " +
                             std::to_string(there) + "; allowed: a whole file");
}

}  // namespace

std::string shape_text(std::span<const uint64_t> shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
  }
  return text + (shape.size() == 1 ? ",)" : ")");
}

std::optional<uint64_t> element_count(std::span<const uint64_t> shape) {
  constexpr uint64_t kMost = uint64_t{1} << 63;
  uint64_t count = 1;
  bool beyond = false;
  for (const uint64_t size : shape) {
    if (size == 0) return 0;
    beyond = beyond || count > kMost / size;
    if (!beyond) count *= size;
  }
  return beyond ? std::nullopt : std::optional(count);
}

ImportResult read_matrix(Bytes file, const StoredArray& array, std::span<const uint64_t> slice) {
  const std::size_t dims = array.shape.size();
  const uint64_t rows = dims >= 2 ? array.shape[dims - 2] : 1;
  const uint64_t cols = dims >= 1 ? array.shape[dims - 1] : 1;
  for (core::Status status : {check_import_size(element_count(array.shape) == 0 ? 0 : rows, cols),
                              check_bytes(file, array), check_slice(array, slice)}) {
    if (!status.ok()) return refused(std::move(status));
  }

  const std::vector<uint64_t> strides = strides_of(array);
  uint64_t first = 0;
  for (std::size_t i = 0; i < slice.size(); ++i) first += slice[i] * strides[i];
  const uint64_t row_stride = dims >= 2 ? strides[dims - 2] : 0;
  const uint64_t col_stride = dims >= 1 ? strides[dims - 1] : 0;

  ImportedMatrix matrix;
  matrix.values = core::allocate<float>(static_cast<std::size_t>(rows * cols));
  if (!matrix.values) return refused(no_memory_for(static_cast<int64_t>(rows * cols)));
  matrix.rows = static_cast<int>(rows);
  matrix.cols = static_cast<int>(cols);
  matrix.type = element_type(array.type);
  const uint8_t* values = file.data() + array.offset;
  float* out = matrix.values.get();
  for (uint64_t row = 0; row < rows; ++row) {
    for (uint64_t col = 0; col < cols; ++col) {
      const uint64_t index = first + row * row_stride + col * col_stride;
      const Number number =
          read_number(values + index * static_cast<uint64_t>(array.type.size), array.type);
      *out++ = number.value;
      matrix.overflowed += number.overflowed;
    }
  }
  return {std::move(matrix), {}};
}

}  // namespace softmask::view
