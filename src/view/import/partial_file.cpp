#include "view/import/partial_file.h"

#include <cstddef>
#include <cstring>

namespace softmask::view {

void PartialFile::show(const FilePart* part) {
  part_ = part;
  first_.reset();
  has_failed_ = false;
}

bool PartialFile::keep(const FilePart& part, const ByteRange& range) {
  const auto size = static_cast<std::size_t>(range.end - range.begin);
  kept_ = core::allocate<uint8_t>(size + 1);
  if (!kept_) return false;
  std::memcpy(kept_.get(), part.at(range.begin), size);
  kept_range_ = range;
  return true;
}

zlib_filefunc64_def PartialFile::functions() {
  zlib_filefunc64_def all = {};
  all.zopen64_file = [](voidpf self, const void*, int) { return self; };
  all.zread_file = [](voidpf self, voidpf, void* to, uLong size) {
    return static_cast<PartialFile*>(self)->read(to, size);
  };
  all.ztell64_file = [](voidpf self, voidpf) -> ZPOS64_T {
    return static_cast<PartialFile*>(self)->at_;
  };
  all.zseek64_file = [](voidpf self, voidpf, ZPOS64_T offset, int origin) -> long {
    static_cast<PartialFile*>(self)->seek(offset, origin);
    return 0;
  };
  all.zclose_file = [](voidpf, voidpf) { return 0; };
  // What minizip takes for the end of a file it calls no error.
  all.zerror_file = [](voidpf self, voidpf) {
    return static_cast<PartialFile*>(self)->has_failed_ ? 1 : 0;
  };
  all.opaque = this;
  return all;
}

const uint8_t* PartialFile::find(uint64_t begin, uint64_t size) const {
  if (part_ != nullptr && part_->has(begin, size)) return part_->at(begin);
  const bool is_kept =
      begin >= kept_range_.begin && begin <= kept_range_.end && size <= kept_range_.end - begin;
  return kept_ && is_kept ? kept_.get() + (begin - kept_range_.begin) : nullptr;
}

// All of it, or nothing.
uLong PartialFile::read(void* to, uLong size) {
  if (!first_) first_ = at_;
  const uint8_t* const from = find(at_, size);
  if (from == nullptr) {
    has_failed_ = true;
    return 0;
  }
  std::memcpy(to, from, size);
  at_ += size;
  return size;
}

// Offsets before the present place are large numbers that wrap around.
void PartialFile::seek(uint64_t offset, int origin) {
  const uint64_t from = origin == ZLIB_FILEFUNC_SEEK_SET   ? 0
                        : origin == ZLIB_FILEFUNC_SEEK_CUR ? at_
                                                           : size_;
  at_ = from + offset;
}

}  // namespace softmask::view

// What minizip's ioapi.c has besides reading by the C library, which would come along with it.
extern "C" {

voidpf call_zopen64(const zlib_filefunc64_32_def* functions, const void* name, int mode) {
  return functions->zfile_func64.zopen64_file(functions->zfile_func64.opaque, name, mode);
}

long call_zseek64(const zlib_filefunc64_32_def* functions, voidpf stream, ZPOS64_T offset,
                  int origin) {
  const zlib_filefunc64_def& all = functions->zfile_func64;
  return all.zseek64_file(all.opaque, stream, offset, origin);
}

ZPOS64_T call_ztell64(const zlib_filefunc64_32_def* functions, voidpf stream) {
  return functions->zfile_func64.ztell64_file(functions->zfile_func64.opaque, stream);
}

// Of archives that are opened by a path, which none is here.
void fill_fopen64_filefunc(zlib_filefunc64_def* functions) { *functions = {}; }

void fill_zlib_filefunc64_32_def_from_filefunc32(zlib_filefunc64_32_def* wide,
                                                 const zlib_filefunc_def*) {
  *wide = {};
}
}
