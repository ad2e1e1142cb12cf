// Rows of numbers for tests, and the contract of the fast kernels (core/softmax_kernel.h) as an
// assertion.
#ifndef SOFTMASK_TESTS_CORE_SOFTMAX_CONTRACT_H_
#define SOFTMASK_TESTS_CORE_SOFTMAX_CONTRACT_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <vector>

#include "core/generator.h"
#include "core/softmax_problem.h"

namespace softmask::core {

// One row and its result against the contract.
inline void expect_contract(const std::vector<float>& x, const std::vector<float>& p) {
  ASSERT_EQ(contract_problem(x, p), "");
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
