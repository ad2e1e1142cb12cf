#include "core/mass_flow.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "core/generator.h"
#include "core/golden.h"
#include "core/mask.h"

namespace softmask::core {
namespace {

RowMass mass(const std::vector<float>& p, const std::vector<float>& q,
             const std::vector<uint8_t>& mask) {
  return row_mass(p, q, mask);
}

TEST(RowMass, TellsWhatLeftTheMaskedCells) {
  const RowMass row = mass({0.5f, 0.25f, 0.25f}, {0.75f, 0.0f, 0.25f}, {0, 1, 0});
  EXPECT_EQ(row.moved, 0.25);
  EXPECT_EQ(row.leaked, 0.0);
  EXPECT_EQ(row.lost, 0.0);
  EXPECT_EQ(row.before_sum, 1.0);
  EXPECT_EQ(row.after_sum, 1.0);
  EXPECT_FALSE(row.nan);
}

TEST(RowMass, TellsWhatTheMaskedCellsKept) {
  const RowMass row = mass({0.5f, 0.5f}, {0.75f, 0.25f}, {0, 1});
  EXPECT_EQ(row.moved, 0.25);
  EXPECT_EQ(row.leaked, 0.25);
}

TEST(RowMass, AMaskedCellThatGainsLeaksButMovesNothing) {
  const RowMass row = mass({0.75f, 0.25f}, {0.5f, 0.5f}, {0, 1});
  EXPECT_EQ(row.moved, 0.0);
  EXPECT_EQ(row.leaked, 0.5);
}

TEST(RowMass, TellsWhatWasLost) {
  const RowMass row = mass({0.5f, 0.5f}, {0.5f, 0.0f}, {0, 1});
  EXPECT_EQ(row.moved, 0.5);
  EXPECT_EQ(row.lost, 0.5);
  EXPECT_EQ(row.after_sum, 0.5);
}

TEST(RowMass, RoundingIsNoLoss) {
  EXPECT_EQ(mass({0.5f, 0.5f}, {0.5f, std::nextafterf(0.5f, 0.0f)}, {0, 0}).lost, 0.0);
}

TEST(RowMass, NaNIsSaidAndNotCounted) {
  const RowMass row = mass({0.5f, 0.5f}, {std::nanf(""), 0.0f}, {0, 1});
  EXPECT_TRUE(row.nan);
  EXPECT_EQ(row.moved, 0.0);
  EXPECT_EQ(row.before_sum, 1.0);
  EXPECT_EQ(mass({std::nanf(""), 0.5f}, {0.5f, 0.5f}, {0, 1}).before_sum, 0.0);
}

TEST(RowMass, AnEmptyRowIsNothing) {
  const RowMass row = mass({}, {}, {});
  EXPECT_EQ(row.before_sum, 0.0);
  EXPECT_FALSE(row.nan);
}

// The article's first row: 0.860 of the mass left columns 1, 2 and 4.
TEST(RowMass, OfTheArticle) {
  Generator generator(333512);
  std::vector<float> scores(20);
  generator.randn(scores);
  const Mask mask = mask_random(generator, 5);
  const Softmaxed before = softmaxed(scores, 4, 5, {}, {});
  const Softmaxed after = softmaxed(scores, 4, 5, mask.bits, {});
  const RowMass row = row_mass(std::span(before.probabilities).first(5),
                               std::span(after.probabilities).first(5), mask.bits);
  EXPECT_NEAR(row.moved, 0.860, 0.0005);
  EXPECT_EQ(row.leaked, 0.0);
  EXPECT_EQ(row.lost, 0.0);
}

TEST(RowFlow, SharesWhatWasGivenInProportion) {
  const std::vector<float> before = {0.5f, 0.25f, 0.125f, 0.125f};
  const std::vector<float> after = {0.0f, 0.5f, 0.25f, 0.25f};
  const RowFlow flow = row_flow(before, after);
  ASSERT_EQ(flow.given.size(), 1u);
  ASSERT_EQ(flow.taken.size(), 3u);
  EXPECT_EQ(flow.given[0].col, 0);
  EXPECT_EQ(flow.amount(0, 0), 0.25);
  EXPECT_EQ(flow.amount(0, 2), 0.125);
  EXPECT_EQ(flow.lost_share, 0.0);
}

TEST(RowFlow, WhatNobodyTakesIsLost) {
  const RowFlow flow = row_flow(std::vector<float>{0.5f, 0.5f}, std::vector<float>{0.5f, 0.0f});
  EXPECT_TRUE(flow.taken.empty());
  EXPECT_EQ(flow.lost_share, 1.0);
  EXPECT_EQ(flow.lost(0), 0.5);
}

// Half of what was given is there again: the picture of a change from order zero to order fill.
TEST(RowFlow, MassCanBeLostInPart) {
  const std::vector<float> before = {0.5f, 0.25f, 0.25f};
  const std::vector<float> after = {0.5f, 0.375f, 0.0f};
  const RowFlow flow = row_flow(before, after);
  EXPECT_EQ(flow.lost_share, 0.5);
  EXPECT_EQ(flow.amount(0, 0), 0.125);
  EXPECT_EQ(flow.lost(0), 0.125);
}

TEST(RowFlow, RoundingOfAHalfTypeIsNoLoss) {
  const std::vector<float> before = {0.5f, 0.5f}, after = {0.0f, 0.998f};
  EXPECT_GT(row_flow(before, after).lost_share, 0.0);
  EXPECT_EQ(row_flow(before, after, 0.02).lost_share, 0.0);
}

TEST(RowFlow, NothingFlowsInANaNRow) {
  const RowFlow flow = row_flow(std::vector<float>{0.5f, 0.5f}, std::vector<float>{NAN, NAN});
  EXPECT_TRUE(flow.nan);
  EXPECT_TRUE(flow.given.empty());
}

// The flows leaving a column and entering it are exactly what its probability changed by, whatever
// the scores, the mask, the fill and the order.
TEST(RowFlow, ConservesMassInRandomStates) {
  constexpr double kFills[] = {-1e9, -INFINITY, 1e-9, 0, -5, -1e4, 3};
  constexpr Order kOrders[] = {Order::kFill, Order::kRenorm, Order::kZero};
  Generator generator(20261124);
  int rows_seen = 0;
  for (int round = 0; round < 600; ++round) {
    int64_t draw[3];
    ASSERT_TRUE(generator.randint(0, 1 << 20, draw).ok());
    const int cols = 1 + static_cast<int>(draw[0] % 67), rows = 3;
    MaskedSoftmaxOptions options;
    options.fill = kFills[draw[1] % 7];
    options.order = kOrders[draw[2] % 3];
    std::vector<float> scores(static_cast<size_t>(rows * cols));
    generator.randn(scores);
    for (float& score : scores) score *= static_cast<float>(1 + round % 5);
    const Mask mask = mask_random(generator, cols);
    const Softmaxed p = softmaxed(scores, rows, cols, {}, options);
    const Softmaxed q = softmaxed(scores, rows, cols, mask.bits, options);
    for (int row = 0; row < rows; ++row) {
      const auto line = [&](const Softmaxed& s) {
        return std::span(s.probabilities)
            .subspan(static_cast<size_t>(row * cols), static_cast<size_t>(cols));
      };
      const RowFlow flow = row_flow(line(p), line(q));
      if (flow.nan) continue;
      ++rows_seen;
      std::vector<double> change(static_cast<size_t>(cols)), out(change), in(change);
      double lost = 0, total_out = 0, total_in = 0;
      for (size_t j = 0; j < flow.given.size(); ++j) {
        for (size_t k = 0; k < flow.taken.size(); ++k) {
          out[static_cast<size_t>(flow.given[j].col)] += flow.amount(j, k);
          in[static_cast<size_t>(flow.taken[k].col)] += flow.amount(j, k);
          total_out += flow.amount(j, k);
        }
        out[static_cast<size_t>(flow.given[j].col)] += flow.lost(j);
        lost += flow.lost(j);
      }
      for (double v : in) total_in += v;
      SCOPED_TRACE("round " + std::to_string(round) + " row " + std::to_string(row));
      for (size_t col = 0; col < change.size(); ++col) {
        const double expected = double{line(p)[col]} - double{line(q)[col]};
        ASSERT_NEAR(out[col] - in[col], expected, 1e-6) << "column " << col;
      }
      ASSERT_NEAR(total_out, total_in, 1e-6);
      if (options.order == Order::kZero) {
        ASSERT_NEAR(total_out, 0, 1e-12);
        ASSERT_NEAR(lost, row_mass(line(p), line(q), mask.bits).lost, 1e-6);
      } else {
        ASSERT_EQ(lost, 0);
      }
    }
  }
  EXPECT_GT(rows_seen, 1500);
}

}  // namespace
}  // namespace softmask::core
