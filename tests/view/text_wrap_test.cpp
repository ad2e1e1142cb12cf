#include "view/text_wrap.h"

#include <gtest/gtest.h>

#include <string>

namespace softmask::view {
namespace {

using Lines = std::vector<std::string_view>;

Lines wrapped(std::string_view text, float width) {
  return wrap_text(text, width, [](std::string_view s) { return static_cast<float>(s.size()); });
}

TEST(TextWrap, BreaksAtSpaces) {
  EXPECT_EQ(wrapped("sums to 0.907 in all", 10), (Lines{"sums to", "0.907 in", "all"}));
  EXPECT_EQ(wrapped("it fits", 7), (Lines{"it fits"}));
  EXPECT_EQ(wrapped("a, b", 2), (Lines{"a,", "b"}));
}

TEST(TextWrap, KeepsNewlinesAndDropsSpacesAtBreaks) {
  EXPECT_EQ(wrapped("one\n\ntwo\n", 10), (Lines{"one", "", "two"}));
  EXPECT_EQ(wrapped("ab   cd", 3), (Lines{"ab", "cd"}));
  EXPECT_TRUE(wrapped("", 10).empty());
}

TEST(TextWrap, CutsAWordThatIsLongerThanALine) {
  EXPECT_EQ(wrapped("abcdefg hi", 3), (Lines{"abc", "def", "g", "hi"}));
  EXPECT_EQ(wrapped("xy", 0), (Lines{"x", "y"})) << "at least a character a line";
}

TEST(TextWrap, NeverCutsInsideACharacter) {
  EXPECT_EQ(wrapped("掩码", 4), (Lines{"掩", "码"}));
  EXPECT_EQ(wrapped("−−", 1), (Lines{"−", "−"}));
}

// A Chinese character counts as 2, as it is about twice as wide.
Lines wrapped_chinese(std::string_view text, float width) {
  return wrap_text(text, width, [](std::string_view s) {
    float w = 0;
    for (const char c : s) {
      const auto byte = static_cast<unsigned char>(c);
      if ((byte & 0xC0) != 0x80) w += byte < 0x80 ? 1.0f : 2.0f;
    }
    return w;
  });
}

TEST(TextWrap, BreaksBesideChineseCharacters) {
  EXPECT_EQ(wrapped_chinese("掩去的单元格", 4), (Lines{"掩去", "的单", "元格"}));
  EXPECT_EQ(wrapped_chinese("用softmax算", 8), (Lines{"用", "softmax", "算"}));
  EXPECT_EQ(wrapped_chinese("第 0 列得到 0.907 的概率", 10),
            (Lines{"第 0 列得", "到 0.907", "的概率"}));
}

TEST(TextWrap, BeginsNoLineWithAClosingMark) {
  EXPECT_EQ(wrapped_chinese("概率质量，", 8), (Lines{"概率质", "量，"}));
  for (const std::string mark : {"。", "，", "、", "；", "：", "？", "！", "）", "」", "”", "…"}) {
    const std::string text = "概率" + mark + "质量";
    EXPECT_EQ(wrapped_chinese(text, 4),
              (Lines{text.substr(0, 3), text.substr(3, 6), text.substr(9)}))
        << mark;
  }
  EXPECT_EQ(wrapped_chinese("是 0.769。", 8), (Lines{"是", "0.769。"})) << "nor after a number";
  EXPECT_EQ(wrapped_chinese("*甲*（乙）。", 8), (Lines{"*甲*", "（乙）。"})) << "two in a row";
}

TEST(TextWrap, EndsNoLineWithAnOpeningMark) {
  for (const std::string mark : {"（", "「", "“", "《"}) {
    const std::string text = "概率" + mark + "质量";
    EXPECT_EQ(wrapped_chinese(text, 6), (Lines{"概率", text.substr(6)})) << mark;
  }
  EXPECT_EQ(wrapped_chinese("见（pytorch#1）", 6), (Lines{"见", "（pyto", "rch#1", "）"}))
      << "cut as a word is";
}

}  // namespace
}  // namespace softmask::view
