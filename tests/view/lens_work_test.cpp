#include "view/lens_work.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "core/softmax_backward.h"
#include "view/live_models.h"

namespace softmask::view {
namespace {

using Kind = LensWish::Kind;

// The core's own, of the whole matrix in one call.
void expect_whole_gradient(const State& state, const Upstream& upstream, const Gradient& g) {
  const Derived d = derive(state);
  std::vector<float> masked(d.scores.size()), scores(d.scores.size());
  std::vector<double> dot(g.dot.size());
  const core::Status status = core::masked_softmax_backward(
      d.scores, state.rows, state.cols, d.mask.bits.data(), d.mask.rows, softmax_options(state),
      g.upstream, masked, scores, dot);
  ASSERT_TRUE(status.ok());
  EXPECT_TRUE(same_bits(g.masked_scores, masked));
  EXPECT_TRUE(same_bits(g.scores, scores));
  for (size_t i = 0; i < dot.size(); ++i) {
    ASSERT_TRUE(g.dot[i] == dot[i] || (std::isnan(g.dot[i]) && std::isnan(dot[i]))) << i;
  }
  const auto target = static_cast<size_t>(std::min(upstream.target, state.cols - 1));
  for (size_t i = 0; i < g.upstream.size(); ++i) {
    const bool at_target = i % static_cast<size_t>(state.cols) == target;
    ASSERT_EQ(g.upstream[i], at_target ? 1.0f : 0.0f) << i;
  }
}

TEST(LensWork, TheWholeGradientIsThereAtOnceOfWhatCommandsLeadTo) {
  for (const char* link : {"mask=01101", "rows=512&cols=520&mask=causal"}) {
    LiveModel live;
    ASSERT_TRUE(live.start(state_of_link(link)).ok());
    dispatch(live, SetFields{"temperature=2"});
    Upstream upstream;
    upstream.kind = Upstream::Kind::kOneHot;
    upstream.target = 3;
    const LensWish wish = {LensWish::Kind::kGradient, upstream};
    const Gradient& gradient = live.finish_for(wish).gradient(upstream);
    EXPECT_FALSE(live.is_working());
    expect_whole_gradient(live.shown().state(), upstream, gradient);
    EXPECT_TRUE(live.shown().has_gradient(upstream));
    dispatch(live, SetFields{"dtype=float16&fill=-1e9"});
    EXPECT_TRUE(live.finish_for(wish).gradient(upstream).scores.empty());
    EXPECT_NE(live.finish_for(wish).gradient(upstream).error.find("overflow"), std::string::npos);
  }
}

TEST(GradientJob, SlicesHaveTheBitsOfTheWhole) {
  Upstream upstream;
  upstream.kind = Upstream::Kind::kOneHot;
  upstream.target = 5;
  for (const char* link :
       {"rows=512&cols=520&mask=none", "rows=520&cols=517&mask=causal&fill=-inf&temperature=0.5",
        "rows=1025&cols=300&dim=0&mask=padding:3", "rows=700&cols=509&dim=0&mask=window:2",
        "rows=5&cols=65536&mask=padding:60000&order=renorm", "rows=521&cols=510&dtype=bfloat16",
        "rows=3000&cols=131&dim=0&order=zero&cpu=default", "rows=4&cols=5"}) {
    SCOPED_TRACE(link);
    const State state = state_of_link(link);
    const Derived d = derive(state);
    GradientJob job(state, d, upstream);
    double before = 0;
    int slices = 1;
    for (; !job.step(); ++slices) {
      EXPECT_GE(job.progress(), before);
      before = job.progress();
    }
    EXPECT_LE(before, 1);
    if (is_large(state)) {
      EXPECT_GT(slices, 1);
    }
    expect_whole_gradient(state, upstream, job.take());
  }
}

TEST(GradientJob, TellsWhyThereIsNone) {
  const State state = state_of_link("rows=512&cols=520&dtype=float16&fill=-1e9");
  const Derived d = derive(state);
  GradientJob job(state, d, {});
  EXPECT_TRUE(job.step());
  EXPECT_NE(job.take().error.find("without overflow"), std::string::npos);
}

TEST(LensWork, WhatIsSmallIsAtHand) {
  LiveModel live;
  live.start(state_of_link("mask=01101"));
  live.wish({Kind::kGradient, {}});
  EXPECT_FALSE(live.is_at_lens());
  dispatch(live, PinState{});
  live.wish({Kind::kComparison, {}});
  EXPECT_FALSE(live.is_at_lens());
  EXPECT_NE(live.shown().comparison(), nullptr);
}

TEST(LensWork, GradientOfALargeMatrixComesInSlices) {
  LiveModel live;
  live.start(state_of_link("rows=512&cols=520&mask=padding:9"));
  live.finish();
  EXPECT_FALSE(live.is_at_lens()) << "nobody looks at it";
  Upstream upstream;
  upstream.target = 3;
  live.wish({Kind::kGradient, upstream});
  int slices = 0;
  while (!one_lens_slice(live)) ++slices;
  EXPECT_GT(slices, 2);
  EXPECT_FALSE(live.is_at_lens());
  ASSERT_TRUE(live.shown().has_gradient(upstream));
  const Gradient whole = gradient_of(live.shown().state(), live.shown().derived(), upstream);
  EXPECT_TRUE(same_bits(live.shown().gradient(upstream).scores, whole.scores));
  EXPECT_EQ(live.shown().gradient(upstream).limit, whole.limit);
  // Of another target it is another one.
  upstream.target = 4;
  live.wish({Kind::kGradient, upstream});
  EXPECT_TRUE(live.is_at_lens());
  live.wish({});
  EXPECT_FALSE(live.is_at_lens()) << "nobody looks at it any more";
}

TEST(LensWork, BeginsAnewWhereTheNumbersChangeMeanwhile) {
  LiveModel live;
  live.start(state_of_link("rows=512&cols=520&mask=none"));
  live.finish();
  live.wish({Kind::kGradient, {}});
  one_lens_slice(live);
  one_lens_slice(live);
  dispatch(live, SetFields{"mask=padding:100"});
  EXPECT_FALSE(live.is_at_lens()) << "the numbers come first";
  live.finish();
  EXPECT_TRUE(live.is_at_lens());
  while (!one_lens_slice(live)) continue;
  const Gradient whole = gradient_of(live.shown().state(), live.shown().derived(), {});
  EXPECT_TRUE(same_bits(live.shown().gradient({}).scores, whole.scores));
  // What changes no number leaves it.
  dispatch(live, SetFields{"theme=dark"});
  EXPECT_FALSE(live.is_at_lens());
}

void expect_whole_comparison(const LiveModel& live) {
  const State &a = *live.shown().document().pinned, &b = live.shown().state();
  const Comparison whole = compare(a, derive(a), b, derive(b));
  const Comparison& c = *live.shown().comparison();
  EXPECT_TRUE(same_bits(c.difference, whole.difference));
  EXPECT_EQ(c.largest, whole.largest);
  EXPECT_EQ(c.largest_row, whole.largest_row);
  EXPECT_EQ(c.differing, whole.differing);
  EXPECT_EQ(c.changed, whole.changed);
  EXPECT_EQ(c.problem, whole.problem);
  EXPECT_TRUE(
      same_bits(live.shown().pinned_derived()->probabilities.all(), derive(a).probabilities.all()));
}

TEST(LensWork, ComparisonOfLargeMatricesComesInSlices) {
  for (const char* change : {"fill=0", "seed=7", "dim=0&mask=causal", "temperature=2"}) {
    SCOPED_TRACE(change);
    LiveModel live;
    live.start(state_of_link("rows=512&cols=520&mask=padding:9"));
    live.finish();
    dispatch(live, PinState{});
    dispatch(live, SetFields{change});
    live.finish();
    const Derived before = live.shown().derived();
    live.wish({Kind::kComparison, {}});
    ASSERT_TRUE(live.is_at_lens());
    int slices = 0;
    double progress = 0;
    for (; !one_lens_slice(live); ++slices) {
      EXPECT_GE(live.lens_progress(), progress);
      progress = live.lens_progress();
    }
    EXPECT_GT(slices, 5);
    expect_whole_comparison(live);
    EXPECT_TRUE(same_bits(live.shown().derived().scores, before.scores)) << "the present stay";
    EXPECT_TRUE(same_bits(live.shown().derived().baseline, before.baseline));
  }
}

TEST(LensWork, APinnedLargeMatrixBesideASmallOne) {
  LiveModel live;
  live.start(state_of_link("rows=512&cols=520&mask=none"));
  live.finish();
  dispatch(live, PinState{});
  dispatch(live, SetFields{"rows=4&cols=5&mask=none"});
  live.wish({Kind::kComparison, {}});
  ASSERT_TRUE(live.is_at_lens());
  while (!one_lens_slice(live)) continue;
  EXPECT_FALSE(live.is_at_lens());
  EXPECT_NE(live.shown().comparison()->problem.find("512"), std::string::npos);
  // And the other way round: what is small is there at once.
  dispatch(live, SwapPinned{});
  live.finish();
  EXPECT_FALSE(live.is_at_lens());
  EXPECT_FALSE(live.shown().comparison()->problem.empty());
}

}  // namespace
}  // namespace softmask::view
