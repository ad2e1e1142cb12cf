// Every character of every text has a glyph, in the very faces that draw it.
#include "ui/fonts_ui.h"

#include <gtest/gtest.h>
#include <imgui.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fonts/chinese_ranges.h"
#include "view/lesson.h"
#include "view/strings.h"

namespace softmask::ui {
namespace {

using view::Language;

std::vector<unsigned char> font_file(const char* weight) {
  std::ifstream in(std::string(SOFTMASK_CHINESE_DIR "/chinese-") + weight + ".otf",
                   std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class FontsTest : public testing::Test {
 protected:
  void load(float scale) {
    fonts_ = load_fonts(&atlas_, scale, {regular_, bold_});
    ASSERT_TRUE(atlas_.Build());
  }
  std::vector<ImFont*> faces() const {
    return {fonts_.body,  fonts_.caption, fonts_.strong,     fonts_.strong_cell, fonts_.wordmark,
            fonts_.large, fonts_.mono,    fonts_.mono_small, fonts_.mono_strong};
  }

  const std::vector<unsigned char> regular_ = font_file("regular"), bold_ = font_file("bold");
  ImFontAtlas atlas_;
  Fonts fonts_;
};

void add_characters(std::string_view utf8, std::set<ImWchar>& out) {
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unsigned code = size == 1 ? lead : lead & (0xFFu >> (size + 1));
    for (std::size_t k = 1; k < size; ++k) {
      code = code << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3Fu);
    }
    ASSERT_LE(code, 0xFFFFu) << utf8;
    if (code != '\n') out.insert(static_cast<ImWchar>(code));
    i += size;
  }
}

std::set<ImWchar> characters_of_texts(Language language) {
  std::set<ImWchar> out;
  for (int i = 0; i < static_cast<int>(view::Text::kCount); ++i) {
    add_characters(view::text_in(language, static_cast<view::Text>(i)), out);
  }
  for (const view::Lesson& lesson : view::lessons()) {
    add_characters(lesson.title.in(language), out);
    add_characters(lesson.summary.in(language), out);
    for (const view::LessonStep& step : lesson.steps) {
      for (const view::LessonText& text : {step.text, step.question, step.reveal}) {
        add_characters(text.in(language), out);
      }
      for (const view::LessonChoice& choice : step.choices) {
        add_characters(choice.text.in(language), out);
      }
    }
  }
  return out;
}

TEST_F(FontsTest, HaveEveryCharacterOfBothLanguages) {
  load(1);
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    for (const ImWchar code : characters_of_texts(language)) {
      for (const ImFont* face : {fonts_.body, fonts_.strong, fonts_.caption, fonts_.large}) {
        EXPECT_NE(face->FindGlyphNoFallback(code), nullptr) << std::hex << "U+" << code;
      }
      if (code < 0x2E80)
        continue;  // code and its marks apart, the monospaced faces say Chinese too
      for (const ImFont* face : faces()) {
        EXPECT_NE(face->FindGlyphNoFallback(code), nullptr) << std::hex << "U+" << code;
      }
    }
  }
}

TEST_F(FontsTest, HaveNoCharacterThatNoTextUses) {
  std::size_t chinese = 0;
  for (const ImWchar code : characters_of_texts(Language::kChinese)) chinese += code >= 0x2E80;
  EXPECT_EQ(chinese, softmask::fonts::kChineseCount);
}

TEST_F(FontsTest, ChineseIsAsLargeAsWhatStandsBesideIt) {
  load(2);
  for (const ImFont* face : faces()) {
    const ImFontGlyph* han = face->FindGlyphNoFallback(0x63A9);  // 掩
    const ImFontGlyph* capital = face->FindGlyphNoFallback('H');
    ASSERT_NE(han, nullptr);
    const float em = han->AdvanceX, height = han->Y1 - han->Y0;
    EXPECT_GT(height, 0.8f * em);
    EXPECT_LT(han->Y1, face->FontSize + 1) << "within the line";
    EXPECT_GT(han->Y0, -1.0f);
    // The middle of the character is that of the capitals, to a tenth of the em.
    EXPECT_NEAR((han->Y0 + han->Y1) / 2, (capital->Y0 + capital->Y1) / 2, 0.1f * em);
  }
}

TEST_F(FontsTest, FitATextureAtEveryScale) {
  for (const float scale : {1.0f, 2.0f, 3.0f, 4.5f}) {
    load(scale);
    EXPECT_LE(atlas_.TexWidth, 4096) << scale;
    EXPECT_LE(atlas_.TexHeight, 4096) << scale;
  }
}

TEST_F(FontsTest, WithoutTheFilesThereIsNoChinese) {
  fonts_ = load_fonts(&atlas_, 1);
  ASSERT_TRUE(atlas_.Build());
  EXPECT_EQ(fonts_.body->FindGlyphNoFallback(0x63A9), nullptr);
  EXPECT_NE(fonts_.body->FindGlyphNoFallback('H'), nullptr);
}

TEST_F(FontsTest, KnowsAFontFromWhatAServerSendsInItsPlace) {
  EXPECT_TRUE(is_whole_font(regular_));
  EXPECT_TRUE(is_whole_font(bold_));
  EXPECT_FALSE(is_whole_font({}));
  const std::span<const unsigned char> all = regular_;
  for (const std::size_t size : {std::size_t{3}, std::size_t{12}, all.size() / 2, all.size() - 8}) {
    EXPECT_FALSE(is_whole_font(all.first(size))) << size;
  }
  const std::string_view page = "<!doctype html><title>404</title>";
  EXPECT_FALSE(is_whole_font({reinterpret_cast<const unsigned char*>(page.data()), page.size()}));
}

}  // namespace
}  // namespace softmask::ui
