#include "view/state.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace softmask::view {
namespace {

std::string canonical(std::string_view text) {
  const std::optional<Fill> fill = parse_fill(text);
  return fill ? fill->text : "refused";
}

TEST(State, DefaultIsTheArticle) {
  const State state;
  EXPECT_EQ(state.seed, 333512U);
  EXPECT_EQ(state.rows, 4);
  EXPECT_EQ(state.cols, 5);
  EXPECT_EQ(state.fill.text, "-1e9");
  EXPECT_EQ(state.mask.kind, MaskSpec::Kind::kRandom);
}

TEST(State, FillsAreCanonical) {
  for (const std::string_view preset : kFillPresets) EXPECT_EQ(canonical(preset), preset);
  EXPECT_EQ(canonical("-1000000000"), "-1e9");
  EXPECT_EQ(canonical("-1.0E+09"), "-1e9");
  EXPECT_EQ(canonical("-10000"), "-1e4");
  EXPECT_EQ(canonical("0.000000001"), "1e-9");
  EXPECT_EQ(canonical("0.0"), "0");
  EXPECT_EQ(canonical("-0"), "0");
  EXPECT_EQ(canonical("1e-999"), "0");
  EXPECT_EQ(canonical("-Infinity"), "-inf");
  EXPECT_EQ(canonical("-5"), "-5");
  EXPECT_EQ(canonical("+2.50"), "2.5");
  EXPECT_EQ(canonical("1e39"), "1e39");
  EXPECT_EQ(canonical("-1e5"), "-100000");
}

TEST(State, FillsThatAreRefused) {
  for (const char* bad : {"", "nan", "NaN", "inf", "+inf", "Infinity", "0x10", "1e309", "-1e309",
                          " 1", "1e", "finfo.max", "-INF", "--inf", "1,0"}) {
    EXPECT_EQ(canonical(bad), "refused") << bad;
  }
}

TEST(State, CanonicalFillsReadBackToThemselves) {
  for (const char* text : {"-3.4e38", "0.1", "-17.25", "1e300", "5e-324", "123456789012345678"}) {
    EXPECT_EQ(canonical(canonical(text)), canonical(text));
  }
}

TEST(State, FillValues) {
  EXPECT_EQ(fill_value({"-1e9"}, core::Dtype::kFloat32), -1e9);
  EXPECT_EQ(fill_value({"-inf"}, core::Dtype::kFloat16), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(fill_value({"finfo.min"}, core::Dtype::kFloat32), -3.4028234663852886e38);
  EXPECT_EQ(fill_value({"finfo.min"}, core::Dtype::kFloat16), -65504);
  EXPECT_EQ(fill_value({"finfo.min"}, core::Dtype::kBFloat16), -3.3895313892515355e38);
}

TEST(State, ScoresAreComparedByTheirBits) {
  State a;
  State b;
  a.scores = {std::nanf(""), 0.0F};
  b.scores = a.scores;
  EXPECT_EQ(a, b);
  b.scores[1] = -0.0F;
  EXPECT_FALSE(a == b);
}

TEST(State, SameNumbersLooksAtWhatTheNumbersDependOn) {
  const State base;
  State other = base;
  other.row = 2;
  other.theme = Theme::kDark;
  other.lang = Language::kChinese;
  other.hide = kHideCode;
  other.animate = Animate::kOff;
  other.lesson = "seed";
  EXPECT_TRUE(same_numbers(base, other));
  EXPECT_FALSE(base == other);
  other = base;
  other.temperature = 2;
  EXPECT_FALSE(same_numbers(base, other));
  other = base;
  other.mask.kind = MaskSpec::Kind::kNone;
  EXPECT_FALSE(same_numbers(base, other));
}

TEST(State, BytesCountTheVectors) {
  State state;
  const std::size_t before = state_bytes(state);
  state.mask.bits.resize(1 << 20);
  EXPECT_GE(state_bytes(state), before + (1 << 20));
}

}  // namespace
}  // namespace softmask::view
