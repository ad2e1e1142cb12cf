#include "view/import/zip_archive.h"

#include <contrib/minizip/unzip.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <optional>
#include <utility>

#include "view/import/partial_file.h"
#include "view/import/refusal_texts.h"
#include "view/percent_coding.h"

namespace softmask::view {
namespace {

constexpr std::string_view kMemberMark = "PK\x03\x04";
constexpr std::string_view kEntryMark = "PK\x01\x02";
constexpr std::string_view kEnd64Mark = "PK\x06\x06";
constexpr std::string_view kLocatorMark = "PK\x06\x07";
constexpr std::string_view kEndMark = "PK\x05\x06";

constexpr uint64_t kEntrySize = 46;
constexpr uint64_t kEndSize = 22;
constexpr uint64_t kLocatorSize = 20;
constexpr uint64_t kLongestComment = 65'535;
// minizip reads 1,028 bytes at a time from the end record's end on backwards, or none.
constexpr uint64_t kBehindEnd = 1028;
// With the end record. Some ten thousand members, of each of which the beginning is read.
constexpr uint64_t kLongestDirectory = 1'000'000;

bool begins_with(const FilePart& part, uint64_t at, std::string_view mark) {
  return part.has(at, mark.size()) && std::memcmp(part.at(at), mark.data(), mark.size()) == 0;
}

// Where the last end record is whose comment reaches to the end of the file.
std::optional<uint64_t> find_end(const FilePart& tail) {
  for (uint64_t comment = 0; comment <= kLongestComment && comment + kEndSize <= tail.file_size;
       ++comment) {
    const uint64_t at = tail.file_size - kEndSize - comment;
    if (!tail.has(at, kEndSize)) break;
    if (!begins_with(tail, at, kEndMark)) continue;
    const uint8_t* const length = tail.at(at + kEndSize - 2);
    if (static_cast<uint64_t>(length[0] | length[1] << 8) == comment) return at;
  }
  return std::nullopt;
}

}  // namespace

class ZipArchive::Reader {
 public:
  Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  core::Result<ByteRange> find_directory(const FilePart& tail) {
    const std::optional<uint64_t> end = find_end(tail);
    if (!end) return {{}, refused_at_byte(tail.file_size, RefusalText::kZipEnd)};
    // An archive of nothing: to minizip an end record at byte 0 is none.
    if (*end == 0) return {};
    end_ = *end;
    is_zip64_ = end_ >= kLocatorSize && begins_with(tail, end_ - kLocatorSize, kLocatorMark);
    // minizip takes the last bytes that look like an end record, also in a comment: it sees none.
    file_.set_size(end_ + kEndSize);
    file_.show(&tail);
    zlib_filefunc64_def functions = file_.functions();
    archive_.reset(unzOpen2_64("", &functions));
    file_.show(nullptr);
    if (!archive_) return {{}, refused_at_byte(end_, RefusalText::kZipPlace)};
    unz_global_info64 all;
    unzGetGlobalInfo64(archive_.get(), &all);
    count_ = all.number_entry;
    if (count_ == 0) return {};
    // No bytes are there: this tells where it would read.
    unzGoToFirstFile(archive_.get());
    directory_ = {file_.first(), end_ + kEndSize};
    if (directory_.begin > end_) return {{}, refused_at_byte(end_, RefusalText::kZipPlace)};
    const uint64_t size = directory_.end - directory_.begin;
    if (size <= kLongestDirectory) return {directory_, {}};
    return {{},
            refused_at_byte(directory_.begin, refusal_words(RefusalText::kZipTooLong,
                                                            {std::to_string(size),
                                                             std::to_string(kLongestDirectory)}))};
  }

  core::Result<std::vector<ZipMember>> read_directory(const FilePart& part) {
    const uint64_t size = directory_.end - directory_.begin;
    if (!part.has(directory_.begin, size)) {
      return {{}, refused_at_byte(directory_.begin, RefusalText::kHeaderNotRead)};
    }
    if (!file_.keep(part, directory_)) {
      return {{},
              core::Status::range(
                  refusal_words(RefusalText::kNoMemoryForBytes, {std::to_string(size)}))};
    }
    std::vector<ZipMember> members;
    uint64_t end = directory_.begin;
    for (uint64_t i = 0; i < count_; ++i) {
      const uint64_t at = end;
      file_.show(nullptr);
      ZipMember member;
      const int result =
          i == 0 ? unzGoToFirstFile(archive_.get()) : unzGoToNextFile(archive_.get());
      if (result != UNZ_OK || !describe(&member, &end)) {
        return {{},
                refused_at_byte(end, refusal_words(RefusalText::kZipEntry,
                                                   {std::to_string(i), std::to_string(count_)}))};
      }
      member.index = i;
      if (member.header >= directory_.begin) {
        return {
            {},
            refused_at_byte(at, refusal_words(RefusalText::kMemberBegin,
                                              {shown_name(member), std::to_string(member.header),
                                               std::to_string(directory_.begin)}))};
      }
      members.push_back(std::move(member));
    }
    if (begins_with(part, end, kEntryMark)) {
      return {
          {},
          refused_at_byte(end, refusal_words(RefusalText::kZipCount, {std::to_string(count_)}))};
    }
    // Not where something else only looks like an end record of zip64: that could be in the values
    // of an array, and list other members than every other program sees.
    if (is_zip64_ ? !begins_with(part, end, kEnd64Mark) : end != end_) {
      return {{}, refused_at_byte(end, RefusalText::kZipPlace)};
    }
    core::Status status = set_limits(members);
    if (!status.ok()) return {{}, std::move(status)};
    return {std::move(members), {}};
  }

  core::Result<ByteRange> packed_bytes(const FilePart& part, const ZipMember& member) {
    if (!part.has(member.header, kZipHeaderSize)) {
      return {{}, refused_at_byte(member.header, RefusalText::kHeaderNotRead)};
    }
    file_.show(nullptr);
    const unz64_file_pos place = {member.entry, member.index};
    uint64_t begin = 0;
    if (unzGoToFilePos64(archive_.get(), &place) == UNZ_OK) {
      file_.show(&part);
      if (unzOpenCurrentFile2(archive_.get(), nullptr, nullptr, 1) == UNZ_OK) {
        begin = unzGetCurrentFileZStreamPos64(archive_.get());
      }
      unzCloseCurrentFile(archive_.get());
      file_.show(nullptr);
    }
    // minizip compares the lengths of the two names alone.
    const bool is_its_own =
        begin > member.header && begins_with(part, member.header + kZipHeaderSize, member.name);
    if (is_its_own && begin <= member.limit && member.packed_size <= member.limit - begin) {
      return {{begin, begin + member.packed_size}, {}};
    }
    return {{},
            refused_at_byte(member.header,
                            refusal_words(RefusalText::kMemberHeader, {shown_name(member)}))};
  }

 private:
  // The entry that was just read, and where the next one begins. False where it is not right.
  bool describe(ZipMember* member, uint64_t* end) {
    const uint64_t begin = *end;
    unz_file_info64 info;
    const auto get = [&](char* name, uLong size) {
      return unzGetCurrentFileInfo64(archive_.get(), &info, name, size, nullptr, 0, nullptr, 0);
    };
    if (get(nullptr, 0) != UNZ_OK) return false;
    std::string name(info.size_filename, '\0');
    if (get(name.data(), info.size_filename) != UNZ_OK) return false;
    const uint64_t size =
        kEntrySize + info.size_filename + info.size_file_extra + info.size_file_comment;
    if (begin > end_ || size > end_ - begin) return false;
    *end = begin + size;
    unz64_file_pos place;
    unzGetFilePos64(archive_.get(), &place);
    member->entry = place.pos_in_zip_directory;
    member->name = std::move(name);
    member->flags = static_cast<uint16_t>(info.flag);
    member->method = static_cast<uint16_t>(info.compression_method);
    member->checksum = static_cast<uint32_t>(info.crc);
    member->packed_size = info.compressed_size;
    member->size = info.uncompressed_size;
    // Its own header is the first that opening it reads.
    file_.show(nullptr);
    unzOpenCurrentFile2(archive_.get(), nullptr, nullptr, 1);
    unzCloseCurrentFile(archive_.get());
    member->header = file_.first();
    return true;
  }

  // Each ends where the next one begins, at the latest.
  core::Status set_limits(std::vector<ZipMember>& members) const {
    std::vector<uint64_t> begins;
    for (const ZipMember& member : members) begins.push_back(member.header);
    begins.push_back(directory_.begin);
    std::sort(begins.begin(), begins.end());
    for (ZipMember& member : members) {
      // Two that begin in one place leave no room for either.
      const auto own = std::lower_bound(begins.begin(), begins.end(), member.header);
      member.limit = own[1];
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

  struct Close {
    void operator()(voidp archive) const { unzClose(archive); }
  };

  PartialFile file_;
  std::unique_ptr<void, Close> archive_;
  ByteRange directory_;
  uint64_t count_ = 0;
  uint64_t end_ = 0;  // the byte where the end record begins
  bool is_zip64_ = false;
};

ZipArchive::ZipArchive() = default;
ZipArchive::~ZipArchive() = default;
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;

core::Result<ByteRange> ZipArchive::find_directory(const FilePart& tail) {
  reader_ = std::make_unique<Reader>();
  return reader_->find_directory(tail);
}

core::Result<std::vector<ZipMember>> ZipArchive::read_directory(const FilePart& part) {
  return reader_->read_directory(part);
}

core::Result<ByteRange> ZipArchive::packed_bytes(const FilePart& part, const ZipMember& member) {
  return reader_->packed_bytes(part, member);
}

std::string shown_name(const ZipMember& member) { return printable_excerpt(member.name, 60); }

bool is_zip(std::string_view beginning) {
  return beginning.starts_with(kMemberMark) || beginning.starts_with(kEndMark);
}

ByteRange zip_tail(uint64_t file_size) {
  return {file_size - std::min(file_size, kLongestComment + kBehindEnd), file_size};
}

}  // namespace softmask::view
