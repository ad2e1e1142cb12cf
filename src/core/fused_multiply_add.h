// The fused multiply-add that PyTorch's AVX2 code is compiled to, on machines that have none.
#ifndef SOFTMASK_CORE_FUSED_MULTIPLY_ADD_H_
#define SOFTMASK_CORE_FUSED_MULTIPLY_ADD_H_

#include <cstdint>

#include "core/bit_cast.h"

namespace softmask::core {

// The double sum product + addend, rounded to float as if it had never been rounded to double.
// Only for results that fused_multiply_add cannot settle by itself.
float round_exact_sum(double product, double addend);

// a * b + c with one rounding, exact for every input: subnormal results, infinities and NaN
// included. WebAssembly has no such instruction, and a libm call per element is slow.
//
// The product of two floats is exact in double, so the double sum `wide` has been rounded once.
// Rounding it to float a second time goes wrong only when `wide` lies exactly between two floats
// while the true sum does not. That shows in its low 29 bits, as long as the float is normal; only
// then round_exact_sum is asked.
// Cost: two double operations and a test; the slow way about once in 2^29 calls.
inline float fused_multiply_add(float a, float b, float c) {
  const double product = static_cast<double>(a) * static_cast<double>(b);
  const double addend = static_cast<double>(c);
  const double wide = product + addend;
  const uint64_t bits = bit_cast<uint64_t>(wide);
  constexpr uint64_t kTailMask = 0x1fffffff;
  constexpr uint64_t kTie = 0x10000000;
  constexpr uint64_t kMagnitudeMask = 0x7fffffffffffffff;
  constexpr uint64_t kSmallestNormalFloat = 0x3810000000000000;  // 2^-126 as a double
  const bool is_settled =
      (bits & kTailMask) != kTie && (bits & kMagnitudeMask) >= kSmallestNormalFloat;
  return is_settled ? static_cast<float>(wide) : round_exact_sum(product, addend);
}

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_FUSED_MULTIPLY_ADD_H_
