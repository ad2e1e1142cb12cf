#include "view/memory_room.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "view/derive.h"
#include "view/live_models.h"

namespace softmask::view {
namespace {

size_t total_of(const std::vector<size_t>& blocks) {
  return std::accumulate(blocks.begin(), blocks.end(), size_t{0});
}

template <class T>
size_t taken_by(const std::vector<T>& values) {
  return values.capacity() * sizeof(T);
}

size_t taken_by(const ColumnLevels& levels) {
  size_t all = 0;
  for (const ColumnLevels::Level& level : levels.levels())
    all += taken_by(level.values) + taken_by(level.masked);
  return all;
}

size_t taken_by(const Derived& d) {
  size_t all = taken_by(d.scores) + taken_by(d.mask.bits) + taken_by(d.mask_bits) +
               taken_by(d.masked_scores) + taken_by(d.baseline) + taken_by(d.probabilities.all()) +
               taken_by(d.moved) + taken_by(d.mass) + taken_by(d.facts) + taken_by(d.nan_reasons);
  if (d.levels) {
    all += taken_by(d.levels->scores) + taken_by(d.levels->probabilities) +
           taken_by(d.levels->column_totals) + taken_by(d.levels->column_largest) +
           taken_by(d.levels->column_masked);
  }
  return all;
}

TEST(MemoryRoom, WhatIsAskedForIsWhatTheNumbersTake) {
  for (const char* link :
       {"rows=512&cols=520&mask=none", "rows=512&cols=520&mask=causal&fill=-inf",
        "rows=3&cols=65536&mask=padding:9", "rows=4096&cols=70&dim=0&fill=-inf&mask=window:3",
        "rows=520&cols=510&dtype=float16", "rows=80&cols=90"}) {
    const State state = state_of_link(link);
    const size_t taken = taken_by(derive(state));
    const size_t asked = total_of(memory_of_numbers(state, false, false));
    EXPECT_GE(asked, taken) << link;
    EXPECT_LE(asked, taken + taken / 2 + (8u << 20)) << link;
    EXPECT_EQ(asked - total_of(memory_of_numbers(state, true, false)),
              sizeof(float) * static_cast<size_t>(state.rows) * static_cast<size_t>(state.cols));
  }
}

TEST(MemoryRoom, SmallBlocksAreThere) {
  const std::vector<size_t> blocks(100, 1000);
  EXPECT_TRUE(has_room(blocks));
  EXPECT_TRUE(check_room(state_of_link(""), blocks).ok());
  EXPECT_TRUE(has_room({}));
}

#ifdef __EMSCRIPTEN__

// Takes all memory but so many blocks of 64 MB, or of another size, until it goes.
class LittleMemory {
 public:
  explicit LittleMemory(int left, size_t size = size_t{64} << 20) {
    while (void* block = std::malloc(size)) blocks_.push_back(block);
    for (; left > 0 && !blocks_.empty(); --left) {
      std::free(blocks_.back());
      blocks_.pop_back();
    }
  }
  ~LittleMemory() {
    for (void* block : blocks_) std::free(block);
  }
  LittleMemory(const LittleMemory&) = delete;
  LittleMemory& operator=(const LittleMemory&) = delete;

 private:
  std::vector<void*> blocks_;
};

TEST(MemoryRoom, WithoutMemoryALargeMatrixIsRefusedAndNothingChanges) {
  LiveModel live;
  EXPECT_TRUE(live.start(state_of_link("mask=01101")).ok());
  const std::vector<float> before = live.shown().derived().probabilities.all();
  const LittleMemory little(2);
  const core::Status status = live.dispatch(SetFields{"rows=4096&cols=4096"});
  EXPECT_EQ(status.kind, core::ErrorKind::kRange);
  EXPECT_NE(status.message.find("no memory for 4096 × 4096 cells"), std::string::npos);
  EXPECT_FALSE(live.is_working());
  EXPECT_EQ(field_text(live.newest().state(), "mask"), "01101");
  EXPECT_FALSE(live.shown().can_undo());
  EXPECT_TRUE(same_bits(live.shown().derived().probabilities.all(), before));
}

TEST(MemoryRoom, WorkUnderWayGoesOnWhereALargerOneIsRefused) {
  LiveModel live;
  live.start(state_of_link("mask=01101"));
  const LittleMemory little(2);
  ASSERT_TRUE(live.dispatch(SetFields{"rows=512&cols=520&mask=none"}).ok());
  live.work([] { return true; });
  EXPECT_FALSE(live.dispatch(SetFields{"rows=4096&cols=4096"}).ok());
  EXPECT_TRUE(live.is_working());
  EXPECT_EQ(live.newest().state().rows, 512);
  live.finish();
  EXPECT_EQ(live.shown().state().rows, 512);
  const Derived fresh = derive(live.shown().state());
  EXPECT_TRUE(same_bits(live.shown().derived().probabilities.all(), fresh.probabilities.all()));
}

TEST(MemoryRoom, LensesWithoutMemorySaySoAndTheScreenStays) {
  LiveModel live;
  ASSERT_TRUE(live.start(state_of_link("rows=4096&cols=2048&mask=none")).ok());
  live.finish();
  ASSERT_TRUE(live.dispatch(PinState{}).ok());
  ASSERT_TRUE(live.dispatch(SetFields{"seed=7"}).ok());
  live.finish();
  // Nor what earlier numbers of 32 MB have left between others.
  const LittleMemory little(0, size_t{4} << 20);
  live.wish({LensWish::Kind::kGradient, {}});
  EXPECT_TRUE(live.work_on_lens([] { return false; }));
  EXPECT_NE(live.shown().gradient({}).error.find("no memory for 4096 × 2048"), std::string::npos);
  live.wish({LensWish::Kind::kComparison, {}});
  EXPECT_TRUE(live.work_on_lens([] { return false; }));
  EXPECT_NE(live.shown().comparison()->problem.find("no memory for 4096 × 2048"),
            std::string::npos);
  EXPECT_FALSE(live.shown().has_pinned_numbers());
  EXPECT_FALSE(live.is_at_lens()) << "it is not tried again and again";
  EXPECT_EQ(live.shown().derived().probabilities.size(), size_t{4096} * 2048);
}

TEST(MemoryRoom, AnAddressWithoutMemoryLeavesTheDefaults) {
  const LittleMemory little(2);
  LiveModel live;
  EXPECT_FALSE(live.start(state_of_link("rows=4096&cols=4096&theme=dark&seed=3")).ok());
  EXPECT_FALSE(live.is_working());
  EXPECT_EQ(live.shown().state().rows, 4);
  EXPECT_EQ(live.shown().state().seed, State{}.seed);
  EXPECT_EQ(live.shown().state().theme, Theme::kDark);
}

#endif

}  // namespace
}  // namespace softmask::view
