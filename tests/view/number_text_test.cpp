#include "view/number_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>

#include "special_floats.h"

namespace softmask::view {
namespace {

TEST(NumberText, ClassifiesTheFiveLooks) {
  EXPECT_EQ(classify(0.231F), ValueClass::kKept);
  EXPECT_EQ(classify(-1e9F), ValueClass::kKept);
  EXPECT_EQ(classify(0.0005F), ValueClass::kKept);
  EXPECT_EQ(classify(0.0F), ValueClass::kZero);
  EXPECT_EQ(classify(-0.0F), ValueClass::kZero);
  EXPECT_EQ(classify(0.0004F), ValueClass::kTiny);
  EXPECT_EQ(classify(-1e-45F), ValueClass::kTiny);
  EXPECT_EQ(classify(kNan), ValueClass::kNan);
  EXPECT_EQ(classify(kInf), ValueClass::kInf);
  EXPECT_EQ(classify(-kInf), ValueClass::kInf);
}

TEST(NumberText, CellsAsTorchPrintsThem) {
  EXPECT_EQ(cell_text(-0.78595F), "-0.786");
  EXPECT_EQ(cell_text(2.252F), "2.252");
  EXPECT_EQ(cell_text(12.3456F), "12.346");
  EXPECT_EQ(cell_text(1.0F), "1.000");
  EXPECT_EQ(cell_text(0.0F), "0");
  EXPECT_EQ(cell_text(-0.0F), "0");
  EXPECT_EQ(cell_text(2.4e-7F), "2e-7");
  EXPECT_EQ(cell_text(-0.00049F), "-5e-4");
  EXPECT_EQ(cell_text(1e-45F), "1e-45");
  EXPECT_EQ(cell_text(kNan), "nan");
  EXPECT_EQ(cell_text(kInf), "inf");
  EXPECT_EQ(cell_text(-kInf), "-inf");
}

TEST(NumberText, CellsShortenLargeValues) {
  EXPECT_EQ(cell_text(-1e9F), "-1e9");
  EXPECT_EQ(cell_text(-1e4F), "-1e4");
  EXPECT_EQ(cell_text(-998244352.0F), "-9.98e8");
  EXPECT_EQ(cell_text(-std::numeric_limits<float>::max()), "-3.4e38");
  EXPECT_EQ(cell_text(-65504.0F), "-65504");
  EXPECT_EQ(cell_text(1234.5F), "1234.5");
  EXPECT_EQ(cell_text(-1000.0F), "-1000");
  EXPECT_EQ(cell_text(999.9999F), "1000.0");
}

TEST(NumberText, FewerDigitsForNarrowCells) {
  EXPECT_EQ(cell_text(-0.786F, 0), "-0.786");
  EXPECT_EQ(cell_text(-0.786F, 1), "-0.79");
  EXPECT_EQ(cell_text(-0.786F, 2), "-0.8");
  EXPECT_EQ(cell_text(-0.786F, 3), "") << "-1 would be another number";
  EXPECT_EQ(cell_text(0.012F, 1), "0.01");
  EXPECT_EQ(cell_text(0.012F, 2), "");
  EXPECT_EQ(cell_text(-10.0F, 3), "-10");
  EXPECT_EQ(cell_text(-65504.0F, 2), "-7e4");
  EXPECT_EQ(cell_text(-std::numeric_limits<float>::max(), 2), "-3e38");
  EXPECT_EQ(cell_text(-std::numeric_limits<float>::max(), 3), "");
  EXPECT_EQ(cell_text(2e-7F, 1), "");
  EXPECT_EQ(cell_text(0.0F, 1), "");
  EXPECT_EQ(cell_text(kNan, 1), "");
}

TEST(NumberText, CellsFitEightCharacters) {
  std::mt19937 random(7);
  for (int i = 0; i < 100000; ++i) {
    const auto bits = static_cast<uint32_t>(random());
    float value = 0;
    std::memcpy(&value, &bits, sizeof value);
    EXPECT_LE(cell_text(value).size(), 8U) << "bits " << bits << ": " << cell_text(value);
  }
}

TEST(NumberText, MassKeepsThreeDecimals) {
  EXPECT_EQ(mass_text(0.8596), "0.860");
  EXPECT_EQ(mass_text(0), "0.000");
  EXPECT_EQ(mass_text(-0.0), "0.000");
  EXPECT_EQ(mass_text(1), "1.000");
  EXPECT_EQ(mass_text(2e-7), "2e-7");
  EXPECT_EQ(mass_text(std::nan("")), "nan");
}

TEST(NumberText, SignificantDigits) {
  EXPECT_EQ(significant_text(-1e9, 5), "-1e9");
  EXPECT_EQ(significant_text(0.860339, 5), "0.86034");
  EXPECT_EQ(significant_text(2.06115e-9, 5), "2.0612e-9");
  EXPECT_EQ(significant_text(12345678, 5), "1.2346e7");
  EXPECT_EQ(significant_text(1.3, 5), "1.3");
  EXPECT_EQ(significant_text(0, 5), "0");
  EXPECT_EQ(significant_text(99999.9, 5), "1e5");
  EXPECT_EQ(significant_text(std::nan(""), 5), "nan");
}

TEST(NumberText, ShortestReadsBack) {
  EXPECT_EQ(shortest_text(0.1), "0.1");
  EXPECT_EQ(shortest_text(-5), "-5");
  EXPECT_EQ(shortest_text(1e20), "1e20");
  EXPECT_EQ(shortest_text(0.0001), "0.0001");
  EXPECT_EQ(shortest_text(0.00001), "1e-5");
  EXPECT_EQ(shortest_text(-998244352), "-998244352");
  EXPECT_EQ(float_text(0.1F), "0.1");
  EXPECT_EQ(float_text(16777216.0F), "16777216");
  // Powers of two, whose nearest decimals of so many digits are other numbers: as repr() has them.
  EXPECT_EQ(shortest_text(0x1p-44), "5.684341886080802e-14");
  EXPECT_EQ(shortest_text(-0x1p-44), "-5.684341886080802e-14");
  EXPECT_EQ(float_text(-0x1p87F), "-1.5474251e26");
  for (int exponent = -1074; exponent < 1024; ++exponent) {
    const double power = std::ldexp(1.0, exponent);
    EXPECT_EQ(std::strtod(shortest_text(power).c_str(), nullptr), power);
    const float single = std::ldexp(1.0F, exponent);
    if (single == 0 || !std::isfinite(single)) continue;
    EXPECT_EQ(std::strtof(float_text(single).c_str(), nullptr), single);
  }
  std::mt19937_64 random(11);
  for (int i = 0; i < 20000; ++i) {
    const uint64_t bits = random();
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value)) continue;
    EXPECT_EQ(std::strtod(shortest_text(value).c_str(), nullptr), value);
    const auto narrow = static_cast<uint32_t>(bits);
    float single = 0;
    std::memcpy(&single, &narrow, sizeof single);
    if (!std::isfinite(single)) continue;
    EXPECT_EQ(std::strtof(float_text(single).c_str(), nullptr), single);
  }
}

TEST(NumberText, CountsAreGrouped) {
  EXPECT_EQ(count_text(0), "0");
  EXPECT_EQ(count_text(999), "999");
  EXPECT_EQ(count_text(1000), "1,000");
  EXPECT_EQ(count_text(16777216), "16,777,216");
  EXPECT_EQ(count_text(-123456), "-123,456");
}

}  // namespace
}  // namespace softmask::view
