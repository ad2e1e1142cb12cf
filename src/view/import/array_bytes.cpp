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
  if (!array.strides.empty()) return array.strides;
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
    return core::Status::range(refusal_words(
        RefusalText::kSliceTooLong,
        {std::to_string(slice.size()), std::to_string(leading), shape_text(array.shape)}));
  }
  for (std::size_t i = 0; i < slice.size(); ++i) {
    if (slice[i] < array.shape[i]) continue;
    return core::Status::range(refusal_words(
        RefusalText::kIndexOutside,
        {std::to_string(slice[i]), std::to_string(i), std::to_string(array.shape[i] - 1)}));
  }
  return {};
}

// The values from the first to the last one of an array that is not empty, those between them that
// its strides leave out as well; nothing where they are beyond 2^63.
std::optional<uint64_t> extent_of(const StoredArray& array) {
  if (array.strides.empty()) return element_count(array.shape);
  constexpr uint64_t kMost = uint64_t{1} << 63;
  uint64_t extent = 1;
  for (std::size_t i = 0; i < array.shape.size(); ++i) {
    const uint64_t steps = array.shape[i] - 1;
    const uint64_t stride = array.strides[i];
    if (stride != 0 && steps > (kMost - extent) / stride) return {};
    extent += steps * stride;
  }
  return extent;
}

// Ok when every value of the array, which is not empty, lies within the file.
core::Status check_bytes(uint64_t file_size, const StoredArray& array) {
  const std::optional<uint64_t> count = extent_of(array);
  const auto size = static_cast<uint64_t>(array.type.size);
  if (!count || *count > std::numeric_limits<uint64_t>::max() / size) {
    return core::Status::range(
        refusal_words(RefusalText::kShapeTooLarge, {shape_text(array.shape)}));
  }
  const uint64_t there = array.offset <= file_size ? file_size - array.offset : 0;
  if (*count * size <= there) return {};
  return refused_at_byte(array.offset,
                         refusal_words(RefusalText::kShapeBeyondFile,
                                       {shape_text(array.shape), std::to_string(*count * size),
                                        std::to_string(there)}));
}

}  // namespace

core::Status refused_at_byte(uint64_t offset, std::string_view problem) {
  return core::Status::range(
      refusal_words(RefusalText::kAtByte, {std::to_string(offset), problem}));
}

core::Status refused_at_byte(uint64_t offset, RefusalText problem) {
  return refused_at_byte(offset, refusal_text(problem));
}

std::string numpy_type_name(const StoredType& type) {
  const std::string bits = std::to_string(8 * type.size);
  switch (type.kind) {
    case StoredKind::kBool:
      return "bool";
    case StoredKind::kSigned:
      return "int" + bits;
    case StoredKind::kUnsigned:
      return "uint" + bits;
    case StoredKind::kBFloat16:
      return "bfloat16";
    case StoredKind::kFloat:
      break;
  }
  return "float" + bits;
}

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

namespace {

// Where the values of one matrix are, counted in values.
struct MatrixPlace {
  uint64_t rows = 1;
  uint64_t cols = 1;
  uint64_t first = 0;
  uint64_t row_stride = 0;
  uint64_t col_stride = 0;

  uint64_t last() const { return first + (rows - 1) * row_stride + (cols - 1) * col_stride; }
};

core::Result<MatrixPlace> place_of(uint64_t file_size, const StoredArray& array,
                                   std::span<const uint64_t> slice) {
  const std::size_t dims = array.shape.size();
  MatrixPlace place;
  if (dims >= 2) place.rows = array.shape[dims - 2];
  if (dims >= 1) place.cols = array.shape[dims - 1];
  core::Status status = check_import_size(place.rows, place.cols);
  if (status.ok() && element_count(array.shape) == 0) {
    status =
        core::Status::range(refusal_words(RefusalText::kShapeEmpty, {shape_text(array.shape)}));
  }
  if (!status.ok()) status = refused_at_byte(array.offset, status.message);
  if (status.ok()) status = check_bytes(file_size, array);
  if (status.ok()) status = check_slice(array, slice);
  if (!status.ok()) return {{}, std::move(status)};
  const std::vector<uint64_t> strides = strides_of(array);
  for (std::size_t i = 0; i < slice.size(); ++i) place.first += slice[i] * strides[i];
  if (dims >= 2) place.row_stride = strides[dims - 2];
  if (dims >= 1) place.col_stride = strides[dims - 1];
  return {place, {}};
}

}  // namespace

core::Result<ByteRange> matrix_range(uint64_t file_size, const StoredArray& array,
                                     std::span<const uint64_t> slice) {
  core::Result<MatrixPlace> place = place_of(file_size, array, slice);
  if (!place.ok()) return {{}, std::move(place.status)};
  const auto size = static_cast<uint64_t>(array.type.size);
  return {{array.offset + place.value.first * size, array.offset + (place.value.last() + 1) * size},
          {}};
}

core::Status MatrixValues::begin(const FilePart& file, const StoredArray& array,
                                 std::span<const uint64_t> slice) {
  core::Result<MatrixPlace> placed = place_of(file.file_size, array, slice);
  if (!placed.ok()) return std::move(placed.status);
  const MatrixPlace& place = placed.value;
  const auto size = static_cast<uint64_t>(array.type.size);
  const uint64_t begin = array.offset + place.first * size;
  if (!file.has(begin, (place.last() + 1 - place.first) * size)) {
    return refused_at_byte(begin, RefusalText::kValuesNotRead);
  }
  matrix_ = {};
  matrix_.values = core::allocate<float>(static_cast<std::size_t>(place.rows * place.cols));
  if (!matrix_.values) return no_memory_for(static_cast<int64_t>(place.rows * place.cols));
  matrix_.rows = static_cast<int>(place.rows);
  matrix_.cols = static_cast<int>(place.cols);
  matrix_.type = element_type(array.type);
  first_ = file.at(begin);
  type_ = array.type;
  row_stride_ = place.row_stride;
  col_stride_ = place.col_stride;
  row_ = 0;
  return {};
}

bool MatrixValues::read_on(std::size_t values) {
  const auto rows = static_cast<uint64_t>(matrix_.rows);
  const auto cols = static_cast<uint64_t>(matrix_.cols);
  const auto size = static_cast<uint64_t>(type_.size);
  const uint64_t end = row_ + std::min<uint64_t>(rows - row_, values / cols + 1);
  for (; row_ < end; ++row_) {
    float* const out = matrix_.values.get() + row_ * cols;
    for (uint64_t col = 0; col < cols; ++col) {
      const uint64_t index = row_ * row_stride_ + col * col_stride_;
      const Number number = read_number(first_ + index * size, type_);
      out[col] = number.value;
      matrix_.overflowed += number.overflowed;
    }
  }
  return row_ < rows;
}

double MatrixValues::done() const {
  return matrix_.rows > 0 ? static_cast<double>(row_) / matrix_.rows : 0;
}

ImportResult read_matrix(const FilePart& file, const StoredArray& array,
                         std::span<const uint64_t> slice) {
  MatrixValues values;
  core::Status status = values.begin(file, array, slice);
  if (!status.ok()) return refused(std::move(status));
  while (values.read_on(core::kMaxElements)) {
  }
  return {values.take(), {}};
}

}  // namespace softmask::view
