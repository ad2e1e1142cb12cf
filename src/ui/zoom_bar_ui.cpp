// What of a large matrix is in sight: said in words, with the buttons that change it.
#include <algorithm>
#include <cmath>
#include <string>

#include "ui/panels_ui.h"
#include "view/number_text.h"
#include "view/zoom.h"

namespace softmask::ui {
namespace {

using view::HeatmapLayout;
using view::Rect;
using view::Reduction;
using view::Text;

const HeatmapLayout& result(const Painter& p) {
  return p.in.scene.heatmap(view::Panel::kProbabilities);
}

std::string in_sight_words(const Painter& p) {
  const HeatmapLayout& h = result(p);
  if (p.transient.zoom.factor <= 1) {
    return view::fill_in(Text::kZoomAll, {view::count_text(h.rows), view::count_text(h.cols)});
  }
  const HeatmapLayout::Range rows = h.rows_in_sight(), cols = h.cols_in_sight();
  return view::fill_in(Text::kZoomPart,
                       {view::count_text(rows.first), view::count_text(rows.end - 1),
                        view::count_text(cols.first), view::count_text(cols.end - 1)});
}

const char* reduction_words(const Painter& p) {
  const HeatmapLayout& h = result(p);
  if (std::min(h.cell_w, h.cell_h) >= 1) return view::text(Text::kReductionNone);
  return view::text(p.transient.reduction == Reduction::kMax ? Text::kReductionMaxSays
                                                             : Text::kReductionMeanSays);
}

}  // namespace

void zoom_by(Painter& p, double factor) {
  view::Transient& t = p.transient;
  const view::Scene& scene = p.in.scene;
  if (scene.most_zoom <= 1) return;
  const HeatmapLayout& h = result(p);
  // About the keyboard's cell where it is in sight, else about the middle.
  const Rect cursor = t.cursor_shown ? h.cell_rect(t.cursor_row, t.cursor_col) : Rect{};
  const Rect at = cursor.empty() ? h.cells : cursor;
  if (factor == 0) {
    t.zoom = {};
    return;
  }
  t.zoom = view::zoom_about(h, t.zoom, scene.most_zoom, scene.scale, at.center_x(), at.center_y(),
                            factor);
  // At an edge half of the cell would be cut off, its middle staying where it was.
  if (!cursor.empty()) {
    t.zoom =
        view::revealing(view::zoomed(h, t.zoom, scene.scale), t.zoom, t.cursor_row, t.cursor_col);
  }
}

void pan_by(Painter& p, float across, float down) {
  const HeatmapLayout& h = result(p);
  p.transient.zoom = view::panned(h, p.transient.zoom, -across * h.cells.w, -down * h.cells.h);
}

void toggle_reduction(Painter& p) {
  Reduction& reduction = p.transient.reduction;
  reduction = reduction == Reduction::kMax ? Reduction::kMean : Reduction::kMax;
}

void zoom_bar_ui(Painter& p) {
  const Rect bar = p.in.scene.zoom_bar;
  if (bar.empty()) return;
  const double factor = p.transient.zoom.factor;
  const float h = bar.h, gap = p.px(6);
  float x = bar.x;
  if (p.icon_button("zoom out", {x, bar.y, h, h}, Icon::kClose, factor > 1, "\u2212",
                    view::text(Text::kZoomFarther))) {
    zoom_by(p, 0.5);
  }
  x += h + gap;
  if (p.icon_button("zoom in", {x, bar.y, h, h}, Icon::kClose, factor < p.in.scene.most_zoom, "+",
                    view::text(Text::kZoomNearer))) {
    zoom_by(p, 2);
  }
  x += h + gap;
  const auto chip = [&](const char* id, Text label, bool selected) {
    const float w = p.text_width(p.fonts.strong, view::text(label)) + p.px(24);
    const bool used = p.chip(id, {x, bar.y, w, h}, view::text(label), selected);
    x += w + gap;
    return used;
  };
  if (chip("zoom fit", Text::kZoomFit, factor <= 1)) zoom_by(p, 0);
  x += p.px(8);
  const bool max = p.transient.reduction == Reduction::kMax;
  const bool to_max = chip("max", Text::kReductionMax, max);
  const bool to_mean = chip("mean", Text::kReductionMean, !max);
  if ((to_max && !max) || (to_mean && max)) toggle_reduction(p);
  x += p.px(6);
  const std::string words = in_sight_words(p), reduction = reduction_words(p);
  const std::string all = words + " \u00b7 " + reduction;
  const float room = bar.right() - x;
  const bool whole = p.text_width(p.fonts.caption, all) <= room;
  p.text_in(p.fonts.caption, {x, bar.y, room, h}, Align::kLeft, color(p.palette.muted),
            whole                                          ? all
            : p.text_width(p.fonts.caption, words) <= room ? words
                                                           : std::string());
}

}  // namespace softmask::ui
