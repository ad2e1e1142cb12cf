#include "ui/matrix_ui.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/color_scale_ui.h"
#include "view/number_text.h"

namespace softmask::ui {
namespace {

using view::Panel;
using view::Rect;

struct Grid {
  Rect cells;
  float cell_w, cell_h, gap;
  bool numbers;
  Rect cell(int row, int col) const {
    return {cells.x + static_cast<float>(col) * cell_w, cells.y + static_cast<float>(row) * cell_h,
            cell_w - gap, cell_h - gap};
  }
};

Grid grid_for(const Painter& p, float x, float y, float w, const MatrixView& m) {
  const auto whole = [](float v) { return v >= 4 ? std::floor(v) : v; };
  Grid g;
  g.cell_w = whole(std::min(w / static_cast<float>(m.cols), p.px(64)));
  g.numbers = g.cell_w >= p.px(44) && m.rows <= 24;
  g.cell_h = g.numbers
                 ? p.px(30)
                 : whole(std::min({g.cell_w, p.px(28), p.px(240) / static_cast<float>(m.rows)}));
  g.gap = std::min(g.cell_w, g.cell_h) >= p.px(5) ? std::max(1.0f, std::floor(p.scale)) : 0;
  g.cells = {x, y, g.cell_w * static_cast<float>(m.cols), g.cell_h * static_cast<float>(m.rows)};
  return g;
}

void numbers(Painter& p, const Grid& g, const MatrixView& m) {
  for (int row = 0; row < m.rows; ++row) {
    for (int col = 0; col < m.cols; ++col) {
      const float value = m.values[static_cast<size_t>(row) * static_cast<size_t>(m.cols) +
                                   static_cast<size_t>(col)];
      const bool masked = m.mask != nullptr && m.mask->at(row, col);
      view::Rgb back = m.panel == Panel::kProbabilities
                           ? view::sequential_color(value / m.limit, p.in.dark)
                           : view::diverging_color(value / m.limit, p.in.dark);
      const bool plain = !std::isfinite(value) || (value == 0 && m.panel != Panel::kScores);
      if (plain) back = p.palette.card;
      const Rect r = g.cell(row, col);
      ImFont* font = g.cell_w < p.px(46) ? p.fonts.caption : p.fonts.cell;
      const std::string words = p.number_for(font, r.w - p.px(2), value);
      if (words.empty()) continue;
      if (masked || !std::isfinite(value)) {
        const float w = std::min(p.text_width(font, words) + p.px(8), r.w), h = p.px(18);
        p.fill({std::floor(r.center_x() - w * 0.5f), std::floor(r.center_y() - h * 0.5f),
                std::floor(w), h},
               color(back), p.px(4));
      }
      p.text_in(font, r, Align::kCenter,
                color(std::isnan(value) ? p.palette.danger : view::text_on(back)), words);
    }
  }
}

void header(Painter& p, const Grid& g, float y, float h, const MatrixView& m) {
  if (g.cell_w < p.px(14)) return;
  for (int col = 0; col < m.cols; ++col) {
    bool masked = m.mask != nullptr;
    for (int row = 0; masked && row < m.mask->rows; ++row) masked = m.mask->at(row, col);
    const Rect chip = {g.cells.x + static_cast<float>(col) * g.cell_w, y, g.cell_w - g.gap, h};
    const view::Rgb back = masked ? p.palette.masked_header : p.palette.chip;
    p.fill(chip, color(back), p.px(4));
    const std::string number = std::to_string(col);
    if (p.text_width(p.fonts.caption, number) > chip.w) continue;
    p.text_in(p.fonts.caption, chip, Align::kCenter, color(view::text_on(back)), number);
  }
}

// Every row's number where rows are as high as a digit; else those of the first and the last.
void row_numbers(Painter& p, const Grid& g, float x, const MatrixView& m) {
  const bool all = g.cell_h >= p.px(13);
  for (int row = 0; row < m.rows; ++row) {
    if (!all && row != 0 && row != m.rows - 1) continue;
    if (!all && row != 0 && g.cells.h < p.px(28)) continue;
    const bool selected = row == m.selected_row;
    const Rect box = {x, g.cell(row, 0).y, g.cells.x - x - p.px(7), g.cell_h - g.gap};
    p.text_in(selected && all ? p.fonts.strong_cell : p.fonts.caption, box, Align::kRight,
              color(selected ? p.palette.accent : p.palette.muted), std::to_string(row));
  }
}

}  // namespace

float matrix_ui(Painter& p, float x, float y, float w, const MatrixView& m) {
  const float start = y, head = p.px(20);
  const float labels =
      p.text_width(p.fonts.caption, std::to_string(std::max(m.rows - 1, 0))) + p.px(9);
  p.text(p.fonts.mono_strong, x + labels, y, color(p.palette.text), m.title);
  y += p.px(22);
  const Grid g = grid_for(p, x + labels, y + head + p.px(4), w - labels, m);
  row_numbers(p, g, x, m);
  header(p, g, y, head, m);
  view::HeatmapDraw draw;
  draw.figure = m.figure;
  draw.panel = m.panel;
  draw.cells = g.cells;
  draw.clip = g.cells;
  draw.cell_w = g.cell_w;
  draw.cell_h = g.cell_h;
  draw.gap = g.gap;
  draw.radius_px = g.gap > 0 ? std::min(p.px(4), std::floor(g.cell_h * 0.14f)) : 0;
  draw.scale = p.scale;
  draw.dark = p.in.dark;
  draw.scores_limit = m.limit;
  draw.probability_limit = m.limit;
  if (p.in.draw_heatmap) p.in.draw_heatmap(p.draw.list(), draw);
  if (g.numbers) numbers(p, g, m);
  if (m.selected_row >= 0 && m.selected_row < m.rows) {
    const float out = p.px(1.5f);
    Rect r = g.cell(m.selected_row, 0);
    r.w = g.cells.w - g.gap;
    r.h = std::max(r.h, std::floor(p.scale));
    p.frame(r.inset(-out), color(p.palette.accent), p.px(5),
            std::max(1.0f, std::floor(p.scale * 1.5f)));
  }
  y = g.cells.bottom() + p.px(12);
  const float scale_w = std::min(std::max(g.cells.w, p.px(96)), p.px(144));
  color_scale_ui(p, {g.cells.x, y, scale_w, 0}, {m.panel == Panel::kProbabilities, m.limit});
  y += p.px(10) + p.fonts.caption->FontSize;
  if (m.says_reduction && std::min(g.cell_w, g.cell_h) < 1) {
    y += p.px(4);
    y += p.wrapped(p.fonts.caption, g.cells.x, y, std::max(g.cells.w, scale_w),
                   color(p.palette.muted), view::text(view::Text::kReductionMaxSays));
  }
  return y - start;
}

}  // namespace softmask::ui
