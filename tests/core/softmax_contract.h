// Rows of numbers for tests, and the contract of the fast kernels (core/softmax_kernel.h) as a
// check.
#ifndef SOFTMASK_TESTS_CORE_SOFTMAX_CONTRACT_H_
#define SOFTMASK_TESTS_CORE_SOFTMAX_CONTRACT_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "core/generator.h"
#include "core/torch_softmax.h"

namespace softmask::core {

// One row and its result against the contract.
inline void expect_contract(const std::vector<float>& x, const std::vector<float>& p) {
  const int n = static_cast<int>(x.size());
  std::vector<float> torch(x.size());
  torch_softmax(x.data(), 1, n, -1, Dtype::kFloat32, Cpu::kAvx2, torch.data());

  const float max = *std::max_element(x.begin(), x.end());
  double exact_sum = 0;
  for (const float value : x) exact_sum += std::exp(static_cast<double>(value) - max);
  double sum = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    ASSERT_EQ(std::isnan(p[i]), std::isnan(torch[i])) << "column " << i;
    if (std::isnan(p[i])) continue;
    ASSERT_EQ(p[i] == 0.0f, torch[i] == 0.0f) << "column " << i << ": " << x[i] - max;
    sum += static_cast<double>(p[i]);
    const double distance = std::abs(static_cast<double>(x[i]) - max);
    const double exact = std::exp(-distance) / exact_sum;
    if (exact <= 1e-30) continue;
    const double bound = 0x1p-24 * (distance + 8);
    ASSERT_LE(std::abs(static_cast<double>(p[i]) / exact - 1), bound)
        << "column " << i << " of " << n << ": x " << x[i] << " max " << max;
  }
  ASSERT_TRUE(std::isnan(torch[0]) || std::abs(sum - 1) <= 4e-7) << n << " columns: " << sum;
}

class Rows {
 public:
  explicit Rows(uint64_t seed) : generator_(seed) {}

  std::vector<float> normal(int n, float scale, float shift = 0) {
    std::vector<float> x(static_cast<size_t>(n));
    generator_.randn(x);
    for (float& value : x) value = value * scale + shift;
    return x;
  }
  std::vector<float> uniform(int n, float low, float high) {
    std::vector<float> x(static_cast<size_t>(n));
    generator_.rand(x);
    for (float& value : x) value = low + (high - low) * value;
    return x;
  }

 private:
  Generator generator_;
};

inline uint64_t fresh_seed() { return std::random_device{}(); }

}  // namespace softmask::core

#endif  // SOFTMASK_TESTS_CORE_SOFTMAX_CONTRACT_H_
