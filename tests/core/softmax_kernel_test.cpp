// Every fast kernel against its contract: float64, PyTorch's arithmetic, and each other.
#include "core/softmax_kernel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/avx2_math.h"
#include "core/bit_cast.h"
#include "core/fast_exp.h"
#include "core/glibc_math.h"
#include "core/softmax_contract.h"
#include "special_floats.h"

namespace softmask::core {
namespace {

std::vector<const SoftmaxKernel*> kernels() {
  std::vector<const SoftmaxKernel*> all = {&scalar_softmax_kernel()};
  if (simd128_softmax_kernel() != nullptr) all.push_back(simd128_softmax_kernel());
  return all;
}

TEST(SoftmaxKernel, TheFastestOneIsChosen) {
  EXPECT_EQ(&fast_softmax_kernel(), kernels().back());
  const bool has_simd = simd128_softmax_kernel() != nullptr;
  EXPECT_EQ(fast_softmax_kernel().name, has_simd ? "simd128" : "scalar");
}

std::vector<float> run(const SoftmaxKernel& kernel, const std::vector<float>& x, int rows,
                       int cols) {
  std::vector<float> p(x.size(), -1.0f);
  kernel.rows(x.data(), rows, cols, p.data());
  return p;
}

void expect_contract_of_all(const std::vector<float>& x) {
  for (const SoftmaxKernel* kernel : kernels()) {
    SCOPED_TRACE(kernel->name);
    expect_contract(x, run(*kernel, x, 1, static_cast<int>(x.size())));
  }
}

TEST(SoftmaxKernel, ShortRowsOfEveryLength) {
  const uint64_t seed = fresh_seed();
  SCOPED_TRACE(seed);
  Rows rows(seed);
  for (int n = 1; n <= 67; ++n) {
    for (const float scale : {0.01f, 1.0f, 5.0f, 30.0f}) {
      for (int again = 0; again < 5; ++again) {
        ASSERT_NO_FATAL_FAILURE(expect_contract_of_all(rows.normal(n, scale)));
      }
    }
    ASSERT_NO_FATAL_FAILURE(expect_contract_of_all(rows.normal(n, 1.0f, 1e6f)));
    ASSERT_NO_FATAL_FAILURE(expect_contract_of_all(rows.uniform(n, -200.0f, 0.0f)));
    ASSERT_NO_FATAL_FAILURE(
        expect_contract_of_all(std::vector<float>(static_cast<size_t>(n), -1e9f)));
  }
}

TEST(SoftmaxKernel, LongRows) {
  const uint64_t seed = fresh_seed();
  SCOPED_TRACE(seed);
  Rows rows(seed);
  for (const int n : {1000, 4096, 30001, 65536}) {
    ASSERT_NO_FATAL_FAILURE(expect_contract_of_all(rows.normal(n, 1.0f)));
    ASSERT_NO_FATAL_FAILURE(expect_contract_of_all(rows.normal(n, 10.0f)));
    ASSERT_NO_FATAL_FAILURE(expect_contract_of_all(rows.uniform(n, -1e-3f, 0.0f)));
    ASSERT_NO_FATAL_FAILURE(expect_contract_of_all(std::vector<float>(static_cast<size_t>(n), 3)));
    // One large element, then a long tail that float32 sums would lose.
    std::vector<float> tail(static_cast<size_t>(n), -17.0f);
    tail[0] = 0;
    ASSERT_NO_FATAL_FAILURE(expect_contract_of_all(tail));
    std::reverse(tail.begin(), tail.end());
    ASSERT_NO_FATAL_FAILURE(expect_contract_of_all(tail));
    // Ascending, so that every element is a new maximum.
    std::vector<float> ascending(static_cast<size_t>(n));
    for (size_t i = 0; i < ascending.size(); ++i) ascending[i] = static_cast<float>(i) * 1e-3f;
    ASSERT_NO_FATAL_FAILURE(expect_contract_of_all(ascending));
  }
}

// A special value at every place of rows of every length up to two blocks.
TEST(SoftmaxKernel, SpecialValuesInEveryPlace) {
  Rows rows(5);
  for (int n = 1; n <= 36; ++n) {
    for (int at = 0; at < n; ++at) {
      for (const float special : {kInf, -kInf, std::nanf(""), -std::nanf(""), -1e9f, 3.4e38f,
                                  -3.4e38f, -103.9f, -104.1f, 1e-45f}) {
        std::vector<float> x = rows.normal(n, 1.0f);
        x[static_cast<size_t>(at)] = special;
        ASSERT_NO_FATAL_FAILURE(expect_contract_of_all(x));
      }
    }
    ASSERT_NO_FATAL_FAILURE(
        expect_contract_of_all(std::vector<float>(static_cast<size_t>(n), -kInf)));
  }
}

// Around the smallest results the exponentials agree with PyTorch's on what is 0.
TEST(SoftmaxKernel, ExponentialsVanishWherePyTorchsDo) {
  for (float x = -103.9f; x > -104.1f; x = std::nextafter(x, -kInf)) {
    ASSERT_EQ(fast_exp::scalar(x) == 0.0f, avx2::exp(x) == 0.0f) << x;
    ASSERT_EQ(fast_exp::scalar(x) == 0.0f, glibc::exp(x) == 0.0f) << x;
  }
}

TEST(SoftmaxKernel, TheExponentialIsAsAccurateAsDocumented) {
  double largest = 0;
  for (uint32_t bits = 0x80000000u; bits < bit_cast<uint32_t>(-87.3f); bits += 211) {
    const float x = bit_cast<float>(bits);
    const double exact = std::exp(static_cast<double>(x));
    largest =
        std::max(largest, std::abs(static_cast<double>(fast_exp::scalar(x)) / exact - 1) * 0x1p24);
  }
  EXPECT_LT(largest, 3.1);
}

TEST(SoftmaxKernel, RowsAreIndependent) {
  Rows rows(8);
  const int cols = 37;
  const std::vector<float> x = rows.normal(5 * cols, 2.0f);
  for (const SoftmaxKernel* kernel : kernels()) {
    const std::vector<float> all = run(*kernel, x, 5, cols);
    for (int row = 0; row < 5; ++row) {
      const auto at = x.begin() + row * cols;
      const std::vector<float> alone = run(*kernel, std::vector<float>(at, at + cols), 1, cols);
      EXPECT_TRUE(std::equal(alone.begin(), alone.end(), all.begin() + row * cols));
    }
  }
}

TEST(SoftmaxKernel, MayWorkInPlace) {
  Rows rows(9);
  const std::vector<float> x = rows.normal(7 * 19, 3.0f);
  for (const SoftmaxKernel* kernel : kernels()) {
    std::vector<float> p = x;
    kernel->rows(p.data(), 7, 19, p.data());
    EXPECT_EQ(p, run(*kernel, x, 7, 19));
    std::vector<float> columns(x.size());
    kernel->columns(x.data(), 7, 19, columns.data());
    p = x;
    kernel->columns(p.data(), 7, 19, p.data());
    EXPECT_EQ(p, columns);
  }
}

TEST(SoftmaxKernel, ColumnsKeepTheContractToo) {
  const uint64_t seed = fresh_seed();
  SCOPED_TRACE(seed);
  Rows source(seed);
  for (const auto& [rows, cols] : std::vector<std::pair<int, int>>{
           {1, 1}, {1, 9}, {5, 3}, {17, 4}, {33, 66}, {2, 131}, {4096, 7}}) {
    std::vector<float> x = source.normal(rows * cols, 4.0f);
    if (x.size() > 8) x[3] = -kInf, x[x.size() - 2] = std::nanf("");
    for (const SoftmaxKernel* kernel : kernels()) {
      SCOPED_TRACE(kernel->name);
      std::vector<float> p(x.size());
      kernel->columns(x.data(), rows, cols, p.data());
      for (int col = 0; col < cols; ++col) {
        std::vector<float> column, result;
        for (int row = 0; row < rows; ++row) {
          column.push_back(x[static_cast<size_t>(row * cols + col)]);
          result.push_back(p[static_cast<size_t>(row * cols + col)]);
        }
        ASSERT_NO_FATAL_FAILURE(expect_contract(column, result));
      }
    }
  }
}

// Each kernel is as near to the truth as the contract says, so they are twice that from each other.
TEST(SoftmaxKernel, StayCloseToTheReference) {
  const uint64_t seed = fresh_seed();
  SCOPED_TRACE(seed);
  Rows rows(seed);
  for (int n = 1; n <= 67; ++n) {
    const std::vector<float> x = rows.normal(n, 3.0f);
    const std::vector<float> expected = run(scalar_softmax_kernel(), x, 1, n);
    const std::vector<float> actual = run(fast_softmax_kernel(), x, 1, n);
    const float max = *std::max_element(x.begin(), x.end());
    for (size_t i = 0; i < x.size(); ++i) {
      EXPECT_NEAR(actual[i], expected[i], 2 * 0x1p-24f * (max - x[i] + 8) * expected[i]);
    }
  }
}

}  // namespace
}  // namespace softmask::core
