#include "core/mass_flow.h"

#include <gtest/gtest.h>

#include <cmath>
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
  EXPECT_EQ(row.before_sum, 0.0);
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

}  // namespace
}  // namespace softmask::core
