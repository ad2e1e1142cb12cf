#include "view/import/import_safetensors.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "view/import/refusal_texts.h"
#include "view/import/safetensors_header.h"
#include "view/percent_coding.h"

namespace softmask::view {
namespace {

constexpr std::size_t kLengthBytes = 8;
// The format allows 100,000,000; the largest models' are some million.
constexpr uint64_t kLongestJson = 16'000'000;

uint64_t little_endian_length(Bytes beginning) {
  uint64_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) length |= uint64_t{beginning[i]} << (8 * i);
  return length;
}

// Ok when the tensor's range is in the data and has its size; makes offsets those of the file.
core::Status place_tensor(NamedTensor& tensor, uint64_t data_start, uint64_t data_size) {
  const uint64_t begin = tensor.array.offset;
  if (begin > tensor.end || tensor.end > data_size) {
    return refused_at_byte(data_start,
                           refusal_words(RefusalText::kTensorOffsets,
                                         {printable_excerpt(tensor.name, 60), std::to_string(begin),
                                          std::to_string(tensor.end), std::to_string(data_size)}));
  }
  const std::optional<uint64_t> count = element_count(tensor.array.shape);
  const uint64_t there = tensor.end - begin;
  const auto size = static_cast<uint64_t>(tensor.array.type.size);
  if (tensor.readable && (!count || there % size != 0 || there / size != *count)) {
    return refused_at_byte(
        data_start + begin,
        refusal_words(RefusalText::kTensorBytes,
                      {printable_excerpt(tensor.name, 60), shape_text(tensor.array.shape),
                       tensor.dtype, std::to_string(there)}));
  }
  tensor.array.offset += data_start;
  tensor.end += data_start;
  return {};
}

}  // namespace

uint64_t safetensors_header_end(Bytes beginning) {
  if (beginning.size() < kLengthBytes) return kLengthBytes;
  const uint64_t length = little_endian_length(beginning);
  return length > kLongestJson ? kLengthBytes : kLengthBytes + length;
}

core::Status refused_type(const NamedTensor& tensor) {
  if (!tensor.refusal.empty()) return core::Status::range(tensor.refusal);
  return refused_at_byte(tensor.array.offset, refusal_words(RefusalText::kTensorType,
                                                            {printable_excerpt(tensor.name, 60),
                                                             printable_excerpt(tensor.dtype, 20)}));
}

core::Result<std::vector<NamedTensor>> list_safetensors(const FilePart& file) {
  const Bytes beginning = file.bytes;
  if (beginning.size() < kLengthBytes) {
    return {{}, refused_at_byte(file.file_size, RefusalText::kHeaderLengthEnds)};
  }
  const uint64_t length = little_endian_length(beginning);
  const uint64_t there = file.file_size - kLengthBytes;
  if (length > kLongestJson || length > there) {
    const bool cut_off = there < kLongestJson;
    return {{},
            refused_at_byte(
                0, refusal_words(
                       cut_off ? RefusalText::kHeaderBeyondFile : RefusalText::kHeaderTooLong,
                       {std::to_string(length), std::to_string(cut_off ? there : kLongestJson)}))};
  }
  if (length > beginning.size() - kLengthBytes) {
    return {{}, refused_at_byte(beginning.size(), RefusalText::kHeaderNotRead)};
  }
  const std::string_view header(reinterpret_cast<const char*>(beginning.data()) + kLengthBytes,
                                static_cast<std::size_t>(length));
  core::Result<std::vector<NamedTensor>> tensors = parse_safetensors_header(header, kLengthBytes);
  for (NamedTensor& tensor : tensors.value) {
    core::Status status = place_tensor(tensor, kLengthBytes + length, there - length);
    if (!status.ok()) return {{}, std::move(status)};
  }
  return tensors;
}

ImportResult import_safetensors(Bytes file, std::string_view name,
                                std::span<const uint64_t> slice) {
  const core::Result<std::vector<NamedTensor>> tensors = list_safetensors(file);
  if (!tensors.ok()) return refused(tensors.status);
  const std::vector<NamedTensor>& all = tensors.value;
  auto found = std::find_if(all.begin(), all.end(),
                            [name](const NamedTensor& tensor) { return tensor.name == name; });
  if (found == all.end() && name.empty() && all.size() == 1) found = all.begin();
  if (found == all.end()) {
    std::string names;
    for (std::size_t i = 0; i < std::min<std::size_t>(all.size(), 8); ++i) {
      if (i > 0) names += refusal_text(RefusalText::kNameComma);
      names += printable_excerpt(all[i].name, 60);
    }
    if (all.size() > 8) {
      names = refusal_words(RefusalText::kAllowedAndMore, {names, std::to_string(all.size() - 8)});
    }
    if (all.empty()) names = refusal_text(RefusalText::kAllowedFile);
    return refused(core::Status::range(
        refusal_words(RefusalText::kTensorUnknown, {printable_excerpt(name, 60), names})));
  }
  if (!found->readable) return refused(refused_type(*found));
  return read_matrix(file, found->array, slice);
}

}  // namespace softmask::view
