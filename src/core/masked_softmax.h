// masked_fill followed by softmax, as PyTorch's CPU does it.
#ifndef SOFTMASK_CORE_MASKED_SOFTMAX_H_
#define SOFTMASK_CORE_MASKED_SOFTMAX_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "core/status.h"
#include "core/types.h"

namespace softmask::core {

struct MaskedSoftmaxOptions {
  double fill = -1e9;             // any double; converted to `dtype` before it is stored
  Dtype dtype = Dtype::kFloat32;  // the scores are rounded to it first: scores.to(dtype)
  Order order = Order::kFill;     // where the mask enters
  int dim = -1;                   // -1: every row is a distribution; 0: every column is
  double temperature = 1;         // > 0; the softmax sees scores / temperature. 1 divides nothing
  Method method = Method::kAuto;  // whose arithmetic
  Cpu cpu = Cpu::kAvx2;           // whose bits, with Method::kTorch
};

// Fills and normalises one matrix.
//
//   masked_scores = scores.to(dtype).masked_fill(mask, fill)
//   order kFill:    probabilities = softmax(masked_scores / temperature, dim)
//   order kZero:    probabilities = softmax(scores / temperature, dim).masked_fill(mask, 0)
//   order kRenorm:  that, divided by its .sum(dim, keepdim=True)
//
// `masked_scores` is the filled tensor whatever the order.
//
//   scores          rows * cols float32, row-major; any value, NaN and infinities included
//   mask            mask_rows * cols bytes, non-zero = masked; mask_rows is 0 (no mask, the
//                   pointer is not read), 1 (broadcast to every row) or rows
//   masked_scores   rows * cols; may be the same memory as `scores`, else must not overlap it;
//                   empty where nobody wants them
//   probabilities   rows * cols; must not overlap the others
//
// Refuses (RangeError naming the argument) sizes outside the limits of core/types.h, spans of the
// wrong length, a mask of another shape, a dim other than -1 and 0, a temperature that is not a
// finite number above 0, and a finite fill beyond the dtype, in PyTorch's own words: "value cannot
// be converted to type c10::Half without overflow" (or float, or c10::BFloat16). Refused calls
// write nothing.
//
// A row (a column with dim 0) that holds NaN or +inf, or nothing but -inf, is all NaN. With
// Method::kTorch the result has the bits of PyTorch on one thread. With Method::kFast, float32
// keeps the bounds of core/softmax_kernel.h; the narrow types take PyTorch's arithmetic always.
// Cost: a few passes over the matrix; no allocation.
[[nodiscard]] Status masked_softmax(std::span<const float> scores, int rows, int cols,
                                    const uint8_t* mask, int mask_rows,
                                    const MaskedSoftmaxOptions& options,
                                    std::span<float> masked_scores, std::span<float> probabilities);

// The lowest finite value of the type: torch.finfo(dtype).min. Exact in double.
double finfo_min(Dtype dtype);

// Refuses a finite fill beyond the dtype, as masked_softmax does.
[[nodiscard]] Status check_fill(double fill, Dtype dtype);

// Which kernel Method::kFast runs in this build: "simd128" or "scalar".
std::string_view fast_kernel_name();

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_MASKED_SOFTMAX_H_
