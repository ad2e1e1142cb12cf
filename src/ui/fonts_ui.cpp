#include "ui/fonts_ui.h"

#include <imgui.h>

#include <cmath>

#include "fonts/fonts.h"

namespace softmask::ui {
namespace {

// What the subsets hold: Latin-1, punctuation, arrows, mathematics, marks.
constexpr ImWchar kRanges[] = {0x0020, 0x00FF, 0x0391, 0x03C9, 0x2010, 0x2027,
                               0x2190, 0x2193, 0x2200, 0x22FF, 0x25A0, 0x25FF,
                               0x2600, 0x26FF, 0x2700, 0x27BF, 0};

ImFont* add(ImFontAtlas* atlas, const unsigned char* data, unsigned size, float px) {
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;  // it lives in the program
  // Sizes are final pixels, so horizontal oversampling is for sub-pixel positions alone.
  config.OversampleH = 2;
  config.OversampleV = 1;
  config.PixelSnapH = false;
  config.GlyphRanges = kRanges;
  // Dear ImGui takes void* but does not write to a font it does not own.
  return atlas->AddFontFromMemoryTTF(const_cast<unsigned char*>(data), static_cast<int>(size), px,
                                     &config);
}

}  // namespace

Fonts load_fonts(ImFontAtlas* atlas, float scale) {
  atlas->Clear();
  // stb_truetype scales by ascent minus descent, not by the em: the factors turn the design's em
  // sizes into Dear ImGui's (Inter: 1.21, JetBrains Mono: 1.32).
  const auto inter = [&](const unsigned char* data, unsigned size, float em) {
    return add(atlas, data, size, std::round(em * 1.21f * scale * 4) / 4);
  };
  const auto mono = [&](const unsigned char* data, unsigned size, float em) {
    return add(atlas, data, size, std::round(em * 1.32f * scale * 4) / 4);
  };
  using namespace softmask::fonts;
  Fonts fonts;
  fonts.scale = scale;
  fonts.body = inter(kInterRegular, kInterRegularSize, 13.5f);
  fonts.caption = inter(kInterRegular, kInterRegularSize, 12);
  fonts.cell = inter(kInterRegular, kInterRegularSize, 12.5f);
  fonts.strong = inter(kInterSemiBold, kInterSemiBoldSize, 13.5f);
  fonts.strong_cell = inter(kInterSemiBold, kInterSemiBoldSize, 12);
  fonts.wordmark = inter(kInterSemiBold, kInterSemiBoldSize, 17);
  fonts.large = inter(kInterRegular, kInterRegularSize, 17);
  fonts.mono = mono(kJetBrainsMonoRegular, kJetBrainsMonoRegularSize, 11.5f);
  fonts.mono_small = mono(kJetBrainsMonoRegular, kJetBrainsMonoRegularSize, 10);
  fonts.mono_strong = mono(kJetBrainsMonoSemiBold, kJetBrainsMonoSemiBoldSize, 12.5f);
  return fonts;
}

}  // namespace softmask::ui
