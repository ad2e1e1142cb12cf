// The contract of the fast softmax kernels, and the one place where the kernel is chosen.
#ifndef SOFTMASK_CORE_SOFTMAX_KERNEL_H_
#define SOFTMASK_CORE_SOFTMAX_KERNEL_H_

#include <cstdint>
#include <string_view>

namespace softmask::core {

// A softmax of float32 matrices that keeps these bounds, whatever its order of operations:
//
//   error      against exact arithmetic, relative, at most 2^-24 * (|x - m| + 8) for every
//              probability above 1e-30, m being the largest element of the row. |x - m| is what
//              subtracting in float32 costs anybody; the 8 is shared by the exponential, the sum,
//              its reciprocal and the product.
//   sums       every row of up to 65,536 elements sums to 1 within 4e-7.
//   NaN        a row that holds NaN or +inf, or nothing but -inf, is all NaN. No other row has one.
//   zeros      exponentials below half the smallest subnormal are exactly 0, as PyTorch's are:
//              from x - m = -103.972084 down. Subnormal results are kept. A probability whose exact
//              value lies within rounding of half the smallest subnormal (7e-46) may be 0 in one
//              kernel and 1.4e-45 in another; PyTorch's own paths differ there in the same way.
//
//   x              rows * cols, row-major
//   mask           cols bytes, non-zero = masked: there x counts as `fill` in every row
//   probabilities  rows * cols; may be the same memory as x
//
// `rows` normalises every row, `columns` every column (for bounds and NaN read "column" for "row"),
// `masked_rows` the rows of masked_fill(x, mask, fill), which is never written. masked_rows takes
// working memory, up to 13 bytes a column; where there is none, it is slower.
// Cost: x is read once and the result written once as far as a row lies in the cache; masked
// columns need no exponential.
struct SoftmaxKernel {
  std::string_view name;
  void (*rows)(const float* x, int rows, int cols, float* probabilities);
  void (*masked_rows)(const float* x, const uint8_t* mask, float fill, int rows, int cols,
                      float* probabilities);
  void (*columns)(const float* x, int rows, int cols, float* probabilities);
};

// The reference: plain C++, sums in double. Compiled everywhere.
const SoftmaxKernel& scalar_softmax_kernel();

// The kernel of WebAssembly SIMD (128 bits). Null in builds without -msimd128.
const SoftmaxKernel* simd128_softmax_kernel();

// What Method::kFast runs in this build: SIMD where it was compiled in, else the reference.
const SoftmaxKernel& fast_softmax_kernel();

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_SOFTMAX_KERNEL_H_
