// The heatmaps with everything around their cells: names, headers, row numbers, operators, legends.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <vector>

#include "ui/cells_ui.h"
#include "ui/color_scale_ui.h"
#include "ui/panels_ui.h"
#include "view/number_text.h"
#include "view/state_codec.h"

namespace softmask::ui {
namespace {

using view::HeatmapLayout;
using view::Panel;
using view::Rect;
using view::Text;

// Smaller cells are grey where they are masked instead of hatched (gfx/heatmap_shader.h).
constexpr float kPatternFromPx = 5;

const char* tensor_name(Panel panel) {
  switch (panel) {
    case Panel::kScores:
      return "scores";
    case Panel::kMask:
      return "masked";
    case Panel::kMasked:
      return "masked_scores";
    case Panel::kProbabilities:
      return "scores_softmax";
  }
  return "";
}

std::string count(int64_t n) { return view::count_text(n); }

std::string scores_caption(const Painter& p) {
  const view::State& state = p.in.model.state();
  return view::fill_in(view::has_own_scores(state) ? Text::kScoresOwn : Text::kScoresDrawn,
                       {count(state.rows), count(state.cols),
                        view::text(p.in.coarse_pointer ? Text::kTapColumn : Text::kClickColumn)});
}

std::string masked_caption(const view::Derived& d) {
  if (!d.error.empty()) return {};  // nothing was filled: PyTorch raised
  const int64_t masked =
      d.mask.is_column_mask() ? d.masked_cells / std::max(d.rows, 1) : d.masked_cells;
  const Text columns =
      view::by_count(std::ssize(d.mask.bits), Text::kOneColumnFilled, Text::kColumnsFilled);
  return view::fill_in(d.mask.is_column_mask() ? columns : Text::kCellsFilled,
                       {count(masked), count(static_cast<int64_t>(d.mask.bits.size()))});
}

std::string softmax_caption(const view::State& state, const view::Derived& d) {
  const int64_t nans = d.nan_cells;
  if (nans > 0) {
    return view::fill_in(view::by_count(nans, Text::kOneNan, Text::kNanCount),
                         {count(nans), count(static_cast<int64_t>(d.probabilities.size()))});
  }
  const bool rows = state.dim == -1;
  if (state.order == core::Order::kZero) {
    return view::text(rows ? Text::kWhatZeroingLeft : Text::kWhatZeroingLeftColumns);
  }
  return view::text(rows ? Text::kRowsSumToOne : Text::kColumnsSumToOne);
}

std::string caption(const Painter& p, Panel panel) {
  const view::Derived& d = p.in.model.derived();
  switch (panel) {
    case Panel::kScores:
      return scores_caption(p);
    case Panel::kMask:
      return "";
    case Panel::kMasked:
      // With the other orders PyTorch's program still makes it, and looks at it no more.
      return p.in.model.state().order == core::Order::kFill ? masked_caption(d)
                                                            : view::text(Text::kMaskedUnused);
    case Panel::kProbabilities:
      return d.error.empty() && !p.concealed ? softmax_caption(p.in.model.state(), d) : "";
  }
  return "";
}

void name_and_caption(Painter& p, Panel panel, const HeatmapLayout& h) {
  const bool narrow = p.in.scene.arrangement == view::Arrangement::kNarrow;
  const std::string name = panel == Panel::kMask && h.cells.w < p.px(50) ? "" : tensor_name(panel);
  p.text(p.fonts.mono_strong, h.title.x, h.title.y, color(p.palette.text), name);
  float x = h.title.x, y = h.title.y + p.px(18), room = h.title.w + p.px(4);
  if (narrow) {
    x += p.text_width(p.fonts.mono_strong, name) + p.px(10);
    y = h.title.y + p.px(1);
    room = (h.legend.empty() ? h.title.right() : h.legend.x - p.px(8)) - x;
  }
  // The longest that fits.
  std::vector<std::string> candidates = {caption(p, panel)};
  if (panel == Panel::kScores) {
    candidates.emplace_back(
        view::text(p.in.coarse_pointer ? Text::kTapColumn : Text::kClickColumn));
  }
  for (const std::string& words : candidates) {
    if (p.text_width(p.fonts.caption, words) > room) continue;
    p.text(p.fonts.caption, x, y, color(p.palette.muted), words);
    break;
  }
}

// Every how many rows or columns a number has room: 1, 2, 5, 10, 20 …
int label_step(float extent, float needed) {
  int step = 1;
  for (const int next : {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000}) {
    step = next;
    if (extent * static_cast<float>(next) >= needed) break;
  }
  return step;
}

void draw_matrix(Painter& p, Panel panel, const HeatmapLayout& h, bool strip) {
  const view::Derived& d = p.in.model.derived();
  view::HeatmapDraw draw;
  draw.panel = panel;
  draw.header_strip = strip;
  draw.cells = strip ? h.header : h.cells;
  draw.first_col = h.first_col;
  draw.first_row = strip ? 0 : h.first_row;
  draw.reduction = p.transient.reduction;
  draw.clip = draw.cells;
  draw.cell_w = h.cell_w;
  draw.cell_h = strip ? h.header.h : h.cell_h;
  draw.gap = h.gap;
  draw.radius_px =
      h.gap > 0 ? std::min(p.px(4), std::floor(std::min(h.cell_w, h.cell_h) * 0.14f)) : 0;
  if (panel == Panel::kMask && std::min(h.cell_w, h.cell_h) < p.px(20)) draw.radius_px *= 0.5f;
  draw.scale = p.scale;
  draw.dark = p.in.dark;
  draw.scores_limit = d.scores_limit;
  draw.probability_limit = d.probability_limit;
  p.in.draw_heatmap(p.draw.list(), draw);
}

// 1: every cell of the column masked, 0: none, in between: some.
float masked_share(const core::Mask& mask, int col) {
  if (mask.rows == 1) return mask.at(0, col) ? 1.0f : 0.0f;
  int masked = 0;
  for (int row = 0; row < mask.rows; ++row) masked += mask.at(row, col);
  return static_cast<float>(masked) / static_cast<float>(mask.rows);
}

void header_chips(Painter& p, const HeatmapLayout& h) {
  const core::Mask& mask = p.in.model.derived().mask;
  const view::Hit hover = p.transient.hover;
  const float digits = static_cast<float>(std::to_string(h.cols - 1).size());
  const int step = label_step(h.cell_w, p.px(6.5f) * digits + p.px(4));
  if (h.cell_w < p.px(9)) {
    draw_matrix(p, Panel::kScores, h, true);
    return;
  }
  std::vector<bool> masked(static_cast<size_t>(h.cols));
  const HeatmapLayout::Range in_sight = h.cols_in_sight();
  for (int col = in_sight.first; col < in_sight.end; ++col) {
    const Rect chip = h.cell_rect(-1, col);
    masked[static_cast<size_t>(col)] = masked_share(mask, col) == 1.0f;
    const bool hovered = hover.kind != view::Hit::Kind::kNone && hover.col == col;
    const float radius = std::min(p.px(5), chip.w * 0.25f);
    view::Rgb back = masked[static_cast<size_t>(col)] ? p.palette.masked_header : p.palette.chip;
    if (hovered) back = view::mix(back, p.palette.accent, 0.25f);
    p.fill(chip, color(back), radius);
    if (hovered) p.frame(chip, color(p.palette.accent), radius, std::max(1.0f, p.scale));
  }
  const auto is_masked = [&](int col) {
    return col >= 0 && col < h.cols && masked[static_cast<size_t>(col)];
  };
  // After all the chips, so that none covers a number that reaches over its own.
  const int first_number = (in_sight.first + step - 1) / step * step;
  for (int col = first_number; col < in_sight.end; col += step) {
    const Rect chip = h.cell_rect(-1, col);
    // Cut by an edge, its number would stand aside.
    if (chip.w < h.cell_w - h.gap - 0.5f &&
        p.text_width(p.fonts.caption, std::to_string(col)) > chip.w) {
      continue;
    }
    const std::string number = std::to_string(col);
    ImFont* font = is_masked(col) && chip.w >= p.px(20) ? p.fonts.strong_cell : p.fonts.caption;
    // Half on a masked chip and half beside it, a number has no colour that is seen on both.
    const bool mixed = is_masked(col) || is_masked(col - 1) || is_masked(col + 1);
    if (mixed && p.text_width(font, number) > chip.w) continue;
    const bool cross = is_masked(col) && chip.w >= p.px(34);
    p.text_in(font, chip, Align::kCenter,
              color(is_masked(col) ? view::text_on(p.palette.masked_header) : p.palette.text),
              cross ? number + " \u00d7" : number);
  }
}

void row_numbers(Painter& p, const HeatmapLayout& h) {
  if (h.row_labels.empty()) return;
  const int step = label_step(h.cell_h, p.px(14));
  const int selected = p.in.model.state().row;
  const HeatmapLayout::Range in_sight = h.rows_in_sight();
  for (int row = (in_sight.first + step - 1) / step * step; row < in_sight.end; row += step) {
    if (row == selected) continue;
    // A number next to the selected one would stand on top of it.
    if (selected >= 0 && row != selected &&
        std::fabs(static_cast<float>(row - selected)) * h.cell_h < p.px(13)) {
      continue;
    }
    Rect box = h.row_label_rect(row);
    if (h.first_row > 0 && box.h < p.px(9) && h.cell_h > p.px(9)) continue;  // cut by an edge
    box.w -= p.px(9);
    p.text_in(p.fonts.caption, box, Align::kRight, color(p.palette.muted), count(row));
  }
  if (selected < in_sight.first || selected >= in_sight.end) return;
  Rect box = h.row_label_rect(selected);
  box.w -= p.px(9);
  p.text_in(p.fonts.strong_cell, box, Align::kRight, color(p.palette.accent), count(selected));
}

void row_outline(Painter& p, const HeatmapLayout& h) {
  const int row = p.in.model.state().row;
  if (row < 0) return;
  const float t = std::max(1.0f, std::floor(p.scale * 1.5f));
  const float out = p.px(h.gap > 0 ? 2.0f : 1.0f);
  const HeatmapLayout::Range in_sight = h.rows_in_sight();
  if (row < in_sight.first || row >= in_sight.end) return;
  const Rect label = h.row_label_rect(row);
  const float height = std::max(h.row_labels.empty() ? h.cell_h - h.gap : label.h, t);
  const float top = h.row_labels.empty() ? h.whole_cell_rect(row, 0).y : label.y;
  p.frame({h.cells.x - out, top - out, h.cells.w - h.gap + 2 * out, height + 2 * out},
          color(p.palette.accent), p.px(h.cell_h > p.px(12) ? 6.0f : 2.0f), t);
}

void cell_marks(Painter& p, Panel panel, const HeatmapLayout& h) {
  const view::Hit hover = p.transient.hover;
  if (hover.kind == view::Hit::Kind::kCell && hover.row >= 0 && hover.col >= 0) {
    Rect r = h.cell_rect(hover.row, hover.col);
    if (r.empty()) return;
    r.w = std::max(r.w, 2.0f);
    r.h = std::max(r.h, 2.0f);
    const bool here = hover.panel == panel;
    p.frame(r.inset(-p.px(1)), color(here ? p.palette.text : p.palette.muted), p.px(4),
            std::max(1.0f, std::floor(p.scale)));
  }
  const Rect cursor = h.cell_rect(p.transient.cursor_row, p.transient.cursor_col);
  if (p.transient.cursor_shown && !cursor.empty()) {
    Rect r = cursor;
    r.w = std::max(r.w, 2.0f);
    r.h = std::max(r.h, 2.0f);
    p.frame(r.inset(-p.px(2)), color(p.palette.card), p.px(5), p.px(4));
    p.frame(r.inset(-p.px(2)), color(p.palette.text), p.px(5), p.px(2));
  }
}

void legend(Painter& p, Panel panel, const HeatmapLayout& h) {
  if (h.legend.empty()) return;
  const view::Derived& d = p.in.model.derived();
  const bool sequential = panel == Panel::kProbabilities;
  const ColorScale scale = {sequential, sequential ? d.probability_limit : d.scores_limit};
  if (p.in.scene.arrangement == view::Arrangement::kNarrow) {
    color_scale_line_ui(p, h.legend, scale);
    return;
  }
  const Rect bar = color_scale_ui(p, h.legend, scale);
  if (d.masked_cells == 0) return;
  const float swatch_x = bar.right() + p.px(16);
  const char* words = view::text(Text::kLegendMasked);
  if (swatch_x + p.px(24) + p.text_width(p.fonts.caption, words) > h.slot.right()) return;
  const Rect swatch = {swatch_x, bar.y - p.px(2), p.px(18), p.px(11)};
  const bool lines = std::min(h.cell_w, h.cell_h) >= kPatternFromPx;
  p.fill(swatch, color(lines ? p.palette.chip : view::mix(p.palette.chip, p.palette.hatch, 0.4f)),
         p.px(2));
  if (lines) p.hatch(swatch, color(p.palette.hatch), p.px(5), std::max(1.0f, p.scale));
  p.text(p.fonts.caption, swatch.right() + p.px(6), bar.y - p.px(4), color(p.palette.muted), words);
}

void arrow(Painter& p, ImVec2 from, ImVec2 to, ImU32 c) {
  const float t = std::max(1.0f, p.scale * 1.25f), d = p.px(4);
  const float dx = to.x > from.x ? 1.0f : 0.0f, dy = 1 - dx;
  p.draw.line(from, to, c, t);
  p.draw.line_to(vec(to.x - dx * d - dy * d, to.y - dx * d - dy * d));
  p.draw.line_to(to);
  p.draw.line_to(vec(to.x - dx * d + dy * d, to.y + dx * d - dy * d));
  p.draw.stroke(c, t);
}

void operator_mark(Painter& p, const view::OperatorLayout& op, const char* name,
                   const std::vector<std::string>& arguments) {
  if (!op.visible) return;
  const ImU32 ink = color(p.palette.muted), accent = color(p.palette.accent);
  const Rect r = op.rect;
  if (op.vertical) {
    const float x = r.x + p.px(10);
    arrow(p, vec(x, r.y + p.px(9)), vec(x, r.bottom() - p.px(9)), ink);
    const Rect line = {x + p.px(16), r.y, 0, r.h};
    p.text_in(p.fonts.mono, line, Align::kLeft, ink, name);
    float tx = line.x + p.text_width(p.fonts.mono, name) + p.px(10);
    for (const std::string& argument : arguments) {
      p.text_in(p.fonts.mono_strong, {tx, r.y, 0, r.h}, Align::kLeft, accent, argument);
      tx += p.text_width(p.fonts.mono_strong, argument) + p.px(10);
    }
    return;
  }
  const float half = std::min(p.px(21), r.w * 0.35f);
  const float y = std::floor(r.y + p.px(24)) + 0.5f;
  const float line_h = p.px(17);
  // Names that do not fit between narrow tensors are left to the code.
  const float name_w = p.text_width(p.fonts.mono, name);
  if (name_w <= r.w + p.px(4)) {
    // Where there is hardly room, midway between the cells on the left and the row numbers.
    const float least = std::clamp((r.w - name_w) * 0.5f, p.px(3), p.px(8));
    const float x = std::max(r.center_x() - name_w * 0.5f, r.x + least);
    p.text_in(p.fonts.mono, {x, y - p.px(8) - line_h, 0, line_h}, Align::kLeft, ink, name);
  }
  arrow(p, vec(r.center_x() - half, y), vec(r.center_x() + half, y), ink);
  float ty = y + p.px(8);
  for (const std::string& argument : arguments) {
    p.text_in(p.fonts.mono_strong, {r.x, ty, r.w, line_h}, Align::kCenter, accent, argument);
    ty += line_h;
  }
}

void operators(Painter& p) {
  const view::State& state = p.in.model.state();
  operator_mark(p, p.in.scene.masked_fill, "masked_fill", {state.fill.text});
  std::vector<std::string> arguments = {state.dim == 0 ? "dim 0" : "dim \u22121"};
  if (state.order == core::Order::kZero) {
    arguments.emplace_back(view::text(Text::kOperatorThenZero));
  } else if (state.order == core::Order::kRenorm) {
    arguments.emplace_back(view::text(Text::kOperatorThenDivide));
  }
  if (state.temperature != 1) {
    arguments.push_back(
        view::fill_in(Text::kOperatorTemperature, {view::field_text(state, "temperature")}));
  }
  operator_mark(p, p.in.scene.softmax, "softmax", arguments);
}

Panel first_tensor(const view::Scene& scene) {
  for (const Panel panel : {Panel::kScores, Panel::kMasked}) {
    if (scene.heatmap(panel).visible) return panel;
  }
  return Panel::kProbabilities;
}

// PyTorch's own words where the two right-hand tensors would stand.
void error_panel(Painter& p, Rect area) {
  const view::Derived& d = p.in.model.derived();
  p.fill(area, color(p.palette.danger_tint), p.px(8));
  p.frame(area, color(p.palette.danger), p.px(8), std::max(1.0f, p.scale));
  const float pad = p.px(16);
  float y = area.y + pad;
  p.icon(Icon::kWarning, {area.x + pad, y - p.px(1), p.px(18), p.px(18)}, color(p.palette.danger));
  p.text(p.fonts.strong, area.x + pad + p.px(26), y, color(p.palette.text),
         view::text(Text::kPyTorchRaises));
  y += p.px(26);
  const float w = area.w - 2 * pad;
  y += p.wrapped(p.fonts.mono, area.x + pad, y, w, color(p.palette.text), d.error) + p.px(8);
  for (const std::string& note : d.notes) {
    // What has no room stands in the card below.
    const float bottom = y + p.wrapped_height(p.fonts.body, w, note) + pad * 0.5f;
    if (note == d.error || bottom > area.bottom()) continue;
    y += p.wrapped(p.fonts.body, area.x + pad, y, w, color(p.palette.text), note) + p.px(4);
  }
}

}  // namespace

void stage_ui(Painter& p) {
  const view::Scene& scene = p.in.scene;
  const view::Derived& d = p.in.model.derived();
  p.card(scene.stage);
  stage_input(p);
  const bool failed = !d.error.empty();
  Rect error_area;
  for (int i = 0; i < view::kPanelCount; ++i) {
    const auto panel = static_cast<Panel>(i);
    const HeatmapLayout& h = scene.heatmap(panel);
    if (!h.visible) continue;
    const bool right_hand = panel == Panel::kMasked || panel == Panel::kProbabilities;
    const bool blank = failed && right_hand;
    name_and_caption(p, panel, h);
    header_chips(p, h);
    // While a lesson asks, neither the result nor PyTorch's refusal is there to be read.
    if (p.concealed && (panel == Panel::kProbabilities || blank)) {
      concealed_cells(p, h);
      continue;
    }
    if (blank) {
      if (error_area.empty()) {
        // There are no colours to explain: a single row of cells would not hold the words.
        error_area = h.cells;
        error_area.h = std::max(h.cells.h, std::min(h.slot.bottom() - h.cells.y, p.px(84)));
      } else {
        const float right = std::max(error_area.right(), h.cells.right());
        error_area.w = right - error_area.x;
        error_area.h = std::max(error_area.bottom(), h.cells.bottom()) - error_area.y;
      }
      continue;
    }
    draw_matrix(p, panel, h, false);
    if (panel != Panel::kMask) {
      row_numbers(p, h);
      legend(p, panel, h);
      sums_ui(p, h);
    }
    cell_numbers(p, panel, h);
    row_outline(p, h);
    cell_marks(p, panel, h);
  }
  operators(p);
  zoom_bar_ui(p);
  if (failed && !p.concealed) error_panel(p, error_area);
  for (int i = 0; i < view::kPanelCount; ++i) {
    const HeatmapLayout& h = scene.heatmap(static_cast<Panel>(i));
    constexpr std::string_view kParts[] = {"scores", "", "masked", "probabilities"};
    if (!h.visible || kParts[i] == "") continue;
    if (!error_area.empty() && static_cast<Panel>(i) != Panel::kScores) {
      p.part(kParts[i], error_area);  // what stands in the place of both
      continue;
    }
    // Without the row numbers, into whose column the operator's name reaches.
    const bool narrow = scene.arrangement == view::Arrangement::kNarrow;
    const float left = h.cells.x - p.px(1), top = h.slot.y - p.px(narrow ? -3.0f : 4.0f);
    const float right = narrow ? h.slot.right() : h.cells.right();
    p.part(kParts[i], {left, top, right - left, h.slot.bottom() - top});
  }
  const HeatmapLayout& grid = scene.heatmap(Panel::kMask);
  const HeatmapLayout& first = grid.visible ? grid : scene.heatmap(first_tensor(scene));
  p.part("mask", grid.visible ? grid.slot : first.header);
}

}  // namespace softmask::ui
