#include "core/softmax_kernel.h"

namespace softmask::core {

const SoftmaxKernel& fast_softmax_kernel() {
  const SoftmaxKernel* simd = simd128_softmax_kernel();
  return simd != nullptr ? *simd : scalar_softmax_kernel();
}

}  // namespace softmask::core
