#include "core/normal_block.h"

#include <cmath>

#include "core/avx2_math.h"
#include "core/glibc_math.h"
#include "core/normal_pairs_simd128.h"

namespace softmask::core {
namespace {

constexpr int kPairs = kNormalBlock / 2;

// Both paths end by adding the mean, 0: that turns -0 into +0.
constexpr float kMean = 0.0f;

void normal_pair_avx2(float& first, float& second) {
  const float u1 = 1.0f - first;  // in (0, 1], so that its logarithm is finite
  const float radius = std::sqrt(-2.0f * avx2::log(u1));
  const avx2::SinCos angle = avx2::sincos(6.283185307179586f * second);
  first = radius * angle.cos + kMean;
  second = radius * angle.sin + kMean;
}

void normal_block_avx2(std::span<float, kNormalBlock> values) {
#ifdef __wasm_simd128__
  for (int j = 0; j < kPairs; j += 4) {
    float* const at = values.data() + j;
    if (simd128::four_normal_pairs(at, at + kPairs)) continue;
    for (int i = 0; i < 4; ++i) normal_pair_avx2(at[i], at[i + kPairs]);
  }
#else
  for (int j = 0; j < kPairs; ++j) normal_pair_avx2(values[j], values[j + kPairs]);
#endif
}

void normal_block_default(std::span<float, kNormalBlock> values) {
  for (int j = 0; j < kPairs; ++j) {
    const float u1 = 1.0f - values[j];
    const float u2 = values[j + kPairs];
    const float radius = std::sqrt(-2.0f * glibc::log(u1));
    const float theta = static_cast<float>(6.283185307179586 * static_cast<double>(u2));
    values[j] = radius * glibc::cos(theta) + kMean;
    values[j + kPairs] = radius * glibc::sin(theta) + kMean;
  }
}

}  // namespace

void normal_block(Cpu cpu, std::span<float, kNormalBlock> values) {
  if (cpu == Cpu::kAvx2) {
    normal_block_avx2(values);
  } else {
    normal_block_default(values);
  }
}

}  // namespace softmask::core
