// The legend of a colour map: what its colours span.
#ifndef SOFTMASK_UI_COLOR_SCALE_UI_H_
#define SOFTMASK_UI_COLOR_SCALE_UI_H_

#include "ui/painter_ui.h"

namespace softmask::ui {

struct ColorScale {
  bool sequential = false;  // 0 … limit; else diverging, -limit … limit
  float limit = 1;
};

// A bar with its numbers below. Returns the bar.
view::Rect color_scale_ui(Painter& p, const view::Rect& box, const ColorScale& scale);

// The bar with its ends to its left and right, for a single line.
void color_scale_line_ui(Painter& p, const view::Rect& box, const ColorScale& scale);

}  // namespace softmask::ui

#endif  // SOFTMASK_UI_COLOR_SCALE_UI_H_
