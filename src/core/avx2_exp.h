// The exponential of PyTorch's AVX2 path over an array.
#ifndef SOFTMASK_CORE_AVX2_EXP_H_
#define SOFTMASK_CORE_AVX2_EXP_H_

#include <cstddef>

#include "core/lanes.h"

namespace softmask::core::avx2 {

// x[i] = avx2::exp(x[i]) (core/avx2_math.h), bit for bit, for x[i] <= 0 or NaN. With WebAssembly
// SIMD four at a time, and elements below -104, which masked ones are, cost next to nothing.
void exp_in_place(float* x, size_t n);

// p[i] = avx2::exp(x[i] - max), of a maximum or a NaN, so that the difference is as above; p may be
// x. Gives what the lanes of whole vectors add up to, one after another: in one go with the
// exponentials, which have longer to wait for their own results than the sums.
Lanes exp_of_differences(const float* x, size_t n, float max, float* p);

}  // namespace softmask::core::avx2

#endif  // SOFTMASK_CORE_AVX2_EXP_H_
