// The JSON of a .safetensors file.
#ifndef SOFTMASK_VIEW_IMPORT_SAFETENSORS_HEADER_H_
#define SOFTMASK_VIEW_IMPORT_SAFETENSORS_HEADER_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/status.h"
#include "view/import/import_safetensors.h"

namespace softmask::view {

// Every tensor, with `array.offset` and `end` as written, from the beginning of the data. Nothing
// is kept of __metadata__ or of keys that the format does not have. `offset` is where the header
// begins in the file, for messages.
core::Result<std::vector<NamedTensor>> parse_safetensors_header(std::string_view header,
                                                                std::size_t offset);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_SAFETENSORS_HEADER_H_
