// A zip archive, which .npz and .pt files are: what it lists, and where its members' packed bytes
// are. Read by minizip, which comes with zlib.
#ifndef SOFTMASK_VIEW_IMPORT_ZIP_ARCHIVE_H_
#define SOFTMASK_VIEW_IMPORT_ZIP_ARCHIVE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/status.h"
#include "view/import/array_bytes.h"

namespace softmask::view {

// Whether a file begins as an archive does, an empty one too.
bool is_zip(std::string_view beginning);

// What the directory says of one member; any sizes, also lies, but that its packed bytes have room
// before `limit`.
struct ZipMember {
  std::string name;  // as it is in the file, which need not be UTF-8
  uint16_t flags = 0;
  uint16_t method = 0;
  uint32_t checksum = 0;
  uint64_t packed_size = 0;
  uint64_t size = 0;
  uint64_t header = 0;  // the byte of the file where its own header begins
  uint64_t limit = 0;   // where the next member or the directory begins
  uint64_t entry = 0;   // where minizip finds it in the directory
  uint64_t index = 0;   // of all members
};

inline constexpr uint16_t kZipStored = 0;
inline constexpr uint16_t kZipDeflated = 8;

// Of a member's own header without its name and extra fields.
inline constexpr uint64_t kZipHeaderSize = 30;

// The end of a file in which an archive's end record must lie.
ByteRange zip_tail(uint64_t file_size);

// The three functions are called in this order, the last for any member any number of times.
class ZipArchive {
 public:
  ZipArchive();
  ~ZipArchive();
  ZipArchive(ZipArchive&&) noexcept;
  ZipArchive& operator=(ZipArchive&&) noexcept;

  // Where the directory is, with the end records; `tail` has zip_tail(). Empty where there are no
  // members. Refuses archives of several files, and a directory that is not before the end record
  // or is, with it, longer than 1 MB.
  core::Result<ByteRange> find_directory(const FilePart& tail);

  // The members in the order of the directory, whose bytes `part` has; they are kept until the
  // archive goes. Refuses a directory of another number of members, and members that are not before
  // the directory or lie over one another.
  core::Result<std::vector<ZipMember>> read_directory(const FilePart& part);

  // Where the member's packed bytes are, by its own header at the beginning of `part`. Refuses a
  // header that says something else than the directory, and bytes that reach beyond the limit.
  core::Result<ByteRange> packed_bytes(const FilePart& part, const ZipMember& member);

 private:
  class Reader;
  std::unique_ptr<Reader> reader_;
};

// A member's name for a message.
std::string shown_name(const ZipMember& member);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_ZIP_ARCHIVE_H_
