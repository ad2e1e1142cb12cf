#include "ui/fonts_ui.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "fonts/chinese_ranges.h"
#include "fonts/fonts.h"

namespace softmask::ui {
namespace {

// Where the characters of the subsets lie: Latin, Greek, punctuation, arrows, mathematics, marks.
constexpr ImWchar kRanges[] = {0x0020, 0x00FF, 0x0391, 0x03C9, 0x2010, 0x2027,
                               0x2190, 0x2193, 0x2200, 0x22FF, 0x25A0, 0x25FF,
                               0x2600, 0x26FF, 0x2700, 0x27BF, 0};

// Chinese is drawn from pictures of its characters at most this many times the design's size: ten
// faces of it at a projector's scale would not fit a texture.
constexpr float kChineseMostScale = 3;

ImFont* add(ImFontAtlas* atlas, std::span<const unsigned char> data, float px,
            ImFontConfig config = {}) {
  config.FontDataOwnedByAtlas = false;  // it lives in the program
  // Dear ImGui takes void* but does not write to a font it does not own.
  return atlas->AddFontFromMemoryTTF(const_cast<unsigned char*>(data.data()),
                                     static_cast<int>(data.size()), px, &config);
}

ImFont* add_latin(ImFontAtlas* atlas, const unsigned char* data, unsigned size, float px) {
  ImFontConfig config;
  // Sizes are final pixels, so horizontal oversampling is for sub-pixel positions alone.
  config.OversampleH = 2;
  config.OversampleV = 1;
  config.PixelSnapH = false;
  config.GlyphRanges = kRanges;
  return add(atlas, {data, size}, px, config);
}

// Into the face that was added last, on its baseline.
void merge_chinese(ImFontAtlas* atlas, std::span<const unsigned char> data, float px, float scale) {
  if (data.empty()) return;
  ImFontConfig config;
  config.MergeMode = true;
  config.OversampleH =
      1;  // a glyph is as wide as its line is high: there is nothing to place finely
  config.OversampleV = 1;
  config.RasterizerDensity = std::min(1.0f, kChineseMostScale / scale);
  config.GlyphRanges = softmask::fonts::kChineseRanges;
  add(atlas, data, px, config);
}

// Quarters of a pixel: finer sizes look the same.
float rounded(float px) { return std::round(px * 4) / 4; }

uint32_t big_endian(std::span<const unsigned char> bytes, size_t at, size_t count) {
  uint32_t value = 0;
  for (size_t i = 0; i < count; ++i) value = value << 8 | bytes[at + i];
  return value;
}

}  // namespace

bool is_whole_font(std::span<const unsigned char> file) {
  constexpr size_t kHead = 12, kRecord = 16;
  constexpr uint32_t kOtto = 0x4F54544F;  // "OTTO": outlines as CFF
  if (file.size() < kHead || big_endian(file, 0, 4) != kOtto) return false;
  const size_t tables = big_endian(file, 4, 2);
  if (tables == 0 || file.size() < kHead + tables * kRecord) return false;
  for (size_t i = 0; i < tables; ++i) {
    const uint64_t offset = big_endian(file, kHead + i * kRecord + 8, 4);
    const uint64_t length = big_endian(file, kHead + i * kRecord + 12, 4);
    if (offset + length > file.size()) return false;
  }
  return true;
}

Fonts load_fonts(ImFontAtlas* atlas, float scale, const ChineseFiles& chinese) {
  atlas->Clear();
  atlas->Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;  // which nothing needs any more
  // What every device takes, where Dear ImGui's own guess could be too narrow for all characters to
  // fit as much height.
  constexpr float kManyFrom = 2.5f;
  constexpr int kWidest = 4096;
  atlas->TexDesiredWidth = !chinese.regular.empty() && scale >= kManyFrom ? kWidest : 0;
  // stb_truetype scales by ascent minus descent, not by the em: the factors turn the design's em
  // sizes into Dear ImGui's (Inter: 1.21, JetBrains Mono: 1.32, Noto Sans CJK: 1.448).
  const auto merge = [&](bool bold, float em) {
    merge_chinese(atlas, bold ? chinese.bold : chinese.regular, rounded(em * 1.448f * scale),
                  scale);
  };
  const auto numbers = [&](float em) {
    using namespace softmask::fonts;
    return add_latin(atlas, kInterRegular, kInterRegularSize, rounded(em * 1.21f * scale));
  };
  const auto inter = [&](bool bold, float em) {
    using namespace softmask::fonts;
    ImFont* font =
        add_latin(atlas, bold ? kInterSemiBold : kInterRegular,
                  bold ? kInterSemiBoldSize : kInterRegularSize, rounded(em * 1.21f * scale));
    merge(bold, em);
    return font;
  };
  const auto mono = [&](bool bold, float em) {
    using namespace softmask::fonts;
    ImFont* font = add_latin(atlas, bold ? kJetBrainsMonoSemiBold : kJetBrainsMonoRegular,
                             bold ? kJetBrainsMonoSemiBoldSize : kJetBrainsMonoRegularSize,
                             rounded(em * 1.32f * scale));
    merge(bold, em);
    return font;
  };
  Fonts fonts;
  fonts.scale = scale;
  fonts.body = inter(false, 13.5f);
  fonts.caption = inter(false, 12);
  fonts.cell = numbers(12.5f);
  fonts.strong = inter(true, 13.5f);
  fonts.strong_cell = inter(true, 12);
  fonts.wordmark = inter(true, 17);
  fonts.large = inter(false, 17);
  fonts.mono = mono(false, 11.5f);
  fonts.mono_small = mono(false, 10);
  fonts.mono_strong = mono(true, 12.5f);
  return fonts;
}

}  // namespace softmask::ui
