#include "view/strings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "view/percent_coding.h"

namespace softmask::view {
namespace {

TEST(Strings, EveryTextIsThere) {
  for (int i = 0; i < static_cast<int>(Text::kCount); ++i) {
    const std::string_view entry = text(static_cast<Text>(i));
    EXPECT_FALSE(entry.empty()) << i;
    EXPECT_TRUE(is_utf8(entry)) << entry;
  }
  EXPECT_STREQ(text(Text::kCount), "");
}

TEST(Strings, BoldMarksComeInPairs) {
  for (int i = 0; i < static_cast<int>(Text::kCount); ++i) {
    const std::string_view entry = text(static_cast<Text>(i));
    EXPECT_EQ(std::count(entry.begin(), entry.end(), '*') % 2, 0) << entry;
  }
}

TEST(Strings, PlaceholdersMayComeInAnyOrder) {
  EXPECT_EQ(fill_in("{1} before {0}", {"a", "b"}), "b before a");
  EXPECT_EQ(fill_in("{0}{0}", {"x"}), "xx");
  EXPECT_EQ(fill_in("{0} {3}", {"x"}), "x {3}");
  EXPECT_EQ(fill_in("{0}", {"{1}", "y"}), "{1}");
  EXPECT_EQ(fill_in("{} { {a} {0", {"x"}), "{} { {a} {0");
  EXPECT_EQ(fill_in("", {"x"}), "");
}

}  // namespace
}  // namespace softmask::view
