#include "view/live_model.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "view/derive.h"
#include "view/live_models.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

constexpr char kLarge[] = "rows=512&cols=520&mask=none";

void expect_whole(const LiveModel& live) {
  EXPECT_FALSE(live.is_working());
  const Derived fresh = derive(live.shown().state());
  EXPECT_TRUE(same_bits(live.shown().derived().probabilities.all(), fresh.probabilities.all()));
  EXPECT_EQ(live.shown().derived().mask_bits, fresh.mask_bits);
  EXPECT_EQ(live.shown().derived().notes, fresh.notes);
}

TEST(LiveModel, SmallChangesAreThereAtOnce) {
  LiveModel live;
  live.start(state_of_link("mask=01101"));
  dispatch(live, ToggleColumn{0});
  EXPECT_FALSE(live.is_working());
  EXPECT_EQ(field_text(live.shown().state(), "mask"), "11101");
}

TEST(LiveModel, FirstLargeMatrixComesAfterTheDefaults) {
  LiveModel live;
  live.start(state_of_link(std::string(kLarge) + "&theme=dark"));
  EXPECT_TRUE(live.is_first());
  EXPECT_EQ(live.shown().state().rows, 4);
  EXPECT_EQ(live.shown().state().theme, Theme::kDark);
  EXPECT_EQ(live.newest().state().rows, 512);
  live.finish();
  EXPECT_EQ(live.shown().state().rows, 512);
  EXPECT_FALSE(live.shown().can_undo());
  expect_whole(live);
}

TEST(LiveModel, LargeScoresOfTheReadersOwnAreWork) {
  LiveModel live;
  live.start({});
  auto values = std::make_shared<std::vector<float>>(512 * 520, 0.25F);
  dispatch(live, SetOwnScores{512, 520, values});
  EXPECT_TRUE(live.is_working());
  EXPECT_EQ(live.shown().state().rows, 4);
  live.finish();
  EXPECT_EQ(live.shown().state().rows, 512);
  expect_whole(live);
}

TEST(LiveModel, TheStateBeforeStaysWholeUntilTheWorkIsDone) {
  LiveModel live;
  live.start(state_of_link(kLarge));
  live.finish();
  const Derived before = live.shown().derived();
  dispatch(live, SetFields{"fill=0&mask=padding:7"});
  ASSERT_TRUE(live.is_working());
  int steps = 0;
  while (!one_slice(live)) {
    ++steps;
    EXPECT_EQ(field_text(live.shown().state(), "mask"), "none");
    EXPECT_TRUE(same_bits(live.shown().derived().probabilities.all(), before.probabilities.all()));
    EXPECT_EQ(field_text(live.newest().state(), "mask"), "padding:7");
  }
  EXPECT_GT(steps, 3);
  EXPECT_EQ(field_text(live.shown().state(), "mask"), "padding:7");
  expect_whole(live);
  dispatch(live, Undo{});
  live.finish();
  EXPECT_EQ(field_text(live.shown().state(), "mask"), "none");
  expect_whole(live);
}

TEST(LiveModel, CancelBringsBackStateAndHistory) {
  LiveModel live;
  live.start(state_of_link(kLarge));
  live.finish();
  dispatch(live, SetFields{"fill=0"});
  live.finish();
  dispatch(live, SetFields{"seed=5"});
  one_slice(live);
  dispatch(live, SetFields{"seed=6"});
  one_slice(live);
  EXPECT_TRUE(live.cancel());
  EXPECT_FALSE(live.cancel());
  EXPECT_EQ(live.newest().state().seed, 333512u);
  EXPECT_EQ(live.newest().state().fill.text, "0");
  EXPECT_FALSE(live.newest().can_redo());
  expect_whole(live);
  dispatch(live, Undo{});
  live.finish();
  EXPECT_EQ(live.shown().state().fill.text, "-1e9");
  EXPECT_FALSE(live.shown().can_undo()) << "what was cancelled left no step";
}

TEST(LiveModel, AnotherChangeBeginsAnewAndKeepsBoth) {
  LiveModel live;
  live.start(state_of_link(kLarge));
  live.finish();
  dispatch(live, SetFields{"fill=0"});
  one_slice(live);
  dispatch(live, ToggleColumn{3});
  live.finish();
  EXPECT_EQ(live.shown().state().fill.text, "0");
  EXPECT_TRUE(live.shown().derived().mask.at(0, 3));
  expect_whole(live);
}

TEST(LiveModel, ThereAndBackNeedsNoWork) {
  LiveModel live;
  live.start(state_of_link(kLarge));
  live.finish();
  const float* numbers = live.shown().derived().probabilities.all().data();
  dispatch(live, SetFields{"fill=0"});
  dispatch(live, Undo{});
  EXPECT_TRUE(one_slice(live));
  EXPECT_EQ(live.shown().derived().probabilities.all().data(), numbers);
  EXPECT_TRUE(live.shown().can_redo());
  expect_whole(live);
}

TEST(LiveModel, WhatOnlyLooksIsShownDuringTheWork) {
  LiveModel live;
  live.start(state_of_link(kLarge));
  live.finish();
  dispatch(live, SetFields{"fill=0"});
  one_slice(live);
  dispatch(live, SetFields{"theme=dark"});
  dispatch(live, SelectRow{9});
  EXPECT_TRUE(live.is_working());
  EXPECT_EQ(live.shown().state().theme, Theme::kDark);
  EXPECT_EQ(live.shown().state().row, 9);
  EXPECT_EQ(live.shown().state().fill.text, "-1e9");
  live.finish();
  EXPECT_EQ(live.shown().state().row, 9);
  expect_whole(live);
}

TEST(LiveModel, RandomMasksOfALargeMatrixAreTurnedIntoBitsByWhatIsKnown) {
  LiveModel live;
  live.start(state_of_link("rows=512&cols=520&mask=random"));
  live.finish();
  const core::Mask drawn = live.shown().derived().mask;
  dispatch(live, ToggleColumn{3});
  live.finish();
  core::Mask expected = drawn;
  expected.bits[3] ^= 1;
  EXPECT_EQ(live.shown().derived().mask, expected);
  dispatch(live, Undo{});
  live.finish();
  EXPECT_EQ(live.shown().derived().mask, drawn);
  expect_whole(live);
}

TEST(LiveModel, RefusedCommandsChangeNothing) {
  LiveModel live;
  live.start(state_of_link(kLarge));
  live.finish();
  EXPECT_FALSE(live.dispatch(ToggleColumn{520}).ok());
  EXPECT_FALSE(live.dispatch(SetFields{"rows=0"}).ok());
  EXPECT_FALSE(live.is_working());
}

}  // namespace
}  // namespace softmask::view
