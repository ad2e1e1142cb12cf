#include "view/derive_job.h"

#include <gtest/gtest.h>

#include <vector>

#include "core/generator.h"
#include "core/low_precision.h"
#include "core/masked_softmax.h"
#include "view/derive.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

State state_from(std::string_view link) {
  std::vector<FieldProblem> problems;
  State state = decode_link(link, &problems);
  EXPECT_TRUE(problems.empty()) << problems[0].message();
  return state;
}

// The whole at once, by the core alone.
struct Expected {
  std::vector<float> scores, masked, baseline, probabilities;
};

Expected computed_at_once(const State& state) {
  const size_t size = static_cast<size_t>(state.rows) * static_cast<size_t>(state.cols);
  Expected e{std::vector<float>(size), std::vector<float>(size), std::vector<float>(size),
             std::vector<float>(size)};
  core::Generator generator(state.seed, state.cpu);
  generator.randn(e.scores);
  const core::Mask mask = core::mask_random(generator, state.cols);
  core::MaskedSoftmaxOptions options;
  options.dtype = state.dtype;
  options.dim = state.dim;
  options.temperature = state.temperature;
  options.cpu = state.cpu;
  options.fill = 0;
  core::Status status = core::masked_softmax(e.scores, state.rows, state.cols, nullptr, 0, options,
                                             e.masked, e.baseline);
  EXPECT_TRUE(status.ok()) << status.message;
  options.fill = fill_value(state.fill, state.dtype);
  options.order = state.order;
  status = core::masked_softmax(e.scores, state.rows, state.cols, mask.bits.data(), 1, options,
                                e.masked, e.probabilities);
  EXPECT_TRUE(status.ok()) << status.message;
  return e;
}

TEST(DeriveJob, SlicesGiveTheBitsOfTheWhole) {
  // More than a slice of each kind; sizes that are no multiple of blocks, groups or vectors.
  for (const char* link : {"rows=301&cols=333&mask=random", "rows=2&cols=65536&mask=random",
                           "rows=67&cols=1501&mask=random&dim=0", "rows=4096&cols=43&dim=0",
                           "rows=200&cols=700&order=renorm&dim=0", "rows=9&cols=9001&order=zero",
                           "rows=301&cols=333&cpu=default&temperature=0.5&fill=-inf"}) {
    SCOPED_TRACE(link);
    const State state = state_from(link);
    const Expected expected = computed_at_once(state);
    DeriveJob job(state);
    int steps = 1;
    while (!job.step()) ++steps;
    EXPECT_GT(steps, 6) << "nothing was sliced";
    const Derived derived = job.take({});
    EXPECT_TRUE(same_bits(derived.scores, expected.scores));
    EXPECT_TRUE(same_bits(derived.baseline, expected.baseline));
    EXPECT_TRUE(same_bits(derived.masked_scores, expected.masked));
    EXPECT_TRUE(same_bits(derived.probabilities.all(), expected.probabilities));
  }
}

TEST(DeriveJob, NarrowTypesAreRoundedOnceTheyAreAllDrawn) {
  // 131 · 1009 leaves 11 values after whole blocks, so that the last 16 are drawn twice.
  const State state = state_from("rows=131&cols=1009&dtype=bfloat16");
  const State wide = state_from("rows=131&cols=1009");
  std::vector<float> rounded = computed_at_once(wide).scores;
  for (float& score : rounded) score = core::round_to(core::Dtype::kBFloat16, score);
  EXPECT_TRUE(same_bits(derive(state).scores, rounded));
}

TEST(DeriveJob, ProgressGrowsFromNothingToOne) {
  const State state = state_from("rows=301&cols=2333");
  DeriveJob job(state);
  double last = 0;
  EXPECT_EQ(job.progress(), 0);
  while (!job.step()) {
    EXPECT_GE(job.progress(), last);
    EXPECT_LE(job.progress(), 1);
    last = job.progress();
  }
  EXPECT_GT(last, 0.5);
  EXPECT_EQ(job.progress(), 1);
}

TEST(DeriveJob, LeavesWhatItBuildsUponAsItWas) {
  const State before = state_from("rows=301&cols=333&mask=none");
  const State after = state_from("rows=301&cols=333&mask=padding:100&fill=0");
  const Derived whole = derive(before);
  const Derived copy = whole;
  {
    DeriveJob dropped(after, before, &whole);
    for (int i = 0; i < 3; ++i) dropped.step();
  }
  EXPECT_TRUE(same_bits(whole.scores, copy.scores));
  EXPECT_TRUE(same_bits(whole.baseline, copy.baseline));
  EXPECT_TRUE(same_bits(whole.probabilities.all(), copy.probabilities.all()));
  EXPECT_EQ(whole.mask_bits, copy.mask_bits);
}

TEST(DeriveJob, ScoresThatStayAreNotDrawnAgain) {
  const State before = state_from("rows=301&cols=333&mask=none");
  const State after = state_from("rows=301&cols=333&mask=none&fill=0");
  Derived whole = derive(before);
  const float* scores = whole.scores.data();
  DeriveJob job(after, before, &whole);
  EXPECT_EQ(job.phase(), DeriveJob::Phase::kResult);
  while (!job.step()) {
  }
  EXPECT_EQ(job.take(std::move(whole)).scores.data(), scores);
}

TEST(DeriveJob, ErrorsAndNanAreWholeToo) {
  const Derived refused = derive(state_from("rows=301&cols=333&dtype=float16"));
  EXPECT_FALSE(refused.error.empty());
  EXPECT_TRUE(refused.probabilities.empty());
  EXPECT_EQ(refused.mask_bits.size(), 301u * 333u);
  EXPECT_GT(refused.masked_cells, 0);
  const Derived nan = derive(state_from("rows=301&cols=333&mask=padding:333&fill=-inf"));
  EXPECT_EQ(nan.nan_cells, 301 * 333);
  ASSERT_FALSE(nan.notes.empty());
  EXPECT_NE(nan.notes[0].find("300"), std::string::npos) << nan.notes[0];
}

}  // namespace
}  // namespace softmask::view
