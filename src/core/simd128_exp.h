// What the SIMD kernels share: the exponential of core/fast_exp.h four times, and accurate sums.
// To be included where WebAssembly SIMD is compiled.
#ifndef SOFTMASK_CORE_SIMD128_EXP_H_
#define SOFTMASK_CORE_SIMD128_EXP_H_

#include <wasm_simd128.h>

#include "core/fast_exp.h"
#include "core/simd128_relaxed.h"

// A call for every four floats would take longer than what is called.
#define SOFTMASK_INLINE [[gnu::always_inline]] inline
#define SOFTMASK_INLINE_LAMBDA __attribute__((always_inline))

namespace softmask::core::simd128 {

SOFTMASK_INLINE v128_t splat(float value) { return wasm_f32x4_splat(value); }

// pmax(a, b) is b where a < b, else a: a NaN in b is passed over, as in the scalar maximum.
SOFTMASK_INLINE v128_t maximum(v128_t a, v128_t b) { return wasm_f32x4_pmax(a, b); }
SOFTMASK_INLINE v128_t minimum(v128_t a, v128_t b) { return wasm_f32x4_pmin(a, b); }

SOFTMASK_INLINE v128_t multiply_add(v128_t a, v128_t b, v128_t c) {
#ifdef __wasm_relaxed_simd__
  return relaxed_multiply_add(a, b, c);
#else
  return wasm_f32x4_add(wasm_f32x4_mul(a, b), c);
#endif
}

// c - a * b.
SOFTMASK_INLINE v128_t negative_multiply_add(v128_t a, v128_t b, v128_t c) {
#ifdef __wasm_relaxed_simd__
  return relaxed_negative_multiply_add(a, b, c);
#else
  return wasm_f32x4_sub(c, wasm_f32x4_mul(a, b));
#endif
}

// The constants of the exponential as vectors that come from memory. V8 makes a v128.const anew at
// every use, by three instructions, in the innermost loop too; what was loaded before the loop
// stays in its register. (Seen in the machine code of V8 11 to 14; it doubled the time of the
// kernel.)
class Exp {
 public:
  SOFTMASK_INLINE Exp() {
    const float* at = fast_exp::kTable;
    asm("" : "+r"(at));  // so that the compiler does not see constants behind it
    log2e_ = wasm_v128_load32_splat(at + fast_exp::kAtLog2E);
    round_ = wasm_v128_load32_splat(at + fast_exp::kAtRoundToExponent);
    ln2_high_ = wasm_v128_load32_splat(at + fast_exp::kAtLn2High);
    ln2_low_ = wasm_v128_load32_splat(at + fast_exp::kAtLn2Low);
    c2_ = wasm_v128_load32_splat(at + fast_exp::kAtC2);
    c3_ = wasm_v128_load32_splat(at + fast_exp::kAtC3);
    c4_ = wasm_v128_load32_splat(at + fast_exp::kAtC4);
    c5_ = wasm_v128_load32_splat(at + fast_exp::kAtC5);
  }

  // e^x for kLowestNormal <= x <= 0, or NaN. The product with 2^n, not a sum with the exponent's
  // bits, so that NaN stays NaN.
  SOFTMASK_INLINE v128_t normal(v128_t x) const {
    const v128_t shifted = multiply_add(x, log2e_, round_);
    const v128_t power = wasm_i32x4_shl(shifted, 23);
    // As exact as (1 + rest) * power, power being one of two, and one register less.
    return multiply_add(rest(remainder(x, shifted)), power, power);
  }

  // fast_exp::scalar, four times, to the bit without fused multiply-adds: e^x for any x <= 0.
  // pmax(x, lowest) lets NaN through.
  SOFTMASK_INLINE v128_t any(v128_t x) const {
    x = wasm_f32x4_pmax(x, splat(fast_exp::kLowest));
    const v128_t shifted = multiply_add(x, log2e_, round_);
    const v128_t exponent =
        wasm_i32x4_sub(shifted, wasm_i32x4_splat(static_cast<int>(fast_exp::kRoundToExponentBits)));
    const v128_t half = wasm_i32x4_shr(exponent, 1);
    const v128_t e = wasm_f32x4_add(rest(remainder(x, shifted)), splat(1.0f));
    return wasm_f32x4_mul(wasm_f32x4_mul(e, power_of_two(half)),
                          power_of_two(wasm_i32x4_sub(exponent, half)));
  }

 private:
  // r of x = n * ln2 + r.
  SOFTMASK_INLINE v128_t remainder(v128_t x, v128_t shifted) const {
    const v128_t n = wasm_f32x4_sub(shifted, round_);
    return negative_multiply_add(n, ln2_low_, negative_multiply_add(n, ln2_high_, x));
  }

  // e^r - 1 for |r| <= 0.3467.
  SOFTMASK_INLINE v128_t rest(v128_t r) const {
    v128_t q = multiply_add(r, c5_, c4_);
    q = multiply_add(r, q, c3_);
    q = multiply_add(r, q, c2_);
    return multiply_add(wasm_f32x4_mul(r, r), q, r);
  }

  SOFTMASK_INLINE static v128_t power_of_two(v128_t n) {
    return wasm_i32x4_shl(wasm_i32x4_add(n, wasm_i32x4_splat(127)), 23);
  }

  v128_t log2e_, round_, ln2_high_, ln2_low_, c2_, c3_, c4_, c5_;
};

// A sum in double, two lanes each. What goes in are float32 sums of few vectors, added two by two,
// so that a row of any length loses no more than a short one.
class WideSum {
 public:
  void add(v128_t v) {
    low_ = wasm_f64x2_add(low_, wasm_f64x2_promote_low_f32x4(v));
    high_ =
        wasm_f64x2_add(high_, wasm_f64x2_promote_low_f32x4(wasm_i32x4_shuffle(v, v, 2, 3, 2, 3)));
  }
  v128_t low() const { return low_; }
  v128_t high() const { return high_; }
  double total() const {
    const v128_t pairs = wasm_f64x2_add(low_, high_);
    return wasm_f64x2_extract_lane(pairs, 0) + wasm_f64x2_extract_lane(pairs, 1);
  }

 private:
  v128_t low_ = wasm_f64x2_splat(0);
  v128_t high_ = wasm_f64x2_splat(0);
};

}  // namespace softmask::core::simd128

#endif  // SOFTMASK_CORE_SIMD128_EXP_H_
