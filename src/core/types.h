// The small vocabulary that every part of the program shares: which CPU path, which element type,
// which order of operations, which method, and how large a matrix may be.
#ifndef SOFTMASK_CORE_TYPES_H_
#define SOFTMASK_CORE_TYPES_H_

#include <cstdint>

namespace softmask::core {

// Which of PyTorch's two CPU code paths to follow, bit for bit. They differ in the last bits of
// `randn` (16 elements and more) and of `softmax`.
enum class Cpu : uint8_t {
  kAvx2,     // what nearly every x86-64 machine runs
  kDefault,  // scalar libm code: what ATEN_CPU_CAPABILITY=default gives
};

// The element type in which PyTorch would hold the scores. In core every matrix is float32 in
// memory; the two narrow types are float32 values that the narrow type holds exactly.
enum class Dtype : uint8_t { kFloat32, kFloat16, kBFloat16 };

// Where the mask enters.
enum class Order : uint8_t {
  kFill,    // softmax(masked_fill(scores, mask, fill)): mask, then softmax
  kZero,    // masked_fill(softmax(scores), mask, 0): rows no longer sum to 1
  kRenorm,  // that, divided by its own sum over the softmax's dim
};

// How the softmax is computed.
enum class Method : uint8_t {
  kAuto,   // kTorch up to kAutoTorchElements elements, kFast above
  kTorch,  // PyTorch's arithmetic, bit for bit
  kFast,   // the SIMD kernel (or its scalar reference), see core/softmax_kernel.h for its bounds
};

// Limits of every matrix: rows in 1 … kMaxRows, cols in 1 … kMaxCols, and at most kMaxElements
// elements together.
inline constexpr int kMaxRows = 4096;
inline constexpr int kMaxCols = 65536;
inline constexpr int64_t kMaxElements = 16'777'216;

// The largest matrix, in elements, for which Method::kAuto still means Method::kTorch.
inline constexpr int64_t kAutoTorchElements = 65536;

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_TYPES_H_
