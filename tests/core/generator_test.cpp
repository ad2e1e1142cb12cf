#include "core/generator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "core/golden.h"

namespace softmask::core {
namespace {

std::vector<float> randn(Generator& generator, size_t n) {
  std::vector<float> values(n);
  generator.randn(values);
  return values;
}

std::vector<float> rand(Generator& generator, size_t n) {
  std::vector<float> values(n);
  generator.rand(values);
  return values;
}

std::vector<int64_t> randint(Generator& generator, int64_t low, int64_t high, size_t n) {
  std::vector<int64_t> values(n);
  EXPECT_TRUE(generator.randint(low, high, values).ok());
  return values;
}

TEST(Generator, TakesOnlyTheLowHalfOfASeed) {
  Generator low(5);
  Generator high((uint64_t{77} << 32) | 5);
  EXPECT_EQ(rand(low, 100), rand(high, 100));
}

TEST(Generator, KeepsTheSecondNormalForTheNextShortCall) {
  Generator once(3);
  const std::vector<float> pair = randn(once, 2);
  Generator twice(3);
  EXPECT_EQ(randn(twice, 1)[0], pair[0]);
  const std::vector<float> large = randn(twice, 40);  // does not touch the kept value
  EXPECT_EQ(randn(twice, 1)[0], pair[1]);
  EXPECT_EQ(large.size(), 40u);
}

TEST(Generator, ForgetsTheKeptNormalWhenSeeded) {
  Generator generator(3);
  const std::vector<float> first = randn(generator, 3);
  generator.manual_seed(3);
  EXPECT_EQ(randn(generator, 3), first);
}

TEST(Generator, CopiesAreIndependentAndEqual) {
  Generator original(9);
  randn(original, 5);
  Generator copy = original;
  EXPECT_EQ(randn(copy, 33), randn(original, 33));
}

TEST(Generator, RedrawsTheLastSixteenOfALargeCall) {
  // 16 + k values: the first k come from the first block, the last 16 from one drawn afterwards.
  for (size_t k = 1; k < 16; ++k) {
    Generator generator(k);
    Generator reference(k);
    const std::vector<float> values = randn(generator, 16 + k);
    const std::vector<float> block = randn(reference, 16);
    EXPECT_TRUE(std::equal(values.begin(), values.begin() + static_cast<long>(k), block.begin()));
    rand(reference, k);  // the uniforms that were drawn for the places that were then redrawn
    const std::vector<float> last = randn(reference, 16);
    EXPECT_TRUE(std::equal(last.begin(), last.end(), values.begin() + static_cast<long>(k)));
    EXPECT_EQ(rand(generator, 1), rand(reference, 1)) << "the streams stand at the same place";
  }
}

TEST(Generator, PathsDifferOnlyInLargeNormals) {
  Generator avx2(11, Cpu::kAvx2);
  Generator scalar(11, Cpu::kDefault);
  EXPECT_EQ(randn(avx2, 15), randn(scalar, 15));
  const std::vector<float> a = randn(avx2, 4096);
  const std::vector<float> b = randn(scalar, 4096);
  EXPECT_NE(a, b);
  for (size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], 2e-6f * (1 + std::abs(a[i])));
  EXPECT_EQ(rand(avx2, 10), rand(scalar, 10));
}

// The hashes are those of PyTorch 1.13's own results on x86-64; every machine must have them.
TEST(Generator, BitsAreTheSameOnEveryMachine) {
  Generator avx2(2024, Cpu::kAvx2);
  EXPECT_EQ(fnv1a_64(randn(avx2, 100003)), 0x3d36dcfa4dd8bc73u);
  Generator scalar(2024, Cpu::kDefault);
  EXPECT_EQ(fnv1a_64(randn(scalar, 100003)), 0xdc08e5c8b8f0fd3fu);
  Generator small(2024);
  std::vector<float> values;
  for (int i = 0; i < 9001; ++i) {
    for (const float value : randn(small, 11)) values.push_back(value);
  }
  EXPECT_EQ(fnv1a_64(values), 0x1795b1bd8cfcaaa6u);
}

TEST(Generator, NormalsAreNormal) {
  for (const Cpu cpu : {Cpu::kAvx2, Cpu::kDefault}) {
    Generator generator(1, cpu);
    const std::vector<float> values = randn(generator, 1 << 20);
    const double n = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    const double square = std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
    EXPECT_NEAR(mean, 0, 0.005);
    EXPECT_NEAR(square / n, 1, 0.01);
    EXPECT_TRUE(
        std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); }));
  }
}

TEST(Generator, UniformsAreMultiplesOfTwoToTheMinus24) {
  Generator generator(1);
  for (const float value : rand(generator, 10000)) {
    ASSERT_GE(value, 0.0f);
    ASSERT_LT(value, 1.0f);
    ASSERT_EQ(value * 0x1p24f, std::floor(value * 0x1p24f));
  }
}

TEST(Generator, RandintTakesOneWordBelowTwoToThe28) {
  const auto check = [](int64_t low, int64_t high, bool wide) {
    Generator generator(123);
    Mt19937 engine(123);
    const auto range = static_cast<uint64_t>(high) - static_cast<uint64_t>(low);
    for (const int64_t value : randint(generator, low, high, 100)) {
      const uint64_t word = wide ? engine.random64() : engine.random();
      ASSERT_EQ(value, static_cast<int64_t>(word % range + static_cast<uint64_t>(low)));
      ASSERT_GE(value, low);
      ASSERT_LT(value, high);
    }
  };
  check(0, 2, false);
  check(-7, 13, false);
  check(0, (int64_t{1} << 28) - 1, false);
  check(0, int64_t{1} << 28, true);
  check(-5, (int64_t{1} << 28) - 5, true);
  check(0, int64_t{1} << 40, true);
  check(std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max(), true);
}

TEST(Generator, RefusalsDrawNothing) {
  Generator generator(4);
  Generator untouched(4);
  std::vector<int64_t> integers(3, 99);
  EXPECT_EQ(generator.randint(2, 2, integers).kind, ErrorKind::kRange);
  EXPECT_EQ(generator.randint(3, 2, integers).kind, ErrorKind::kRange);
  EXPECT_EQ(integers, std::vector<int64_t>(3, 99));
  std::vector<float> floats(3, 99.0f);
  for (const double p : {-0.1, 1.1, std::nan(""), std::numeric_limits<double>::infinity()}) {
    const Status status = generator.bernoulli(p, floats);
    EXPECT_EQ(status.kind, ErrorKind::kRange);
    EXPECT_NE(status.message.find("p must be"), std::string::npos);
  }
  EXPECT_EQ(floats, std::vector<float>(3, 99.0f));
  EXPECT_EQ(rand(generator, 5), rand(untouched, 5));
}

TEST(Generator, BernoulliComparesUniforms) {
  Generator generator(6);
  Generator uniforms(6);
  std::vector<float> values(1000);
  EXPECT_TRUE(generator.bernoulli(0.3, values).ok());
  const std::vector<float> draws = rand(uniforms, 1000);
  for (size_t i = 0; i < values.size(); ++i) EXPECT_EQ(values[i], draws[i] < 0.3f ? 1.0f : 0.0f);
  EXPECT_TRUE(generator.bernoulli(0, values).ok());
  EXPECT_EQ(values, std::vector<float>(1000, 0.0f));
  EXPECT_TRUE(generator.bernoulli(1, values).ok());
  EXPECT_EQ(values, std::vector<float>(1000, 1.0f));
}

TEST(Generator, RandpermPermutes) {
  for (const size_t n : {0u, 1u, 2u, 17u, 1000u}) {
    Generator generator(n);
    std::vector<int64_t> values(n);
    generator.randperm(values);
    std::sort(values.begin(), values.end());
    for (size_t i = 0; i < n; ++i) ASSERT_EQ(values[i], static_cast<int64_t>(i));
  }
}

TEST(Generator, NothingIsAskedNothingIsDrawn) {
  Generator generator(4);
  Generator untouched(4);
  randn(generator, 0);
  rand(generator, 0);
  randint(generator, 0, 5, 0);
  EXPECT_EQ(rand(generator, 5), rand(untouched, 5));
}

}  // namespace
}  // namespace softmask::core
