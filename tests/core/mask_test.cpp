#include "core/mask.h"

#include <gtest/gtest.h>

namespace softmask::core {
namespace {

// The mask as rows of digits, all rows written out.
std::string picture(const Mask& mask, int rows) {
  std::string text;
  for (int row = 0; row < rows; ++row) {
    for (int col = 0; col < mask.cols; ++col) text += mask.at(row, col) ? '1' : '0';
    text += ' ';
  }
  return text;
}

TEST(Mask, None) {
  const Mask mask = mask_none(3);
  EXPECT_TRUE(mask.is_column_mask());
  EXPECT_EQ(picture(mask, 2), "000 000 ");
}

TEST(Mask, CausalHidesWhatComesLater) {
  EXPECT_EQ(picture(mask_causal(3, 3), 3), "011 001 000 ");
  EXPECT_EQ(picture(mask_causal(2, 4), 2), "0111 0011 ");
  EXPECT_EQ(picture(mask_causal(4, 2), 4), "01 00 00 00 ");
  EXPECT_FALSE(mask_causal(2, 2).is_column_mask());
}

TEST(Mask, PaddingHidesTheLastColumns) {
  EXPECT_EQ(picture(mask_padding(4, 0), 1), "0000 ");
  EXPECT_EQ(picture(mask_padding(4, 3), 2), "0111 0111 ");
  EXPECT_EQ(picture(mask_padding(4, 4), 1), "1111 ");
  EXPECT_EQ(picture(mask_padding(4, 9), 1), "1111 ");
  EXPECT_EQ(picture(mask_padding(4, -2), 1), "0000 ");
}

TEST(Mask, WindowKeepsTheDiagonalBand) {
  EXPECT_EQ(picture(mask_window(4, 4, 0), 4), "0111 1011 1101 1110 ");
  EXPECT_EQ(picture(mask_window(4, 4, 1), 4), "0011 0001 1000 1100 ");
  EXPECT_EQ(picture(mask_window(2, 5, 2), 2), "00011 00001 ");
  EXPECT_EQ(picture(mask_window(4, 2, 1), 4), "00 00 10 11 ");
  EXPECT_EQ(picture(mask_window(3, 3, -1), 3), picture(mask_window(3, 3, 0), 3));
}

TEST(Mask, RandomIsTheArticlesDraw) {
  Generator generator(333512);
  std::vector<float> scores(20);
  generator.randn(scores);
  EXPECT_EQ(picture(mask_random(generator, 5), 1), "01101 ");
}

}  // namespace
}  // namespace softmask::core
