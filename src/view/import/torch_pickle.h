// What torch.save says of its tensors: the pickle beside their values in a .pt file.
//
// A pickle is a program that builds objects; Python's own reader calls whatever it names. Here
// nothing is called: classes that are not known are kept as boxes of what was given to them, in
// which tensors are looked for as in lists and dicts.
// Source: the opcodes of Python's pickletools, torch/serialization.py and torch/_utils.py.
#ifndef SOFTMASK_VIEW_IMPORT_TORCH_PICKLE_H_
#define SOFTMASK_VIEW_IMPORT_TORCH_PICKLE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/status.h"
#include "view/import/array_bytes.h"

namespace softmask::view {

// Those of state dicts of thousands of tensors have some hundred KB.
inline constexpr std::size_t kLongestPickle = 8'000'000;

// How its values are kept. Only the first can be read.
enum class TensorForm : uint8_t { kStrided, kSparse, kQuantized, kNested, kMeta, kOther };

// A tensor is a view of a storage, which has a file of its own in the archive.
struct PickledTensor {
  std::string name;      // where it is in what was saved: "layers[0].attn"; empty: it is all of it
  std::string dtype;     // "float32"; where unreadable "ComplexFloatStorage", "sparse" …
  bool readable = true;  // strided, of a type that StoredType can say
  TensorForm form = TensorForm::kStrided;  // of others no storage and no strides are known
  StoredType type;
  std::string storage;        // "0" for data/0
  uint64_t storage_size = 0;  // values in it, as written
  uint64_t storage_offset = 0;
  uint64_t at = 0;                // byte of the file (see read_torch_pickle) of what makes it
  std::vector<uint64_t> shape;    // at most kMostDims; any sizes, also lies; none of what is nested
  std::vector<uint64_t> strides;  // values between neighbours of each dim; none of other forms
};

// The tensors in the order in which they were saved, one that several names lead to (tied weights)
// under each of them. A container that is there twice is looked into once, under its first name, so
// that what contains itself has an end. `offset` is where the pickle begins in the file, for
// messages. Refused, with the byte: opcodes that torch.save does not write, more than half a
// million objects or 100,000 tensors, tensors 64 containers deep. O(pickle) in time and memory.
core::Result<std::vector<PickledTensor>> read_torch_pickle(Bytes pickle, uint64_t offset);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_TORCH_PICKLE_H_
