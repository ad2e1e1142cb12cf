#include "ui/color_scale_ui.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "view/colormap.h"
#include "view/number_text.h"

namespace softmask::ui {
namespace {

using view::Rect;

// The end of a colour range: two digits, or all before the point where there are more.
std::string limit_text(const ColorScale& scale) {
  const float whole = scale.sequential ? 1 : std::round(scale.limit);
  const int digits = whole < 100 || whole >= 100000 ? 2 : static_cast<int>(std::log10(whole)) + 1;
  return view::significant_text(static_cast<double>(scale.limit), digits);
}

std::string low_text(const ColorScale& scale) {
  return scale.sequential ? "0" : typographic("-" + limit_text(scale));
}

void bar_ui(Painter& p, const Rect& bar, const ColorScale& scale) {
  const int steps = 32;
  for (int i = 0; i < steps; ++i) {
    const auto at = [&](int k) {
      const float t = static_cast<float>(k) / steps;
      return color(scale.sequential ? view::sequential_color(t, p.in.dark)
                                    : view::diverging_color(2 * t - 1, p.in.dark));
    };
    const float x0 = std::floor(bar.x + bar.w * static_cast<float>(i) / steps);
    const float x1 = std::floor(bar.x + bar.w * static_cast<float>(i + 1) / steps);
    p.draw.shade(vec(x0, bar.y), vec(x1, bar.bottom()), at(i), at(i + 1));
  }
  p.frame(bar, color(p.palette.line), 0, std::max(1.0f, std::floor(p.scale)));
}

}  // namespace

Rect color_scale_ui(Painter& p, const Rect& box, const ColorScale& scale) {
  const Rect bar = {box.x, box.y, box.w, p.px(7)};
  bar_ui(p, bar, scale);
  const Rect numbers = {bar.x, bar.bottom() + p.px(3), bar.w, p.fonts.caption->FontSize};
  const ImU32 ink = color(p.palette.muted);
  p.text_in(p.fonts.caption, numbers, Align::kLeft, ink, low_text(scale));
  if (!scale.sequential) p.text_in(p.fonts.caption, numbers, Align::kCenter, ink, "0");
  p.text_in(p.fonts.caption, numbers, Align::kRight, ink, typographic(limit_text(scale)));
  return bar;
}

void color_scale_line_ui(Painter& p, const Rect& box, const ColorScale& scale) {
  const std::string low = low_text(scale), high = typographic(limit_text(scale));
  const float low_w = p.text_width(p.fonts.caption, low) + p.px(5);
  const float high_w = p.text_width(p.fonts.caption, high) + p.px(5);
  const Rect line = {box.x, box.y, box.w, p.fonts.caption->FontSize};
  p.text_in(p.fonts.caption, line, Align::kLeft, color(p.palette.muted), low);
  p.text_in(p.fonts.caption, line, Align::kRight, color(p.palette.muted), high);
  bar_ui(p, {box.x + low_w, box.y + p.px(3), box.w - low_w - high_w, p.px(8)}, scale);
}

}  // namespace softmask::ui
