// The exponential of the fast softmax kernels, and the constants that its SIMD form shares.
#ifndef SOFTMASK_CORE_FAST_EXP_H_
#define SOFTMASK_CORE_FAST_EXP_H_

#include <cstdint>

#include "core/bit_cast.h"

namespace softmask::core::fast_exp {

// e^x = 2^n * e^r with n = x / ln2 rounded to an integer and r = x - n * ln2, |r| <= 0.3467.
// ln2 is split so that n times its high part is exact for every n that occurs.
inline constexpr float kLog2E = 0x1.715476p+0f;
inline constexpr float kLn2High = 0x1.62e4p-1f;
inline constexpr float kLn2Low = 0x1.7f7d1cp-20f;
// Adding 1.5 * 2^23 rounds to an integer, which then stands in the low bits; 127 more, and those
// bits are the exponent of 2^n.
inline constexpr float kRoundToExponent = 0x1.8p+23f + 127;
inline constexpr uint32_t kRoundToExponentBits = 0x4b400000u + 127;
// Everything below is 0 anyway; the clamp keeps n in the range of two exponents together.
inline constexpr float kLowest = -150.0f;
// From here up e^x, computed as below, is a normal number.
inline constexpr float kLowestNormal = -87.0f;
// e^r = 1 + r + r^2 * (c2 + c3 r + c4 r^2 + c5 r^3), minimax on |r| <= 0.3467: relative error
// 1.8 * 2^-24 before rounding. (One term more has 0.06 and takes a tenth longer.)
inline constexpr float kC2 = 0x1.fffdfcp-2f;
inline constexpr float kC3 = 0x1.5557b2p-3f;
inline constexpr float kC4 = 0x1.572a76p-5f;
inline constexpr float kC5 = 0x1.106246p-7f;

// The constants in memory, for kernels that load them, and where each stands.
enum TableIndex {
  kAtLog2E,
  kAtRoundToExponent,
  kAtLn2High,
  kAtLn2Low,
  kAtC2,
  kAtC3,
  kAtC4,
  kAtC5,
};
inline constexpr float kTable[] = {kLog2E, kRoundToExponent, kLn2High, kLn2Low, kC2, kC3, kC4, kC5};

// e^x for x <= 0, error below 3.1 * 2^-24 relative while the result is normal; subnormal results
// are rounded once more; 0 where e^x < 2^-150. NaN for NaN. No fused multiply-adds: a kernel that
// has none gives the same bits.
inline float scalar(float x) {
  const float clamped = x < kLowest ? kLowest : x;
  const float shifted = clamped * kLog2E + kRoundToExponent;
  const float n = shifted - kRoundToExponent;
  const auto exponent = static_cast<int32_t>(bit_cast<uint32_t>(shifted) - kRoundToExponentBits);
  const float r = (clamped - n * kLn2High) - n * kLn2Low;
  const float q = kC2 + r * (kC3 + r * (kC4 + r * kC5));
  const float e = 1.0f + (r + (r * r) * q);
  // 2^n in two halves, so that a subnormal result is rounded once.
  const int32_t half = exponent >> 1;
  const auto power_of_two = [](int32_t k) {
    return bit_cast<float>((static_cast<uint32_t>(k) + 127u) << 23);
  };
  return e * power_of_two(half) * power_of_two(exponent - half);
}

}  // namespace softmask::core::fast_exp

#endif  // SOFTMASK_CORE_FAST_EXP_H_
