// The elementary functions of PyTorch's AVX2 code path, lane by lane.
//
// The polynomials and their order are those of avx_mathfun.h (log, sin, cos) and of SLEEF's expf
// (1.0 ULP version) as PyTorch compiles them for AVX2: every multiply-add below is fused there, so
// it is here. The constants are theirs; nothing may be reordered, the bits depend on it.
#ifndef SOFTMASK_CORE_AVX2_MATH_H_
#define SOFTMASK_CORE_AVX2_MATH_H_

#include <cstdint>
#include <limits>

#include "core/bit_cast.h"
#include "core/fused_multiply_add.h"

namespace softmask::core::avx2 {

// e^x within 1 ULP. Exactly 0 below -104, infinity above 100, NaN for NaN; subnormal results are
// kept. No conversion to an integer that WebAssembly could trap on: the rounded quotient is read
// from the low bits of a sum with 1.5 * 2^23.
inline float exp(float x) {
  if (x < -104.0f) return 0.0f;
  if (x > 100.0f) return std::numeric_limits<float>::infinity();
  constexpr float kRoundToInteger = 12582912.0f;
  constexpr uint32_t kRoundToIntegerBits = 0x4b400000;
  const float shifted =
      x * 1.442695040888963407359924681001892137426645954152985934135449406931f + kRoundToInteger;
  const float quotient = shifted - kRoundToInteger;
  const int32_t exponent = static_cast<int32_t>(bit_cast<uint32_t>(shifted) - kRoundToIntegerBits);

  float s = fused_multiply_add(quotient, -0.693145751953125f, x);
  s = fused_multiply_add(quotient, -1.428606765330187045e-06f, s);
  float u = 0.000198527617612853646278381f;
  u = fused_multiply_add(u, s, 0.00139304355252534151077271f);
  u = fused_multiply_add(u, s, 0.00833336077630519866943359f);
  u = fused_multiply_add(u, s, 0.0416664853692054748535156f);
  u = fused_multiply_add(u, s, 0.166666671633720397949219f);
  u = fused_multiply_add(u, s, 0.5f);
  u = 1.0f + fused_multiply_add(s * s, u, s);

  // 2^exponent in two halves, so that a subnormal result is rounded once, at the end.
  const int32_t half = exponent >> 1;
  const auto power_of_two = [](int32_t n) {
    return bit_cast<float>((static_cast<uint32_t>(n) + 127u) << 23);
  };
  return u * power_of_two(half) * power_of_two(exponent - half);
}

// ln(x) for normal x > 0, as randn needs it: x is a multiple of 2^-24 in (0, 1].
inline float log(float x) {
  const uint32_t bits = bit_cast<uint32_t>(x);
  float e = static_cast<float>(static_cast<int32_t>(bits >> 23) - 126);
  float m = bit_cast<float>((bits & 0x007fffffu) | 0x3f000000u);  // in [0.5, 1)
  float below = 0.0f;
  if (m < 0.707106781186547524f) {
    below = m;
    e -= 1.0f;
  }
  m = (m - 1.0f) + below;
  const float z = m * m;
  float y = 7.0376836292E-2f;
  y = fused_multiply_add(y, m, -1.1514610310E-1f);
  y = fused_multiply_add(y, m, 1.1676998740E-1f);
  y = fused_multiply_add(y, m, -1.2420140846E-1f);
  y = fused_multiply_add(y, m, 1.4249322787E-1f);
  y = fused_multiply_add(y, m, -1.6668057665E-1f);
  y = fused_multiply_add(y, m, 2.0000714765E-1f);
  y = fused_multiply_add(y, m, -2.4999993993E-1f);
  y = fused_multiply_add(y, m, 3.3333331174E-1f);
  y = y * m;
  y = fused_multiply_add(y, z, e * -2.12194440e-4f);
  y = fused_multiply_add(-z, 0.5f, y);
  return fused_multiply_add(e, 0.693359375f, m + y);
}

struct SinCos {
  float sin;
  float cos;
};

// Sine and cosine of 0 <= x < 8192, as randn needs them: x in [0, 2π).
inline SinCos sincos(float x) {
  const uint32_t j = (static_cast<uint32_t>(x * 1.27323954473516f) + 1u) & ~1u;
  const float f = static_cast<float>(j);
  x = fused_multiply_add(f, -0.78515625f, x);
  x = fused_multiply_add(f, -2.4187564849853515625e-4f, x);
  x = fused_multiply_add(f, -3.77489497744594108e-8f, x);
  const float z = x * x;

  float c = fused_multiply_add(2.443315711809948E-005f, z, -1.388731625493765E-003f);
  c = fused_multiply_add(c, z, 4.166664568298827E-002f);
  c = c * z;
  c = fused_multiply_add(c, z, -(z * 0.5f));
  c = c + 1.0f;

  float s = fused_multiply_add(-1.9515295891E-4f, z, 8.3321608736E-3f);
  s = fused_multiply_add(s, z, -1.6666654611E-1f);
  s = s * z;
  s = fused_multiply_add(s, x, x);

  const bool swapped = (j & 2u) != 0;
  const uint32_t sin_sign = (j & 4u) << 29;
  const uint32_t cos_sign = (~(j - 2u) & 4u) << 29;
  return {bit_cast<float>(bit_cast<uint32_t>(swapped ? c : s) ^ sin_sign),
          bit_cast<float>(bit_cast<uint32_t>(swapped ? s : c) ^ cos_sign)};
}

}  // namespace softmask::core::avx2

#endif  // SOFTMASK_CORE_AVX2_MATH_H_
