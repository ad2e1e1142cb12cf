// One member of a zip archive: whether it can be unpacked, and what it unpacks to.
#ifndef SOFTMASK_VIEW_IMPORT_ZIP_MEMBER_H_
#define SOFTMASK_VIEW_IMPORT_ZIP_MEMBER_H_

#include <cstdint>
#include <optional>

#include "core/memory_block.h"
#include "core/status.h"
#include "view/import/array_bytes.h"
#include "view/import/inflater.h"
#include "view/import/zip_archive.h"

namespace softmask::view {

// Ok, or why the member cannot be unpacked: encrypted, by another method than stored and deflate,
// or of sizes that no bytes have (deflate makes 1,032 bytes of one at most).
core::Status check_member(const ZipMember& member);

// Unpacks a member from its first byte on and keeps some of the bytes: those of `wanted`, counted
// in the unpacked member, within its size. Nothing else is held, so that what is packed may be as
// large as it likes.
class MemberReader {
 public:
  // Memory for the wanted bytes is taken here; `kept` then refuses.
  MemberReader(const ZipMember& member, const ByteRange& wanted);

  // The next packed bytes, in order. Refused where they are no bytes of deflate or unpack to more
  // than the size that the directory says.
  core::Status feed(Bytes packed);

  // After the last of them: whether there are as many unpacked bytes as the directory says, with
  // the checksum that it says.
  core::Status finish() const;

  // The wanted bytes, as many of them as there have been so far.
  Bytes kept() const;

  bool has_memory() const { return block_ != nullptr; }

 private:
  core::Status take(Bytes unpacked);

  const ZipMember* member_;
  ByteRange wanted_;
  core::MemoryBlock<uint8_t> block_;
  std::optional<Inflater> inflater_;
  bool has_ended_ = false;
  uint64_t at_ = 0;  // unpacked bytes so far
  uint32_t checksum_ = 0;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_ZIP_MEMBER_H_
