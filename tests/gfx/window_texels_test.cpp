#include "gfx/window_texels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>

#include "special_floats.h"

namespace softmask::gfx {
namespace {

using view::HeatmapDraw;
using view::Prominence;
using view::Reduction;

size_t cell_of(int row, int col, int cols) {
  return static_cast<size_t>(row) * static_cast<size_t>(cols) + static_cast<size_t>(col);
}

// A matrix of zeros with one hot cell, and its levels.
struct OneHot {
  int rows, cols;
  std::vector<float> values;
  core::Mask mask;
  view::ColumnLevels levels;

  OneHot(int row_count, int col_count, int row, int col, float hot)
      : rows(row_count), cols(col_count), mask(core::mask_none(col_count)) {
    values.assign(cell_of(rows, 0, cols), 0);
    values[cell_of(row, col, cols)] = hot;
    levels.reset(rows, cols, Prominence::kLargest);
    for (int r = 0; r < rows; ++r) {
      levels.add_row(std::span(values).subspan(cell_of(r, 0, cols), static_cast<size_t>(cols)),
                     mask.bits);
    }
  }
  WindowSource source(bool with_levels) const {
    WindowSource out;
    out.rows = rows;
    out.cols = cols;
    out.values = values;
    out.mask = &mask;
    out.levels = with_levels ? &levels : nullptr;
    return out;
  }
};

HeatmapDraw draw_of(float cell_w, float cell_h, double first_col, double first_row) {
  HeatmapDraw draw;
  draw.cells = {100, 50, 330, 448};
  draw.cell_w = cell_w;
  draw.cell_h = cell_h;
  draw.first_col = first_col;
  draw.first_row = first_row;
  return draw;
}

TEST(WindowTexels, CellsAreTexelsFromOnePixelOn) {
  const Sight all = sight_of(draw_of(330.0f / 4096, 448.0f / 4096, 0, 0), 4096, 4096);
  EXPECT_EQ(all.block, (Block{8, 8}));
  EXPECT_EQ(all.texel_rows(), 512);
  EXPECT_EQ(sight_of(draw_of(1, 1, 7.3, 0), 4096, 4096).block, (Block{1, 1}));
  EXPECT_EQ(sight_of(draw_of(0.51f, 0.5f, 7.3, 0), 4096, 4096).block, (Block{2, 1}));
  const Sight near = sight_of(draw_of(44, 28, 100.5, 4080), 4096, 4096);
  EXPECT_EQ(near.first_col, 99);
  EXPECT_EQ(near.end_col, 109);
  EXPECT_EQ(near.first_row, 4079);
  EXPECT_EQ(near.end_row, 4096);
}

// The texel that covers a cell, or -1 where the cell is not in sight.
int texel_of(const Sight& sight, int row, int col) {
  if (row < sight.first_row || row >= sight.end_row || col < sight.first_col ||
      col >= sight.end_col) {
    return -1;
  }
  return (row - sight.first_row) / sight.block.rows * sight.texel_cols() +
         (col - sight.first_col) / sight.block.cols;
}

TEST(WindowTexels, OneHotCellIsSeenAtEveryZoomAndNothingElseIs) {
  std::mt19937 random(20260727);
  for (const auto& [rows, cols] : {std::pair{4096, 4096}, std::pair{16, 65536}}) {
    for (int round = 0; round < 4; ++round) {
      // The corners first, then anywhere.
      const int row = round == 0 ? 0 : round == 1 ? rows - 1 : static_cast<int>(random() % rows);
      const int col = round == 0 ? 0 : round == 1 ? cols - 1 : static_cast<int>(random() % cols);
      const OneHot matrix(rows, cols, row, col, 0.75f);
      const double fit_w = 330.0 / cols, fit_h = 448.0 / rows;
      for (double factor = 1; factor * fit_w < 60; factor *= 1.7) {
        SCOPED_TRACE(std::to_string(rows) + "x" + std::to_string(cols) + " cell " +
                     std::to_string(row) + "," + std::to_string(col) + " zoom " +
                     std::to_string(factor));
        const auto cell_w = static_cast<float>(fit_w * factor);
        const auto cell_h = static_cast<float>(std::min(fit_h * factor, std::max(fit_h, 28.0)));
        const double first_col = std::max(0.0, col - 100.0 / static_cast<double>(cell_w));
        const double first_row = std::max(0.0, row - 200.0 / static_cast<double>(cell_h));
        const Sight sight = sight_of(draw_of(cell_w, cell_h, first_col, first_row), rows, cols);
        const int hot = texel_of(sight, row, col);
        ASSERT_GE(hot, 0);
        WindowTexels texels;
        fill_window(matrix.source(true), Reduction::kMax, sight, texels);
        int count = 0;
        for (size_t i = 0; i < texels.values.size(); ++i) count += texels.values[i] != 0;
        ASSERT_EQ(texels.values[static_cast<size_t>(hot)], 0.75f);
        ASSERT_EQ(count, 1) << "something is drawn hot that is not";
        // The fragments that cover the cell's middle reach its texel.
        const double middle = (col + 0.5 - first_col) * static_cast<double>(cell_w);
        EXPECT_GE(middle, -0.5);
        EXPECT_LE(middle, 330.5);
      }
    }
  }
}

TEST(WindowTexels, LevelsGiveWhatEveryCellGives) {
  constexpr int kRows = 37, kCols = 1003;
  std::mt19937 random(5);
  std::normal_distribution<float> normal;
  std::vector<float> values(cell_of(kRows, 0, kCols));
  for (float& value : values) value = normal(random);
  values[500] = kNan;
  values[5000] = kInf;
  values[9000] = -kInf;
  for (const bool grid : {false, true}) {
    core::Mask mask = grid ? core::mask_window(kRows, kCols, 200) : core::mask_none(kCols);
    if (!grid) {
      for (int col = 0; col < kCols; ++col) mask.bits[static_cast<size_t>(col)] = col % 64 > 30;
    }
    for (const Prominence prominence : {Prominence::kKeptMagnitude, Prominence::kLargest}) {
      view::ColumnLevels levels;
      levels.reset(kRows, kCols, prominence);
      for (int row = 0; row < kRows; ++row) {
        const size_t at = cell_of(row, 0, kCols), mask_at = grid ? at : 0;
        levels.add_row(std::span(values).subspan(at, kCols),
                       std::span(mask.bits).subspan(mask_at, kCols));
      }
      WindowSource source;
      source.rows = kRows;
      source.cols = kCols;
      source.values = values;
      source.mask = &mask;
      source.prominence = prominence;
      for (const float cell_px : {0.5f, 0.2f, 0.11f, 0.04f, 0.02f}) {
        const Sight sight = sight_of(draw_of(cell_px, cell_px * 3, 11, 3), kRows, kCols);
        WindowTexels without, with;
        source.levels = nullptr;
        fill_window(source, Reduction::kMax, sight, without);
        source.levels = &levels;
        fill_window(source, Reduction::kMax, sight, with);
        EXPECT_EQ(with.masked, without.masked) << cell_px;
        EXPECT_EQ(with.classes, without.classes) << cell_px;
        for (size_t i = 0; i < with.values.size(); ++i) {
          ASSERT_EQ(std::fabs(with.values[i]), std::fabs(without.values[i])) << cell_px;
        }
      }
    }
  }
}

TEST(WindowTexels, MeanIsTheMeanOfTheBlock) {
  const std::vector<float> values = {1, 2, 3, 40, 5, 6, 7, 80};
  core::Mask mask = core::mask_none(4);
  mask.bits[3] = 1;
  WindowSource source;
  source.rows = 2;
  source.cols = 4;
  source.values = values;
  source.mask = &mask;
  const Sight sight = {{2, 2}, 0, 0, 2, 4};
  WindowTexels texels;
  fill_window(source, Reduction::kMean, sight, texels);
  EXPECT_EQ(texels.values, (std::vector<float>{3.5f, 32.5f}));
  source.mean_of_kept = true;
  fill_window(source, Reduction::kMean, sight, texels);
  EXPECT_EQ(texels.values, (std::vector<float>{3.5f, 5}));
  EXPECT_EQ(texels.masked, (std::vector<uint8_t>{0, 0}));
  const std::vector<float> scale = {1, 0.5f};
  source.mean_of_kept = false;
  source.row_scale = scale;
  fill_window(source, Reduction::kMean, sight, texels);
  EXPECT_EQ(texels.values, (std::vector<float>{(1 + 2 + 2.5f + 3) / 4, (3 + 3.5f) / 4}));
}

TEST(WindowTexels, ColumnsAloneGiveWhatTheWholeGives) {
  OneHot matrix(64, 700, 3, 200, 1);
  matrix.mask.bits[333] = 1;
  const Sight sight = sight_of(draw_of(0.3f, 3, 0, 0), 64, 700);
  WindowTexels texels, whole;
  fill_window(matrix.source(false), Reduction::kMax, sight, texels);
  matrix.values[cell_of(7, 333, 700)] = 9;
  fill_window(matrix.source(false), Reduction::kMax, sight, whole);
  const int texel = (333 - sight.first_col) / sight.block.cols;
  EXPECT_NE(texels.values, whole.values);
  fill_window_columns(matrix.source(false), Reduction::kMax, texel, texel + 1, texels);
  EXPECT_EQ(texels.values, whole.values);
  EXPECT_EQ(texels.masked, whole.masked);
}

TEST(WindowTexels, SharesAreWholeOnlyWhereAllIsMasked) {
  const core::Mask mask = core::mask_causal(4, 4);
  EXPECT_EQ(masked_shares(mask, {{2, 2}, 0, 0, 4, 4}), (std::vector<uint8_t>{63, 255, 0, 63}));
  core::Mask columns = core::mask_none(4);
  columns.bits = {1, 1, 0, 1};
  EXPECT_EQ(masked_shares(columns, {{4, 2}, 0, 0, 4, 4}), (std::vector<uint8_t>{255, 127}));
}

TEST(WindowTexels, SharesOfColumnsAreThoseOfTheWholeMatrix) {
  constexpr int kRows = 9, kCols = 21;
  const core::Mask mask = core::mask_causal(kRows, kCols);
  std::vector<int> masked(kCols);
  for (int row = 0; row < kRows; ++row) {
    for (int col = 0; col < kCols; ++col) masked[static_cast<size_t>(col)] += mask.at(row, col);
  }
  for (const int width : {1, 4, 16}) {
    const Sight sight = {{kRows, width}, 0, 0, kRows, kCols};
    EXPECT_EQ(column_shares(masked, kRows, sight), masked_shares(mask, sight)) << width;
  }
  const Sight part = {{kRows, 4}, 0, 8, kRows, 18};
  EXPECT_EQ(column_shares(masked, kRows, part), masked_shares(mask, part));
}

TEST(WindowTexels, SharesCountEveryByteThatIsNotZero) {
  constexpr int kCols = 83;
  core::Mask mask = core::mask_none(kCols);
  for (const int width : {1, 2, 8, 16, 64, 128}) {
    for (int first = 0; first < kCols; first += width) {
      const int end = std::min(first + width, kCols);
      int masked = 0;
      for (int col = first; col < end; ++col) {
        const int bit = (col * 7919) % 11 < 6 ? 0 : 1 << (col % 8);
        mask.bits[static_cast<size_t>(col)] = static_cast<uint8_t>(bit);
        masked += bit != 0 ? 1 : 0;
      }
      const std::vector<uint8_t> shares = masked_shares(mask, {{1, width}, 0, 0, 1, kCols});
      const int whole = end - first;
      EXPECT_EQ(shares[static_cast<size_t>(first / width)],
                masked == whole ? 255 : masked * 254 / whole)
          << width << " from " << first;
    }
  }
}

}  // namespace
}  // namespace softmask::gfx
