// tensor.sum(dim, keepdim=True) with the bits of PyTorch's CPU kernel.
#ifndef SOFTMASK_CORE_TORCH_SUM_H_
#define SOFTMASK_CORE_TORCH_SUM_H_

#include "core/types.h"

namespace softmask::core {

// x.sum(dim): `rows` sums (dim -1) or `cols` sums (dim 0), rounded to `dtype`; see below for x and
// for the order. Cost: one pass.
void torch_sum(const float* x, int rows, int cols, int dim, Dtype dtype, float* sums);

// Divides every element by the sum of its row (dim -1) or column (dim 0), in place:
// x / x.sum(dim, keepdim=True).
//
//   x    rows * cols values that `dtype` holds exactly, row-major, contiguous
//
// PyTorch sums in a cascade: runs of 16 elements or more, their sums summed in runs again, four
// levels deep, several cascades side by side whose number depends on shape, dim and dtype
// (ATen/native/cpu/SumKernel.cpp). Both CPU paths take the same order. The narrow types are summed
// in float32, and sum and quotient are rounded to the type. 0/0 is NaN. Cost: two passes.
void torch_divide_by_sum(int rows, int cols, int dim, Dtype dtype, float* x);

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_TORCH_SUM_H_
