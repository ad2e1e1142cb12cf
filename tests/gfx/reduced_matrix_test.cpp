#include "gfx/reduced_matrix.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "special_floats.h"

namespace softmask::gfx {
namespace {

using view::ValueClass;

constexpr float kMax = std::numeric_limits<float>::max();

size_t size_of(int rows, int cols) { return static_cast<size_t>(rows) * static_cast<size_t>(cols); }

TEST(ReducedMatrix, BlocksOnlyAboveTheTextureSide) {
  EXPECT_EQ(block_for(1, 1), (Block{1, 1}));
  EXPECT_EQ(block_for(2048, 2048), (Block{1, 1}));
  EXPECT_EQ(block_for(4, 2049), (Block{1, 2}));
  EXPECT_EQ(block_for(256, 65536), (Block{1, 32}));
  EXPECT_EQ(block_for(4096, 4096), (Block{2, 2}));
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
  ASSERT_EQ(out.rows, kRows / 2);
  EXPECT_EQ(out.values[size_of(77 / 2, out.cols) + 101 / 2], 0.75f);
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
