#include "view/softmax_walk.h"

#include <gtest/gtest.h>

#include <cmath>

#include "view/line_facts.h"
#include "view/number_text.h"

namespace softmask::view {
namespace {

std::vector<Stage> stages(const std::vector<WalkStage>& walk) {
  std::vector<Stage> out;
  for (const WalkStage& stage : walk) out.push_back(stage.stage);
  return out;
}

const WalkStage& at(const std::vector<WalkStage>& walk, Stage stage) {
  return walk[static_cast<size_t>(stage_index(walk, stage))];
}

TEST(SoftmaxWalk, TakesThePathOfPyTorch) {
  const State state;
  const Derived d = derive(state);
  const auto walk = softmax_walk(state, d, 0, true);
  EXPECT_EQ(stages(walk),
            (std::vector<Stage>{Stage::kScores, Stage::kFill, Stage::kMax, Stage::kMinusMax,
                                Stage::kExp, Stage::kSum, Stage::kDivide}));
  EXPECT_EQ(at(walk, Stage::kMax).found_at, 3);
  EXPECT_NEAR(*at(walk, Stage::kMax).found, 0.417, 0.0005);
  EXPECT_EQ(at(walk, Stage::kMinusMax).values[3], 0);
  EXPECT_EQ(at(walk, Stage::kExp).values[3], 1);
  EXPECT_EQ(at(walk, Stage::kExp).values[1], 0);
  double product = *at(walk, Stage::kSum).found * static_cast<double>(d.probabilities[0]);
  EXPECT_NEAR(product, static_cast<double>(at(walk, Stage::kExp).values[0]), 1e-6);
  EXPECT_EQ(walk.back().values[3], d.probabilities[3]);
}

// Whatever the state, dividing the exponentials by their sum gives the result.
TEST(SoftmaxWalk, EndsAtTheResult) {
  for (const auto order : {core::Order::kFill, core::Order::kZero, core::Order::kRenorm}) {
    for (const int dim : {-1, 0}) {
      State state;
      state.order = order;
      state.dim = dim;
      state.temperature = 0.5;
      const Derived d = derive(state);
      const Lines lines = lines_of(state);
      for (int line = 0; line < lines.count; ++line) {
        const auto walk = softmax_walk(state, d, line, true);
        const auto bare = softmax_walk(state, d, line, false);
        const WalkStage& exps = at(walk, Stage::kExp);
        for (int i = 0; i < lines.length; ++i) {
          const auto k = static_cast<size_t>(i);
          EXPECT_EQ(classify(walk.back().values[k]),
                    classify(d.probabilities[lines.cell(line, i)]));
          if (walk_trouble(walk).nan) continue;  // renorm of a fully masked column
          EXPECT_EQ(walk.back().values[k], d.probabilities[lines.cell(line, i)]);
          EXPECT_NEAR(exps.values[k] / *at(walk, Stage::kSum).found,
                      at(walk, Stage::kDivide).values[k], 1e-6);
          // A column filled with -1e9 alone has exponentials only after its maximum is subtracted.
          if (!walk_trouble(bare).all_zero) {
            EXPECT_NEAR(bare.back().values[k], walk.back().values[k], 1e-6);
          }
        }
      }
    }
  }
}

TEST(SoftmaxWalk, WithoutTheMaximumLargeScoresOverflow) {
  State state;
  state.rows = 1;
  state.cols = 3;
  state.scores = {1, 1, 100};
  state.mask.kind = MaskSpec::Kind::kNone;
  const Derived d = derive(state);
  const auto walk = softmax_walk(state, d, 0, false);
  EXPECT_TRUE(std::isinf(at(walk, Stage::kExp).values[2]));
  EXPECT_TRUE(std::isnan(walk.back().values[2]));
  EXPECT_EQ(walk.back().values[0], 0);
  EXPECT_TRUE(walk_trouble(walk).overflow);
  EXPECT_TRUE(walk_trouble(walk).nan);
  EXPECT_FALSE(walk_trouble(softmax_walk(state, d, 0, true)).nan);
}

TEST(SoftmaxWalk, WithoutTheMaximumSmallScoresUnderflow) {
  State state;
  state.rows = 1;
  state.cols = 2;
  state.scores = {-200, -201};
  state.mask.kind = MaskSpec::Kind::kNone;
  const Derived d = derive(state);
  EXPECT_TRUE(walk_trouble(softmax_walk(state, d, 0, false)).all_zero);
}

TEST(SoftmaxWalk, NeedsALineAndAResult) {
  State state;
  EXPECT_TRUE(softmax_walk(state, derive(state), 4, true).empty());
  EXPECT_TRUE(softmax_walk(state, derive(state), -1, true).empty());
  state.dtype = core::Dtype::kFloat16;
  EXPECT_TRUE(softmax_walk(state, derive(state), 0, true).empty());
}

TEST(SoftmaxWalk, AStageThatIsNotThereIsTheOneBefore) {
  const State state;
  const auto walk = softmax_walk(state, derive(state), 0, false);
  EXPECT_EQ(walk[static_cast<size_t>(stage_index(walk, Stage::kMinusMax))].stage, Stage::kFill);
}

}  // namespace
}  // namespace softmask::view
