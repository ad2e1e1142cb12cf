#include "core/avx2_exp.h"

#include "core/avx2_math.h"

#ifndef __wasm_simd128__

namespace softmask::core::avx2 {

void exp_in_place(float* x, size_t n) {
  for (size_t i = 0; i < n; ++i) x[i] = exp(x[i]);
}

}  // namespace softmask::core::avx2

#else

#include <wasm_simd128.h>

#include <algorithm>
#include <array>

#include "core/simd128_fused.h"

namespace softmask::core::avx2 {
namespace {

using simd128::Doubles;
using simd128::FusedMultiplyAdd;
using simd128::narrow;
using simd128::widen;

constexpr size_t kLanes = 4;
constexpr size_t kTogether = 2 * kLanes;
constexpr float kZeroBelow = -104.0f;

// In memory, because V8 would make constants anew at every use. The doubles in the order of their
// use.
constexpr double kDoubles[] = {-1.428606765330187045e-06f,
                               0.000198527617612853646278381f,
                               0.00139304355252534151077271f,
                               0.00833336077630519866943359f,
                               0.0416664853692054748535156f,
                               0.166666671633720397949219f,
                               0.5f};
enum { kAtLog2E, kAtRoundToInteger, kAtLn2High, kAtLowestNormal, kAtOne };
constexpr float kFloats[] = {
    1.442695040888963407359924681001892137426645954152985934135449406931f,
    12582912.0f,
    0.693145751953125f,
    -87.0f,
    1.0f,
};

struct Constants {
  Constants() {
    const double* doubles = kDoubles;
    const float* floats = kFloats;
    asm("" : "+r"(doubles), "+r"(floats));
    for (size_t i = 0; i < 7; ++i) wide[i] = wasm_v128_load64_splat(doubles + i);
    log2e = wasm_v128_load32_splat(floats + kAtLog2E);
    round = wasm_v128_load32_splat(floats + kAtRoundToInteger);
    ln2_high = wasm_v128_load32_splat(floats + kAtLn2High);
    lowest = wasm_v128_load32_splat(floats + kAtLowestNormal);
    one = wasm_v128_load32_splat(floats + kAtOne);
  }
  v128_t wide[7];
  v128_t log2e, round, ln2_high, lowest, one;
};

// avx2::exp of four, operation by operation; wrong below -87, and where `fused` is in doubt.
[[gnu::always_inline]] inline v128_t exp_normal(v128_t x, const Constants& constants,
                                                FusedMultiplyAdd& fused) {
  const v128_t shifted = wasm_f32x4_add(wasm_f32x4_mul(x, constants.log2e), constants.round);
  const v128_t quotient = wasm_f32x4_sub(shifted, constants.round);
  // 8 bits times 15 bits are exact in a float, so that this one is fused as it stands.
  const v128_t reduced = wasm_f32x4_sub(x, wasm_f32x4_mul(quotient, constants.ln2_high));
  const Doubles s = fused(constants.wide[0], widen(quotient), widen(reduced));
  Doubles u = fused(constants.wide[1], s, constants.wide[2]);
  u = fused(u, s, constants.wide[3]);
  u = fused(u, s, constants.wide[4]);
  u = fused(u, s, constants.wide[5]);
  u = fused(u, s, constants.wide[6]);
  const v128_t s_float = narrow(s);
  u = fused(widen(wasm_f32x4_mul(s_float, s_float)), u, s);
  const v128_t e = wasm_f32x4_add(constants.one, narrow(u));
  // The bits of 1 are 127 << 23.
  return wasm_f32x4_mul(e, wasm_i32x4_add(wasm_i32x4_shl(shifted, 23), constants.one));
}

// Eight, in place: one after the other they would wait for their own results.
[[gnu::always_inline]] inline void exp_eight(float* x, const Constants& constants) {
  const v128_t first = wasm_v128_load(x);
  const v128_t second = wasm_v128_load(x + kLanes);
  FusedMultiplyAdd fused;
  const v128_t first_exp = exp_normal(first, constants, fused);
  const v128_t second_exp = exp_normal(second, constants, fused);
  const v128_t is_low =
      wasm_v128_or(wasm_f32x4_lt(first, constants.lowest), wasm_f32x4_lt(second, constants.lowest));
  if (fused.is_in_doubt() || wasm_v128_any_true(is_low)) {
    for (size_t i = 0; i < kTogether; ++i) x[i] = exp(x[i]);
    return;
  }
  wasm_v128_store(x, first_exp);
  wasm_v128_store(x + kLanes, second_exp);
}

void exp_dense(float* x, size_t n) {
  const Constants constants;
  size_t i = 0;
  for (; i + kTogether <= n; i += kTogether) exp_eight(x + i, constants);
  for (; i < n; ++i) x[i] = exp(x[i]);
}

bool has_zeros(const float* x, size_t n) {
  size_t zeros = 0;
  for (size_t i = 0; i < n; ++i) zeros += x[i] < kZeroBelow ? 1 : 0;
  return zeros > 0;
}

constexpr size_t kChunk = 128;

// Those that do not vanish, one after another, with spare places.
void exp_sparse(float* x, size_t n) {
  std::array<float, kChunk + kTogether> dense;
  std::array<uint32_t, kChunk> places;
  size_t count = 0;
  for (size_t i = 0; i < n; ++i) {
    dense[count] = x[i];
    places[count] = static_cast<uint32_t>(i);
    count += x[i] < kZeroBelow ? 0 : 1;
  }
  std::fill_n(dense.begin() + count, kTogether, 0.0f);
  const Constants constants;
  for (size_t i = 0; i < count; i += kTogether) exp_eight(dense.data() + i, constants);
  std::fill_n(x, n, 0.0f);
  for (size_t i = 0; i < count; ++i) x[places[i]] = dense[i];
}

}  // namespace

void exp_in_place(float* x, size_t n) {
  for (size_t begin = 0; begin < n; begin += kChunk) {
    const size_t count = std::min(kChunk, n - begin);
    if (has_zeros(x + begin, count)) {
      exp_sparse(x + begin, count);
    } else {
      exp_dense(x + begin, count);
    }
  }
}

}  // namespace softmask::core::avx2

#endif  // __wasm_simd128__
