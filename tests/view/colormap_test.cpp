#include "view/colormap.h"

#include <gtest/gtest.h>

namespace softmask::view {
namespace {

TEST(Colormap, TextReachesContrastOnEveryColourOfBothMaps) {
  for (const bool dark : {false, true}) {
    for (int i = -256; i <= 256; ++i) {
      const float t = static_cast<float>(i) / 256;
      const Rgb scores = diverging_color(t, dark);
      EXPECT_GE(contrast_ratio(scores, text_on(scores)), 4.5f) << "scores at " << t;
      const Rgb probability = sequential_color(t, dark);
      EXPECT_GE(contrast_ratio(probability, text_on(probability)), 4.5f) << "softmax at " << t;
    }
    for (int col = 0; col < 10; ++col) {
      const Rgb c = column_color(col);
      EXPECT_GE(contrast_ratio(c, text_on(c)), 4.5f) << "column " << col;
    }
  }
}

TEST(Colormap, TextTokensReachContrastOnWhatTheyStandOn) {
  for (const bool dark : {false, true}) {
    const Palette& p = palette(dark);
    for (const Rgb& back : {p.card, p.page, p.chip, p.code, p.danger_tint}) {
      EXPECT_GE(contrast_ratio(p.text, back), 4.5f);
    }
    for (const Rgb& back : {p.card, p.page}) EXPECT_GE(contrast_ratio(p.muted, back), 4.5f);
    EXPECT_GE(contrast_ratio(p.accent, p.accent_tint), 4.5f);
    EXPECT_GE(contrast_ratio(p.on_accent, p.accent), 4.5f);
    EXPECT_GE(contrast_ratio(p.on_masked_header, p.masked_header), 4.5f);
    EXPECT_GE(contrast_ratio(p.danger, p.card), 4.5f);
    EXPECT_GE(contrast_ratio(p.success, p.card), 4.5f);
  }
}

// Perceptual order: on a light page more mass is darker, on a dark one lighter, without a step
// back.
TEST(Colormap, SequentialLightnessIsMonotone) {
  const auto lightness = [](const Rgb& c) { return contrast_ratio(c, Rgb{}); };
  for (int i = 1; i <= 256; ++i) {
    const float a = static_cast<float>(i - 1) / 256, b = static_cast<float>(i) / 256;
    EXPECT_LT(lightness(sequential_color(b, false)), lightness(sequential_color(a, false)));
    EXPECT_GT(lightness(sequential_color(b, true)), lightness(sequential_color(a, true)));
  }
}

TEST(Colormap, EndsAreTheTokensAndOutsideIsClamped) {
  EXPECT_EQ(diverging_color(-1, false), rgb_from_hex(0x2f6fb3));
  EXPECT_EQ(diverging_color(0, false), rgb_from_hex(0xf7f7f7));
  EXPECT_EQ(diverging_color(1, false), rgb_from_hex(0xd9741a));
  EXPECT_EQ(diverging_color(-1e9f, false), diverging_color(-1, false));
  EXPECT_EQ(sequential_color(7, true), rgb_from_hex(0x46d3b4));
}

TEST(Colormap, FirstTenColumnsAreDistinct) {
  for (int a = 0; a < 10; ++a) {
    for (int b = a + 1; b < 10; ++b) {
      EXPECT_FALSE(column_color(a) == column_color(b) && column_pattern(a) == column_pattern(b));
    }
  }
}

}  // namespace
}  // namespace softmask::view
