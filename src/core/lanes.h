// The vectors of floats in which PyTorch's CPU code computes, and how it adds up their lanes.
#ifndef SOFTMASK_CORE_LANES_H_
#define SOFTMASK_CORE_LANES_H_

#include <array>
#include <cstddef>
#include <cstring>

#include "core/types.h"

namespace softmask::core {

// Lanes of a vector of floats, and of the narrow types. The `default` path emulates vectors of the
// same length.
inline constexpr size_t kLanes = 8;
inline constexpr size_t kNarrowLanes = 16;

using Lanes = std::array<float, kLanes>;

// The lanes while they are computed with. A compiler keeps them in registers, which it does not do
// with an array of them; each lane is computed as by itself.
class LaneRegisters {
 public:
  LaneRegisters() = default;  // zeros
  // Of kLanes floats, in memory of any alignment.
  explicit LaneRegisters(const float* x) : low_(load(x)), high_(load(x + kLanes / 2)) {}

  void add(const float* x) {
    low_ += load(x);
    high_ += load(x + kLanes / 2);
  }
  // As std::max(lane, x) has it: a NaN of x is passed over.
  void raise_to(const float* x) {
    low_ = larger(low_, load(x));
    high_ = larger(high_, load(x + kLanes / 2));
  }

  Lanes lanes() const {
    Lanes all;
    std::memcpy(all.data(), &low_, sizeof(low_));
    std::memcpy(all.data() + kLanes / 2, &high_, sizeof(high_));
    return all;
  }

 private:
  using Half = float __attribute__((vector_size(kLanes / 2 * sizeof(float))));

  static Half load(const float* x) {
    Half half;
    std::memcpy(&half, x, sizeof(half));
    return half;
  }
  static Half larger(Half a, Half b) { return a < b ? b : a; }

  Half low_ = {};
  Half high_ = {};
};

// The sum across lanes: by halves in AVX2, from left to right in the `default` path.
inline float sum_of_lanes(Lanes lanes, Cpu cpu) {
  if (cpu == Cpu::kAvx2) {
    for (size_t half = kLanes / 2; half > 0; half /= 2) {
      for (size_t i = 0; i < half; ++i) lanes[i] += lanes[i + half];
    }
    return lanes[0];
  }
  float sum = lanes[0];
  for (size_t i = 1; i < kLanes; ++i) sum += lanes[i];
  return sum;
}

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_LANES_H_
