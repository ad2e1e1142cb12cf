#include "core/avx2_exp.h"

#include "core/avx2_math.h"

#ifndef __wasm_simd128__

namespace softmask::core::avx2 {

void exp_in_place(float* x, size_t n) {
  for (size_t i = 0; i < n; ++i) x[i] = exp(x[i]);
}

Lanes exp_of_differences(const float* x, size_t n, float max, float* p) {
  for (size_t i = 0; i < n; ++i) p[i] = exp(x[i] - max);
  LaneRegisters sums;
  for (size_t i = 0; i + softmask::core::kLanes <= n; i += softmask::core::kLanes) sums.add(p + i);
  return sums.lanes();
}

}  // namespace softmask::core::avx2

#else

#include <wasm_simd128.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "core/simd128_fused.h"

namespace softmask::core::avx2 {
namespace {

using simd128::fused_within;
using simd128::FusedMultiplyAdd;
using simd128::narrow;
using simd128::splat_wide;
using simd128::Wide;
using simd128::WideConstant;
using simd128::widen;
using simd128::with_shift;

constexpr size_t kFour = 4;  // lanes of WebAssembly's vectors
constexpr size_t kTogether = 2 * kFour;
static_assert(kTogether == kLanes);
constexpr float kZeroBelow = -104.0f;

// 1.5 * 2^(e+29), of fused_within.
constexpr double shift_of(int e) { return 1.5 * static_cast<double>(int64_t{1} << (e + 29)); }

// The coefficients whose step of Horner's rule stays between two powers of two, for every reduced
// argument: |s| is at most ln(2) / 2 and some units of 2^-24 of 104, so below 0.3467.
//
//   coefficient     step              lies in             between
//   0.00139304…     c1 + c0 s         0.001324 0.001462   2^-10 and 2^-9
//   0.00833336…     c2 + s (…)        0.007873 0.008841   2^-7 and 2^-6
//   0.04166648…     c3 + s (…)        0.038933 0.044733   2^-5 and 2^-4
//   0.16666667…     c4 + s (…)        0.153163 0.182177   2^-3 and 2^-2
//
// The next, 0.5 + s (…), does not.
struct Step {
  float coefficient;
  double shift;
};
constexpr Step kSteps[] = {{0.00139304355252534151077271f, shift_of(-10)},
                           {0.00833336077630519866943359f, shift_of(-7)},
                           {0.0416664853692054748535156f, shift_of(-5)},
                           {0.166666671633720397949219f, shift_of(-3)}};
constexpr size_t kStepCount = std::size(kSteps);

// In memory, because V8 would make constants anew at every use.
constexpr WideConstant kWide[] = {
    -1.428606765330187045e-06f,
    0.000198527617612853646278381f,
    with_shift(kSteps[0].coefficient, kSteps[0].shift),
    static_cast<WideConstant>(kSteps[0].shift),
    with_shift(kSteps[1].coefficient, kSteps[1].shift),
    static_cast<WideConstant>(kSteps[1].shift),
    with_shift(kSteps[2].coefficient, kSteps[2].shift),
    static_cast<WideConstant>(kSteps[2].shift),
    with_shift(kSteps[3].coefficient, kSteps[3].shift),
    static_cast<WideConstant>(kSteps[3].shift),
    0.5,
};
constexpr size_t kWideCount = std::size(kWide);
enum { kLn2Low, kFirst, kAtSteps, kHalf = kAtSteps + 2 * kStepCount };
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
    const WideConstant* constants = kWide;
    const float* floats = kFloats;
    asm("" : "+r"(constants), "+r"(floats));
    for (size_t i = 0; i < kWideCount; ++i) wide[i] = splat_wide(constants + i);
    log2e = wasm_v128_load32_splat(floats + kAtLog2E);
    round = wasm_v128_load32_splat(floats + kAtRoundToInteger);
    ln2_high = wasm_v128_load32_splat(floats + kAtLn2High);
    lowest = wasm_v128_load32_splat(floats + kAtLowestNormal);
    one = wasm_v128_load32_splat(floats + kAtOne);
  }
  v128_t wide[kWideCount];
  v128_t log2e, round, ln2_high, lowest, one;
};

// avx2::exp of four, operation by operation; wrong below -87, and where `fused` is in doubt.
[[gnu::always_inline]] inline v128_t exp_normal(v128_t x, const Constants& constants,
                                                FusedMultiplyAdd& fused) {
  const v128_t shifted = wasm_f32x4_add(wasm_f32x4_mul(x, constants.log2e), constants.round);
  const v128_t quotient = wasm_f32x4_sub(shifted, constants.round);
  // 8 bits times 15 bits are exact in a float, so that this one is fused as it stands.
  const v128_t reduced = wasm_f32x4_sub(x, wasm_f32x4_mul(quotient, constants.ln2_high));
  const v128_t* wide = constants.wide;
  const Wide s = fused(wide[kLn2Low], widen(quotient), widen(reduced));
  Wide u = fused_within(wide[kFirst], s, wide[kAtSteps], wide[kAtSteps + 1]);
  for (size_t i = 1; i < kStepCount; ++i) {
    u = fused_within(u, s, wide[kAtSteps + 2 * i], wide[kAtSteps + 2 * i + 1]);
  }
  u = fused(u, s, wide[kHalf]);
  const v128_t s_float = narrow(s);
  u = fused(widen(wasm_f32x4_mul(s_float, s_float)), u, s);
  const v128_t e = wasm_f32x4_add(constants.one, narrow(u));
  // The bits of 1 are 127 << 23.
  return wasm_f32x4_mul(e, wasm_i32x4_add(wasm_i32x4_shl(shifted, 23), constants.one));
}

// Eight, in place: one after the other they would wait for their own results.
[[gnu::always_inline]] inline void exp_eight(float* x, const Constants& constants) {
  const v128_t first = wasm_v128_load(x);
  const v128_t second = wasm_v128_load(x + kFour);
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
  wasm_v128_store(x + kFour, second_exp);
}

void exp_dense(float* x, size_t n, LaneRegisters& sums) {
  const Constants constants;
  size_t i = 0;
  for (; i + kTogether <= n; i += kTogether) {
    exp_eight(x + i, constants);
    sums.add(x + i);
  }
  for (; i < n; ++i) x[i] = exp(x[i]);
}

// p = x - max; whether an exponential among them vanishes.
bool subtract(const float* x, size_t n, float max, float* p) {
  const v128_t zero_below = wasm_f32x4_splat(kZeroBelow);
  const v128_t maxima = wasm_f32x4_splat(max);
  v128_t zeros = wasm_i32x4_splat(0);
  size_t i = 0;
  for (; i + kFour <= n; i += kFour) {
    const v128_t difference = wasm_f32x4_sub(wasm_v128_load(x + i), maxima);
    wasm_v128_store(p + i, difference);
    zeros = wasm_v128_or(zeros, wasm_f32x4_lt(difference, zero_below));
  }
  bool any = wasm_v128_any_true(zeros);
  for (; i < n; ++i) {
    p[i] = x[i] - max;
    any = any || p[i] < kZeroBelow;
  }
  return any;
}

constexpr size_t kChunk = 128;

// For each set of lanes that do not vanish: the bytes of a vector that holds them in front, of one
// that has them in their lanes again (what no byte is asked for becomes 0), and how many they are.
struct LaneSet {
  std::array<uint8_t, 16> pack;
  std::array<uint8_t, 16> unpack;
  uint8_t count;
};
constexpr std::array<LaneSet, 16> make_lane_sets() {
  constexpr uint8_t kNoByte = 0x80;
  std::array<LaneSet, 16> sets{};
  for (size_t lanes = 0; lanes < sets.size(); ++lanes) {
    LaneSet& set = sets[lanes];
    set.pack.fill(kNoByte);
    set.unpack.fill(kNoByte);
    for (size_t lane = 0; lane < kFour; ++lane) {
      if ((lanes >> lane & 1) == 0) continue;
      for (size_t byte = 0; byte < 4; ++byte) {
        set.pack[4 * set.count + byte] = static_cast<uint8_t>(4 * lane + byte);
        set.unpack[4 * lane + byte] = static_cast<uint8_t>(4 * set.count + byte);
      }
      ++set.count;
    }
  }
  return sets;
}
alignas(16) constexpr std::array<LaneSet, 16> kLaneSets = make_lane_sets();

const LaneSet& lanes_left(v128_t x, v128_t zero_below) {
  return kLaneSets[static_cast<size_t>(wasm_i32x4_bitmask(wasm_f32x4_lt(x, zero_below)) ^ 15)];
}

// Those that do not vanish, one after another, with spare places.
void exp_sparse(float* x, size_t n) {
  std::array<float, kChunk + kTogether> dense;
  const v128_t zero_below = wasm_f32x4_splat(kZeroBelow);
  const size_t whole = n / kFour * kFour;
  size_t count = 0;
  for (size_t i = 0; i < whole; i += kFour) {
    const v128_t v = wasm_v128_load(x + i);
    const LaneSet& left = lanes_left(v, zero_below);
    wasm_v128_store(dense.data() + count, wasm_i8x16_swizzle(v, wasm_v128_load(&left.pack)));
    count += left.count;
  }
  for (size_t i = whole; i < n; ++i) {
    dense[count] = x[i];
    count += x[i] < kZeroBelow ? 0 : 1;
  }
  std::fill_n(dense.begin() + count, kTogether, 0.0f);
  const Constants constants;
  for (size_t i = 0; i < count; i += kTogether) exp_eight(dense.data() + i, constants);
  const float* next = dense.data();
  for (size_t i = 0; i < whole; i += kFour) {
    const LaneSet& left = lanes_left(wasm_v128_load(x + i), zero_below);
    wasm_v128_store(x + i, wasm_i8x16_swizzle(wasm_v128_load(next), wasm_v128_load(&left.unpack)));
    next += left.count;
  }
  for (size_t i = whole; i < n; ++i) x[i] = x[i] < kZeroBelow ? 0.0f : *next++;
}

}  // namespace

void exp_in_place(float* x, size_t n) { exp_of_differences(x, n, 0.0f, x); }

Lanes exp_of_differences(const float* x, size_t n, float max, float* p) {
  LaneRegisters sums;
  for (size_t begin = 0; begin < n; begin += kChunk) {
    const size_t count = std::min(kChunk, n - begin);
    float* const at = p + begin;
    if (subtract(x + begin, count, max, at)) {
      exp_sparse(at, count);
      for (size_t i = 0; i + kTogether <= count; i += kTogether) sums.add(at + i);
    } else {
      exp_dense(at, count, sums);
    }
  }
  return sums.lanes();
}

}  // namespace softmask::core::avx2

#endif  // __wasm_simd128__
