// fused_multiply_add of core/fused_multiply_add.h four times at once.
// To be included where WebAssembly SIMD is compiled.
#ifndef SOFTMASK_CORE_SIMD128_FUSED_H_
#define SOFTMASK_CORE_SIMD128_FUSED_H_

#include <wasm_simd128.h>

#include <cstdint>
#include <limits>

namespace softmask::core::simd128 {

inline constexpr double kSplitter = 0x1p29 + 1;

// Four floats as doubles: lanes 0 and 1, lanes 2 and 3.
struct Doubles {
  v128_t low;
  v128_t high;
};

[[gnu::always_inline]] inline Doubles widen(v128_t v) {
  return {wasm_f64x2_promote_low_f32x4(v),
          wasm_f64x2_promote_low_f32x4(wasm_i32x4_shuffle(v, v, 2, 3, 2, 3))};
}

// The floats of doubles that are floats.
[[gnu::always_inline]] inline v128_t narrow(Doubles v) {
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
  // By memory, because V8 would make a constant anew at every use.
  FusedMultiplyAdd() {
    const double* at = &kSplitter;
    asm("" : "+r"(at));
    splitter_ = wasm_v128_load64_splat(at);
  }

  // a * b + c.
  [[gnu::always_inline]] Doubles operator()(Doubles a, Doubles b, Doubles c) {
    return rounded({wasm_f64x2_add(wasm_f64x2_mul(a.low, b.low), c.low),
                    wasm_f64x2_add(wasm_f64x2_mul(a.high, b.high), c.high)});
  }
  // a * b + c with the same c, two doubles, for all lanes.
  [[gnu::always_inline]] Doubles operator()(Doubles a, Doubles b, v128_t c) {
    return (*this)(a, b, Doubles{c, c});
  }
  [[gnu::always_inline]] Doubles operator()(v128_t a, Doubles b, Doubles c) {
    return (*this)(Doubles{a, a}, b, c);
  }
  [[gnu::always_inline]] Doubles operator()(v128_t a, Doubles b, v128_t c) {
    return (*this)(Doubles{a, a}, b, Doubles{c, c});
  }

  // Whether a result may be wrong.
  bool is_in_doubt() const {
    const v128_t tie = wasm_i32x4_splat(std::numeric_limits<int32_t>::min());
    return wasm_v128_any_true(wasm_i32x4_eq(least_, tie));
  }

 private:
  // To the 24 bits of a float, but as doubles still: Veltkamp's splitting rounds to nearest in
  // three operations, where a conversion there and back takes longer. It says nothing of ties;
  // those are noted: their last 29 bits, at the top of a word, are the least integer of all.
  [[gnu::always_inline]] Doubles rounded(Doubles wide) {
    const v128_t ends = wasm_i32x4_shuffle(wide.low, wide.high, 0, 2, 4, 6);
    least_ = wasm_i32x4_min(least_, wasm_i32x4_shl(ends, 3));
    return {rounded(wide.low), rounded(wide.high)};
  }
  [[gnu::always_inline]] v128_t rounded(v128_t wide) const {
    const v128_t scaled = wasm_f64x2_mul(wide, splitter_);
    return wasm_f64x2_sub(scaled, wasm_f64x2_sub(scaled, wide));
  }

  v128_t splitter_;
  v128_t least_ = wasm_i32x4_splat(0);
};

}  // namespace softmask::core::simd128

#endif  // SOFTMASK_CORE_SIMD128_FUSED_H_
