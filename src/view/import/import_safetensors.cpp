#include "view/import/import_safetensors.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "view/import/safetensors_header.h"
#include "view/percent_coding.h"

namespace softmask::view {
namespace {

constexpr std::size_t kLengthBytes = 8;
// The format's own limit.
constexpr uint64_t kLongestJson = 100'000'000;

core::Status refusal(uint64_t at, std::string_view problem) {
  return core::Status::range("byte " + std::to_string(at) + ": " + std::string(problem));
}

// Ok when the tensor's range is in the data and has its size; makes offsets those of the file.
core::Status place_tensor(NamedTensor& tensor, uint64_t data_start, uint64_t data_size) {
  const std::string what = "the tensor \"" + printable_excerpt(tensor.name, 60) + '"';
  const uint64_t begin = tensor.array.offset;
  if (begin > tensor.end || tensor.end > data_size) {
    return refusal(data_start, what + " has the data offsets " + std::to_string(begin) + " and " +
                                   std::to_string(tensor.end) + "; allowed: 0 … " +
                                   std::to_string(data_size) + ", the first not above the second");
  }
  const std::optional<uint64_t> count = element_count(tensor.array.shape);
  const uint64_t there = tensor.end - begin;
  const auto size = static_cast<uint64_t>(tensor.array.type.size);
  if (tensor.readable && (!count || there % size != 0 || there / size != *count)) {
    return refusal(data_start + begin, what + " of shape " + shape_text(tensor.array.shape) +
                                           " and type " + tensor.dtype + " has " +
                                           std::to_string(there) +
                                           " bytes; allowed: exactly as many as its values need");
  }
  tensor.array.offset += data_start;
  tensor.end += data_start;
  return {};
}

}  // namespace

core::Result<std::vector<NamedTensor>> list_safetensors(Bytes file) {
  if (file.size() < kLengthBytes) {
    return {{},
            refusal(file.size(), "the file ends within its first 8 bytes, the header's length")};
  }
  uint64_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) length |= uint64_t{file[i]} << (8 * i);
  const uint64_t there = file.size() - kLengthBytes;
  if (length > kLongestJson || length > there) {
    return {{},
            refusal(0, "a header of " + std::to_string(length) + " bytes; allowed: up to " +
                           std::to_string(std::min(kLongestJson, there)) +
                           (there < kLongestJson ? ", which the file has" : ""))};
  }
  const std::string_view header(reinterpret_cast<const char*>(file.data()) + kLengthBytes,
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
      names += (i > 0 ? ", " : "") + printable_excerpt(all[i].name, 60);
    }
    if (all.size() > 8) names += " and " + std::to_string(all.size() - 8) + " more";
    return refused(core::Status::range(
        "there is no tensor \"" + printable_excerpt(name, 60) +
        "\" in the file; allowed: " + (all.empty() ? "a file that holds one" : names)));
  }
  if (!found->readable) {
    return refused(core::Status::range("the tensor \"" + printable_excerpt(found->name, 60) +
                                       "\" has the type " + printable_excerpt(found->dtype, 20) +
                                       "; allowed: F16, BF16, F32, F64, BOOL, U8 … U64, I8 … I64"));
  }
  return read_matrix(file, found->array, slice);
}

}  // namespace softmask::view
