// The Mersenne Twister that PyTorch's CPU generator is built on.
#ifndef SOFTMASK_CORE_MT19937_H_
#define SOFTMASK_CORE_MT19937_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace softmask::core {

// MT19937 (Matsumoto and Nishimura, 1998), initialised by the 1812433253 recurrence, with the
// standard tempering. PyTorch's own generator rather than std::mt19937 so that the state can be
// seeded from the low half of a 64-bit seed in one place and stays a plain copyable value on
// every compiler. State: 624 words; one twist per 624 draws.
class Mt19937 {
 public:
  explicit Mt19937(uint32_t seed) { this->seed(seed); }

  void seed(uint32_t seed);

  // The next 32 bits.
  uint32_t random();

  // Up to `most` of the words that random() would return next, at least one; still to be tempered.
  // They stay as they are until the next call of anything.
  std::span<const uint32_t> take(size_t most);

  // What random() does to a word of the state before it returns it.
  static uint32_t temper(uint32_t y) {
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
  }

  // The next 64 bits, from two draws: the first one is the HIGH word.
  uint64_t random64();

 private:
  static constexpr int kWords = 624;
  static constexpr int kShift = 397;

  void twist();

  std::array<uint32_t, kWords> state_;
  int next_ = kWords;
};

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_MT19937_H_
