#include "view/import/zip_member.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <limits>
#include <utility>

#include "view/import/refusal_texts.h"

namespace softmask::view {
namespace {

// Encrypted, patched, strongly encrypted, with a hidden directory.
constexpr uint16_t kUnreadableFlags = 1 | 1 << 5 | 1 << 6 | 1 << 13;
// Of deflate: a match of 258 bytes takes two bits at least.
constexpr uint64_t kMostOfAByte = 1032;
// Unpacked at a time.
constexpr std::size_t kRoom = 16'384;

core::Status refused_member(const ZipMember& member, RefusalText problem) {
  return refused_at_byte(member.header, refusal_words(problem, {shown_name(member)}));
}

}  // namespace

core::Status check_member(const ZipMember& member) {
  if ((member.flags & kUnreadableFlags) != 0) {
    return refused_member(member, RefusalText::kMemberEncrypted);
  }
  if (member.method != kZipStored && member.method != kZipDeflated) {
    return refused_at_byte(member.header,
                           refusal_words(RefusalText::kMemberMethod,
                                         {shown_name(member), std::to_string(member.method)}));
  }
  const bool fits = member.method == kZipStored ? member.size == member.packed_size
                                                : member.size / kMostOfAByte <= member.packed_size;
  if (fits) return {};
  return refused_at_byte(
      member.header,
      refusal_words(RefusalText::kMemberSizes, {shown_name(member), std::to_string(member.size),
                                                std::to_string(member.packed_size)}));
}

MemberReader::MemberReader(const ZipMember& member, const ByteRange& wanted)
    : member_(&member), wanted_(wanted) {
  const uint64_t size = wanted.end - wanted.begin;
  if (size < std::numeric_limits<std::size_t>::max()) {
    block_ = core::allocate<uint8_t>(static_cast<std::size_t>(size) + 1);
  }
  if (member.method == kZipDeflated) inflater_.emplace();
}

core::Status MemberReader::take(Bytes unpacked) {
  if (unpacked.size() > member_->size - at_) {
    return refused_at_byte(member_->header,
                           refusal_words(RefusalText::kMemberLonger,
                                         {shown_name(*member_), std::to_string(member_->size)}));
  }
  const uint64_t end = at_ + unpacked.size();
  const uint64_t from = std::max(at_, wanted_.begin);
  const uint64_t to = std::min(end, wanted_.end);
  if (from < to) {
    std::memcpy(block_.get() + (from - wanted_.begin), unpacked.data() + (from - at_),
                static_cast<std::size_t>(to - from));
  }
  checksum_ =
      static_cast<uint32_t>(crc32(checksum_, unpacked.data(), static_cast<uInt>(unpacked.size())));
  at_ = end;
  return {};
}

core::Status MemberReader::feed(Bytes packed) {
  if (!inflater_) return take(packed);
  while (!has_ended_) {
    std::array<uint8_t, kRoom> room;
    std::span<uint8_t> unpacked(room);
    const Inflater::State state = inflater_->inflate(packed, unpacked);
    if (state == Inflater::State::kDamaged) {
      return refused_member(*member_, RefusalText::kMemberDamaged);
    }
    if (state == Inflater::State::kNoMemory) {
      return core::Status::range(
          refusal_words(RefusalText::kNoMemoryForBytes, {std::to_string(kRoom)}));
    }
    core::Status status = take(unpacked);
    if (!status.ok()) return status;
    has_ended_ = state == Inflater::State::kEnd;
    if (packed.empty() && unpacked.size() < kRoom) break;
  }
  return {};
}

core::Status MemberReader::finish() const {
  if (at_ != member_->size || (inflater_ && !has_ended_)) {
    return refused_at_byte(
        member_->header,
        refusal_words(RefusalText::kMemberShorter,
                      {shown_name(*member_), std::to_string(at_), std::to_string(member_->size)}));
  }
  if (checksum_ == member_->checksum) return {};
  return refused_member(*member_, RefusalText::kMemberChecksum);
}

Bytes MemberReader::kept() const {
  const uint64_t end = std::min(at_, wanted_.end);
  const uint64_t count = end > wanted_.begin ? end - wanted_.begin : 0;
  return {block_.get(), static_cast<std::size_t>(count)};
}

}  // namespace softmask::view
