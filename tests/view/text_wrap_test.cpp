#include "view/text_wrap.h"

#include <gtest/gtest.h>

namespace softmask::view {
namespace {

using Lines = std::vector<std::string_view>;

Lines wrapped(std::string_view text, float width) {
  return wrap_text(text, width, [](std::string_view s) { return static_cast<float>(s.size()); });
}

TEST(TextWrap, BreaksAtSpacesAlone) {
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

}  // namespace
}  // namespace softmask::view
