#include "view/history.h"

#include <gtest/gtest.h>

namespace softmask::view {
namespace {

Document with_seed(uint64_t seed) {
  Document document;
  document.state.seed = seed;
  return document;
}

TEST(History, GoesBackAndForth) {
  History history;
  Document present = with_seed(0);
  EXPECT_FALSE(history.undo(present));
  EXPECT_FALSE(history.redo(present));
  for (uint64_t i = 1; i <= 3; ++i) {
    history.push(present);
    present.state.seed = i;
  }
  for (uint64_t i = 3; i > 0; --i) {
    EXPECT_TRUE(history.undo(present));
    EXPECT_EQ(present.state.seed, i - 1);
  }
  EXPECT_FALSE(history.can_undo());
  for (uint64_t i = 1; i <= 3; ++i) {
    EXPECT_TRUE(history.redo(present));
    EXPECT_EQ(present.state.seed, i);
  }
  EXPECT_FALSE(history.can_redo());
}

TEST(History, ForgetsTheOldestSteps) {
  History history;
  Document present = with_seed(0);
  for (uint64_t i = 1; i <= 1000; ++i) {
    history.push(present);
    present.state.seed = i;
  }
  std::size_t steps = 0;
  while (history.undo(present)) ++steps;
  EXPECT_EQ(steps, History::kMaxSteps);
  EXPECT_EQ(present.state.seed, 1000 - History::kMaxSteps);
}

TEST(History, StaysWithinItsMemory) {
  History history;
  Document present;
  present.state.rows = 4096;
  present.state.cols = 2048;
  present.state.mask = {MaskSpec::Kind::kBits, 0, std::vector<uint8_t>(std::size_t{4096} * 2048)};
  for (uint64_t i = 1; i <= 20; ++i) {
    history.push(present);
    present.state.seed = i;
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
  Document present = with_seed(1);
  history.push(present);
  present.state.seed = 2;
  present.state.row = kNoRow;
  present.state.lang = Language::kChinese;
  ASSERT_TRUE(history.undo(present));
  EXPECT_EQ(present.state.seed, 1U);
  EXPECT_EQ(present.state.row, kNoRow);
  EXPECT_EQ(present.state.lang, Language::kChinese);
}

TEST(History, WhatMakesAStep) {
  const Document a;
  Document b = a;
  b.state.row = 1;
  b.state.hide = kHideTitle;
  EXPECT_FALSE(is_undoable_change(a, b));
  b.state.lesson = "seed";
  EXPECT_TRUE(is_undoable_change(a, b));
  EXPECT_TRUE(is_undoable_change(a, with_seed(7)));
  Document pinned = a;
  pinned.pinned = State{};
  EXPECT_TRUE(is_undoable_change(a, pinned));
}

TEST(History, AnAnswerStaysGiven) {
  History history;
  Document present = with_seed(1);
  present.state.lesson = "seed";
  present.lesson = LessonProgress{0, {kNotAnswered, kNotAnswered}, {}, {}};
  history.push(present);
  present.lesson->step = 1;
  present.lesson->answers = {2, 0};
  ASSERT_TRUE(history.undo(present));
  EXPECT_EQ(present.lesson->step, 0);
  EXPECT_EQ(present.lesson->answers, (std::vector<int>{2, 0}));
}

}  // namespace
}  // namespace softmask::view
