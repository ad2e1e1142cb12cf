#include "core/low_precision.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "core/bit_cast.h"
#include "special_floats.h"

namespace softmask::core {
namespace {

// Rounding by the definition, in double: `digits` significant bits, none below 2^lowest.
float rounded(float value, int digits, int lowest, double limit) {
  if (!std::isfinite(value) || value == 0.0f) return value;
  const double wide = static_cast<double>(value);
  const int step = std::max(std::ilogb(wide) - (digits - 1), lowest);
  const double result = std::ldexp(std::nearbyint(std::ldexp(wide, -step)), step);
  return std::abs(result) > limit ? std::copysign(kInf, value) : static_cast<float>(result);
}

float rounded_to_half(float value) { return rounded(value, 11, -24, 65504.0); }
float rounded_to_bfloat16(float value) { return rounded(value, 8, -133, 0x1.fep+127); }

uint32_t bits_of(float value) { return bit_cast<uint32_t>(value); }

TEST(LowPrecision, EveryHalfSurvivesTheRoundTrip) {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    const auto half = static_cast<uint16_t>(bits);
    const float value = float_from_half(half);
    if (std::isnan(value)) {
      EXPECT_TRUE(std::isnan(float_from_half(half_from_float(value))));
    } else {
      EXPECT_EQ(half_from_float(value), half);
      EXPECT_EQ(bits_of(round_to(Dtype::kFloat16, value)), bits_of(value));
    }
  }
}

TEST(LowPrecision, EveryBfloat16SurvivesTheRoundTrip) {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    const float value = float_from_bfloat16(static_cast<uint16_t>(bits));
    if (std::isnan(value)) continue;
    EXPECT_EQ(bfloat16_from_float(value), bits);
  }
}

TEST(LowPrecision, KnownValues) {
  EXPECT_EQ(float_from_half(0x3c00), 1.0f);
  EXPECT_EQ(float_from_half(0x0001), 0x1p-24f);
  EXPECT_EQ(float_from_half(0x03ff), 0x3ffp-24f);
  EXPECT_EQ(float_from_half(0x7bff), 65504.0f);
  EXPECT_EQ(float_from_half(0xfc00), -kInf);
  EXPECT_EQ(round_to(Dtype::kFloat16, 65519.996f), 65504.0f);
  EXPECT_EQ(round_to(Dtype::kFloat16, 65520.0f), kInf);
  EXPECT_EQ(round_to(Dtype::kFloat16, 0x1p-25f), 0.0f);
  EXPECT_EQ(round_to(Dtype::kFloat16, 0x1.000002p-25f), 0x1p-24f);
  EXPECT_EQ(round_to(Dtype::kBFloat16, -1e9f), -998244352.0f);
  EXPECT_EQ(round_to(Dtype::kBFloat16, 3.4e38f), kInf);
  EXPECT_TRUE(std::isnan(round_to(Dtype::kFloat16, std::nanf(""))));
  EXPECT_TRUE(std::isnan(round_to(Dtype::kBFloat16, bit_cast<float>(0x7f800001u))));
  EXPECT_EQ(round_to(Dtype::kFloat32, 0.1f), 0.1f);
}

TEST(LowPrecision, RoundsToNearestEven) {
  // Every half, and what lies at, just below and just above the middle to the next.
  for (uint32_t bits = 0; bits < 0x7c00; ++bits) {
    const float low = float_from_half(static_cast<uint16_t>(bits));
    const float high = bits == 0x7bff ? 65536.0f : float_from_half(static_cast<uint16_t>(bits + 1));
    const float middle = 0.5f * (low + high);
    for (const float x : {middle, std::nextafterf(middle, 0.0f), std::nextafterf(middle, kInf)}) {
      ASSERT_EQ(bits_of(round_to(Dtype::kFloat16, x)), bits_of(rounded_to_half(x))) << x;
      ASSERT_EQ(bits_of(round_to(Dtype::kFloat16, -x)), bits_of(rounded_to_half(-x))) << x;
    }
  }
}

TEST(LowPrecision, AgreesWithTheDefinitionOnRandomFloats) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 300000; ++i) {
    const float x = bit_cast<float>(static_cast<uint32_t>(random()));
    if (std::isnan(x)) continue;
    ASSERT_EQ(bits_of(round_to(Dtype::kFloat16, x)), bits_of(rounded_to_half(x))) << x;
    ASSERT_EQ(bits_of(round_to(Dtype::kBFloat16, x)), bits_of(rounded_to_bfloat16(x))) << x;
  }
}

}  // namespace
}  // namespace softmask::core
