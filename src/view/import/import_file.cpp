#include "view/import/import_file.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "view/import/import_npy.h"
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

// What Python's pickle writes: a protocol from 2 to 5. No text begins so, being UTF-8.
bool is_pickle(std::string_view beginning) {
  return beginning.size() >= 2 && beginning[0] == '\x80' && beginning[1] >= 2 && beginning[1] <= 5;
}

core::Status list_tensors(ImportFile& file, const FilePart& beginning) {
  core::Result<std::vector<NamedTensor>> tensors = list_safetensors(beginning);
  if (!tensors.ok()) return std::move(tensors.status);
  file.tensors = std::move(tensors.value);
  file.wanted = {};
  return file.tensors.empty() ? refused_at_byte(8, RefusalText::kFileHasNoTensor) : core::Status{};
}

core::Status list_array(ImportFile& file, const FilePart& beginning) {
  core::Result<StoredArray> array = read_npy_header(beginning.bytes);
  if (!array.ok()) return std::move(array.status);
  NamedTensor tensor;
  tensor.dtype = numpy_type_name(array.value.type);
  tensor.array = std::move(array.value);
  tensor.end = file.size;
  file.tensors.push_back(std::move(tensor));
  return {};
}

core::Status check_text(const ImportFile& file, std::string_view beginning) {
  if (file.size > kLongestText) {
    return core::Status::range(refusal_words(
        RefusalText::kFileTextTooLong, {std::to_string(file.size), std::to_string(kLongestText)}));
  }
  // Texts have no such byte; what has is some other file.
  const std::size_t zero = beginning.find('\0');
  if (zero == std::string_view::npos) return {};
  return refused_at_byte(zero, RefusalText::kFileHasZero);
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
  core::Status status;
  if (file.size == 0) {
    status = refused_at_byte(0, RefusalText::kFileEmpty);
  } else if (is_zip(text)) {
    file.kind = FileKind::kNpz;
    file.wanted = npz_wanted(file.archive, file.size);
  } else if (text.starts_with("\x93NUMPY")) {
    file.kind = FileKind::kNpy;
    status = list_array(file, beginning);
  } else if (is_safetensors(bytes)) {
    file.kind = FileKind::kSafetensors;
    const uint64_t end = safetensors_header_end(bytes);
    const bool is_longer = end > bytes.size() && end <= file.size;
    if (is_longer) {
      file.wanted = {0, end};
    } else {
      status = list_tensors(file, beginning);
    }
  } else if (is_pickle(text)) {
    status = refused_at_byte(0, RefusalText::kFileIsPickle);
  } else {
    status = check_text(file, text);
  }
  if (!status.ok()) return {{}, std::move(status)};
  return {std::move(file), {}};
}

core::Status read_on(ImportFile& file, const FilePart& part) {
  if (file.kind == FileKind::kTorch) {
    core::Status status = read_torch_on(file.torch, part, file.tensors);
    file.wanted = torch_wanted(file.torch);
    return status;
  }
  if (file.kind != FileKind::kNpz) return list_tensors(file, part);
  core::Status status = read_npz_on(file.archive, part, file.tensors);
  file.wanted = npz_wanted(file.archive, file.size);
  if (file.archive.stage == NpzArchive::Stage::kTorch) {
    file.kind = FileKind::kTorch;
    file.torch = TorchArchive(std::move(file.archive.zip), std::move(file.archive.members));
    file.wanted = torch_wanted(file.torch);
  }
  return status;
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

core::Result<std::vector<uint8_t>> to_mask_of(const ImportedMatrix& matrix, bool true_is_masked,
                                              int rows, int cols) {
  if ((matrix.rows != 1 && matrix.rows != rows) || (matrix.cols != 1 && matrix.cols != cols)) {
    return {{},
            core::Status::range(refusal_words(
                RefusalText::kMaskShape, {std::to_string(matrix.rows), std::to_string(matrix.cols),
                                          std::to_string(rows), std::to_string(cols)}))};
  }
  core::Result<std::vector<uint8_t>> mask = to_mask(matrix, true_is_masked);
  if (!mask.ok() || matrix.cols == cols) return mask;
  std::vector<uint8_t> bits;
  bits.reserve(mask.value.size() * static_cast<std::size_t>(cols));
  for (const uint8_t bit : mask.value) bits.insert(bits.end(), static_cast<std::size_t>(cols), bit);
  return {std::move(bits), {}};
}

}  // namespace softmask::view
