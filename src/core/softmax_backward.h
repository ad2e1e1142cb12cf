// Backwards through masked_fill and softmax, as PyTorch's autograd does it.
#ifndef SOFTMASK_CORE_SOFTMAX_BACKWARD_H_
#define SOFTMASK_CORE_SOFTMAX_BACKWARD_H_

#include <cstdint>
#include <span>

#include "core/masked_softmax.h"
#include "core/status.h"
#include "core/types.h"

namespace softmask::core {

// grad_input = (grad − Σ grad·p) · p along rows (dim -1) or columns (dim 0): PyTorch's
// _softmax_backward_data on one thread.
//
//   grad, probabilities  rows * cols values that `dtype` holds exactly, row-major
//   grad_input           rows * cols; may be the same memory as grad
//   dot                  null, or room for one value a row (a column with dim 0): Σ grad·p
//
// float32 has the bits of PyTorch 1.13 on both CPU paths. The narrow types are computed in float32
// and rounded once at the end; they were not compared with PyTorch, whose sums may differ in the
// last bit. NaN spreads through its row as it does there. Cost: two passes.
void softmax_backward(const float* grad, const float* probabilities, int rows, int cols, int dim,
                      Dtype dtype, Cpu cpu, float* grad_input, double* dot);

// The gradient of `Σ grad_output · probabilities` for the program of masked_softmax.h:
//
//   grad_softmax_input  at the tensor that the softmax takes: masked_scores with order kFill, the
//                       scores otherwise; through the division by the temperature
//   grad_scores         at the scores: with order kFill masked cells are exactly 0, even where the
//                       row is NaN, because masked_fill's backward is masked_fill(mask, 0)
//   dot                 Σ g·p of every row (column with dim 0), g the gradient at the softmax
//
// `grad_output` is rounded to the dtype first. Shapes, options and refusals are those of
// masked_softmax; both results have rows * cols values and must not overlap anything, `dot` has
// rows (cols with dim 0) values or is empty. Allocates two matrices. Cost: a few passes.
[[nodiscard]] Status masked_softmax_backward(std::span<const float> scores, int rows, int cols,
                                             const uint8_t* mask, int mask_rows,
                                             const MaskedSoftmaxOptions& options,
                                             std::span<const float> grad_output,
                                             std::span<float> grad_softmax_input,
                                             std::span<float> grad_scores, std::span<double> dot);

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_SOFTMAX_BACKWARD_H_
