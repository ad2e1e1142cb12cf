#include "view/strings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>

#include "view/percent_coding.h"

namespace softmask::view {
namespace {

constexpr Language kLanguages[] = {Language::kEnglish, Language::kChinese};

// {0} … {9} of a text, each once.
std::set<char> placeholders(std::string_view words) {
  std::set<char> found;
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    if (words[i] == '{' && words[i + 2] == '}') found.insert(words[i + 1]);
  }
  return found;
}

TEST(Strings, EveryTextIsThereInBothLanguages) {
  for (int i = 0; i < static_cast<int>(Text::kCount); ++i) {
    for (const Language language : kLanguages) {
      const std::string_view words = text_in(language, static_cast<Text>(i));
      EXPECT_FALSE(words.empty()) << i;
      EXPECT_TRUE(is_utf8(words)) << words;
    }
  }
  EXPECT_STREQ(text(Text::kCount), "");
  EXPECT_STREQ(text_in(Language::kChinese, Text::kCount), "");
}

TEST(Strings, BothLanguagesSayTheSameValues) {
  for (int i = 0; i < static_cast<int>(Text::kCount); ++i) {
    const std::string_view english = text_in(Language::kEnglish, static_cast<Text>(i));
    const std::string_view chinese = text_in(Language::kChinese, static_cast<Text>(i));
    EXPECT_EQ(placeholders(english), placeholders(chinese)) << english;
  }
}

TEST(Strings, BoldMarksComeInPairs) {
  for (int i = 0; i < static_cast<int>(Text::kCount); ++i) {
    const auto marks = [i](Language language) {
      const std::string_view words = text_in(language, static_cast<Text>(i));
      return std::count(words.begin(), words.end(), '*');
    };
    EXPECT_EQ(marks(Language::kEnglish) % 2, 0)
        << text_in(Language::kEnglish, static_cast<Text>(i));
    EXPECT_EQ(marks(Language::kEnglish), marks(Language::kChinese))
        << text_in(Language::kChinese, static_cast<Text>(i));
  }
}

// What is not translated is a name or a sign; Chinese with neither Han nor a sign of its own, where
// English has words, was forgotten.
TEST(Strings, ChineseIsChinese) {
  const std::set<Text> names = {Text::kExplainX,
                                Text::kExplainMinusMax,
                                Text::kExplainExp,
                                Text::kExplainError,
                                Text::kWordmark,
                                Text::kTensorsHint,
                                Text::kNanShort,
                                Text::kDtype,
                                Text::kCpuAvx2,
                                Text::kCpuDefault,
                                Text::kHelpNewSeed,
                                Text::kHelpCycle,
                                Text::kHelpZoom,
                                Text::kHelpReduction,
                                Text::kHelpTheme,
                                Text::kHelpLanguage,
                                Text::kHelpViews,
                                Text::kHelpViewKeys,
                                Text::kHelpPin,
                                Text::kHelpShare,
                                Text::kHelpOpen,
                                Text::kHelpUpstream,
                                Text::kHelpLessons,
                                Text::kHelpLessonKeys,
                                Text::kHelpProjector,
                                Text::kHelpUndo,
                                Text::kHelpLeave,
                                Text::kStageScores,
                                Text::kStageFill,
                                Text::kStageMinusMax,
                                Text::kStageExp,
                                Text::kGradientP,
                                Text::kGradientGP,
                                Text::kGradientSoftmax,
                                Text::kGradientScores,
                                Text::kGradientSum,
                                Text::kCompareDifference,
                                Text::kConventionMaskedFill,
                                Text::kConventionScaledDot,
                                Text::kConventionAttentionMask,
                                Text::kOperatorTemperature,
                                Text::kScoresDrawn,
                                Text::kNameDtype,
                                Text::kNameDim};
  for (int i = 0; i < static_cast<int>(Text::kCount); ++i) {
    const auto id = static_cast<Text>(i);
    const std::string_view english = text_in(Language::kEnglish, id);
    const bool has_letters = std::any_of(english.begin(), english.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    if (!has_letters) continue;
    EXPECT_EQ(english == text_in(Language::kChinese, id), names.contains(id)) << english;
  }
}

TEST(Strings, TheLanguageChangesWhatTextSays) {
  EXPECT_EQ(text_language(), Language::kEnglish);
  EXPECT_STREQ(text(Text::kSeed), "Seed");
  set_text_language(Language::kChinese);
  EXPECT_STREQ(text(Text::kSeed), "随机种子");
  EXPECT_EQ(fill_in(Text::kOneColumn, {"3"}), "第 3 列");
  set_text_language(Language::kAuto);
  EXPECT_STREQ(text(Text::kSeed), "Seed");
}

TEST(Strings, OneIsNotMany) {
  EXPECT_EQ(by_count(1, Text::kOneColumn, Text::kManyColumns), Text::kOneColumn);
  EXPECT_EQ(by_count(0, Text::kOneColumn, Text::kManyColumns), Text::kManyColumns);
  EXPECT_EQ(by_count(2, Text::kOneColumn, Text::kManyColumns), Text::kManyColumns);
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
