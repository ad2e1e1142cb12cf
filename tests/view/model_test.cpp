#include "view/model.h"

#include <gtest/gtest.h>

#include <random>

#include "view/in_chinese.h"
#include "view/lesson.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

std::string mask_of_model(const Model& model) { return field_text(model.state(), "mask"); }

void must(Model& model, const Command& command) {
  const core::Status status = model.dispatch(command);
  ASSERT_TRUE(status.ok()) << status.message;
}

TEST(Model, AnInvalidStartIsReplaced) {
  State broken;
  broken.rows = 0;
  EXPECT_EQ(Model(broken).state(), State{});
}

TEST(Model, TogglingTurnsTheRandomMaskIntoBits) {
  Model model;
  must(model, ToggleColumn{0});
  EXPECT_EQ(mask_of_model(model), "11101") << "the article masks columns 1, 2 and 4";
  must(model, ToggleColumn{1});
  EXPECT_EQ(mask_of_model(model), "10101");
}

TEST(Model, TogglingOnAGridMasksTheWholeColumnFirst) {
  Model model(decode_link("rows=2&cols=3&mask=causal", nullptr));  // 011 001
  must(model, ToggleColumn{1});
  EXPECT_EQ(mask_of_model(model), "011");
  must(model, ToggleColumn{1});
  EXPECT_EQ(mask_of_model(model), "001");
  must(model, ToggleCell{1, 0});
  EXPECT_EQ(mask_of_model(model), "001101");
}

TEST(Model, OneCellMakesAGrid) {
  Model model(decode_link("rows=2&cols=2&mask=01", nullptr));
  must(model, ToggleCell{1, 0});
  EXPECT_EQ(mask_of_model(model), "0111");
}

TEST(Model, TogglingTwiceGivesTheSameBits) {
  for (const char* link : {"mask=01101", "mask=none&fill=0", "mask=random&fill=-inf&seed=9",
                           "rows=16&cols=17&mask=padding:3", "dtype=bfloat16&order=renorm"}) {
    Model model(decode_link(link, nullptr));
    const Derived before = model.derived();
    must(model, ToggleColumn{3});
    EXPECT_NE(model.derived().mask_bits, before.mask_bits);
    must(model, ToggleColumn{3});
    const Derived& after = model.derived();
    EXPECT_TRUE(same_bits(after.scores, before.scores));
    EXPECT_EQ(after.mask_bits, before.mask_bits);
    EXPECT_TRUE(same_bits(after.masked_scores, before.masked_scores));
    EXPECT_TRUE(same_bits(after.baseline, before.baseline));
    EXPECT_TRUE(same_bits(after.probabilities.all(), before.probabilities.all()));
    EXPECT_TRUE(same_bits(after.moved, before.moved));
  }
}

TEST(Model, FailuresLeaveEverythingAlone) {
  Model model;
  must(model, BeginGesture{});
  must(model, PaintColumn{0, true});
  const State before = model.state();
  const uint64_t revision = model.revision();
  const uint64_t numbers = model.numbers_revision();
  State broken;
  broken.cols = 0;
  const Command bad[] = {SetFields{"rows=0"},  SetFields{"fill=0&rows=x"},
                         ToggleColumn{5},      ToggleColumn{-1},
                         ToggleCell{4, 0},     ToggleCell{0, 5},
                         PaintColumn{5, true}, SelectRow{4},
                         SelectRow{-2},        SetRows{0},
                         SetRows{4097},        SetCols{65537},
                         SetCols{-1},          ReplaceState{broken}};
  for (const Command& command : bad) {
    const core::Status status = model.dispatch(command);
    EXPECT_EQ(status.kind, core::ErrorKind::kRange);
    EXPECT_FALSE(status.message.empty());
    EXPECT_EQ(model.state(), before);
    EXPECT_EQ(model.revision(), revision);
    EXPECT_EQ(model.numbers_revision(), numbers);
    EXPECT_TRUE(model.in_gesture());
  }
}

TEST(Model, SeedsWrapAround) {
  Model model;
  must(model, SetFields{"seed=0"});
  must(model, StepSeed{-1});
  EXPECT_EQ(field_text(model.state(), "seed"), "18446744073709551615");
  must(model, StepSeed{2});
  EXPECT_EQ(model.state().seed, 1U);
}

TEST(Model, NewSeedsAreShortAndNew) {
  Model model;
  for (const uint64_t entropy : {uint64_t{333512}, ~uint64_t{0}, uint64_t{0}, uint64_t{0}}) {
    const uint64_t before = model.state().seed;
    must(model, NewSeed{entropy});
    EXPECT_NE(model.state().seed, before);
    EXPECT_LT(model.state().seed, 1000000U);
  }
}

TEST(Model, SizesDropOwnScores) {
  Model model(decode_link("rows=1&cols=1&scores=AACAPw&mask=1&row=0", nullptr));
  EXPECT_EQ(model.state().scores.size(), 1U);
  must(model, SetRows{1});
  EXPECT_EQ(model.state().scores.size(), 1U) << "the same size is no change";
  must(model, SetCols{2});
  EXPECT_TRUE(model.state().scores.empty());
  EXPECT_EQ(mask_of_model(model), "10");
}

TEST(Model, RevisionsCountChanges) {
  Model model;
  must(model, SetFields{"fill=-1e9"});
  must(model, Undo{});
  must(model, Redo{});
  must(model, EndGesture{});
  EXPECT_EQ(model.revision(), 0U) << "nothing changed";
  must(model, SetFields{"theme=dark&lang=zh-CN&hide=code&animate=0&row=1"});
  EXPECT_EQ(model.revision(), 1U);
  EXPECT_EQ(model.numbers_revision(), 0U);
  must(model, SetFields{"fill=0"});
  EXPECT_EQ(model.revision(), 2U);
  EXPECT_EQ(model.numbers_revision(), 1U);
}

TEST(Model, WhatIsOnlyLookedAtIsNoHistory) {
  Model model;
  must(model, SelectRow{2});
  must(model, SetFields{"theme=dark&lang=en&hide=code&animate=0"});
  EXPECT_FALSE(model.can_undo());
  must(model, SetFields{"fill=0&row=1"});
  must(model, SelectRow{3});
  must(model, SetFields{"theme=light"});
  must(model, Undo{});
  EXPECT_EQ(model.state().fill.text, "-1e9");
  EXPECT_EQ(model.state().row, 3) << "undo keeps the selected row";
  EXPECT_EQ(model.state().theme, Theme::kLight);
  EXPECT_EQ(model.state().hide, kHideCode);
}

TEST(Model, UndoClampsTheSelectedRow) {
  Model model;
  must(model, SetRows{9});
  must(model, SelectRow{8});
  must(model, Undo{});
  EXPECT_EQ(model.state().row, 3);
}

TEST(Model, AGestureIsOneStep) {
  Model model;
  must(model, BeginGesture{});
  for (int col = 0; col < 5; ++col) must(model, PaintColumn{col, true});
  EXPECT_TRUE(model.can_undo());
  must(model, EndGesture{});
  EXPECT_EQ(mask_of_model(model), "11111");
  must(model, Undo{});
  EXPECT_EQ(mask_of_model(model), "random");
  EXPECT_FALSE(model.can_undo());
  must(model, Redo{});
  EXPECT_EQ(mask_of_model(model), "11111");
}

TEST(Model, GesturesThatChangeNothingLeaveNoStep) {
  Model model;
  must(model, BeginGesture{});
  must(model, StepSeed{1});
  must(model, StepSeed{-1});
  must(model, EndGesture{});
  EXPECT_FALSE(model.can_undo());
}

TEST(Model, UndoAndASecondGestureEndTheFirst) {
  Model model;
  must(model, BeginGesture{});
  must(model, StepSeed{1});
  must(model, BeginGesture{});
  must(model, StepSeed{1});
  must(model, Undo{});
  EXPECT_FALSE(model.in_gesture());
  EXPECT_EQ(model.state().seed, 333513U);
  must(model, Undo{});
  EXPECT_EQ(model.state().seed, 333512U);
}

TEST(Model, ANewChangeForgetsRedo) {
  Model model;
  must(model, StepSeed{1});
  must(model, Undo{});
  EXPECT_TRUE(model.can_redo());
  must(model, StepSeed{5});
  EXPECT_FALSE(model.can_redo());
}

TEST(Model, ReplacingIsUndoable) {
  Model model;
  State other;
  other.fill.text = "0";
  must(model, ReplaceState{other});
  EXPECT_EQ(model.state(), other);
  must(model, Undo{});
  EXPECT_EQ(model.state(), State{});
}

TEST(Model, PinsSwapsAndUnpins) {
  Model model;
  EXPECT_EQ(model.pinned_derived(), nullptr);
  EXPECT_EQ(model.comparison(), nullptr);
  must(model, SwapPinned{});
  EXPECT_FALSE(model.can_undo());
  must(model, PinState{});
  must(model, SetFields{"fill=1e-9&theme=dark"});
  ASSERT_NE(model.comparison(), nullptr);
  EXPECT_EQ(model.comparison()->differing, 20);
  must(model, SwapPinned{});
  EXPECT_EQ(model.state().fill.text, "-1e9");
  EXPECT_EQ(model.state().theme, Theme::kDark) << "how it is looked at is not swapped";
  EXPECT_EQ(model.document().pinned->fill.text, "1e-9");
  must(model, Undo{});
  EXPECT_EQ(model.state().fill.text, "1e-9");
  EXPECT_EQ(model.document().pinned->fill.text, "-1e9");
  must(model, Unpin{});
  EXPECT_EQ(model.comparison(), nullptr);
  must(model, Undo{});
  EXPECT_NE(model.comparison(), nullptr);
}

TEST(Model, ALessonGivesBackWhatTheReaderHad) {
  Model model;
  must(model, SetFields{"seed=7&fill=0&mask=01010"});
  must(model, PinState{});
  must(model, SetFields{"fill=-5"});
  const Document own = model.document();
  must(model, SetFields{"lesson=nan-row"});
  ASSERT_TRUE(model.document().lesson);
  EXPECT_EQ(model.state().fill.text, "-inf");
  EXPECT_FALSE(model.document().pinned);
  must(model, GoToLessonStep{2});
  must(model, AnswerLesson{1});
  must(model, ToggleColumn{0});
  must(model, SetFields{"theme=dark"});
  must(model, SetFields{"lesson=article"});
  must(model, GoToLessonStep{1});
  must(model, SetFields{"lesson="});
  EXPECT_TRUE(same_numbers(model.state(), own.state));
  EXPECT_EQ(model.document().pinned, own.pinned);
  EXPECT_FALSE(model.document().lesson);
  EXPECT_EQ(model.state().theme, Theme::kDark);
}

TEST(Model, LessonCommandsAreRefusedWhereTheyMeanNothing) {
  Model model;
  for (const Command& command : {Command{GoToLessonStep{0}}, Command{AnswerLesson{0}}}) {
    EXPECT_FALSE(model.dispatch(command).ok());
  }
  must(model, SetFields{"lesson=nan-row"});
  EXPECT_FALSE(model.dispatch(AnswerLesson{3}).ok()) << "there are three choices";
  EXPECT_FALSE(model.dispatch(GoToLessonStep{-1}).ok());
  const core::Status status = model.dispatch(GoToLessonStep{9});
  EXPECT_EQ(status.message, "step: \"9\" is not allowed; allowed: integer 0 … 3");
  EXPECT_EQ(model.document().lesson->step, 0);
  must(model, GoToLessonStep{1});
  EXPECT_FALSE(model.dispatch(AnswerLesson{0}).ok()) << "the second step asks nothing";
  EXPECT_FALSE(model.dispatch(SetFields{"lesson=no-such"}).ok());
}

TEST(Model, WhatAPatchNamesBesidesALessonHolds) {
  Model model;
  must(model, SetFields{"lesson=article&seed=9"});
  EXPECT_EQ(model.state().seed, 9U);
  EXPECT_EQ(model.state().lesson, "article");
  must(model, SetFields{"lesson=&fill=0"});
  EXPECT_EQ(model.state().seed, 333512U);
  EXPECT_EQ(model.state().fill.text, "0");
}

// A reload in the middle of a lesson, and the browser's Back through one.
TEST(Model, AnAddressFindsItsStep) {
  const Lesson& lesson = *find_lesson("nan-row");
  Model model(lesson_state(lesson, 2));
  EXPECT_EQ(model.document().lesson->step, 2);
  EXPECT_EQ(model.state(), lesson_state(lesson, 2));
  must(model, ReplaceState{lesson_state(lesson, 0)});
  EXPECT_EQ(model.document().lesson->step, 0);
  State other = lesson_state(lesson, 0);
  other.seed = 9;
  must(model, ReplaceState{other});
  EXPECT_EQ(model.state(), other);
  must(model, SetFields{"lesson="});
  EXPECT_EQ(model.state(), State{}) << "who came by a link had the defaults before";
}

TEST(Model, AnAddressLeadsOutOfALesson) {
  Model model;
  must(model, SetFields{"lesson=nan-row"});
  State target;
  target.seed = 5;
  must(model, ReplaceState{target});
  EXPECT_EQ(model.state(), target);
  EXPECT_FALSE(model.document().lesson);
}

Command random_command(std::mt19937& random, const State& state) {
  const auto below = [&random](int n) { return static_cast<int>(random() % unsigned(n)); };
  const char* const fragments[] = {"fill=0",         "fill=-inf",
                                   "fill=-1e9",      "mask=none",
                                   "mask=random",    "mask=causal",
                                   "mask=window:1",  "dim=0",
                                   "dim=-1",         "order=renorm",
                                   "order=fill",     "dtype=float16",
                                   "dtype=float32",  "theme=dark",
                                   "rows=0",         "temperature=2",
                                   "lesson=article", "lesson=",
                                   "cpu=default",    "mask=padding:1",
                                   "lesson=nan-row", "lesson=article&fill=0"};
  switch (below(18)) {
    case 0:
      return ToggleColumn{below(state.cols + 1)};
    case 1:
      return ToggleCell{below(state.rows), below(state.cols)};
    case 2:
      return PaintColumn{below(state.cols), below(2) == 0};
    case 3:
      return BeginGesture{};
    case 4:
      return EndGesture{};
    case 5:
      return SelectRow{below(state.rows + 2) - 1};
    case 6:
      return StepSeed{below(3) - 1};
    case 7:
      return NewSeed{random()};
    case 8:
      return SetRows{below(7)};
    case 9:
      return SetCols{below(7)};
    case 10:
      return below(2) == 0 ? Command{Undo{}} : Command{Redo{}};
    case 11:
      return PinState{};
    case 12:
      return below(2) == 0 ? Command{Unpin{}} : Command{SwapPinned{}};
    case 13:
      return GoToLessonStep{below(7) - 1};
    case 14:
      return AnswerLesson{below(5) - 1};
    default:
      return SetFields{fragments[random() % std::size(fragments)]};
  }
}

// What undo brings back: everything but what is only looked at.
void expect_same_history(const Document& a, const Document& b) {
  EXPECT_FALSE(is_undoable_change(a, b)) << encode_state(a.state) << "\n" << encode_state(b.state);
}

TEST(Model, AnySequenceCanBeUndoneAndRedone) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    Model model;
    for (int i = 0; i < 150; ++i) {
      const uint64_t revision = model.revision();
      const Document before = model.document();
      const core::Status status = model.dispatch(random_command(random, model.state()));
      ASSERT_TRUE(check_state(model.state()).ok());
      ASSERT_EQ(model.revision() - revision, model.document() == before ? 0U : 1U);
      ASSERT_EQ(model.document().lesson.has_value(), !model.state().lesson.empty());
      if (!status.ok()) {
        ASSERT_EQ(model.document(), before);
      }
      if (i % 10 == 0) {
        const Derived fresh = derive(model.state());
        ASSERT_TRUE(same_bits(model.derived().probabilities.all(), fresh.probabilities.all()));
        ASSERT_TRUE(same_bits(model.derived().baseline, fresh.baseline));
        ASSERT_EQ(model.derived().notes, fresh.notes);
        if (model.pinned_derived() != nullptr) {
          const Derived pinned = derive(*model.document().pinned);
          ASSERT_TRUE(
              same_bits(model.pinned_derived()->probabilities.all(), pinned.probabilities.all()));
          ASSERT_EQ(model.comparison()->differing,
                    compare(*model.document().pinned, pinned, model.state(), fresh).differing);
        }
      }
    }
    while (model.can_redo()) must(model, Redo{});
    must(model, EndGesture{});
    const Document last = model.document();
    int steps = 0;
    for (; model.can_undo(); ++steps) must(model, Undo{});
    expect_same_history(model.document(), Document{});
    for (int i = 0; i < steps; ++i) must(model, Redo{});
    EXPECT_FALSE(model.can_redo());
    expect_same_history(model.document(), last);
  }
}

TEST(Model, WordsFollowTheLanguage) {
  Model model(decode_link("fill=-inf&mask=11111", nullptr));
  ASSERT_TRUE(model.dispatch(PinState{}).ok());
  ASSERT_TRUE(model.dispatch(SetFields{"seed=7"}).ok());
  const std::string english = model.derived().notes.at(0);
  const uint64_t numbers = model.numbers_revision();
  const float* scores = model.derived().scores.data();
  EXPECT_EQ(model.comparison()->changed, std::vector<std::string>{"seed 333512 → 7"});
  {
    const InChinese chinese;
    EXPECT_EQ(model.derived().notes.at(0),
              "第 0–3 行是 NaN：其中每个单元格都用 -inf 掩去，softmax 就成了 0 除以 0");
    EXPECT_EQ(model.pinned_derived()->notes, model.derived().notes);
    EXPECT_NE(model.comparison(), nullptr);
    EXPECT_EQ(model.numbers_revision(), numbers) << "no number changed";
    EXPECT_EQ(model.derived().scores.data(), scores) << "nor was any computed";
  }
  EXPECT_EQ(model.derived().notes.at(0), english);
}

}  // namespace
}  // namespace softmask::view
