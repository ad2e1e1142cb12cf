// The vectors of floats in which PyTorch's CPU code computes, and how it adds up their lanes.
#ifndef SOFTMASK_CORE_LANES_H_
#define SOFTMASK_CORE_LANES_H_

#include <array>
#include <cstddef>

#include "core/types.h"

namespace softmask::core {

// Lanes of a vector of floats, and of the narrow types. The `default` path emulates vectors of the
// same length.
inline constexpr size_t kLanes = 8;
inline constexpr size_t kNarrowLanes = 16;

using Lanes = std::array<float, kLanes>;

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
