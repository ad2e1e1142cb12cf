#include "view/history.h"

#include <gtest/gtest.h>

namespace softmask::view {
namespace {

State with_seed(uint64_t seed) {
  State state;
  state.seed = seed;
  return state;
}

TEST(History, GoesBackAndForth) {
  History history;
  State present = with_seed(0);
  EXPECT_FALSE(history.undo(present));
  EXPECT_FALSE(history.redo(present));
  for (uint64_t i = 1; i <= 3; ++i) {
    history.push(present);
    present.seed = i;
  }
  for (uint64_t i = 3; i > 0; --i) {
    EXPECT_TRUE(history.undo(present));
    EXPECT_EQ(present.seed, i - 1);
  }
  EXPECT_FALSE(history.can_undo());
  for (uint64_t i = 1; i <= 3; ++i) {
    EXPECT_TRUE(history.redo(present));
    EXPECT_EQ(present.seed, i);
  }
  EXPECT_FALSE(history.can_redo());
}

TEST(History, ForgetsTheOldestSteps) {
  History history;
  State present = with_seed(0);
  for (uint64_t i = 1; i <= 1000; ++i) {
    history.push(present);
    present.seed = i;
  }
  std::size_t steps = 0;
  while (history.undo(present)) ++steps;
  EXPECT_EQ(steps, History::kMaxSteps);
  EXPECT_EQ(present.seed, 1000 - History::kMaxSteps);
}

TEST(History, StaysWithinItsMemory) {
  History history;
  State present;
  present.rows = 4096;
  present.cols = 2048;
  present.mask = {MaskSpec::Kind::kBits, 0, std::vector<uint8_t>(std::size_t{4096} * 2048)};
  for (uint64_t i = 1; i <= 20; ++i) {
    history.push(present);
    present.seed = i;
    EXPECT_LE(history.bytes(), History::kMaxBytes);
    EXPECT_TRUE(history.can_undo());
  }
  std::size_t steps = 0;
  while (history.undo(present)) {
    ++steps;
    EXPECT_LE(history.bytes(), History::kMaxBytes);
  }
  EXPECT_EQ(steps, 7U) << "64 MB hold seven states of 8 MB and a little";
}

TEST(History, KeepsWhatIsOnlyLookedAt) {
  History history;
  State present = with_seed(1);
  history.push(present);
  present.seed = 2;
  present.row = kNoRow;
  present.lang = Language::kChinese;
  ASSERT_TRUE(history.undo(present));
  EXPECT_EQ(present.seed, 1U);
  EXPECT_EQ(present.row, kNoRow);
  EXPECT_EQ(present.lang, Language::kChinese);
}

TEST(History, WhatMakesAStep) {
  const State a;
  State b = a;
  b.row = 1;
  b.hide = kHideTitle;
  EXPECT_FALSE(is_undoable_change(a, b));
  b.lesson = "seed";
  EXPECT_TRUE(is_undoable_change(a, b));
  EXPECT_TRUE(is_undoable_change(a, with_seed(7)));
}

}  // namespace
}  // namespace softmask::view
