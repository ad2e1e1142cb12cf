#include "view/import/import_file.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "view/import/import_npy.h"
#include "view/import/import_text.h"
#include "view/import/refusal_texts.h"
#include "view/number_text.h"

namespace softmask::view {
namespace {

// A number that scores plus it vanish behind: what models add where they mask.
constexpr float kAdditive = -1e4f;

std::string_view text_of(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// JSON behind a length that leaves the first bytes of a text no way to be one.
bool is_safetensors(Bytes beginning) {
  return beginning.size() >= 9 && beginning[8] == '{' && beginning[7] == 0 && beginning[6] == 0;
}

core::Status check_tensor(const ImportFile& file, std::size_t tensor) {
  if (tensor >= file.tensors.size()) {
    return core::Status::range(refusal_words(
        RefusalText::kTensorNumber, {std::to_string(tensor), std::to_string(file.tensors.size())}));
  }
  const NamedTensor& found = file.tensors[tensor];
  if (found.readable) return {};
  return refused_type(found);
}

core::Status refused_in_mask(const ImportedMatrix& matrix, std::size_t cell) {
  const auto cols = static_cast<std::size_t>(matrix.cols);
  return core::Status::range(refusal_words(
      RefusalText::kNoMask, {std::to_string(cell / cols), std::to_string(cell % cols),
                             shortest_text(static_cast<double>(matrix.values[cell]))}));
}

}  // namespace

core::Result<ImportFile> open_file(const FilePart& beginning) {
  const Bytes bytes = beginning.bytes;
  const std::string_view text = text_of(bytes);
  ImportFile file;
  file.size = beginning.file_size;
  if (text.starts_with("PK\x03\x04")) {
    return {{}, refused_at_byte(0, RefusalText::kFileIsZip)};
  }
  if (text.starts_with("\x93NUMPY")) {
    file.kind = FileKind::kNpy;
    core::Result<StoredArray> array = read_npy_header(bytes);
    if (!array.ok()) return {{}, std::move(array.status)};
    NamedTensor tensor;
    tensor.array = std::move(array.value);
    tensor.end = file.size;
    file.tensors.push_back(std::move(tensor));
    return {std::move(file), {}};
  }
  if (is_safetensors(bytes)) {
    file.kind = FileKind::kSafetensors;
    const uint64_t end = safetensors_header_end(bytes);
    if (end > bytes.size() && end <= file.size) {
      file.needed = end;
      return {std::move(file), {}};
    }
    core::Result<std::vector<NamedTensor>> tensors = list_safetensors(beginning);
    if (!tensors.ok()) return {{}, std::move(tensors.status)};
    file.tensors = std::move(tensors.value);
    if (file.tensors.empty()) return {{}, refused_at_byte(8, RefusalText::kFileHasNoTensor)};
    return {std::move(file), {}};
  }
  if (file.size > kLongestText) {
    return {{},
            core::Status::range(
                refusal_words(RefusalText::kFileTextTooLong,
                              {std::to_string(file.size), std::to_string(kLongestText)}))};
  }
  // Texts have no such byte; what has is some other file.
  const std::size_t zero = text.find('\0');
  if (zero != std::string_view::npos) {
    return {{}, refused_at_byte(zero, RefusalText::kFileHasZero)};
  }
  return {std::move(file), {}};
}

core::Result<ByteRange> range_to_read(const ImportFile& file, std::size_t tensor,
                                      std::span<const uint64_t> slice) {
  if (file.kind == FileKind::kText) return {{0, file.size}, {}};
  core::Status status = check_tensor(file, tensor);
  if (!status.ok()) return {{}, std::move(status)};
  return matrix_range(file.size, file.tensors[tensor].array, slice);
}

ImportResult read_file(const ImportFile& file, const FilePart& part, std::size_t tensor,
                       std::span<const uint64_t> slice) {
  if (file.kind == FileKind::kText) {
    if (!part.has(0, file.size)) return refused(refused_at_byte(0, RefusalText::kFileTextNotRead));
    return import_text(text_of(part.bytes));
  }
  core::Status status = check_tensor(file, tensor);
  if (!status.ok()) return refused(std::move(status));
  return read_matrix(part, file.tensors[tensor].array, slice);
}

core::Result<std::vector<uint8_t>> to_mask(const ImportedMatrix& matrix, bool true_is_masked) {
  const std::size_t cells =
      static_cast<std::size_t>(matrix.rows) * static_cast<std::size_t>(matrix.cols);
  const float* const begin = matrix.values.get();
  const float* const end = begin + cells;
  const bool additive = std::any_of(begin, end, [](float v) { return v <= kAdditive; });
  std::vector<uint8_t> bits(cells);
  for (std::size_t i = 0; i < cells; ++i) {
    const float value = matrix.values[i];
    if (additive ? value == 0 || value <= kAdditive : value == 0 || value == 1) {
      bits[i] = additive ? value != 0 : (value == 1) == true_is_masked;
    } else {
      return {{}, refused_in_mask(matrix, i)};
    }
  }
  return {std::move(bits), {}};
}

}  // namespace softmask::view
