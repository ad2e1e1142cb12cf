// .pt, what torch.save writes: a zip archive of a pickle and of the bytes of every storage.
#ifndef SOFTMASK_VIEW_IMPORT_IMPORT_TORCH_H_
#define SOFTMASK_VIEW_IMPORT_IMPORT_TORCH_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/status.h"
#include "view/import/array_bytes.h"
#include "view/import/import_safetensors.h"
#include "view/import/torch_pickle.h"
#include "view/import/zip_archive.h"

namespace softmask::view {

// Whether an archive with these members is one of torch.save.
bool is_torch_archive(const std::vector<ZipMember>& members);

// Such an archive, as far as it has been read behind its directory: the pickle, the byte order
// where it says one (PyTorch from 2.1 on), then the beginning of every storage that a tensor is a
// view of.
struct TorchArchive {
  enum class Stage : uint8_t { kPickle, kByteOrder, kStorages };

  TorchArchive() = default;
  TorchArchive(ZipArchive archive, std::vector<ZipMember> all);

  ZipArchive zip;
  std::vector<ZipMember> members;
  std::vector<ByteRange> packed;      // of each member whose beginning has been read, else empty
  std::vector<std::size_t> storages;  // members whose beginning is still to be read, the next last
  std::unordered_map<std::size_t, std::string> refused;  // storages that are not right, and why
  std::vector<PickledTensor> tensors;
  std::vector<std::size_t> storage_of;  // each tensor's; members.size(): it is not in the archive
  Stage stage = Stage::kPickle;
  std::size_t pickle = 0;      // members
  std::size_t byte_order = 0;  // members.size(): there is none
  bool big_endian = false;
};

// The bytes of the file that are read next; empty where all is known.
ByteRange torch_wanted(const TorchArchive& archive);

// `part` has those bytes. With the last of them `tensors` are filled in, in the order of saving:
// offsets and ends are those of the file, of a deflated storage those in the unpacked member.
// A tensor that cannot be read is listed with its refusal; where there is no other, the whole file
// is refused.
core::Status read_torch_on(TorchArchive& archive, const FilePart& part,
                           std::vector<NamedTensor>& tensors);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_IMPORT_TORCH_H_
