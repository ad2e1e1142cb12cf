#include "view/lens_tensor.h"

#include <gtest/gtest.h>

#include <span>
#include <string_view>
#include <vector>

#include "view/live_models.h"
#include "view/softmax_walk.h"

namespace softmask::view {
namespace {

using Wanted = LensTensorKind;

void begin_with(LiveModel& live, std::string_view link) {
  ASSERT_TRUE(live.start(state_of_link(link)).ok());
}
std::vector<float> values_of(std::span<const float> values) {
  return {values.begin(), values.end()};
}

TEST(LensTensor, TheGradientIsThatOfTheChosenLoss) {
  LiveModel live;
  begin_with(live, "mask=01101");
  Transient transient;
  transient.upstream.kind = Upstream::Kind::kOneHot;
  transient.upstream.target = 3;
  const LensTensor found = lens_tensor(Wanted::kGradient, live, transient);
  EXPECT_EQ(found.rows, 4);
  EXPECT_EQ(found.cols, 5);
  EXPECT_EQ(values_of(found.values), live.shown().gradient(transient.upstream).scores);
}

TEST(LensTensor, AAndTheDifferenceAreThoseOfTheLens) {
  for (const char* link : {"mask=01101", "rows=512&cols=520&mask=causal"}) {
    LiveModel live;
    begin_with(live, link);
    live.finish();
    const std::vector<float> a = values_of(live.shown().derived().probabilities.all());
    dispatch(live, PinState{});
    dispatch(live, SetFields{"fill=1e-9"});
    const LensTensor pinned = lens_tensor(Wanted::kPinned, live, {});
    EXPECT_EQ(values_of(pinned.values), a) << pinned.problem;
    EXPECT_EQ(pinned.cols, live.shown().state().cols);
    const LensTensor difference = lens_tensor(Wanted::kDifference, live, {});
    EXPECT_FALSE(live.is_working());
    const auto b = live.shown().derived().probabilities.all();
    ASSERT_EQ(difference.values.size(), b.size()) << difference.problem;
    for (size_t i = 0; i < b.size(); ++i) ASSERT_EQ(difference.values[i], b[i] - a[i]) << i;
  }
}

TEST(LensTensor, AIsThereBesideAnotherShapeAndTheDifferenceIsRefused) {
  for (const char* link : {"mask=01101", "rows=512&cols=520"}) {
    LiveModel live;
    begin_with(live, link);
    live.finish();
    const std::vector<float> a = values_of(live.shown().derived().probabilities.all());
    dispatch(live, PinState{});
    dispatch(live, SetFields{"rows=2&cols=3&mask=none"});
    const LensTensor pinned = lens_tensor(Wanted::kPinned, live, {});
    EXPECT_EQ(values_of(pinned.values), a) << pinned.problem;
    const LensTensor difference = lens_tensor(Wanted::kDifference, live, {});
    EXPECT_EQ(difference.rows, 0);
    EXPECT_NE(difference.problem.find("2 × 3"), std::string::npos) << difference.problem;
  }
}

TEST(LensTensor, NothingPinnedAndWhatPyTorchRefusesAreSaid) {
  LiveModel live;
  begin_with(live, "mask=01101");
  for (const Wanted kind : {Wanted::kPinned, Wanted::kDifference}) {
    const LensTensor none = lens_tensor(kind, live, {});
    EXPECT_EQ(none.rows, 0);
    EXPECT_NE(none.problem.find("Nothing is pinned"), std::string::npos);
  }
  dispatch(live, SetFields{"dtype=float16&fill=-1e9"});
  dispatch(live, PinState{});
  for (const Wanted kind :
       {Wanted::kGradient, Wanted::kPinned, Wanted::kDifference, Wanted::kSteps}) {
    const LensTensor none = lens_tensor(kind, live, {});
    EXPECT_TRUE(none.values.empty());
    EXPECT_NE(none.problem.find("overflow"), std::string::npos) << none.problem;
  }
  dispatch(live, SetFields{"fill=-inf"});
  const LensTensor pinned = lens_tensor(Wanted::kPinned, live, {});
  EXPECT_EQ(pinned.problem.substr(0, 1), "A") << pinned.problem;
}

TEST(LensTensor, StepsAreTheRowsOfTheWalk) {
  for (const bool subtract_max : {true, false}) {
    for (const char* link : {"mask=01101&row=2&temperature=0.5", "mask=01101&dim=0&order=renorm"}) {
      LiveModel live;
      begin_with(live, link);
      Transient transient;
      transient.subtract_max = subtract_max;
      transient.cursor_col = 1;
      const LensTensor found = lens_tensor(Wanted::kSteps, live, transient);
      const State& state = live.shown().state();
      const int line = state.dim == 0 ? 1 : 2;
      const auto walk = softmax_walk(state, live.shown().derived(), line, subtract_max);
      ASSERT_EQ(found.rows, static_cast<int>(walk.size()));
      ASSERT_EQ(found.cols, state.dim == 0 ? 4 : 5);
      const auto cols = static_cast<size_t>(found.cols);
      for (size_t i = 0; i < walk.size(); ++i) {
        EXPECT_TRUE(same_bits(values_of(found.values.subspan(i * cols, cols)), walk[i].values))
            << i;
      }
    }
  }
  LiveModel live;
  begin_with(live, "row=none");
  EXPECT_NE(lens_tensor(Wanted::kSteps, live, {}).problem.find("Select a row"), std::string::npos);
}

}  // namespace
}  // namespace softmask::view
