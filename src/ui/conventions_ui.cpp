// The same mask under four conventions, each with its line of PyTorch.
#include <algorithm>

#include "ui/lenses_ui.h"
#include "view/mask_convention.h"
#include "view/number_text.h"

namespace softmask::ui {
namespace {

using view::MaskConvention;
using view::Rect;
using view::Text;

// The mask of one row as this convention writes it. Returns the height used.
float mask_cells(Painter& p, float x, float y, float w, MaskConvention convention) {
  const view::State& state = p.in.model.state();
  const core::Mask& mask = p.in.model.derived().mask;
  const int row = std::clamp(state.row, 0, mask.rows - 1);
  const float cell_w = p.px(56), h = p.px(30), head = p.px(18);
  const int fit = std::max(1, static_cast<int>(w / cell_w));
  const int shown = mask.cols <= fit ? mask.cols : fit - 1;
  for (int col = 0; col < shown; ++col) {
    const bool masked = mask.at(row, col);
    const float left = x + static_cast<float>(col) * cell_w;
    p.text_in(p.fonts.caption, {left, y, cell_w - p.px(2), head}, Align::kCenter,
              color(p.palette.muted), view::count_text(col));
    const Rect r = {left, y + head, cell_w - p.px(2), h};
    p.fill(r, color(masked ? p.palette.masked_header : p.palette.chip), p.px(4));
    p.text_in(p.fonts.mono, r, Align::kCenter,
              color(masked ? p.palette.on_masked_header : p.palette.text),
              view::convention_cell(convention, masked));
  }
  if (shown < mask.cols) {
    p.text_in(p.fonts.body, {x + static_cast<float>(shown) * cell_w, y + head, cell_w, h},
              Align::kCenter, color(p.palette.muted), "\u2026");
  }
  return head + h;
}

float program(Painter& p, float x, float y, float w, const std::string& code) {
  const float line_h = p.px(19), pad = p.px(12), button = p.px(76);
  const auto lines = static_cast<float>(std::count(code.begin(), code.end(), '\n'));
  const Rect box = {x, y, w, lines * line_h + 2 * pad};
  p.fill(box, color(p.palette.code), p.px(8));
  float ty = y + pad;
  for (size_t at = 0; at < code.size();) {
    const size_t end = code.find('\n', at);
    p.text(p.fonts.mono, x + pad, ty, color(p.palette.text),
           std::string_view(code).substr(at, end - at));
    ty += line_h;
    at = end + 1;
  }
  const Rect copy = {box.right() - button - p.px(8), y + p.px(8), button, p.chip_height()};
  if (p.copy_button("copy convention", copy, "convention")) {
    p.out.copy = CopyRequest{"convention", code};
  }
  return box.h;
}

}  // namespace

float conventions_lens_ui(Painter& p, float x, float y, float w) {
  const float start = y;
  view::Transient& t = p.transient;
  std::vector<std::string> labels;
  for (const MaskConvention c : view::kMaskConventions) labels.push_back(convention_name(c));
  const int used = p.chip_row("conventions", x, &y, w, labels, static_cast<int>(t.convention));
  if (used >= 0) t.convention = static_cast<MaskConvention>(used);
  y += p.px(14);
  y += p.wrapped(p.fonts.strong, x, y, w, color(p.palette.text), convention_meaning(t.convention));
  y += p.px(10);
  const core::Mask& mask = p.in.model.derived().mask;
  const view::State& state = p.in.model.state();
  p.text(p.fonts.caption, x, y, color(p.palette.muted),
         mask.is_column_mask()
             ? std::string(view::text(Text::kConventionColumns))
             : view::fill_in(Text::kConventionRow, {view::count_text(std::max(state.row, 0))}));
  y += p.px(20);
  y += mask_cells(p, x, y, w, t.convention) + p.px(14);
  y += program(p, x, y, std::min(w, p.px(560)), convention_program(t.convention, state));
  return y - start;
}

}  // namespace softmask::ui
