// The directory of a zip archive, which .npz files are: where it is, and what it lists.
//
// Not minizip, which comes with zlib: it reads when it likes, where a browser gives the bytes of a
// file only later, and of what it refuses it tells a number, not the byte. What is packed is
// zlib's.
#ifndef SOFTMASK_VIEW_IMPORT_ZIP_DIRECTORY_H_
#define SOFTMASK_VIEW_IMPORT_ZIP_DIRECTORY_H_

#include <cstdint>
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
};

inline constexpr uint16_t kZipStored = 0;
inline constexpr uint16_t kZipDeflated = 8;

// The end of a file in which an archive's end record must lie.
ByteRange zip_tail(uint64_t file_size);

struct ZipDirectory {
  ByteRange bytes;
  uint64_t count = 0;  // of members, as the end record says
};

// By the end record in `tail`, which has zip_tail(); that of zip64 too. Refuses archives of several
// files, and a directory that is not before the record or is longer than 1 MB.
core::Result<ZipDirectory> find_zip_directory(const FilePart& tail);

// The members in the order of the directory, whose bytes `part` has. Refuses a directory of another
// number of members, and members that are not before the directory or lie over one another.
core::Result<std::vector<ZipMember>> read_zip_directory(const FilePart& part,
                                                        const ZipDirectory& directory);

// Little-endian numbers of archives; the bytes must be there.
uint16_t zip_u16(const uint8_t* bytes);
uint32_t zip_u32(const uint8_t* bytes);
uint64_t zip_u64(const uint8_t* bytes);

// Of a member's own header without its name and extra fields.
inline constexpr uint64_t kZipHeaderSize = 30;

// A member's name for a message.
std::string shown_name(const ZipMember& member);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_ZIP_DIRECTORY_H_
