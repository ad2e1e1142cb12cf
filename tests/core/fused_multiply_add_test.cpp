#include "core/fused_multiply_add.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "special_floats.h"

namespace softmask::core {
namespace {

TEST(FusedMultiplyAdd, RoundsOnceWhereTwiceIsWrong) {
  // a * b lies just above the middle of two floats; rounding it to double first makes it a tie.
  const float a = 1.0f + 0x1p-12f;
  const float b = 1.0f + 0x1p-12f;
  EXPECT_EQ(fused_multiply_add(a, b, 0x1p-60f), 1.0f + 0x1p-11f + 0x1p-23f);
  EXPECT_EQ(fused_multiply_add(a, b, 0.0f), 1.0f + 0x1p-11f) << "a real tie goes to the even one";
  EXPECT_EQ(fused_multiply_add(a, b, -0x1p-60f), 1.0f + 0x1p-11f);
  EXPECT_EQ(fused_multiply_add(-a, b, -0x1p-60f), -(1.0f + 0x1p-11f + 0x1p-23f));
  // The product is 10791623.5 * 2^16.
  EXPECT_EQ(fused_multiply_add(998.0f, 708657152.0f, -1e-7f), 10791623.0f * 0x1p16f);
  EXPECT_EQ(fused_multiply_add(998.0f, 708657152.0f, 0.0f), 10791624.0f * 0x1p16f);
}

TEST(FusedMultiplyAdd, RoundsSubnormalResultsOnce) {
  // 2.5 * 2^-149 and a little more or less: the middle of two subnormals.
  const float middle = 0x1p-100f * (1.0f + 0x1p-2f);
  EXPECT_EQ(fused_multiply_add(middle, 0x1p-48f, 0.0f), 0x1p-148f);
  EXPECT_EQ(fused_multiply_add(0x1.400002p-100f, 0x1p-48f, 0.0f), 0x1.8p-148f);
  EXPECT_EQ(fused_multiply_add(0x1.3ffffep-100f, 0x1p-48f, 0.0f), 0x1p-148f);
  // The odd product puts the excess 2^-70 below the result, beyond what a double holds of it.
  EXPECT_EQ(fused_multiply_add(0x1p-75f, 0x1p-75f, 0x1p-126f), 0x1p-126f);
  EXPECT_EQ(fused_multiply_add(0x1.000002p-75f, 0x1p-75f, 0x1p-126f),
            0x1p-126f + std::numeric_limits<float>::denorm_min());
  EXPECT_EQ(fused_multiply_add(0x1p-149f, 0x1p-149f, 0.0f), 0.0f);
}

TEST(FusedMultiplyAdd, PassesSpecialValuesOn) {
  EXPECT_EQ(fused_multiply_add(kInf, 2.0f, 1.0f), kInf);
  EXPECT_EQ(fused_multiply_add(3e38f, 3e38f, 0.0f), kInf);
  EXPECT_EQ(fused_multiply_add(3e38f, -3e38f, 0.0f), -kInf);
  EXPECT_TRUE(std::isnan(fused_multiply_add(kInf, 0.0f, 1.0f)));
  EXPECT_TRUE(std::isnan(fused_multiply_add(1.0f, 1.0f, std::nanf(""))));
  EXPECT_EQ(fused_multiply_add(3.0f, -2.0f, 6.0f), 0.0f);
  EXPECT_TRUE(std::signbit(fused_multiply_add(-0.0f, 1.0f, -0.0f)));
}

#ifndef __EMSCRIPTEN__  // whose fmaf errs on ties: it would have to change the rounding mode
TEST(FusedMultiplyAdd, AgreesWithTheLibrary) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 engine(seed);
  const auto random = [&] { return static_cast<unsigned>(engine()); };
  // Few mantissa bits make ties and cancellation frequent.
  const auto operand = [&](unsigned bits, int exponents) {
    const auto mantissa = static_cast<float>(random() >> (32 - bits));
    const int exponent = static_cast<int>(random() % static_cast<unsigned>(exponents));
    const float value = std::ldexp(mantissa, exponent - exponents / 2);
    return random() % 2 == 0 ? value : -value;
  };
  for (int i = 0; i < 300000; ++i) {
    const unsigned bits = 1 + random() % 24;
    const float a = operand(bits, 40);
    const float b = operand(25 - bits, 40);
    const float c = operand(1 + random() % 24, 80);
    ASSERT_EQ(fused_multiply_add(a, b, c), std::fmaf(a, b, c)) << a << " " << b << " " << c;
  }
}
#endif

}  // namespace
}  // namespace softmask::core
