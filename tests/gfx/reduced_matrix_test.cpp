#include "gfx/reduced_matrix.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "special_floats.h"

namespace softmask::gfx {
namespace {

using view::ValueClass;

constexpr float kMax = std::numeric_limits<float>::max();

size_t size_of(int rows, int cols) { return static_cast<size_t>(rows) * static_cast<size_t>(cols); }

TEST(ReducedMatrix, BlocksOnlyAboveTheTextureSide) {
  EXPECT_EQ(block_for(1, 1), (Block{1, 1}));
  EXPECT_EQ(block_for(512, 2048), (Block{1, 1}));
  EXPECT_EQ(block_for(4, 2049), (Block{1, 2}));
  EXPECT_EQ(block_for(256, 65536), (Block{1, 32}));
  EXPECT_EQ(block_for(4096, 4096), (Block{8, 2}));
}

TEST(ReducedMatrix, SmallOneKeepsItsNumbersAndTheClassSaysWhatTheyAre) {
  const std::vector<float> values = {1.5f, 0, 1e-5f, kNan, kInf, -kInf};
  const ReducedMatrix out = reduce_matrix(values, 2, 3, {}, Prominence::kMagnitude);
  EXPECT_EQ(out.rows, 2);
  EXPECT_EQ(out.cols, 3);
  EXPECT_EQ(out.values, (std::vector<float>{1.5f, 0, 1e-5f, 0, kMax, -kMax}));
  EXPECT_EQ(out.classes,
            (std::vector<ValueClass>{ValueClass::kKept, ValueClass::kZero, ValueClass::kTiny,
                                     ValueClass::kNan, ValueClass::kInf, ValueClass::kInf}));
}

TEST(ReducedMatrix, KeptScoresHideTheFillUnlessAllIsMasked) {
  constexpr int kCols = 4096;
  std::vector<float> values(kCols, 0.25f);
  core::Mask mask = core::mask_none(kCols);
  values[0] = -1e9f;
  mask.bits[0] = 1;
  values[1] = -2;
  values[2] = -1e9f;
  values[3] = -1e9f;
  mask.bits[2] = mask.bits[3] = 1;
  const ReducedMatrix out = reduce_matrix(values, 1, kCols, mask, Prominence::kMagnitude);
  ASSERT_EQ(out.cols, kCols / 2);
  EXPECT_EQ(out.values[0], -2);
  EXPECT_EQ(out.values[1], -1e9f);
  EXPECT_EQ(out.values[2], 0.25f);
}

TEST(ReducedMatrix, OneHotProbabilityIsNeverHidden) {
  constexpr int kRows = 4096, kCols = 4096;
  std::vector<float> values(size_of(kRows, kCols), 0);
  core::Mask mask = core::mask_none(kCols);
  mask.bits[101] = 1;  // leaked mass counts too
  values[size_of(77, kCols) + 101] = 0.75f;
  values[size_of(4095, kCols) + 4095] = kNan;
  const ReducedMatrix out = reduce_matrix(values, kRows, kCols, mask, Prominence::kLargest);
  ASSERT_EQ(out.rows, kRows / 8);
  EXPECT_EQ(out.values[size_of(77 / 8, out.cols) + 101 / 2], 0.75f);
  EXPECT_EQ(out.classes.back(), ValueClass::kNan);
}

TEST(ReducedMatrix, FarEdgesMayHoldSmallerBlocks) {
  constexpr int kCols = 2049;
  std::vector<float> values(kCols, 1);
  values.back() = 3;
  const ReducedMatrix out = reduce_matrix(values, 1, kCols, {}, Prominence::kMagnitude);
  EXPECT_EQ(out.cols, 1025);
  EXPECT_EQ(out.values.back(), 3);
}

// By the definition, one cell after the other.
float most_prominent_of(const std::vector<float>& values, int cols, const core::Mask& mask,
                        Prominence prominence, int from_row, int from_col, const Block& block) {
  const int rows = static_cast<int>(values.size()) / cols;
  const bool kept_first = prominence == Prominence::kMagnitude;
  float best = 0;
  bool found = false, best_kept = false;
  for (int row = from_row; row < std::min(from_row + block.rows, rows); ++row) {
    for (int col = from_col; col < std::min(from_col + block.cols, cols); ++col) {
      const float value = values[size_of(row, cols) + static_cast<size_t>(col)];
      const bool kept = !kept_first || mask.bits.empty() || !mask.at(row, col);
      const float size = kept_first ? std::fabs(value) : value;
      const float best_size = kept_first ? std::fabs(best) : best;
      const bool more = std::isnan(value) ? !std::isnan(best) : size > best_size;
      if (found && (kept < best_kept || (kept == best_kept && !more))) continue;
      best = value;
      best_kept = kept;
      found = true;
    }
  }
  return best;
}

TEST(ReducedMatrix, IsByDefinitionWhateverTheNumbers) {
  const float kinds[] = {0.0f, -0.0f, 1e-40f, 0.5f, 1.0f, 3.0f, kInf, kNan, -0.5f, -3.0f, -kInf};
  uint32_t dice = 1;
  const auto below = [&dice](uint32_t count) {
    dice = dice * 1664525u + 1013904223u;
    return (dice >> 16) % count;
  };
  for (const auto& [rows, cols] : {std::pair{3, 4100}, {4097, 5}, {6, 2049}, {4, 7}}) {
    for (const Prominence prominence : {Prominence::kMagnitude, Prominence::kLargest}) {
      // No probability is below 0.
      const uint32_t count = prominence == Prominence::kLargest ? 8 : 11;
      std::vector<float> values(size_of(rows, cols));
      for (float& value : values) value = kinds[below(count)];
      core::Mask own = core::mask_causal(rows, cols);
      for (uint8_t& bit : own.bits) bit = below(4) != 0 ? 1 : 0;
      core::Mask columns = core::mask_none(cols);
      for (uint8_t& bit : columns.bits) bit = below(2) != 0 ? 1 : 0;
      for (const core::Mask& mask : {own, columns, core::Mask{}}) {
        const ReducedMatrix out = reduce_matrix(values, rows, cols, mask, prominence);
        size_t i = 0;
        for (int row = 0; row < rows; row += out.block.rows) {
          for (int col = 0; col < cols; col += out.block.cols, ++i) {
            const float value =
                most_prominent_of(values, cols, mask, prominence, row, col, out.block);
            ASSERT_EQ(out.classes[i], view::classify(value)) << row << ", " << col;
            ASSERT_EQ(out.values[i], shader_number(value, view::classify(value)));
          }
        }
        EXPECT_EQ(i, out.values.size());
      }
    }
  }
}

TEST(ReducedMask, MaskedWhereAllOfTheBlockIs) {
  core::Mask mask = core::mask_none(5);
  mask.bits = {1, 1, 1, 0, 1};
  const ReducedMask out = reduce_mask(mask, {3, 2});
  EXPECT_EQ(out.rows, 1);
  EXPECT_EQ(out.cols, 3);
  EXPECT_EQ(out.bits, (std::vector<uint8_t>{1, 0, 1}));
  EXPECT_EQ(reduce_mask(mask, {}).bits, mask.bits);
}

TEST(ReducedMask, ColumnsAreKeptPartlyOrWhollyMasked) {
  const core::Mask mask = core::mask_causal(3, 4);
  EXPECT_EQ(column_states(mask, {}), (std::vector<uint8_t>{0, 1, 1, 2}));
  EXPECT_EQ(column_states(mask, {1, 2}), (std::vector<uint8_t>{1, 1}));
}

}  // namespace
}  // namespace softmask::gfx
