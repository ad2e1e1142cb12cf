#include "view/number_parse.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <random>
#include <string>

namespace softmask::view {
namespace {

TEST(NumberParse, UnsignedTakesDigitsOnly) {
  EXPECT_EQ(parse_unsigned("0"), 0U);
  EXPECT_EQ(parse_unsigned("18446744073709551615"), 18446744073709551615U);
  EXPECT_EQ(parse_unsigned("007"), 7U);
  for (const char* bad : {"", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x10", "18446744073709551616",
                          "99999999999999999999999", "٣"}) {
    EXPECT_FALSE(parse_unsigned(bad)) << bad;
  }
}

TEST(NumberParse, IntKeepsItsRange) {
  EXPECT_EQ(parse_int("1", 1, 4096), 1);
  EXPECT_EQ(parse_int("4096", 1, 4096), 4096);
  EXPECT_FALSE(parse_int("0", 1, 4096));
  EXPECT_FALSE(parse_int("4097", 1, 4096));
  EXPECT_FALSE(parse_int("4294967297", 1, 4096));
}

TEST(NumberParse, DecimalGrammar) {
  EXPECT_EQ(parse_decimal("-1e9"), -1e9);
  EXPECT_EQ(parse_decimal("+1E+9"), 1e9);
  EXPECT_EQ(parse_decimal(".5"), 0.5);
  EXPECT_EQ(parse_decimal("5."), 5.0);
  EXPECT_EQ(parse_decimal("1e-400"), 0.0);
  EXPECT_EQ(parse_decimal("00.10"), 0.1);
  for (const char* bad :
       {"",      "-",  ".",  "e5",  "1e",    "1e+", "nan",   "inf",   "-inf",   "infinity",
        "0x1p3", "1 ", " 1", "1,5", "1_000", "--1", "1e5.0", "1e400", "-1e400", "1f"}) {
    EXPECT_FALSE(parse_decimal(bad)) << bad;
  }
  EXPECT_TRUE(parse_decimal(std::string(1000, '0')));
  EXPECT_FALSE(parse_decimal(std::string(1001, '0')));
  EXPECT_FALSE(parse_decimal(std::string("1\0", 2)));
}

// Whichever way a decimal is read, it is the double that is nearest to it.
TEST(NumberParse, DecimalsAreRoundedOnce) {
  std::mt19937 random(1);
  const auto below = [&](unsigned most) { return static_cast<int>(random() % most); };
  for (int i = 0; i < 200'000; ++i) {
    std::string text = below(3) == 0 ? "-" : "";
    const int digits = 1 + below(20);
    const int point = below(30);
    for (int j = 0; j < digits; ++j) {
      if (j == point) text += '.';
      text += static_cast<char>('0' + below(10));
    }
    if (below(2) == 0) text += (below(2) == 0 ? "e-" : "e") + std::to_string(below(30));
    const double wanted = std::strtod(text.c_str(), nullptr);
    const std::optional<double> read = parse_decimal(text);
    ASSERT_TRUE(read && *read == wanted && std::signbit(*read) == std::signbit(wanted)) << text;
  }
  for (const char* text : {"9007199254740993", "9007199254740992e22", "9007199254740992e23",
                           "9007199254740991e-22", "1e-23", "0e999", "-0e-999", "1e-324"}) {
    EXPECT_EQ(parse_decimal(text), std::strtod(text, nullptr)) << text;
  }
}

}  // namespace
}  // namespace softmask::view
