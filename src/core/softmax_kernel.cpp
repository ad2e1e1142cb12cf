#include "core/softmax_kernel.h"

namespace softmask::core {

const SoftmaxKernel& fast_softmax_kernel() {
#ifdef __wasm_simd128__  // decided here, so that the reference is not linked where it never runs
  return *simd128_softmax_kernel();
#else
  return scalar_softmax_kernel();
#endif
}

}  // namespace softmask::core
