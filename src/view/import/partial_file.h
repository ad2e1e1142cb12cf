// A file of which some bytes are there, for minizip to read.
//
// minizip reads a file when it likes; a browser gives the bytes of one only later. So it reads what
// is there already. Where it first asks for bytes tells the place that is to be read next, or that
// a message is to name.
#ifndef SOFTMASK_VIEW_IMPORT_PARTIAL_FILE_H_
#define SOFTMASK_VIEW_IMPORT_PARTIAL_FILE_H_

#include <contrib/minizip/ioapi.h>

#include <cstdint>
#include <optional>

#include "core/memory_block.h"
#include "view/import/array_bytes.h"

namespace softmask::view {

class PartialFile {
 public:
  void set_size(uint64_t size) { size_ = size; }

  // The bytes that are there besides those that are kept; null: no others.
  void show(const FilePart* part);

  // The bytes of `range`, which `part` has, stay. False where there is no memory.
  bool keep(const FilePart& part, const ByteRange& range);

  // The first byte that was asked for since show().
  uint64_t first() const { return first_.value_or(at_); }

  // As minizip takes a file; it has to stay where it is while they are used.
  zlib_filefunc64_def functions();

 private:
  const uint8_t* find(uint64_t begin, uint64_t size) const;
  uLong read(void* to, uLong size);
  void seek(uint64_t offset, int origin);

  const FilePart* part_ = nullptr;
  core::MemoryBlock<uint8_t> kept_;
  ByteRange kept_range_;
  uint64_t size_ = 0;
  uint64_t at_ = 0;
  std::optional<uint64_t> first_;
  bool has_failed_ = false;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_PARTIAL_FILE_H_
