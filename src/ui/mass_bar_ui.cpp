#include "ui/mass_bar_ui.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "view/flow_scene.h"
#include "view/number_text.h"

namespace softmask::ui {

using view::Rect;
using view::Text;

namespace {

// Neither NaN nor infinity goes away again in a sum.
bool has_nan(std::span<const float> row) {
  double sum = 0;
  for (const float value : row) sum += static_cast<double>(value);
  return !std::isfinite(sum);
}

float x_at(const Rect& bar, double share) {
  return std::floor(bar.x + bar.w * static_cast<float>(std::min(share, 1.0)) + 0.5f);
}

}  // namespace

double MassBar::draw(const Rect& bar, std::span<const float> values, double full, double before) {
  if (has_nan(values)) {
    draw_nan(bar);
    return std::numeric_limits<double>::quiet_NaN();
  }
  p_.fill(bar, color(p_.palette.chip), p_.px(3));
  double mass = 0;
  float x0 = x_at(bar, 0);
  // The mass that may reach the next pixel, with a hundredth to spare for rounding: most of 65,536
  // columns end before it.
  const auto enough = [&bar, full](float x) {
    return static_cast<double>(x + 0.49f - bar.x) / static_cast<double>(bar.w) * full;
  };
  double next = enough(x0);
  for (size_t col = 0; col < values.size(); ++col) {
    const float value = values[col];
    mass += static_cast<double>(value);
    if (mass < next) continue;
    const float x1 = x_at(bar, mass / full);
    if (x1 - x0 >= 1) {
      const float gap = x1 - x0 > p_.px(4) && values.size() <= 32 ? p_.px(1) : 0;
      const int index = static_cast<int>(col);
      segment({x0, bar.y, x1 - x0 - gap, bar.h}, index, value, mask_.at(row_, index));
    }
    x0 = x1;
    next = enough(x0);
  }
  // Down the columns rows have sums of their own: what is missing to the longest is no loss. Nor is
  // what a low-precision dtype rounds away, which the row without the mask misses of 1 as well.
  const view::State& state = p_.in.model.state();
  const double seen = std::max(0.0005, view::rounding_share(state.dtype));
  if (state.dim == -1 && before - mass > seen * full) {
    const float left = x_at(bar, mass / full);
    lost({left, bar.y, x_at(bar, before / full) - left, bar.h}, before - mass);
  }
  return mass;
}

void MassBar::segment(const Rect& r, int col, float value, bool masked) {
  const view::Rgb base = view::column_color(col);
  const float radius = r.w > p_.px(8) ? p_.px(3) : 0;
  view::Rgb back = base;
  if (masked) {
    back = view::mix(p_.palette.card, base, p_.in.dark ? 0.38f : 0.42f);
    p_.fill(r, color(back), radius);
    p_.hatch(r, color(base), p_.px(6), std::max(1.0f, p_.scale * 1.5f));
  } else {
    p_.fill(r, color(back), radius);
    if (view::column_pattern(col) == 1) {
      // The second round of colours carries a light band: never told apart by colour alone.
      p_.fill({r.x, r.y + std::floor(r.h * 0.4f), r.w, std::max(1.0f, std::floor(r.h * 0.2f))},
              color(p_.palette.card, 0.75f));
    }
  }
  if (labels_) label(r, col, value, masked, back);
}

void MassBar::label(const Rect& r, int col, float value, bool masked, const view::Rgb& back) {
  const std::string number = std::to_string(col), amount = view::mass_text(value);
  const float wide = p_.text_width(p_.fonts.caption, amount);
  const float line = p_.px(15);
  const float top = r.center_y() - line;
  // Neither hatch nor band may cross a digit.
  const bool plated = masked || view::column_pattern(col) == 1;
  if (r.w < std::max(wide, p_.text_width(p_.fonts.strong_cell, number)) + p_.px(8)) {
    if (r.w < p_.text_width(p_.fonts.strong_cell, number) + p_.px(8)) return;
    if (plated) plate(r, p_.text_width(p_.fonts.strong_cell, number), line);
    p_.text_in(p_.fonts.strong_cell, r, Align::kCenter,
               color(plated ? p_.palette.text : view::text_on(back)), number);
    return;
  }
  if (plated) plate(r, wide, 2 * line);
  const ImU32 ink = color(plated ? p_.palette.text : view::text_on(back));
  p_.text_in(p_.fonts.strong_cell, {r.x, top, r.w, line}, Align::kCenter, ink, number);
  p_.text_in(p_.fonts.caption, {r.x, top + line, r.w, line}, Align::kCenter, ink, amount);
}

void MassBar::plate(const Rect& r, float w, float h) {
  const float pw = std::min(r.w, w + p_.px(8));
  p_.fill({std::floor(r.center_x() - pw * 0.5f), std::floor(r.center_y() - h * 0.5f), pw, h},
          color(p_.palette.card), p_.px(3));
}

// Mass that went nowhere: an empty frame up to where the bar without the mask ends.
void MassBar::lost(const Rect& r, double amount) {
  p_.fill(r, color(p_.palette.card), p_.px(3));
  p_.frame(r, color(p_.palette.danger), p_.px(3), std::max(1.0f, p_.scale));
  if (!labels_) return;
  const std::string words = view::fill_in(Text::kLedgerLost, {view::mass_text(amount)});
  if (p_.text_width(p_.fonts.caption, words) + p_.px(10) > r.w) return;
  p_.text_in(p_.fonts.caption, r, Align::kCenter, color(p_.palette.danger), words);
}

void MassBar::draw_nan(const Rect& bar) {
  p_.fill(bar, color(p_.palette.danger_tint), p_.px(3));
  p_.hatch(bar, color(p_.palette.danger, 0.35f), p_.px(8), std::max(1.0f, p_.scale));
  const Rect tag = {bar.center_x() - p_.px(20), bar.y + p_.px(1), p_.px(40), bar.h - p_.px(2)};
  p_.fill(tag, color(p_.palette.card), p_.px(3));
  p_.text_in(p_.fonts.strong_cell, tag, Align::kCenter, color(p_.palette.danger),
             view::text(Text::kNanShort));
}

}  // namespace softmask::ui
