#include "core/decimal_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <limits>
#include <random>

#include "core/bit_cast.h"
#include "special_floats.h"

namespace softmask::core {
namespace {

std::string printed(const char* format, int precision, float value) {
  char text[300];
  std::snprintf(text, sizeof text, format, precision, static_cast<double>(value));
  return text;
}

TEST(DecimalText, RoundsTiesToEven) {
  EXPECT_EQ(fixed_text(0.5f, 0), "0");
  EXPECT_EQ(fixed_text(1.5f, 0), "2");
  EXPECT_EQ(fixed_text(2.5f, 0), "2");
  EXPECT_EQ(fixed_text(0.125f, 2), "0.12");
  EXPECT_EQ(fixed_text(0.375f, 2), "0.38");
  EXPECT_EQ(scientific_text(2.5f, 0), "2e+00");
  EXPECT_EQ(scientific_text(3.5f, 0), "4e+00");
}

TEST(DecimalText, CarriesAcrossThePoint) {
  EXPECT_EQ(fixed_text(0.9996f, 3), "1.000");
  EXPECT_EQ(fixed_text(9.9996f, 3), "10.000");
  EXPECT_EQ(fixed_text(999.9996f, 2), "1000.00");
  EXPECT_EQ(scientific_text(9.9996f, 3), "1.000e+01");
  EXPECT_EQ(fixed_text(0.6f, 0), "1");
  EXPECT_EQ(fixed_text(0.04f, 1), "0.0");
  EXPECT_EQ(fixed_text(0.06f, 1), "0.1");
}

TEST(DecimalText, SpecialValues) {
  EXPECT_EQ(fixed_text(0.0f, 4), "0.0000");
  EXPECT_EQ(fixed_text(-0.0f, 4), "-0.0000");
  EXPECT_EQ(fixed_text(-0.0f, 0), "-0");
  EXPECT_EQ(scientific_text(0.0f, 3), "0.000e+00");
  EXPECT_EQ(fixed_text(std::nanf(""), 4), "nan");
  EXPECT_EQ(fixed_text(-std::nanf(""), 4), "nan");
  EXPECT_EQ(scientific_text(-kInf, 2), "-inf");
  EXPECT_EQ(fixed_text(kInf, 2), "inf");
}

TEST(DecimalText, ExtremeValuesAreExact) {
  EXPECT_EQ(fixed_text(std::numeric_limits<float>::max(), 0),
            "340282346638528859811704183484516925440");
  EXPECT_EQ(scientific_text(0x1p-149f, 20), "1.40129846432481707092e-45");
  EXPECT_EQ(fixed_text(0x1p-149f, 50), "0.00000000000000000000000000000000000000000000140130");
}

TEST(DecimalText, AgreesWithPrintf) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 100000; ++i) {
    float value = bit_cast<float>(static_cast<uint32_t>(random()));
    if (!std::isfinite(value)) continue;
    // A third: sixteenths, which give ties. A third: around 1.
    if (i % 3 == 0) value = static_cast<float>(static_cast<int>(random() % 20000)) / 16.0f - 600.0f;
    if (i % 3 == 1) value = std::ldexp(static_cast<float>(random() % 65536), -14);
    const auto precision = static_cast<int>(random() % 12);
    ASSERT_EQ(fixed_text(value, precision), printed("%.*f", precision, value));
    ASSERT_EQ(scientific_text(value, precision), printed("%.*e", precision, value));
  }
}

}  // namespace
}  // namespace softmask::core
