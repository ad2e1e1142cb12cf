// .safetensors: named tensors behind a header of JSON.
#ifndef SOFTMASK_VIEW_IMPORT_IMPORT_SAFETENSORS_H_
#define SOFTMASK_VIEW_IMPORT_IMPORT_SAFETENSORS_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "view/import/array_bytes.h"
#include "view/import/imported_matrix.h"

namespace softmask::view {

struct NamedTensor {
  std::string name;
  std::string dtype;     // as written: "F32"
  bool readable = true;  // of a type that import_safetensors reads
  std::string refusal;   // why it is not readable, where that is not its type
  StoredArray array;
  uint64_t end = 0;        // the byte of the file after its last; array.offset + its size
  std::size_t member = 0;  // of the archive that it is in
};

// The tensors in the order of the header, whose ranges are within the file and as long as shape and
// dtype say. Refusals name the byte. Memory is proportional to the header, which is in the file.
core::Result<std::vector<NamedTensor>> list_safetensors(const FilePart& file);

// Why a tensor that is not readable is refused: its `refusal`, or else its type.
core::Status refused_type(const NamedTensor& tensor);

// How many bytes from the beginning that takes, by the first 8 bytes; 8 where there are fewer.
uint64_t safetensors_header_end(Bytes beginning);

// The matrix of the named tensor at `slice` (see read_matrix). F32, F16, BF16, F64, BOOL, and the
// integers U8 … I64. An empty name takes the only tensor there is.
ImportResult import_safetensors(Bytes file, std::string_view name, std::span<const uint64_t> slice);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_IMPORT_SAFETENSORS_H_
