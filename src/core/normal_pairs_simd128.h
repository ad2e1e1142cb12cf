// The AVX2 path's pairs of normal numbers, four at a time by WebAssembly SIMD.
#ifndef SOFTMASK_CORE_NORMAL_PAIRS_SIMD128_H_
#define SOFTMASK_CORE_NORMAL_PAIRS_SIMD128_H_

namespace softmask::core::simd128 {

// Four numbers each, uniform in [0, 1), become sqrt(-2 ln(1 - u1)) times cos and sin of 2π u2, with
// the bits of avx2::log and avx2::sincos (core/avx2_math.h), operation by operation. False where a
// rounding is in doubt, about once in a million calls; nothing is written then.
bool four_normal_pairs(float* first, float* second);

}  // namespace softmask::core::simd128

#endif  // SOFTMASK_CORE_NORMAL_PAIRS_SIMD128_H_
