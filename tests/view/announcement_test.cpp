#include "view/announcement.h"

#include <gtest/gtest.h>

#include <string>

#include "view/in_chinese.h"
#include "view/lesson.h"
#include "view/model.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

// What is told about `command`, with the state before it already told.
std::string told(std::string_view link, const Command& command) {
  Model model(decode_link(link, nullptr));
  Announcer announcer;
  announcer.next(model);
  const core::Status status = model.dispatch(command);
  EXPECT_TRUE(status.ok()) << status.message;
  return announcer.next(model);
}

TEST(Announcement, FirstTheNotesAndTheSentence) {
  Announcer announcer;
  const std::string said = announcer.next(Model(decode_link("fill=1e-9", nullptr)));
  EXPECT_NE(said.find("the fill 1e-9 is almost 0"), std::string::npos) << said;
  EXPECT_NE(said.find("of the mass left columns 1, 2, 4"), std::string::npos) << said;
}

TEST(Announcement, AToggledColumnByItsNumber) {
  EXPECT_EQ(told("mask=01101", ToggleColumn{3}).find("column 3 masked. "), 0u);
  EXPECT_EQ(told("mask=01101", ToggleColumn{1}).find("column 1 unmasked. "), 0u);
  // The article's random mask becomes bits, of which one differs.
  EXPECT_EQ(told("", ToggleColumn{0}).find("column 0 masked. "), 0u);
}

TEST(Announcement, SeveralColumnsAtOnce) {
  EXPECT_EQ(told("mask=00000", SetFields{"mask=11010"}).find("columns 0, 1, 3 masked. "), 0u);
  EXPECT_EQ(told("mask=11000", SetFields{"mask=00011"})
                .find("columns 3, 4 masked. columns 0, 1 unmasked. "),
            0u);
}

TEST(Announcement, OneCell) {
  EXPECT_EQ(told("mask=none", ToggleCell{2, 1}).find("row 2, column 1 masked. "), 0u);
  EXPECT_EQ(told("mask=causal", ToggleCell{0, 4}).find("row 0, column 4 unmasked. "), 0u);
}

TEST(Announcement, AMaskOfAnotherKindByItsName) {
  EXPECT_EQ(told("", SetFields{"mask=causal"}).find("mask: causal. "), 0u);
  EXPECT_EQ(told("mask=causal", SetFields{"mask=01101"}).find("mask: by hand. "), 0u);
}

TEST(Announcement, FieldsByTheirKeys) {
  EXPECT_EQ(told("", SetFields{"fill=-inf"}).find("fill: -inf. "), 0u);
  EXPECT_EQ(told("", StepSeed{1}).find("seed: 333513. "), 0u);
  EXPECT_EQ(told("", SetFields{"dtype=bfloat16&order=zero"}).find("dtype: bfloat16. order: zero. "),
            0u);
}

TEST(Announcement, InChineseWithoutAnEnglishWord) {
  const InChinese chinese;
  const std::string said = told("lang=zh-CN", SetFields{"order=zero&mask=causal&theme=dark"});
  EXPECT_EQ(said.find("顺序：先 softmax 再置零。主题：深色。掩码：因果。"), 0u) << said;
  EXPECT_EQ(told("mask=01101", ToggleColumn{3}).find("已掩去第 3 列。"), 0u);
}

TEST(Announcement, ANaNRowWithItsReason) {
  const std::string said = told("mask=11110&fill=-inf&row=2", ToggleColumn{4});
  EXPECT_EQ(said.find("column 4 masked. "), 0u);
  EXPECT_NE(said.find("NaN: every cell there is masked with -inf"), std::string::npos) << said;
}

TEST(Announcement, ANoteIsToldOnce) {
  Model model(decode_link("fill=1e-9&mask=01101", nullptr));
  Announcer announcer;
  EXPECT_NE(announcer.next(model).find("almost 0"), std::string::npos);
  ASSERT_TRUE(model.dispatch(SelectRow{1}).ok());
  const std::string said = announcer.next(model);
  EXPECT_EQ(said.find("almost 0"), std::string::npos) << said;
  EXPECT_NE(said.find("of the mass left"), std::string::npos) << said;
}

TEST(Announcement, WhatIsOnlySelectedHasItsSentence) {
  const std::string said = told("", SelectRow{3});
  EXPECT_NE(said.find("of the mass left columns 1, 2, 4"), std::string::npos) << said;
}

TEST(Announcement, ALessonSpeaksWhereItGoesOnAndTellsNoAnswer) {
  Model model;
  Announcer announcer;
  announcer.next(model);
  ASSERT_TRUE(model.dispatch(SetFields{"lesson=nan-row"}).ok());
  const std::string opened = announcer.next(model);
  EXPECT_EQ(opened.find(std::string(find_lesson("nan-row")->title.now())), 0u) << opened;
  // Nothing new is said of what has not moved, and an open question is not answered.
  while (
      !find_lesson("nan-row")->steps[static_cast<size_t>(model.document().lesson->step)].asks()) {
    ASSERT_TRUE(model.dispatch(GoToLessonStep{model.document().lesson->step + 1}).ok());
    announcer.next(model);
  }
  ASSERT_TRUE(model.dispatch(SetFields{"seed=5"}).ok());
  EXPECT_EQ(announcer.next(model), "seed: 5.");
}

}  // namespace
}  // namespace softmask::view
