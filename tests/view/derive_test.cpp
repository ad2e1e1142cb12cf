#include "view/derive.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/generator.h"
#include "core/masked_softmax.h"
#include "view/number_text.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

State state_of(std::string_view link) {
  std::vector<FieldProblem> problems;
  State state = decode_link(link, &problems);
  EXPECT_TRUE(problems.empty()) << problems[0].message();
  return state;
}

std::string row_text(const std::vector<float>& values, std::size_t row, std::size_t cols) {
  std::string out;
  for (std::size_t col = 0; col < cols; ++col) {
    out += (col == 0 ? "" : " ") + cell_text(values[row * cols + col]);
  }
  return out;
}

void expect_same(const Derived& a, const Derived& b) {
  EXPECT_EQ(a.rows, b.rows);
  EXPECT_EQ(a.cols, b.cols);
  EXPECT_TRUE(same_bits(a.scores, b.scores));
  EXPECT_EQ(a.mask.rows, b.mask.rows);
  EXPECT_EQ(a.mask.bits, b.mask.bits);
  EXPECT_EQ(a.mask_bits, b.mask_bits);
  EXPECT_TRUE(same_bits(a.masked_scores, b.masked_scores));
  EXPECT_TRUE(same_bits(a.baseline, b.baseline));
  EXPECT_TRUE(same_bits(a.probabilities.all(), b.probabilities.all()));
  EXPECT_TRUE(same_bits(a.moved, b.moved));
  EXPECT_EQ(a.mass.size(), b.mass.size());
  EXPECT_EQ(a.error, b.error);
  EXPECT_EQ(a.notes, b.notes);
  EXPECT_EQ(a.scores_limit, b.scores_limit);
}

TEST(Derive, TheArticlesNumbers) {
  const Derived derived = derive({});
  EXPECT_EQ(row_text(derived.scores, 0, 5), "-0.786 1.136 1.624 0.417 1.366");
  EXPECT_EQ(row_text(derived.scores, 3, 5), "2.252 -0.042 -1.098 1.135 -0.075");
  EXPECT_EQ(derived.mask.bits, (std::vector<uint8_t>{0, 1, 1, 0, 1}));
  EXPECT_TRUE(derived.mask.is_column_mask());
  EXPECT_EQ(row_text(derived.masked_scores, 0, 5), "-0.786 -1e9 -1e9 0.417 -1e9");
  EXPECT_EQ(row_text(derived.probabilities.all(), 0, 5), "0.231 0 0 0.769 0");
  EXPECT_EQ(row_text(derived.probabilities.all(), 1, 5), "0.492 0 0 0.508 0");
  EXPECT_EQ(row_text(derived.probabilities.all(), 2, 5), "0.347 0 0 0.653 0");
  EXPECT_EQ(row_text(derived.probabilities.all(), 3, 5), "0.754 0 0 0.246 0");
  EXPECT_EQ(row_text(derived.moved, 0, 4), "0.860 0.713 0.855 0.150");
  EXPECT_EQ(cell_text(derived.scores_limit), "2.252");
  EXPECT_TRUE(derived.notes.empty()) << derived.notes[0];
  EXPECT_EQ(derived.mask_bits.size(), 20U);
  EXPECT_EQ(derived.mask_bits[16], 1);
}

TEST(Derive, OwnScoresTakeTheFirstDrawsOfTheMask) {
  State state = state_of("rows=1&cols=4&mask=random");
  state.scores = {1, 2, 3, 4};
  core::Generator generator(state.seed);
  EXPECT_EQ(derive(state).mask.bits, core::mask_random(generator, 4).bits);
  EXPECT_EQ(derive(state).scores, state.scores);
}

TEST(Derive, LowPrecisionScoresAreRounded) {
  const Derived derived = derive(state_of("dtype=float16&fill=-inf"));
  EXPECT_EQ(derived.scores[0], -0.78662109375F);
  EXPECT_EQ(derived.masked_scores[0], derived.scores[0]);
}

TEST(Derive, PyTorchsErrorLeavesTheRestStanding) {
  const Derived derived = derive(state_of("dtype=float16"));
  EXPECT_EQ(derived.error, "value cannot be converted to type c10::Half without overflow");
  ASSERT_FALSE(derived.notes.empty());
  EXPECT_EQ(derived.notes[0], derived.error);
  EXPECT_TRUE(derived.masked_scores.empty());
  EXPECT_TRUE(derived.probabilities.empty());
  EXPECT_TRUE(derived.moved.empty());
  EXPECT_TRUE(derived.mass.empty());
  EXPECT_EQ(derived.baseline.size(), 20U);
  EXPECT_EQ(derived.mask_bits.size(), 20U);
  EXPECT_NE(derive(state_of("fill=1e39")).error, "");
  EXPECT_EQ(derive(state_of("fill=1e38")).error, "");
}

TEST(Derive, TheBaselineIsSoftmaxWithoutMask) {
  const State state = state_of("rows=3&cols=9&mask=causal&dim=0&temperature=2&order=zero");
  State unmasked = state;
  unmasked.mask = {MaskSpec::Kind::kNone, 0, {}};
  unmasked.order = core::Order::kFill;
  EXPECT_TRUE(same_bits(derive(state).baseline, derive(unmasked).probabilities.all()));
}

TEST(Derive, LimitOfTheScores) {
  State state = state_of("rows=1&cols=3&mask=010");
  state.scores = {1, 100, -3};
  EXPECT_EQ(derive(state).scores_limit, 3);
  // Nothing kept has a size: all that is finite counts, masked or not.
  state.scores = {INFINITY, 100, 0};
  EXPECT_EQ(derive(state).scores_limit, 100);
  state.mask.bits = {1, 1, 1};
  EXPECT_EQ(derive(state).scores_limit, 100);
  state.scores = {INFINITY, NAN, 0};
  EXPECT_EQ(derive(state).scores_limit, 1);
}

TEST(Derive, LimitOfTheProbabilities) {
  State state = state_of("rows=1&cols=4&mask=none");
  state.scores = {0, 0, 0, 0};
  EXPECT_EQ(derive(state).probability_limit, 1);  // 0.25 each
  state.mask.kind = MaskSpec::Kind::kBits;
  state.mask.bits = {0, 1, 1, 1};
  EXPECT_EQ(derive(state).probability_limit, 1);
  // Uniform over 10 is half as dark as over 5; over 20 the colours begin anew.
  EXPECT_EQ(derive(state_of("rows=1&cols=10&fill=0&temperature=1e20")).probability_limit, 1);
  EXPECT_FLOAT_EQ(derive(state_of("rows=1&cols=20&fill=0&temperature=1e20")).probability_limit,
                  0.05f);
  const State wide = state_of("rows=1&cols=640&mask=none");
  const Derived derived = derive(wide);
  const float largest =
      *std::max_element(derived.probabilities.all().begin(), derived.probabilities.all().end());
  EXPECT_GE(derived.probability_limit, largest);
  EXPECT_LE(derived.probability_limit, largest * 2.5f);
  EXPECT_EQ(derive(state_of("fill=-inf&mask=11111")).probability_limit, 1);  // all NaN
}

TEST(Derive, MassInLowPrecisionAndDownColumnsIsNotLost) {
  for (const char* link : {"dtype=bfloat16", "dtype=float16&fill=-inf", "dim=0&order=zero"}) {
    for (const core::RowMass& mass : derive(state_of(link)).mass) EXPECT_EQ(mass.lost, 0) << link;
  }
  EXPECT_NEAR(derive(state_of("order=zero")).mass[0].lost, 0.85985, 1e-5);
}

TEST(Derive, NaNRowsHaveNaNMass) {
  const Derived derived = derive(state_of("fill=-inf&mask=11111"));
  EXPECT_TRUE(std::isnan(derived.moved[0]));
  EXPECT_TRUE(derived.mass[0].nan);
}

TEST(Derive, FromThePreviousGivesTheSame) {
  const char* const links[] = {"",
                               "mask=01101",
                               "mask=10010&fill=0",
                               "fill=-inf&mask=11111",
                               "dtype=float16",
                               "dtype=float16&fill=-1e4",
                               "mask=causal",
                               "mask=random&order=renorm",
                               "temperature=0.5",
                               "dim=0&mask=padding:2",
                               "seed=7",
                               "rows=2&cols=20",
                               "cpu=default&rows=2&cols=20&mask=window:1"};
  for (const char* from : links) {
    for (const char* to : links) {
      SCOPED_TRACE(std::string(from) + " -> " + to);
      const State before = state_of(from);
      const State after = state_of(to);
      expect_same(derive_from(after, before, derive(before)), derive(after));
    }
  }
}

}  // namespace
}  // namespace softmask::view
