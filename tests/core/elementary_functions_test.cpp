// glibc_math.h, avx2_math.h and double_math.h: their bits, which must be the same on every machine,
// and their accuracy.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/avx2_math.h"
#include "core/bit_cast.h"
#include "core/double_math.h"
#include "core/glibc_math.h"
#include "core/golden.h"
#include "special_floats.h"

namespace softmask::core {
namespace {

// Each function's results over a sample of the floats that randn and softmax can give it.
struct Samples {
  std::vector<float> uniforms;   // multiples of 2^-24 in (0, 1]
  std::vector<float> angles;     // [0, 2π)
  std::vector<float> exponents;  // [-105, 0], and beyond

  Samples() {
    for (uint32_t k = 1; k <= (1u << 24); k += 113) {
      uniforms.push_back(static_cast<float>(k) * 0x1p-24f);
      angles.push_back(6.2831855f * (static_cast<float>(k - 1) * 0x1p-24f));
    }
    uniforms.push_back(1.0f);
    for (uint32_t bits = 0x80000000u; bits < 0xc2d20000u; bits += 7919) {
      exponents.push_back(bit_cast<float>(bits));
    }
  }
};

const Samples& samples() {
  static const Samples all;
  return all;
}

template <class Function>
std::vector<float> mapped(const std::vector<float>& from, Function function) {
  std::vector<float> to;
  to.reserve(from.size());
  for (const float x : from) to.push_back(function(x));
  return to;
}

float avx2_sin(float x) { return avx2::sincos(x).sin; }
float avx2_cos(float x) { return avx2::sincos(x).cos; }

// Recorded on x86-64. There the first four are glibc's own results and the fifth is torch.exp's;
// the others stand behind randn, whose hash in generator_test.cpp is PyTorch's.
TEST(ElementaryFunctions, BitsAreTheSameOnEveryMachine) {
  EXPECT_EQ(fnv1a_64(mapped(samples().exponents, glibc::exp)), 0xd3cd5593c4056b3du);
  EXPECT_EQ(fnv1a_64(mapped(samples().uniforms, glibc::log)), 0x590f81173bac99b8u);
  EXPECT_EQ(fnv1a_64(mapped(samples().angles, glibc::sin)), 0x4cb1579acf0cf955u);
  EXPECT_EQ(fnv1a_64(mapped(samples().angles, glibc::cos)), 0xfd6e138f0cd28dcu);
  EXPECT_EQ(fnv1a_64(mapped(samples().exponents, avx2::exp)), 0x577bee8964636403u);
  EXPECT_EQ(fnv1a_64(mapped(samples().uniforms, avx2::log)), 0xbc21286c44716d34u);
  EXPECT_EQ(fnv1a_64(mapped(samples().angles, avx2_sin)), 0xd5f4550d3bf61263u);
  EXPECT_EQ(fnv1a_64(mapped(samples().angles, avx2_cos)), 0xb8f85ed556f7541au);
}

#ifdef __GLIBC__
TEST(ElementaryFunctions, EqualsGlibc) {
  const auto library_exp = [](float x) { return std::exp(x); };
  const auto library_log = [](float x) { return std::log(x); };
  const auto library_sin = [](float x) { return std::sin(x); };
  const auto library_cos = [](float x) { return std::cos(x); };
  EXPECT_TRUE(
      same_bits(mapped(samples().exponents, glibc::exp), mapped(samples().exponents, library_exp)));
  EXPECT_TRUE(
      same_bits(mapped(samples().uniforms, glibc::log), mapped(samples().uniforms, library_log)));
  EXPECT_TRUE(
      same_bits(mapped(samples().angles, glibc::sin), mapped(samples().angles, library_sin)));
  EXPECT_TRUE(
      same_bits(mapped(samples().angles, glibc::cos), mapped(samples().angles, library_cos)));
}
#endif

// The largest distance from the exact value, in units of the last place of a normal float.
template <class Function, class Exact>
double largest_error_ulp(const std::vector<float>& from, Function function, Exact exact) {
  double largest = 0;
  for (const float x : from) {
    const double truth = exact(static_cast<double>(x));
    if (std::abs(truth) < static_cast<double>(std::numeric_limits<float>::min())) continue;
    const double ulp = std::ldexp(1.0, std::ilogb(truth) - 23);
    largest = std::max(largest, std::abs(static_cast<double>(function(x)) - truth) / ulp);
  }
  return largest;
}

TEST(ElementaryFunctions, AreAsAccurateAsDocumented) {
  const auto exact_exp = [](double x) { return std::exp(x); };
  const auto exact_log = [](double x) { return std::log(x); };
  EXPECT_LT(largest_error_ulp(samples().exponents, glibc::exp, exact_exp), 0.503);
  EXPECT_LT(largest_error_ulp(samples().exponents, avx2::exp, exact_exp), 1.0);
  EXPECT_LT(largest_error_ulp(samples().uniforms, glibc::log, exact_log), 0.82);
  EXPECT_LT(largest_error_ulp(samples().uniforms, avx2::log, exact_log), 1.5);
}

TEST(ElementaryFunctions, ExponentialsOfSpecialValues) {
  for (float (*exp)(float) : {+[](float x) { return avx2::exp(x); }, &glibc::exp}) {
    EXPECT_EQ(exp(0.0f), 1.0f);
    EXPECT_EQ(exp(-0.0f), 1.0f);
    EXPECT_EQ(exp(-kInf), 0.0f);
    EXPECT_EQ(exp(kInf), kInf);
    EXPECT_EQ(exp(-1e9f), 0.0f);
    EXPECT_EQ(exp(1e9f), kInf);
    EXPECT_EQ(exp(-104.5f), 0.0f);
    EXPECT_EQ(exp(-103.0f), 0x1p-149f);
    EXPECT_TRUE(std::isnan(exp(std::nanf(""))));
  }
}

double distance_ulp(double a, double b) {
  if (a == b) return 0;
  return std::abs(a - b) / std::ldexp(1.0, std::ilogb(b) - 52);
}

TEST(DoubleMath, StaysWithinOneUlpOfTheLibrary) {
  for (int i = 0; i < 200000; ++i) {
    const double u = std::fmod(i * 0.6180339887498949, 1.0);
    const double x = 1.0 - u;
    if (x < 1) {
      EXPECT_LE(distance_ulp(double_math::log(x), std::log(x)), 1.0) << x;
    }
    const double angle = 6.283185307179586 * u;
    const double_math::SinCos both = double_math::sincos(angle);
    EXPECT_LE(distance_ulp(both.sin, std::sin(angle)), 1.0) << angle;
    EXPECT_LE(distance_ulp(both.cos, std::cos(angle)), 1.0) << angle;
  }
  EXPECT_EQ(double_math::log(1.0), 0.0);
  EXPECT_EQ(double_math::log(0x1p-53), -53 * 0.6931471805599453);
  EXPECT_EQ(double_math::sincos(0.0).sin, 0.0);
  EXPECT_EQ(double_math::sincos(0.0).cos, 1.0);
}

// Around multiples of π/2 nearly everything cancels.
TEST(DoubleMath, IsAccurateWhereSineOrCosineVanish) {
  for (int quarter = 1; quarter <= 4; ++quarter) {
    double x = quarter * 1.5707963267948966;
    for (int step = 0; step < 50; ++step) x = std::nextafter(x, 0.0);
    for (int step = 0; step < 100; ++step, x = std::nextafter(x, 8.0)) {
      const double_math::SinCos both = double_math::sincos(x);
      EXPECT_LE(distance_ulp(both.sin, std::sin(x)), 1.0) << quarter << " " << step;
      EXPECT_LE(distance_ulp(both.cos, std::cos(x)), 1.0) << quarter << " " << step;
    }
  }
}

}  // namespace
}  // namespace softmask::core
