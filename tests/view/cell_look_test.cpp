#include "view/cell_look.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "special_floats.h"
#include "view/colormap.h"

namespace softmask::view {
namespace {

HeatmapDraw drawn(Panel panel, float cell_px = 40) {
  HeatmapDraw draw;
  draw.panel = panel;
  draw.cell_w = draw.cell_h = cell_px;
  draw.cells = {10, 20, 2 * cell_px, 2 * cell_px};
  draw.scores_limit = 2;
  return draw;
}

std::vector<uint32_t> words_of(const HeatmapDraw& draw, std::span<const float> values,
                               const core::Mask* mask, int rows, int cols) {
  Drawing drawing;
  add_cells(drawing, draw, values, mask, rows, cols);
  return drawing.words();
}

TEST(CellLook, EveryClassLooksAsInTheShader) {
  const Palette& colors = palette(false);
  const HeatmapDraw scores = drawn(Panel::kScores), masked = drawn(Panel::kMasked);
  const HeatmapDraw result = drawn(Panel::kProbabilities);
  EXPECT_EQ(cell_look(scores, 1, false).back, diverging_color(0.5f, false));
  EXPECT_EQ(cell_look(result, 0.25f, false).back, sequential_color(0.25f, false));
  EXPECT_EQ(cell_look(result, 0, false).back, colors.card);
  EXPECT_EQ(cell_look(result, 0, true).back, colors.chip);
  EXPECT_EQ(cell_look(result, 0.25f, true).back, sequential_color(0.25f, false));
  EXPECT_EQ(cell_look(result, kNan, true).back, colors.danger_tint);
  EXPECT_EQ(cell_look(masked, -1e9f, true).back, colors.chip);
  EXPECT_EQ(cell_look(masked, -1, true).back, diverging_color(-0.5f, false));
  EXPECT_EQ(cell_look(scores, -1e9f, true).back, diverging_color(-1, false));
  EXPECT_EQ(cell_look(drawn(Panel::kMask), 0, true).back, colors.masked_header);
  EXPECT_TRUE(cell_look(masked, -kInf, true).blank);
  EXPECT_FALSE(cell_look(masked, -kInf, false).blank);
}

TEST(CellLook, AWordHoldsColorClassAndMask) {
  const CellLook look = {{1, 0, 0}, ValueClass::kInf, true, true};
  EXPECT_EQ(look.word(), 0x1C0000FFu);
}

TEST(CellLook, CellsAreAWordEach) {
  const std::vector<float> values = {1, -1, 0.5f, 0};
  const core::Mask mask = {1, 2, {0, 1}};
  const auto words = words_of(drawn(Panel::kScores), values, &mask, 2, 2);
  ASSERT_EQ(words[0], static_cast<uint32_t>(Drawing::Op::kCells));
  ASSERT_EQ(words.size(), 2 + 20 + 4u);
  EXPECT_EQ(words[1], words.size() - 2);
  EXPECT_EQ(words[22], cell_look(drawn(Panel::kScores), 1, false).word());
  EXPECT_EQ(words[23], cell_look(drawn(Panel::kScores), -1, true).word());
  EXPECT_EQ(words[25], cell_look(drawn(Panel::kScores), 0, true).word());
}

TEST(CellLook, OfALargeMatrixOnlyWhatIsInSight) {
  HeatmapDraw draw = drawn(Panel::kScores);
  draw.first_col = 90.5;
  draw.first_row = 3;
  const std::vector<float> values(static_cast<size_t>(100 * 100), 1.0f);
  const auto words = words_of(draw, values, nullptr, 100, 100);
  EXPECT_EQ(words.size(), 2 + 20 + 2 * 3u);  // columns 90, 91 and 92
}

TEST(CellLook, TooSmallOrTooManyCellsAreAPicture) {
  const std::vector<float> values(static_cast<size_t>(100 * 100), 1.0f);
  const auto picture = static_cast<uint32_t>(Drawing::Op::kPicture);
  EXPECT_EQ(words_of(drawn(Panel::kScores, 4), values, nullptr, 100, 100)[0], picture);
  HeatmapDraw many = drawn(Panel::kScores, 6);
  many.cells = {0, 0, 600, 600};
  EXPECT_EQ(words_of(many, values, nullptr, 100, 100)[0], picture);
  many.cells = {0, 0, 384, 384};
  EXPECT_NE(words_of(many, values, nullptr, 100, 100)[0], picture);
  many.scale = 2;  // 3 CSS pixels
  EXPECT_EQ(words_of(many, values, nullptr, 100, 100)[0], picture);
}

TEST(CellLook, WithoutNumbersEveryCellIsEmpty) {
  const core::Mask mask = {1, 2, {0, 1}};
  const auto words = words_of(drawn(Panel::kMasked), {}, &mask, 2, 2);
  ASSERT_EQ(words.size(), 2 + 20 + 4u);
  for (size_t i = 22; i < words.size(); ++i) EXPECT_EQ(words[i], words[22]);
}

TEST(CellLook, AHeadersStripShowsTheShare) {
  HeatmapDraw strip = drawn(Panel::kScores);
  strip.header_strip = true;
  strip.cells.h = strip.cell_h;
  const core::Mask mask = {2, 2, {1, 0, 1, 1}};
  const auto words = words_of(strip, {}, &mask, 2, 2);
  ASSERT_EQ(words.size(), 2 + 20 + 2u);
  EXPECT_EQ(words[22], packed_color(palette(false).masked_header) & 0xFFFFFFu);
  EXPECT_NE(words[23], words[22]);
}

}  // namespace
}  // namespace softmask::view
