#include "core/mt19937.h"

#include <algorithm>

namespace softmask::core {

void Mt19937::seed(uint32_t seed) {
  state_[0] = seed;
  for (int i = 1; i < kWords; ++i) {
    const uint32_t previous = state_[i - 1];
    state_[i] = 1812433253u * (previous ^ (previous >> 30)) + static_cast<uint32_t>(i);
  }
  next_ = kWords;
}

uint32_t Mt19937::random() {
  if (next_ == kWords) twist();
  return temper(state_[next_++]);
}

std::span<const uint32_t> Mt19937::take(size_t most) {
  if (next_ == kWords) twist();
  const size_t count = std::min(most, static_cast<size_t>(kWords - next_));
  const std::span<const uint32_t> words(state_.data() + next_, count);
  next_ += static_cast<int>(count);
  return words;
}

uint64_t Mt19937::random64() {
  const uint64_t high = random();
  return (high << 32) | random();
}

void Mt19937::twist() {
  const auto next_word = [this](int i, int following, int shifted) {
    const uint32_t mixed = (state_[i] & 0x80000000u) | (state_[following] & 0x7fffffffu);
    const uint32_t odd_mask = 0u - (mixed & 1u);
    state_[i] = state_[shifted] ^ (mixed >> 1) ^ (odd_mask & 0x9908b0dfu);
  };
  int i = 0;
  for (; i < kWords - kShift; ++i) next_word(i, i + 1, i + kShift);
  for (; i < kWords - 1; ++i) next_word(i, i + 1, i + kShift - kWords);
  next_word(kWords - 1, 0, kShift - 1);
  next_ = 0;
}

}  // namespace softmask::core
