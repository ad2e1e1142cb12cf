#include "ui/cells_ui.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "ui/panels_ui.h"
#include "view/explain.h"
#include "view/number_text.h"
#include "view/zoom.h"

namespace softmask::ui {

using view::Hit;
using view::Panel;
using view::Rect;

namespace {

// A plate in the cell's own colour keeps the lines of the hatch away from the digits.
void plated(Painter& p, ImFont* font, const Rect& cell, view::Rgb back, ImU32 ink,
            std::string_view words) {
  const float w = std::min(p.text_width(font, words) + p.px(10), cell.w);
  const float h = p.px(19);
  const Rect plate = {std::floor(cell.center_x() - w * 0.5f),
                      std::floor(cell.center_y() - h * 0.5f), std::floor(w), h};
  p.fill(plate, color(back), p.px(4));
  p.text_in(font, plate, Align::kCenter, ink, words);
}

void one_number(Painter& p, Panel panel, const Rect& cell, float value, bool masked) {
  const view::ValueClass kind = view::classify(value);
  // A little smaller where the cell is only just wide enough.
  ImFont* font = cell.w < p.px(46) ? p.fonts.caption : p.fonts.cell;
  const std::string words = p.number_for(font, cell.w - p.px(2), value);
  if (words.empty()) return;
  const view::Rgb card = p.palette.card;
  if (kind == view::ValueClass::kNan)
    return plated(p, font, cell, card, color(p.palette.danger), words);
  if (kind == view::ValueClass::kInf)
    return plated(p, font, cell, card, color(p.palette.text), words);
  const view::Derived& d = p.in.model.derived();
  const bool blank = panel == Panel::kProbabilities ? kind == view::ValueClass::kZero
                                                    : std::fabs(value) > d.scores_limit;
  const bool hatched = masked && panel != Panel::kScores;
  if (hatched && blank) {
    return plated(p, font, cell, card,
                  color(kind == view::ValueClass::kZero ? p.palette.muted : p.palette.text), words);
  }
  view::Rgb back = panel == Panel::kProbabilities
                       ? view::sequential_color(value / d.probability_limit, p.in.dark)
                       : view::diverging_color(value / d.scores_limit, p.in.dark);
  if (panel == Panel::kProbabilities && kind == view::ValueClass::kZero) back = p.palette.card;
  if (hatched) return plated(p, font, cell, back, color(view::text_on(back)), words);
  p.text_in(font, cell, Align::kCenter, color(view::text_on(back)), words);
}

}  // namespace

void cell_numbers(Painter& p, Panel panel, const view::HeatmapLayout& h) {
  if (!h.numbers_fit) return;
  const view::Derived& d = p.in.model.derived();
  const bool result = panel == Panel::kProbabilities;
  const std::vector<float>& values = panel == Panel::kScores ? d.scores : d.masked_scores;
  if (result ? !p.in.has_result() : values.size() != d.scores.size()) return;
  const view::HeatmapLayout::Range rows = h.rows_in_sight(), cols = h.cols_in_sight();
  p.draw.clip(vec(h.cells.x, h.cells.y), vec(h.cells.right(), h.cells.bottom()));
  for (int row = rows.first; row < rows.end; ++row) {
    const auto width = static_cast<size_t>(h.cols);
    const std::span<const float> from =
        result ? p.in.probability_row(row)
               : std::span(values).subspan(static_cast<size_t>(row) * width, width);
    for (int col = cols.first; col < cols.end; ++col) {
      one_number(p, panel, h.whole_cell_rect(row, col), from[static_cast<size_t>(col)],
                 d.mask.at(row, col));
    }
  }
  p.draw.unclip();
}

void concealed_cells(Painter& p, const view::HeatmapLayout& h) {
  if (std::min(h.cell_w, h.cell_h) < p.px(18)) {
    p.fill(h.cells, color(p.palette.chip), p.px(4));
    p.text_in(p.fonts.wordmark, h.cells, Align::kCenter, color(p.palette.muted), "?");
    return;
  }
  const view::HeatmapLayout::Range rows = h.rows_in_sight(), cols = h.cols_in_sight();
  for (int row = rows.first; row < rows.end; ++row) {
    for (int col = cols.first; col < cols.end; ++col) {
      const Rect cell = h.cell_rect(row, col);
      p.fill(cell, color(p.palette.chip), p.px(4));
      p.text_in(p.fonts.cell, cell, Align::kCenter, color(p.palette.muted), "?");
    }
  }
}

namespace {

// A drag that begins inside of the cells moves a view that is closer than all, as the middle button
// does. True while it does: then nothing is clicked.
bool pan_input(Painter& p, bool over) {
  view::Transient& t = p.transient;
  if (p.in.scene.most_zoom <= 1 || t.zoom.factor <= 1) {
    t.panning = false;
    return false;
  }
  const ImGuiIO& io = ImGui::GetIO();
  const ImVec2 from = io.MouseClickedPos[0];
  const ImVec2 way = {io.MousePos.x - from.x, io.MousePos.y - from.y};
  // The last moves may come in the frame of the release, of a quick drag all of them.
  const bool released = ImGui::IsItemDeactivated() && ImGui::IsMousePosValid();
  const bool dragged = ImGui::IsItemActive() ? ImGui::IsMouseDragging(0, p.px(4))
                                             : released && std::hypot(way.x, way.y) >= p.px(4);
  const bool left = (dragged || (released && t.panning)) &&
                    view::hit_test(p.in.scene, from.x, from.y).kind == Hit::Kind::kCell;
  const bool middle = (over || t.panning) && ImGui::IsMouseDown(2);
  if (!left && !middle) {
    // The frame of the release is no click either.
    return std::exchange(t.panning, false) && ImGui::IsItemDeactivated();
  }
  const ImVec2 by = t.panning || middle ? io.MouseDelta : way;
  t.panning = !released;
  t.hover = {};
  const view::HeatmapLayout& h = p.in.scene.heatmap(Panel::kProbabilities);
  t.zoom = view::panned(h, t.zoom, by.x, by.y);
  return true;
}

}  // namespace

void stage_input(Painter& p) {
  view::Transient& t = p.transient;
  t.hover = {};
  if (!p.interactive) return;
  const Rect stage = p.in.scene.stage;
  const Rect bar = p.in.scene.zoom_bar;
  ImGui::SetCursorScreenPos(vec(stage.x, stage.y));
  ImGui::InvisibleButton("stage", vec(stage.w, bar.empty() ? stage.h : bar.y - stage.y));
  const ImGuiIO& io = ImGui::GetIO();
  const bool over = ImGui::IsItemHovered();
  const Hit hit = ImGui::IsMousePosValid() && (over || t.painting)
                      ? view::hit_test(p.in.scene, io.MousePos.x, io.MousePos.y)
                      : Hit{};
  t.hover = hit;
  if (pan_input(p, over)) return;
  if (hit.kind != Hit::Kind::kNone) p.out.hand_cursor = true;

  if (ImGui::IsItemActivated()) {
    t.cursor_shown = false;
    if (hit.kind == Hit::Kind::kColumnHeader && hit.col >= 0) {
      // The first header decides what the drag paints: the opposite of what it was.
      const core::Mask& mask = p.in.model.derived().mask;
      bool all = true;
      for (int row = 0; row < mask.rows; ++row) all = all && mask.at(row, hit.col);
      t.painting = !all;
      t.painted_col = hit.col;
      p.command(view::BeginGesture{});
      p.command(view::PaintColumn{hit.col, !all});
    }
  }
  if (t.painting && hit.col >= 0 && hit.col != t.painted_col && hit.kind != Hit::Kind::kRowLabel) {
    // A fast drag skips headers: everything between is painted too.
    const int step = hit.col > t.painted_col ? 1 : -1;
    for (int col = t.painted_col + step; col != hit.col + step; col += step) {
      p.command(view::PaintColumn{col, *t.painting});
    }
    t.painted_col = hit.col;
  }
  if (ImGui::IsItemDeactivated() || (t.painting && !ImGui::IsItemActive())) {
    if (t.painting) {
      t.painting.reset();
      t.painted_col = -1;
      p.command(view::EndGesture{});
      return;
    }
    const ImVec2 pressed_at = io.MouseClickedPos[0];
    const Hit from = view::hit_test(p.in.scene, pressed_at.x, pressed_at.y);
    if (!over || !(from == hit)) return;  // dragged away: not a click
    if (hit.kind == Hit::Kind::kRowLabel && hit.row >= 0) {
      p.command(view::SelectRow{hit.row});
    } else if (hit.kind == Hit::Kind::kCell && hit.row >= 0 && hit.col >= 0) {
      if (io.KeyShift) {
        p.command(view::ToggleCell{hit.row, hit.col});
      } else {
        p.command(view::ToggleColumn{hit.col});
      }
      t.cursor_row = hit.row;
      t.cursor_col = hit.col;
    }
  }
}

void cell_tip_ui(Painter& p) {
  const Hit hover = p.transient.hover;
  const bool keyboard = p.transient.cursor_shown && !p.transient.help_open;
  Hit at = hover;
  if (hover.kind != Hit::Kind::kCell && keyboard) {
    at = {Hit::Kind::kCell, Panel::kProbabilities, p.transient.cursor_row, p.transient.cursor_col};
  }
  if (at.kind != Hit::Kind::kCell || at.row < 0 || at.col < 0 || p.transient.painting) return;
  if (p.concealed) return;
  // After a tap the pointer stays where it was: the card would hide what the tap changed.
  if (p.in.coarse_pointer && !keyboard) return;
  const auto lines = view::explain(p.in.model.state(), p.in.model.derived(), at.row, at.col);
  if (lines.empty()) return;
  const float pad = p.px(12), line_h = p.px(20);
  float label_w = 0, value_w = 0;
  for (const auto& line : lines) {
    label_w = std::max(label_w, p.text_width(p.fonts.caption, line.label));
    value_w = std::max(value_w, p.text_width(p.fonts.mono, line.value));
  }
  const std::string title = "[" + std::to_string(at.row) + ", " + std::to_string(at.col) + "]";
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float w = std::min(label_w + value_w + p.px(18) + 2 * pad, screen.x - p.px(8));
  const float h = line_h * static_cast<float>(lines.size() + 1) + 2 * pad - p.px(4);
  const view::HeatmapLayout& map = p.in.scene.heatmap(at.panel);
  const Rect cell = map.visible ? map.cell_rect(at.row, at.col) : Rect{};
  // Below the cell, so that the column's header and the row stay in sight; above near the end.
  float x = std::clamp(std::floor(cell.center_x() - w * 0.5f), p.px(4),
                       std::max(p.px(4), screen.x - w - p.px(4)));
  float y = cell.bottom() + p.px(8);
  if (y + h > screen.y - p.px(4)) y = std::max(p.px(4), cell.y - h - p.px(8));
  const Rect box = {x, y, w, h};
  for (int i = 3; i >= 1; --i) {  // a soft shadow, as the card floats over others
    p.fill(box.inset(-p.px(static_cast<float>(i) * 2)), IM_COL32(0, 0, 0, 10), p.px(12));
  }
  p.fill(box, color(p.palette.card), p.px(8));
  p.frame(box, color(p.palette.line), p.px(8), std::max(1.0f, std::floor(p.scale)));
  float ty = box.y + pad - p.px(2);
  p.text(p.fonts.mono_strong, box.x + pad, ty, color(p.palette.text), title);
  ty += line_h;
  for (const auto& line : lines) {
    const ImU32 ink = color(line.result ? p.palette.accent : p.palette.text);
    p.text_in(p.fonts.caption, {box.x + pad, ty, 0, line_h}, Align::kLeft, color(p.palette.muted),
              line.label);
    p.text_in(line.result ? p.fonts.mono_strong : p.fonts.mono,
              {box.x + pad, ty, w - 2 * pad, line_h}, Align::kRight, ink, line.value);
    ty += line_h;
  }
}

}  // namespace softmask::ui
