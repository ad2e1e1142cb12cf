// The faces of the screen, rasterised for one device pixel ratio.
#ifndef SOFTMASK_UI_FONTS_UI_H_
#define SOFTMASK_UI_FONTS_UI_H_

struct ImFont;
struct ImFontAtlas;

namespace softmask::ui {

struct Fonts {
  float scale = 0;                // physical pixels per CSS pixel that the sizes were made for
  ImFont* body = nullptr;         // Inter 13.5
  ImFont* caption = nullptr;      // Inter 12
  ImFont* cell = nullptr;         // Inter 12.5, tabular figures
  ImFont* strong = nullptr;       // Inter SemiBold 13.5
  ImFont* strong_cell = nullptr;  // Inter SemiBold 12
  ImFont* wordmark = nullptr;     // Inter SemiBold 17
  ImFont* large = nullptr;        // Inter 17: a lesson's text in teaching mode
  ImFont* mono = nullptr;         // JetBrains Mono 12
  ImFont* mono_small = nullptr;   // JetBrains Mono 10: a phone's code
  ImFont* mono_strong = nullptr;  // JetBrains Mono SemiBold 12.5
};

// Clears the atlas and adds every face at its size times `scale`. The atlas still has to be built
// and uploaded. Costs about 50 ms with the build.
Fonts load_fonts(ImFontAtlas* atlas, float scale);

}  // namespace softmask::ui

#endif  // SOFTMASK_UI_FONTS_UI_H_
