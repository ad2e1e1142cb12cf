// The faces of the screen, rasterised for one device pixel ratio.
#ifndef SOFTMASK_UI_FONTS_UI_H_
#define SOFTMASK_UI_FONTS_UI_H_

#include <span>

struct ImFont;
struct ImFontAtlas;

namespace softmask::ui {

struct Fonts {
  float scale = 0;                // physical pixels per CSS pixel that the sizes were made for
  ImFont* body = nullptr;         // Inter 13.5
  ImFont* caption = nullptr;      // Inter 12
  ImFont* cell = nullptr;         // Inter 12.5, tabular figures: numbers alone, so no Chinese
  ImFont* strong = nullptr;       // Inter SemiBold 13.5
  ImFont* strong_cell = nullptr;  // Inter SemiBold 12
  ImFont* wordmark = nullptr;     // Inter SemiBold 17
  ImFont* large = nullptr;        // Inter 17: a lesson's text in teaching mode
  ImFont* mono = nullptr;         // JetBrains Mono 12
  ImFont* mono_small = nullptr;   // JetBrains Mono 10: a phone's code
  ImFont* mono_strong = nullptr;  // JetBrains Mono SemiBold 12.5
};

// The files that tools/lib/make_chinese_fonts.py makes. Empty: there is no Chinese.
struct ChineseFiles {
  std::span<const unsigned char> regular;
  std::span<const unsigned char> bold;
};

// Whether these are the bytes of one OpenType font and all of them: what a server sends in place of
// a file, or the half of one, is not. O(tables).
bool is_whole_font(std::span<const unsigned char> file);

// Clears the atlas and adds every face at its size times `scale`, with the characters of `chinese`
// in each; both of its files are whole fonts, or both empty, and outlive the atlas. The atlas still
// has to be built and uploaded.
Fonts load_fonts(ImFontAtlas* atlas, float scale, const ChineseFiles& chinese = {});

}  // namespace softmask::ui

#endif  // SOFTMASK_UI_FONTS_UI_H_
