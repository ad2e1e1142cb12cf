#include "core/normal_pairs_simd128.h"

#ifdef __wasm_simd128__

#include <wasm_simd128.h>

#include <cstddef>

#include "core/simd128_fused.h"

namespace softmask::core::simd128 {
namespace {

// In memory, because V8 would make constants anew at every use.
constexpr WideConstant kLog[] = {7.0376836292E-2f,  -1.1514610310E-1f, 1.1676998740E-1f,
                                 -1.2420140846E-1f, 1.4249322787E-1f,  -1.6668057665E-1f,
                                 2.0000714765E-1f,  -2.4999993993E-1f, 3.3333331174E-1f};
constexpr WideConstant kCos[] = {2.443315711809948E-005f, -1.388731625493765E-003f,
                                 4.166664568298827E-002f};
constexpr WideConstant kSin[] = {-1.9515295891E-4f, 8.3321608736E-3f, -1.6666654611E-1f};
constexpr WideConstant kAngleLow[] = {-3.77489497744594108e-8f};

constexpr float kSqrtHalf = 0.707106781186547524f;
constexpr float kOne = 1.0f;
constexpr float kLn2Low = -2.12194440e-4f;
constexpr float kHalf = 0.5f;
constexpr float kLn2High = 0.693359375f;
constexpr float kFourOverPi = 1.27323954473516f;
constexpr float kAngleHigh = 0.78515625f;
constexpr float kAngleMiddle = 2.4187564849853515625e-4f;
constexpr float kMinusTwo = -2.0f;
constexpr float kTwoPi = 6.283185307179586f;

template <class T>
const T* hidden(const T* constants) {
  asm("" : "+r"(constants));
  return constants;
}

v128_t splat(const float& in_memory) { return wasm_v128_load32_splat(hidden(&in_memory)); }
v128_t load(const WideConstant* at, size_t i) { return splat_wide(at + i); }

// Fused multiply-adds whose product is exact in a float are written as they are: a small integer
// times a constant of few bits, and halves.

v128_t log(v128_t x, FusedMultiplyAdd& fused) {
  const WideConstant* const c = hidden(kLog);
  v128_t e = wasm_f32x4_convert_i32x4(wasm_i32x4_sub(wasm_u32x4_shr(x, 23), wasm_i32x4_splat(126)));
  v128_t m =
      wasm_v128_or(wasm_v128_and(x, wasm_i32x4_splat(0x007fffff)), wasm_i32x4_splat(0x3f000000));
  const v128_t is_below = wasm_f32x4_lt(m, splat(kSqrtHalf));
  e = wasm_f32x4_sub(e, wasm_v128_and(is_below, splat(kOne)));
  m = wasm_f32x4_add(wasm_f32x4_sub(m, splat(kOne)), wasm_v128_and(is_below, m));
  const v128_t z = wasm_f32x4_mul(m, m);
  const Wide wide_m = widen(m);
  Wide y = fused(load(c, 0), wide_m, load(c, 1));
  y = fused(y, wide_m, load(c, 2));
  y = fused(y, wide_m, load(c, 3));
  y = fused(y, wide_m, load(c, 4));
  y = fused(y, wide_m, load(c, 5));
  y = fused(y, wide_m, load(c, 6));
  y = fused(y, wide_m, load(c, 7));
  y = fused(y, wide_m, load(c, 8));
  v128_t sum = wasm_f32x4_mul(narrow(y), m);
  sum = narrow(fused(widen(sum), widen(z), widen(wasm_f32x4_mul(e, splat(kLn2Low)))));
  sum = wasm_f32x4_sub(sum, wasm_f32x4_mul(z, splat(kHalf)));
  return wasm_f32x4_add(wasm_f32x4_mul(e, splat(kLn2High)), wasm_f32x4_add(m, sum));
}

struct SinCos {
  v128_t sin;
  v128_t cos;
};

SinCos sincos(v128_t x, FusedMultiplyAdd& fused) {
  const WideConstant* const c = hidden(kCos);
  const WideConstant* const s = hidden(kSin);
  const v128_t j = wasm_v128_and(
      wasm_i32x4_add(wasm_i32x4_trunc_sat_f32x4(wasm_f32x4_mul(x, splat(kFourOverPi))),
                     wasm_i32x4_splat(1)),
      wasm_i32x4_splat(~1));
  const v128_t f = wasm_f32x4_convert_i32x4(j);
  x = wasm_f32x4_sub(x, wasm_f32x4_mul(f, splat(kAngleHigh)));
  x = wasm_f32x4_sub(x, wasm_f32x4_mul(f, splat(kAngleMiddle)));
  const Wide wide_x = fused(load(hidden(kAngleLow), 0), widen(f), widen(x));
  x = narrow(wide_x);
  const v128_t z = wasm_f32x4_mul(x, x);
  const Wide wide_z = widen(z);

  Wide p = fused(load(c, 0), wide_z, load(c, 1));
  p = fused(p, wide_z, load(c, 2));
  p = widen(wasm_f32x4_mul(narrow(p), z));
  p = fused(p, wide_z, widen(wasm_f32x4_neg(wasm_f32x4_mul(z, splat(kHalf)))));
  const v128_t cosine = wasm_f32x4_add(narrow(p), splat(kOne));

  p = fused(load(s, 0), wide_z, load(s, 1));
  p = fused(p, wide_z, load(s, 2));
  p = widen(wasm_f32x4_mul(narrow(p), z));
  const v128_t sine = narrow(fused(p, wide_x, wide_x));

  const v128_t two = wasm_i32x4_splat(2);
  const v128_t is_swapped = wasm_i32x4_eq(wasm_v128_and(j, two), two);
  const v128_t four = wasm_i32x4_splat(4);
  const v128_t sin_sign = wasm_i32x4_shl(wasm_v128_and(j, four), 29);
  const v128_t cos_sign = wasm_i32x4_shl(wasm_v128_andnot(four, wasm_i32x4_sub(j, two)), 29);
  return {wasm_v128_xor(wasm_v128_bitselect(cosine, sine, is_swapped), sin_sign),
          wasm_v128_xor(wasm_v128_bitselect(sine, cosine, is_swapped), cos_sign)};
}

}  // namespace

bool four_normal_pairs(float* first, float* second) {
  FusedMultiplyAdd fused;
  const v128_t u1 = wasm_f32x4_sub(splat(kOne), wasm_v128_load(first));
  const v128_t radius = wasm_f32x4_sqrt(wasm_f32x4_mul(splat(kMinusTwo), log(u1, fused)));
  const SinCos angle = sincos(wasm_f32x4_mul(splat(kTwoPi), wasm_v128_load(second)), fused);
  if (fused.is_in_doubt()) return false;
  // The mean that is added is 0, which turns -0 into +0.
  wasm_v128_store(first, wasm_f32x4_add(wasm_f32x4_mul(radius, angle.cos), wasm_f32x4_splat(0.0f)));
  wasm_v128_store(second,
                  wasm_f32x4_add(wasm_f32x4_mul(radius, angle.sin), wasm_f32x4_splat(0.0f)));
  return true;
}

}  // namespace softmask::core::simd128

#endif  // __wasm_simd128__
