// Zip archives put together byte by byte, so that any of their numbers can lie.
#ifndef SOFTMASK_TESTS_VIEW_IMPORT_ZIP_BYTES_H_
#define SOFTMASK_TESTS_VIEW_IMPORT_ZIP_BYTES_H_

#include <zlib.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "view/import/zip_archive.h"

namespace softmask::view {

inline void put(std::vector<uint8_t>& out, uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

inline void put(std::vector<uint8_t>& out, const std::vector<uint8_t>& bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

// Deflate of blocks that are stored, in which the bytes are as they are.
inline std::vector<uint8_t> deflated(const std::vector<uint8_t>& bytes) {
  std::vector<uint8_t> out = {1};
  put(out, bytes.size(), 2);
  put(out, ~bytes.size(), 2);
  put(out, bytes);
  return out;
}

// A member, right but for what is set by hand.
struct MemberBytes {
  MemberBytes(std::string member_name, std::vector<uint8_t> bytes, uint16_t packed_by = kZipStored)
      : name(std::move(member_name)),
        method(packed_by),
        packed(packed_by == kZipDeflated ? deflated(bytes) : bytes),
        size(bytes.size()),
        checksum(
            static_cast<uint32_t>(crc32(0, bytes.data(), static_cast<unsigned>(bytes.size())))) {}

  std::string name;
  uint16_t method;
  uint16_t flags = 0;
  std::vector<uint8_t> packed;
  uint64_t size;
  uint32_t checksum;
  std::string name_in_header;             // empty: the same
  std::optional<uint64_t> packed_size;    // else that of `packed`
  std::optional<uint64_t> header_offset;  // else where it is
};

struct EndBytes {
  std::optional<uint64_t> count;
  std::optional<uint64_t> size;
  std::optional<uint64_t> begin;
  uint16_t disk = 0;
  std::string comment;
};

inline std::vector<uint8_t> zip_of(const std::vector<MemberBytes>& members,
                                   const EndBytes& end = {}) {
  std::vector<uint8_t> out;
  std::vector<uint8_t> directory;
  for (const MemberBytes& member : members) {
    const uint64_t header = out.size();
    const uint64_t packed_size = member.packed_size.value_or(member.packed.size());
    const std::string& own_name =
        member.name_in_header.empty() ? member.name : member.name_in_header;
    put(out, 0x04034b50, 4);
    put(out, 20, 2);
    put(out, member.flags, 2);
    put(out, member.method, 2);
    put(out, 0, 4);  // when
    put(out, member.checksum, 4);
    put(out, packed_size, 4);
    put(out, member.size, 4);
    put(out, own_name.size(), 2);
    put(out, 4, 2);
    out.insert(out.end(), own_name.begin(), own_name.end());
    put(out, 0x7777, 4);  // an extra field of no bytes
    put(out, member.packed);

    put(directory, 0x02014b50, 4);
    put(directory, 20, 2);
    put(directory, 20, 2);
    put(directory, member.flags, 2);
    put(directory, member.method, 2);
    put(directory, 0, 4);
    put(directory, member.checksum, 4);
    put(directory, packed_size, 4);
    put(directory, member.size, 4);
    put(directory, member.name.size(), 2);
    put(directory, 0, 12);  // extra fields, comment, disk, attributes
    put(directory, member.header_offset.value_or(header), 4);
    directory.insert(directory.end(), member.name.begin(), member.name.end());
  }
  const uint64_t begin = out.size();
  put(out, directory);
  put(out, 0x06054b50, 4);
  put(out, end.disk, 2);
  put(out, 0, 2);
  put(out, end.count.value_or(members.size()), 2);
  put(out, end.count.value_or(members.size()), 2);
  put(out, end.size.value_or(directory.size()), 4);
  put(out, end.begin.value_or(begin), 4);
  put(out, end.comment.size(), 2);
  out.insert(out.end(), end.comment.begin(), end.comment.end());
  return out;
}

}  // namespace softmask::view

#endif  // SOFTMASK_TESTS_VIEW_IMPORT_ZIP_BYTES_H_
