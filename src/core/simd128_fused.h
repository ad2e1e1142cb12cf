// fused_multiply_add of core/fused_multiply_add.h four times at once.
// To be included where WebAssembly SIMD is compiled.
#ifndef SOFTMASK_CORE_SIMD128_FUSED_H_
#define SOFTMASK_CORE_SIMD128_FUSED_H_

#include <wasm_simd128.h>

#include <cstdint>

#include "core/simd128_relaxed.h"

namespace softmask::core::simd128 {

#ifdef __wasm_relaxed_simd__

// The instruction itself, which engines have under the name of relaxed SIMD. It may round twice
// where a processor has no such instruction; a page asks before it loads what is compiled so
// (web/simd.js).
using Wide = v128_t;
using WideConstant = float;

[[gnu::always_inline]] inline v128_t splat_wide(const WideConstant* at) {
  return wasm_v128_load32_splat(at);
}
[[gnu::always_inline]] inline Wide widen(v128_t v) { return v; }
[[gnu::always_inline]] inline v128_t narrow(Wide v) { return v; }

class FusedMultiplyAdd {
 public:
  // a * b + c.
  [[gnu::always_inline]] Wide operator()(Wide a, Wide b, Wide c) const {
    return relaxed_multiply_add(a, b, c);
  }
  bool is_in_doubt() const { return false; }
};

// The same, see below; there is nothing to be shifted.
constexpr WideConstant with_shift(float c, double) { return c; }
[[gnu::always_inline]] inline Wide fused_within(Wide a, Wide b, v128_t c, v128_t) {
  return relaxed_multiply_add(a, b, c);
}

#else

// The last 29 bits of a double are those that a float has not.
inline constexpr uint64_t kRounding[] = {0x10000000, ~uint64_t{0x1fffffff}};

// Four floats as doubles: lanes 0 and 1, lanes 2 and 3.
struct Wide {
  v128_t low;
  v128_t high;
};

// A number that all four are multiplied by or added to, in memory and as a vector.
using WideConstant = double;
[[gnu::always_inline]] inline v128_t splat_wide(const WideConstant* at) {
  return wasm_v128_load64_splat(at);
}

[[gnu::always_inline]] inline Wide widen(v128_t v) {
  return {wasm_f64x2_promote_low_f32x4(v),
          wasm_f64x2_promote_low_f32x4(wasm_i32x4_shuffle(v, v, 2, 3, 2, 3))};
}

// The floats of doubles that are floats.
[[gnu::always_inline]] inline v128_t narrow(Wide v) {
  return wasm_i32x4_shuffle(wasm_f32x4_demote_f64x2_zero(v.low),
                            wasm_f32x4_demote_f64x2_zero(v.high), 0, 1, 4, 5);
}

// Fused multiply-adds by doubles, and whether all of them so far were rounded right. The product of
// two floats is exact in double and the sum is rounded to double, then to float. The second
// rounding goes wrong only where the first one ended exactly between two floats, its last 29 bits
// being 1 and then zeros; that happens by chance about once in 2^29. It is noted, in three
// instructions for four lanes, and who has the result asks once and takes the slow way for it.
//
// Normal results only: a float between them and 0 has other last bits. Sums that are exact, zeros
// among them, are right in any case.
class FusedMultiplyAdd {
 public:
  // By memory, because V8 would make constants anew at every use.
  FusedMultiplyAdd() {
    const uint64_t* at = kRounding;
    asm("" : "+r"(at));
    half_ = wasm_v128_load64_splat(at);
    kept_ = wasm_v128_load64_splat(at + 1);
  }

  // a * b + c.
  [[gnu::always_inline]] Wide operator()(Wide a, Wide b, Wide c) {
    return rounded({wasm_f64x2_add(wasm_f64x2_mul(a.low, b.low), c.low),
                    wasm_f64x2_add(wasm_f64x2_mul(a.high, b.high), c.high)});
  }
  // a * b + c with the same c, two doubles, for all lanes.
  [[gnu::always_inline]] Wide operator()(Wide a, Wide b, v128_t c) {
    return (*this)(a, b, Wide{c, c});
  }
  [[gnu::always_inline]] Wide operator()(v128_t a, Wide b, Wide c) {
    return (*this)(Wide{a, a}, b, c);
  }
  [[gnu::always_inline]] Wide operator()(v128_t a, Wide b, v128_t c) {
    return (*this)(Wide{a, a}, b, Wide{c, c});
  }

  // Whether a result may be wrong.
  bool is_in_doubt() const {
    return wasm_v128_any_true(wasm_i32x4_eq(least_, wasm_i32x4_splat(0)));
  }

 private:
  // To the 24 bits of a float, but as doubles still: half a unit of the last bit is added to the
  // magnitude, and what is below is cut off. A carry ends in the exponent, as it should. On
  // integers that is two operations of one cycle each; conversions there and back, and sums of
  // doubles, take several times as long. Of a tie the sum's last 29 bits are zeros; they stand at
  // the top of a word when that is looked at.
  [[gnu::always_inline]] Wide rounded(Wide wide) {
    const v128_t low = wasm_i64x2_add(wide.low, half_);
    const v128_t high = wasm_i64x2_add(wide.high, half_);
    const v128_t ends = wasm_i32x4_shuffle(low, high, 0, 2, 4, 6);
    least_ = wasm_u32x4_min(least_, wasm_i32x4_shl(ends, 3));
    return {wasm_v128_and(low, kept_), wasm_v128_and(high, kept_)};
  }

  v128_t half_;
  v128_t kept_;
  v128_t least_ = wasm_i32x4_splat(-1);
};

// a * b + c rounded once, and so as the fused instruction does it, where it is known between which
// powers of two the result and c lie: 2^e <= |c|, |result| < 2^(e+1). Beside `shift` = 1.5 *
// 2^(e+29) a double has no bits below those of such a float, so that the one addition to it rounds
// to them; the product is exact in double, and so are c + shift, which c is multiple enough for,
// and taking shift off again. Six instructions for four lanes, and never in doubt.
[[gnu::always_inline]] inline Wide fused_within(Wide a, Wide b, v128_t c_and_shift, v128_t shift) {
  return {wasm_f64x2_sub(wasm_f64x2_add(wasm_f64x2_mul(a.low, b.low), c_and_shift), shift),
          wasm_f64x2_sub(wasm_f64x2_add(wasm_f64x2_mul(a.high, b.high), c_and_shift), shift)};
}
[[gnu::always_inline]] inline Wide fused_within(v128_t a, Wide b, v128_t c_and_shift,
                                                v128_t shift) {
  return fused_within(Wide{a, a}, b, c_and_shift, shift);
}

// The constant c of fused_within, with the shift.
constexpr WideConstant with_shift(float c, double shift) { return c + shift; }

#endif

}  // namespace softmask::core::simd128

#endif  // SOFTMASK_CORE_SIMD128_FUSED_H_
