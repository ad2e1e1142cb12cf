#include "core/kept_columns.h"

#include <array>
#include <cstring>

namespace softmask::core {
namespace {

constexpr unsigned kPatterns = 16;
constexpr unsigned kWhole = kPatterns - 1;
constexpr uint32_t kVectorBytes = 16;
constexpr uint32_t kFloatBytes = 4;
constexpr uint32_t kNone = ~uint32_t{0};

// Which of four columns are kept: bit i for column i. Every byte is folded into its lowest bit; the
// product brings the four bits together, all others of it being apart from them and from each
// other.
unsigned pattern_of(const uint8_t* mask) {
  uint32_t bytes;
  std::memcpy(&bytes, mask, sizeof bytes);
  bytes |= bytes >> 4;
  bytes |= bytes >> 2;
  bytes |= bytes >> 1;
  bytes &= 0x01010101u;
  return ((bytes * 0x01020408u) >> 24 & kWhole) ^ kWhole;
}

}  // namespace

KeptColumns::KeptColumns(const uint8_t* mask, size_t cols, uint32_t* memory) {
  const size_t groups = cols / kGroup;
  auto* const pairs = reinterpret_cast<Pair*>(memory);
  uint32_t* const whole = memory + 3 * (groups / 2);
  uint32_t* const unpaired = whole + groups;
  uint32_t* const single = unpaired + groups;
  uint32_t* const next = single + cols;  // of every waiting group the one that waited before it

  std::array<uint32_t, kPatterns> waiting;
  waiting.fill(kNone);
  for (uint32_t g = 0; g < groups; ++g) {
    const unsigned pattern = pattern_of(mask + g * kGroup);
    uint32_t& partner = waiting[kWhole - pattern];
    if (partner == kNone) {
      next[g] = waiting[pattern];
      waiting[pattern] = g;
    } else {
      pairs[pair_count_++] = {partner * kVectorBytes, g * kVectorBytes,
                              (kWhole - pattern) * kVectorBytes};
      partner = next[partner];
    }
  }

  for (uint32_t g = waiting[kWhole]; g != kNone; g = next[g]) {
    whole[whole_count_++] = g * kVectorBytes;
  }
  for (unsigned pattern = 0; pattern < kWhole; ++pattern) {
    for (uint32_t g = waiting[pattern]; g != kNone; g = next[g]) {
      unpaired[unpaired_count_++] = g * kVectorBytes;
      for (uint32_t i = 0; i < kGroup; ++i) {
        if ((pattern >> i & 1) != 0) single[single_count_++] = g * kVectorBytes + i * kFloatBytes;
      }
    }
  }
  for (size_t col = groups * kGroup; col < cols; ++col) {
    if (mask[col] == 0) single[single_count_++] = static_cast<uint32_t>(col) * kFloatBytes;
  }
  pairs_ = pairs;
  whole_ = whole;
  unpaired_ = unpaired;
  single_ = single;
}

}  // namespace softmask::core
