// .npz, the archive of several NumPy arrays: a zip archive of .npy members, stored or deflated.
#ifndef SOFTMASK_VIEW_IMPORT_IMPORT_NPZ_H_
#define SOFTMASK_VIEW_IMPORT_IMPORT_NPZ_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/status.h"
#include "view/import/array_bytes.h"
#include "view/import/import_safetensors.h"
#include "view/import/zip_archive.h"

namespace softmask::view {

// An archive, as far as it has been read: its end, its directory, then the beginning of every
// member, whose bytes are asked for one after the other.
struct NpzArchive {
  // kTorch: it is none of NumPy's but one of torch.save (import_torch.h), whose members are all in
  // `members`.
  enum class Stage : uint8_t { kEnd, kDirectory, kMembers, kTorch };

  Stage stage = Stage::kEnd;
  ZipArchive zip;
  ByteRange directory;
  std::vector<ZipMember> members;  // those that are .npy
  std::vector<ByteRange> packed;   // of each member whose beginning has been read
  uint64_t beginning = 0;          // so many bytes of the next member are asked for
};

// The bytes of a file of `file_size` bytes that are read next; empty where all is known.
ByteRange npz_wanted(const NpzArchive& archive, uint64_t file_size);

// `part` has those bytes. Arrays are added to `tensors`, one a member and in their order: of a
// stored one the array's offset is that in the file, of a deflated one that in the unpacked member.
// A member that cannot be read is listed with its refusal; where there is no other, and for what is
// no archive of arrays, the whole file is refused.
core::Status read_npz_on(NpzArchive& archive, const FilePart& part,
                         std::vector<NamedTensor>& tensors);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_IMPORT_NPZ_H_
