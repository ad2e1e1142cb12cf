// After PKWARE's APPNOTE.TXT 6.3.9: 4.3.12 … 4.3.16 and 4.5.3.
#include "view/import/zip_directory.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "view/import/refusal_texts.h"
#include "view/percent_coding.h"

namespace softmask::view {
namespace {

constexpr uint32_t kMemberMark = 0x04034b50;
constexpr uint32_t kEntryMark = 0x02014b50;
constexpr uint32_t kEndMark = 0x06054b50;
constexpr uint32_t kEnd64Mark = 0x06064b50;
constexpr uint32_t kLocatorMark = 0x07064b50;

constexpr uint64_t kEndSize = 22;
constexpr uint64_t kEnd64Size = 56;
constexpr uint64_t kLocatorSize = 20;
constexpr uint64_t kEntrySize = 46;
constexpr uint64_t kLongestComment = 65'535;
// Some ten thousand members, of each of which the beginning is read.
constexpr uint64_t kLongestDirectory = 1'000'000;

// What 16 and 32 bits say where the number stands in a record of zip64.
constexpr uint64_t kIn64Bits16 = 0xffff;
constexpr uint64_t kIn64Bits32 = 0xffffffff;

// What an end record says.
struct EndRecord {
  uint64_t at = 0;  // the byte of the file where the first of the end records begins
  bool is_one_file = true;
  uint64_t count = 0;
  uint64_t size = 0;
  uint64_t begin = 0;
};

// The last place where an end record with its comment reaches exactly to the end of the file.
std::optional<uint64_t> find_end(const FilePart& tail) {
  if (tail.file_size < kEndSize) return std::nullopt;
  const uint64_t last = tail.file_size - kEndSize;
  const uint64_t first = last - std::min(last, kLongestComment);
  for (uint64_t at = last + 1; at-- > first;) {
    if (!tail.has(at, kEndSize)) return std::nullopt;
    const uint8_t* const bytes = tail.at(at);
    if (zip_u32(bytes) == kEndMark && zip_u16(bytes + 20) == last - at) return at;
  }
  return std::nullopt;
}

EndRecord end_at(const FilePart& tail, uint64_t at) {
  const uint8_t* const bytes = tail.at(at);
  EndRecord end;
  end.at = at;
  end.is_one_file =
      zip_u16(bytes + 4) == zip_u16(bytes + 6) && zip_u16(bytes + 8) == zip_u16(bytes + 10);
  end.count = zip_u16(bytes + 10);
  end.size = zip_u32(bytes + 12);
  end.begin = zip_u32(bytes + 16);
  return end;
}

// The numbers of the record of zip64, where there is one before the other.
void follow_locator(const FilePart& tail, EndRecord& end) {
  const bool saturated =
      end.count == kIn64Bits16 || end.size == kIn64Bits32 || end.begin == kIn64Bits32;
  if (!saturated || end.at < kLocatorSize || !tail.has(end.at - kLocatorSize, kLocatorSize)) return;
  const uint8_t* const locator = tail.at(end.at - kLocatorSize);
  const uint64_t at = zip_u64(locator + 8);
  const bool is_there = zip_u32(locator) == kLocatorMark && at < end.at &&
                        tail.has(at, kEnd64Size) && zip_u32(tail.at(at)) == kEnd64Mark;
  if (!is_there) return;
  const uint8_t* const bytes = tail.at(at);
  end.at = at;
  end.is_one_file = zip_u32(bytes + 16) == 0 && zip_u32(bytes + 20) == 0 &&
                    zip_u64(bytes + 24) == zip_u64(bytes + 32);
  end.count = zip_u64(bytes + 32);
  end.size = zip_u64(bytes + 40);
  end.begin = zip_u64(bytes + 48);
}

// Puts the numbers that are in the extra fields of zip64 in place of what has no room in 32 bits.
// False where one of them is missing.
bool widen(ZipMember& member, Bytes extra) {
  uint64_t* const wide[] = {&member.size, &member.packed_size, &member.header};
  std::size_t missing = 0;
  for (const uint64_t* number : wide) missing += *number == kIn64Bits32;
  while (missing > 0 && extra.size() >= 4) {
    const std::size_t length = zip_u16(extra.data() + 2);
    if (length > extra.size() - 4) return false;
    if (zip_u16(extra.data()) == 1) {
      if (length < 8 * missing) return false;
      const uint8_t* from = extra.data() + 4;
      for (uint64_t* number : wide) {
        if (*number != kIn64Bits32) continue;
        *number = zip_u64(from);
        from += 8;
      }
      return true;
    }
    extra = extra.subspan(4 + length);
  }
  return missing == 0;
}

class DirectoryReader {
 public:
  DirectoryReader(const FilePart& part, const ZipDirectory& directory)
      : part_(part), directory_(directory), at_(directory.bytes.begin) {}

  core::Result<std::vector<ZipMember>> read() {
    for (uint64_t i = 0; i < directory_.count; ++i) {
      core::Status status = entry();
      if (!status.ok()) return {{}, std::move(status)};
    }
    const uint64_t left = directory_.bytes.end - at_;
    if (left >= kEntrySize && zip_u32(part_.at(at_)) == kEntryMark) {
      return {{},
              refused_at_byte(
                  at_, refusal_words(RefusalText::kZipCount, {std::to_string(directory_.count)}))};
    }
    core::Status status = set_limits();
    if (!status.ok()) return {{}, std::move(status)};
    return {std::move(members_), {}};
  }

 private:
  core::Status no_entry() const {
    return refused_at_byte(
        at_, refusal_words(RefusalText::kZipEntry,
                           {std::to_string(members_.size()), std::to_string(directory_.count)}));
  }

  core::Status entry() {
    const uint64_t left = directory_.bytes.end - at_;
    if (left < kEntrySize || zip_u32(part_.at(at_)) != kEntryMark) return no_entry();
    const uint8_t* const bytes = part_.at(at_);
    const uint64_t name_size = zip_u16(bytes + 28);
    const uint64_t extra_size = zip_u16(bytes + 30);
    const uint64_t size = kEntrySize + name_size + extra_size + zip_u16(bytes + 32);
    if (left < size) return no_entry();
    ZipMember member;
    member.flags = zip_u16(bytes + 8);
    member.method = zip_u16(bytes + 10);
    member.checksum = zip_u32(bytes + 16);
    member.packed_size = zip_u32(bytes + 20);
    member.size = zip_u32(bytes + 24);
    member.header = zip_u32(bytes + 42);
    member.name.assign(reinterpret_cast<const char*>(bytes) + kEntrySize,
                       static_cast<std::size_t>(name_size));
    const Bytes extra(bytes + kEntrySize + name_size, static_cast<std::size_t>(extra_size));
    if (!widen(member, extra)) return no_entry();
    members_.push_back(std::move(member));
    at_ += size;
    return {};
  }

  // Each ends where the next one begins, at the latest.
  core::Status set_limits() {
    std::vector<uint64_t> begins;
    for (const ZipMember& member : members_) begins.push_back(member.header);
    begins.push_back(directory_.bytes.begin);
    std::sort(begins.begin(), begins.end());
    for (ZipMember& member : members_) {
      // Two that begin in one place leave no room for either; there is none behind the directory.
      const auto own = std::lower_bound(begins.begin(), begins.end(), member.header);
      member.limit = member.header < directory_.bytes.begin ? own[1] : member.header;
      const uint64_t room = member.limit - member.header;
      const uint64_t head = kZipHeaderSize + member.name.size();
      if (room >= head && member.packed_size <= room - head) continue;
      return refused_at_byte(member.header,
                             refusal_words(RefusalText::kMemberPlace,
                                           {shown_name(member), std::to_string(member.packed_size),
                                            std::to_string(member.limit)}));
    }
    return {};
  }

  const FilePart& part_;
  const ZipDirectory& directory_;
  uint64_t at_;
  std::vector<ZipMember> members_;
};

}  // namespace

uint16_t zip_u16(const uint8_t* bytes) { return static_cast<uint16_t>(bytes[0] | bytes[1] << 8); }
uint32_t zip_u32(const uint8_t* bytes) {
  return zip_u16(bytes) | static_cast<uint32_t>(zip_u16(bytes + 2)) << 16;
}
uint64_t zip_u64(const uint8_t* bytes) {
  return zip_u32(bytes) | static_cast<uint64_t>(zip_u32(bytes + 4)) << 32;
}

std::string shown_name(const ZipMember& member) { return printable_excerpt(member.name, 60); }

bool is_zip(std::string_view beginning) {
  if (beginning.size() < 4) return false;
  const uint32_t mark = zip_u32(reinterpret_cast<const uint8_t*>(beginning.data()));
  return mark == kMemberMark || mark == kEndMark;
}

ByteRange zip_tail(uint64_t file_size) {
  const uint64_t most = kEndSize + kLongestComment + kLocatorSize + kEnd64Size;
  return {file_size - std::min(file_size, most), file_size};
}

core::Result<ZipDirectory> find_zip_directory(const FilePart& tail) {
  const std::optional<uint64_t> at = find_end(tail);
  if (!at) return {{}, refused_at_byte(tail.file_size, RefusalText::kZipEnd)};
  EndRecord end = end_at(tail, *at);
  follow_locator(tail, end);
  if (!end.is_one_file) return {{}, refused_at_byte(*at, RefusalText::kZipSplit)};
  if (end.begin > end.at || end.size > end.at - end.begin || end.count > end.size / kEntrySize) {
    return {{},
            refused_at_byte(*at, refusal_words(RefusalText::kZipPlace,
                                               {std::to_string(end.count), std::to_string(end.size),
                                                std::to_string(end.begin)}))};
  }
  if (end.size > kLongestDirectory) {
    return {{},
            refused_at_byte(
                *at, refusal_words(RefusalText::kZipTooLong,
                                   {std::to_string(end.size), std::to_string(kLongestDirectory)}))};
  }
  return {{{end.begin, end.begin + end.size}, end.count}, {}};
}

core::Result<std::vector<ZipMember>> read_zip_directory(const FilePart& part,
                                                        const ZipDirectory& directory) {
  const ByteRange& bytes = directory.bytes;
  if (!part.has(bytes.begin, bytes.end - bytes.begin)) {
    return {{}, refused_at_byte(bytes.begin, RefusalText::kHeaderNotRead)};
  }
  return DirectoryReader(part, directory).read();
}

}  // namespace softmask::view
