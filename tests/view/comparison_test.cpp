#include "view/comparison.h"

#include <gtest/gtest.h>

#include <cmath>

namespace softmask::view {
namespace {

Comparison of(const State& a, const State& b) { return compare(a, derive(a), b, derive(b)); }

TEST(Comparison, TwoFillsSideBySide) {
  const State a;
  State b;
  b.fill = *parse_fill("1e-9");
  const Comparison c = of(a, b);
  EXPECT_EQ(c.changed, (std::vector<std::string>{"fill -1e9 → 1e-9"}));
  EXPECT_TRUE(c.problem.empty());
  ASSERT_EQ(c.difference.size(), 20U);
  const Derived da = derive(a), db = derive(b);
  double largest = 0;
  for (size_t i = 0; i < 20; ++i) {
    EXPECT_EQ(c.difference[i], db.probabilities[i] - da.probabilities[i]);
    largest = std::max(largest, std::fabs(static_cast<double>(c.difference[i])));
  }
  EXPECT_NEAR(c.largest, largest, 1e-7);
  EXPECT_EQ(c.differing, 20);
  const auto at = static_cast<size_t>(c.largest_row * 5 + c.largest_col);
  EXPECT_NEAR(std::fabs(c.difference[at]), largest, 1e-7);
}

// The lesson that pitfalls begin with: with no fully masked row, -1e9 and -inf are the same.
TEST(Comparison, NothingDiffersWhereNothingDoes) {
  const State a;
  State b;
  b.fill = *parse_fill("-inf");
  const Comparison c = of(a, b);
  EXPECT_EQ(c.differing, 0);
  EXPECT_EQ(c.largest_row, -1);
  EXPECT_EQ(c.limit, 1);
  EXPECT_EQ(c.changed.size(), 1U);
}

TEST(Comparison, CountsNaNOnOneSide) {
  State a;
  a.mask.kind = MaskSpec::Kind::kPadding;
  a.mask.k = 5;
  State b = a;
  b.fill = *parse_fill("-inf");
  const Comparison c = of(a, b);
  EXPECT_EQ(c.nan_in_one, 20);
  EXPECT_EQ(c.largest, 0);
  EXPECT_EQ(of(b, b).differing, 0) << "NaN beside NaN is no difference";
}

TEST(Comparison, SaysWhyThereIsNoDifference) {
  State b;
  b.cols = 6;
  EXPECT_NE(of(State{}, b).problem.find("4 × 5"), std::string::npos);
  b = {};
  b.dtype = core::Dtype::kFloat16;
  EXPECT_NE(of(State{}, b).problem.find("c10::Half"), std::string::npos);
  EXPECT_TRUE(of(State{}, b).difference.empty());
}

}  // namespace
}  // namespace softmask::view
