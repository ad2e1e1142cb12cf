// softmax with the bits of PyTorch's CPU kernels.
#ifndef SOFTMASK_CORE_TORCH_SOFTMAX_H_
#define SOFTMASK_CORE_TORCH_SOFTMAX_H_

#include "core/types.h"

namespace softmask::core {

// probabilities = softmax(x, dim) for a contiguous matrix, in the arithmetic of one thread of
// ATen/native/cpu/SoftMaxKernel.cpp: vec_softmax_lastdim for dim -1, vec_softmax for dim 0.
//
//   x              rows * cols values that `dtype` holds exactly, row-major
//   dim            -1 or 0; nothing else is looked at
//   probabilities  rows * cols; may be the same memory as x
//
// The order of every sum, which of two exponentials an element meets, and whether a quotient is a
// division or a product with a reciprocal all depend on dim, dtype, cpu and the position modulo
// the vector length (8 floats); the .cpp says where. A row or column that holds NaN or +inf, or
// nothing but -inf, becomes NaN. Cost: some passes, about 5 ns per element with WebAssembly
// SIMD and twice that without, where the machine has no fused multiply-add.
void torch_softmax(const float* x, int rows, int cols, int dim, Dtype dtype, Cpu cpu,
                   float* probabilities);

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_TORCH_SOFTMAX_H_
