#include "view/scene.h"

#include <algorithm>
#include <cmath>

#include "view/state.h"
#include "view/zoom.h"

namespace softmask::view {
namespace {

// Lengths of the design in CSS pixels; every one is multiplied by SceneInput::scale before use.
constexpr float kNarrowBelow = 940, kWideFrom = 1388, kWideFromTeaching = 1240;
constexpr float kMaxContentWidth = 1680;
constexpr float kSideWidth = 348, kSideWidthTeaching = 296;
constexpr float kTitleBarHeight = 56;
constexpr float kTitleHeight = 36, kTitleHeightNarrow = 24;
constexpr float kHeaderHeight = 22, kHeaderGap = 6;
constexpr float kLegendHeight = 44;
// For row numbers of two digits, of three, and of four with a comma.
constexpr float kRowLabelWidth = 24, kRowLabelWidthHundreds = 32, kRowLabelWidthThousands = 40;
constexpr int kMostTwoDigits = 100;  // rows
constexpr float kOperatorWidth = 96, kOperatorWidthMin = 84, kOperatorHeight = 34;
// Where the usual width would cost the cells their numbers: the first still names the operator.
constexpr float kOperatorWidthsTight[] = {78, 66};
constexpr float kMaskGridGap = 16;
// A switch needs less room than a number: the largest of these that leaves room for the numbers.
constexpr float kGridShares[] = {0.45f, 0.35f, 0.25f};
constexpr float kMaxCell = 64, kMaxCellNarrow = 104;
constexpr float kNumberWidth = 44;   // "-0.786" in the cell face, with air
constexpr float kNumberHeight = 20;  // below this, lines of digits touch
constexpr float kZoomBarHeight = 34;
constexpr float kSumsGap = 4, kSumsWidth = 10;
constexpr int kMostNumberRows = 64;  // more would make the page endless
constexpr float kMaxCellsHeight = 448;

float snap(float v) { return std::floor(v + 0.5f); }

Rect snapped(const Rect& r) {
  const float x = snap(r.x), y = snap(r.y);
  return {x, y, snap(r.right()) - x, snap(r.bottom()) - y};
}

// Everything that the heatmaps of one screen share.
struct Metrics {
  float scale;
  Arrangement arrangement;
  float margin, gap, padding, side_width;
  float tall_cell;  // of a few rows of numbers
  float px(float css) const { return css * scale; }
};

Metrics metrics_for(const SceneInput& input) {
  const float css_width = input.width_px / input.scale;
  const float wide_from = input.teaching ? kWideFromTeaching : kWideFrom;
  const auto arrangement = css_width < kNarrowBelow ? Arrangement::kNarrow
                           : css_width < wide_from  ? Arrangement::kMedium
                                                    : Arrangement::kWide;
  const bool narrow = arrangement == Arrangement::kNarrow;
  const bool tight = css_width < 560 || input.teaching;
  const bool beside_lesson = input.teaching && arrangement == Arrangement::kWide;
  return {.scale = input.scale,
          .arrangement = arrangement,
          .margin = input.scale * (tight ? 12 : 24),
          .gap = input.scale * (narrow || input.teaching ? 12 : 20),
          .padding = input.scale * (tight ? 14 : 18),
          .side_width = input.scale * (input.teaching ? kSideWidthTeaching : kSideWidth),
          .tall_cell = narrow          ? 36.0f
                       : beside_lesson ? 38.0f
                                       : 44.0f};
}

// From 4 px on, cells are whole pixels so that every edge is sharp; smaller ones share the space.
float cell_extent(float available, int count, float max_px) {
  const float cell = std::min(available / static_cast<float>(count), max_px);
  return cell >= 4 ? std::floor(cell) : cell;
}

float cell_gap(float cell_css, float scale) {
  if (cell_css >= 12) return snap(2 * scale);
  return cell_css >= 5 ? std::max(1.0f, std::floor(scale)) : 0;
}

// Cell height in physical pixels: roomy for few rows, square for many.
float cell_height(const Metrics& m, float cell_w, int rows, bool numbers) {
  const float count = static_cast<float>(rows);
  float css = cell_w / m.scale;
  if (numbers) {
    css = rows <= 6 ? m.tall_cell : rows <= 12 ? 34.0f : rows <= 24 ? 28.0f : 22.0f;
  } else {
    css = std::clamp(css, kMaxCellsHeight * 0.5f / count, 28.0f);
    css = std::min(css, kMaxCellsHeight / count);
  }
  const float px = css * m.scale;
  return px >= 4 ? std::floor(px) : px;
}

// For the number left of a row: "42", or "4,095".
float label_width(const SceneInput& input, const Metrics& m) {
  if (input.rows <= kMostTwoDigits) return snap(m.px(kRowLabelWidth));
  return snap(m.px(input.rows <= 1000 ? kRowLabelWidthHundreds : kRowLabelWidthThousands));
}

// Right of the probabilities of a large matrix stand the sums of its rows.
float sums_width(const SceneInput& input, const Metrics& m) {
  const bool large = int64_t{input.rows} * input.cols > kLargeCells;
  return large ? m.px(kSumsGap) + m.px(kSumsWidth) : 0;
}

struct Columns {
  int tensors = 0;  // visible heatmaps with numbers
  bool grid = false;
};

bool shows(const SceneInput& input, Panel panel) {
  switch (panel) {
    case Panel::kScores:
      // Four tensors beside a lesson would have no room for numbers, and the kept scores stand in
      // masked_scores too.
      return (input.hide & kHideScores) == 0 &&
             !(input.teaching && input.lesson && input.mask_grid);
    case Panel::kMask:
      return input.mask_grid;
    case Panel::kMasked:
      return (input.hide & kHideMasked) == 0;
    case Panel::kProbabilities:
      return true;
  }
  return false;
}

// One heatmap with its parts, its slot's left top corner at (x, y).
HeatmapLayout place_heatmap(const SceneInput& input, const Metrics& m, Panel panel, float x,
                            float y, float cell_w, float cell_h, float min_width) {
  const bool grid = panel == Panel::kMask;
  const bool sums = panel == Panel::kProbabilities && sums_width(input, m) > 0;
  const bool narrow = m.arrangement == Arrangement::kNarrow;
  HeatmapLayout h;
  h.visible = true;
  h.rows = input.rows;
  h.cols = input.cols;
  h.cell_w = h.fit_w = cell_w;
  h.cell_h = h.fit_h = cell_h;
  const float smaller_css = std::min(cell_w, cell_h) / m.scale;
  h.gap = cell_gap(smaller_css, m.scale);
  h.numbers_fit = !grid && cell_w >= m.px(kNumberWidth) && cell_h >= m.px(kNumberHeight);
  const float label_w = grid ? 0 : label_width(input, m);
  const float cells_w = cell_w * static_cast<float>(input.cols);
  const float cells_h = cell_h * static_cast<float>(input.rows);
  const float title_h = m.px(narrow ? kTitleHeightNarrow : kTitleHeight);
  const float left = snap(x + label_w);
  h.title = snapped({left, y, std::max(cells_w, min_width - label_w), title_h});
  h.header = snapped({left, h.title.bottom() + m.px(2), cells_w, m.px(kHeaderHeight)});
  h.cells = {left, snap(h.header.bottom() + m.px(kHeaderGap)), cells_w, cells_h};
  if (!grid) h.row_labels = {snap(x), h.cells.y, label_w, cells_h};
  float bottom = h.cells.bottom();
  if (sums) {
    h.row_sums = snapped({h.cells.right() + m.px(kSumsGap), h.cells.y, m.px(kSumsWidth), cells_h});
    h.col_sums = snapped({left, bottom + m.px(kSumsGap), cells_w, m.px(kSumsWidth)});
    bottom = h.col_sums.bottom();
  }
  if (!grid && narrow) {
    // Beside the name: a phone has no height to give away.
    const float w = m.px(116);
    h.legend = snapped({h.title.right() - w, h.title.y, w, m.px(20)});
  } else if (!grid) {
    h.legend = snapped({left, bottom + m.px(14), std::min(cells_w, m.px(144)), m.px(24)});
    if (h.legend.w < m.px(96)) h.legend.w = snap(m.px(96));
    bottom += m.px(kLegendHeight);
  }
  h.slot = {x, y, h.title.right() - x, bottom - y};
  return h;
}

// Side by side: scores, mask, masked_fill →, masked_scores, softmax →, scores_softmax.
float place_row(const SceneInput& input, const Metrics& m, const Rect& inner, Scene* scene) {
  Columns columns;
  for (const Panel panel : {Panel::kScores, Panel::kMasked, Panel::kProbabilities}) {
    columns.tensors += shows(input, panel) ? 1 : 0;
  }
  columns.grid = shows(input, Panel::kMask);
  const float label_w = label_width(input, m);
  // One before each tensor that has something to come from.
  const bool scores = shows(input, Panel::kScores), masked = shows(input, Panel::kMasked);
  const int operators =
      (masked && (scores || columns.grid) ? 1 : 0) + (scores || columns.grid || masked ? 1 : 0);
  const float grid_gap = columns.grid && scores ? m.px(kMaskGridGap) : 0;
  const float sums_w = sums_width(input, m);
  const auto cell_beside_grid = [&](float share, float op_min) {
    const float fixed = label_w * static_cast<float>(columns.tensors) + sums_w +
                        m.px(op_min) * static_cast<float>(operators) + grid_gap;
    const float shares = static_cast<float>(columns.tensors) + (columns.grid ? share : 0);
    return cell_extent(std::max((inner.w - fixed) / shares, 1.0f), input.cols, m.px(kMaxCell));
  };
  const bool tight = input.teaching || grid_gap > 0;
  float share = kGridShares[0], op_min = tight ? kOperatorWidthsTight[0] : kOperatorWidthMin;
  bool found = false;
  for (const float candidate_op : {op_min, tight ? kOperatorWidthsTight[1] : op_min}) {
    for (const float candidate : kGridShares) {
      if (found || cell_beside_grid(candidate, candidate_op) < m.px(kNumberWidth)) continue;
      share = candidate;
      op_min = candidate_op;
      found = true;
    }
  }
  // Numbers have no room in any case; then the operator's name has enough beside row numbers.
  if (!found && input.rows > kMostTwoDigits) op_min = kOperatorWidth;
  const float cell_w = cell_beside_grid(share, op_min);
  const float grid_w = cell_extent(cell_w * share * static_cast<float>(input.cols), input.cols,
                                   m.px(kMaxCell * share));
  const bool numbers = cell_w >= m.px(kNumberWidth) && input.rows <= kMostNumberRows;
  const float cell_h = cell_height(m, cell_w, input.rows, numbers);
  const float cells_w = cell_w * static_cast<float>(input.cols);
  // The name of a tensor stands above it even when the tensor is one column wide.
  const float tensor_w = std::max(label_w + cells_w, m.px(150));
  const float grid_total = columns.grid ? grid_w * static_cast<float>(input.cols) : 0;
  const float used =
      tensor_w * static_cast<float>(columns.tensors) + sums_w + grid_total + grid_gap;
  const float op_w = operators > 0 ? std::clamp((inner.w - used) / static_cast<float>(operators),
                                                m.px(24), m.px(kOperatorWidth * 1.6f))
                                   : 0;
  const float total = used + op_w * static_cast<float>(operators);
  float x = inner.x + std::max(0.0f, (inner.w - total) * 0.5f);
  float bottom = inner.y;
  const auto place = [&](Panel panel, float width, bool grid) {
    HeatmapLayout& h = scene->heatmaps[static_cast<size_t>(panel)];
    h = place_heatmap(input, m, panel, x, inner.y, grid ? grid_w : cell_w, cell_h, width);
    bottom = std::max(bottom, h.slot.bottom());
    x += width;
  };
  const auto place_operator = [&](OperatorLayout* op) {
    op->visible = true;
    op->rect = {x, inner.y, op_w, 0};
    x += op_w;
  };
  bool placed_any = false;
  if (scores) {
    place(Panel::kScores, tensor_w, false);
    placed_any = true;
  }
  if (columns.grid) {
    x += grid_gap;
    place(Panel::kMask, grid_total, true);
    placed_any = true;
  }
  if (masked) {
    if (placed_any) place_operator(&scene->masked_fill);
    place(Panel::kMasked, tensor_w, false);
    placed_any = true;
  }
  if (placed_any) place_operator(&scene->softmax);
  place(Panel::kProbabilities, tensor_w, false);
  // Arrows stand at half the height of the cells.
  const Rect& cells = scene->heatmap(Panel::kProbabilities).cells;
  for (OperatorLayout* op : {&scene->masked_fill, &scene->softmax}) {
    if (!op->visible) continue;
    const float h = m.px(52);
    op->rect.y = snap(cells.center_y() - h * 0.5f);
    op->rect.h = h;
  }
  return bottom;
}

// On top of each other, the operator between two tensors pointing down.
float place_column(const SceneInput& input, const Metrics& m, const Rect& inner, Scene* scene) {
  const float label_w = label_width(input, m);
  const float cell_w =
      cell_extent(inner.w - label_w - sums_width(input, m), input.cols, m.px(kMaxCellNarrow));
  const bool numbers = cell_w >= m.px(kNumberWidth) && input.rows <= kMostNumberRows;
  const float cell_h = cell_height(m, cell_w, input.rows, numbers);
  float y = inner.y;
  bool placed_any = false;
  const auto place_operator = [&](OperatorLayout* op) {
    op->visible = true;
    op->vertical = true;
    op->rect = {inner.x + label_w, y, inner.w - label_w, m.px(kOperatorHeight)};
    y += op->rect.h;
  };
  const auto place = [&](Panel panel, bool grid) {
    HeatmapLayout& h = scene->heatmaps[static_cast<size_t>(panel)];
    const float w = grid ? cell_extent((inner.w - label_w) * 0.5f, input.cols, m.px(28)) : cell_w;
    h = place_heatmap(input, m, panel, grid ? inner.x + label_w : inner.x, y, w,
                      grid ? std::min(cell_h, std::max(w, m.px(10))) : cell_h, inner.w);
    if (grid) h.title.w = h.slot.w = inner.w - label_w;
    y = h.slot.bottom();
    placed_any = true;
  };
  if (shows(input, Panel::kScores)) place(Panel::kScores, false);
  if (shows(input, Panel::kMask)) {
    if (placed_any) y += m.px(16);
    place(Panel::kMask, true);
  }
  if (shows(input, Panel::kMasked)) {
    if (placed_any) place_operator(&scene->masked_fill);
    place(Panel::kMasked, false);
  }
  if (placed_any) place_operator(&scene->softmax);
  place(Panel::kProbabilities, false);
  return y;
}

// What is in sight, and where that is chosen. Returns where the stage's content ends.
float place_zoom(const SceneInput& input, const Metrics& m, const Rect& inner, float bottom,
                 Scene* scene) {
  const HeatmapLayout result = scene->heatmap(Panel::kProbabilities);
  scene->most_zoom = most_zoom(result, m.scale);
  if (scene->most_zoom <= 1) return bottom;
  const Zoom zoom = {std::min(input.zoom.factor, scene->most_zoom), input.zoom.col, input.zoom.row};
  const HeatmapLayout first = zoomed(result, zoom, m.scale);
  for (const Panel panel : {Panel::kScores, Panel::kMask, Panel::kMasked, Panel::kProbabilities}) {
    HeatmapLayout& h = scene->heatmaps[static_cast<size_t>(panel)];
    if (h.visible) h = zoomed(h, zoom, m.scale, panel == Panel::kMask ? &first : nullptr);
  }
  scene->zoom_bar = snapped({inner.x, bottom + m.px(10), inner.w, m.px(kZoomBarHeight)});
  return scene->zoom_bar.bottom();
}

// A card of a reported height, placed under `y`; `y` moves below it.
Rect stack_card(float x, float w, float height, float gap, float* y) {
  const Rect card = snapped({x, *y, w, height});
  *y = card.bottom() + gap;
  return card;
}

}  // namespace

std::optional<Panel> panel_from_name(std::string_view name) {
  if (name == "scores") return Panel::kScores;
  if (name == "mask") return Panel::kMask;
  if (name == "masked") return Panel::kMasked;
  if (name == "probabilities") return Panel::kProbabilities;
  return std::nullopt;
}

namespace {

// What of a stretch that begins at `from` lies within the other one.
void cut(float* from, float* length, float low, float extent) {
  const float end = std::min(*from + *length, low + extent);
  *from = std::max(*from, low);
  *length = std::max(0.0f, end - *from);
}

float along(float origin, int index, double first, float cell_px) {
  return origin + static_cast<float>((index - first) * static_cast<double>(cell_px));
}

HeatmapLayout::Range range_in_sight(double first, float extent, float cell_px, int count) {
  const double end = first + static_cast<double>(extent) / static_cast<double>(cell_px);
  return {std::clamp(static_cast<int>(std::floor(first)), 0, count),
          std::clamp(static_cast<int>(std::ceil(end - 1e-6)), 0, count)};
}

int index_at(float at, float origin, double first, float cell_px, int count) {
  const double index = first + static_cast<double>(at - origin) / static_cast<double>(cell_px);
  return index >= 0 && index < count ? static_cast<int>(index) : -1;
}

}  // namespace

Rect HeatmapLayout::whole_cell_rect(int row, int col) const {
  const float x = along(cells.x, col, first_col, cell_w);
  if (row < 0) return {x, header.y, cell_w - gap, header.h};
  return {x, along(cells.y, row, first_row, cell_h), cell_w - gap, cell_h - gap};
}

Rect HeatmapLayout::cell_rect(int row, int col) const {
  Rect r = whole_cell_rect(row, col);
  if (cell_w == fit_w && cell_h == fit_h) return r;  // rounding must not take from the last one
  cut(&r.x, &r.w, cells.x, cells.w);
  if (row >= 0) cut(&r.y, &r.h, cells.y, cells.h);
  return r.w > 0 && r.h > 0 ? r : Rect{};
}

Rect HeatmapLayout::row_label_rect(int row) const {
  Rect r = {row_labels.x, along(row_labels.y, row, first_row, cell_h), row_labels.w, cell_h - gap};
  if (cell_h != fit_h) cut(&r.y, &r.h, cells.y, cells.h);
  return r.h > 0 ? r : Rect{};
}

HeatmapLayout::Range HeatmapLayout::cols_in_sight() const {
  return range_in_sight(first_col, cells.w, cell_w, cols);
}

HeatmapLayout::Range HeatmapLayout::rows_in_sight() const {
  return range_in_sight(first_row, cells.h, cell_h, rows);
}

int HeatmapLayout::row_at(float y) const { return index_at(y, cells.y, first_row, cell_h, rows); }

int HeatmapLayout::col_at(float x) const { return index_at(x, cells.x, first_col, cell_w, cols); }

Rect Scene::cell_rect(Panel panel, int row, int col) const {
  const HeatmapLayout* h = &heatmap(panel);
  if (panel == Panel::kMask && !h->visible) {
    row = std::min(row, 0);
    for (const Panel other : {Panel::kScores, Panel::kMasked, Panel::kProbabilities}) {
      h = &heatmap(other);
      if (h->visible) break;
    }
    if (row == 0) row = -1;
  }
  if (!h->visible || row < -1 || row >= h->rows || col < 0 || col >= h->cols) return {};
  return h->cell_rect(row, col);
}

Scene layout_scene(const SceneInput& input) {
  const Metrics m = metrics_for(input);
  Scene scene;
  scene.scale = input.scale;
  scene.arrangement = m.arrangement;
  scene.padding = snap(m.padding);
  const bool narrow = m.arrangement == Arrangement::kNarrow;
  const float width = std::min(input.width_px - 2 * m.margin, m.px(kMaxContentWidth));
  const float x = snap((input.width_px - width) * 0.5f);
  float y = 0;
  if ((input.hide & kHideTitle) == 0) {
    scene.title_bar = snapped({0, 0, input.width_px, m.px(kTitleBarHeight)});
    y = scene.title_bar.bottom();
  }
  y += narrow ? m.gap : m.px(20);
  if (input.notices_height_px > 0) {
    scene.notices = stack_card(x, width, input.notices_height_px, m.gap, &y);
  }
  const bool controls = (input.hide & kHideControls) == 0;
  const bool program = (input.hide & kHideCode) == 0;
  const bool ledger = (input.hide & kHideLedger) == 0;
  const float side_w = snap(m.side_width);
  // Beside the heatmaps where there is a column for it, else above them.
  const bool wide_lesson = input.lesson && m.arrangement == Arrangement::kWide;
  const bool wide = m.arrangement == Arrangement::kWide;
  // A column of its own only for what has something of its height beside it: else the controls
  // stand under the heatmaps over the whole width, the program beside the tensors that it prints.
  const bool side = !narrow && (wide_lesson || (controls && (ledger || (program && wide))));
  const float stage_w = wide && side ? width - side_w - m.gap : width;
  if (input.lesson && !wide_lesson) {
    scene.lesson = stack_card(x, width, input.lesson_height_px, m.gap, &y);
  }
  if (narrow && controls) {
    scene.quick = stack_card(x, width, input.quick_height_px, m.gap, &y);
  }
  const Rect inner = {x + m.padding, y + m.padding, stage_w - 2 * m.padding, 0};
  float stage_bottom =
      narrow ? place_column(input, m, inner, &scene) : place_row(input, m, inner, &scene);
  stage_bottom = place_zoom(input, m, inner, stage_bottom, &scene);
  float side_y = y;
  scene.stage = stack_card(x, stage_w, stage_bottom + m.padding - y, m.gap, &y);
  if (!wide) side_y = y;
  const float main_w = width - side_w - m.gap, side_x = x + main_w + m.gap;
  if (ledger)
    scene.ledger = stack_card(x, side ? main_w : width, input.ledger_height_px, m.gap, &y);
  if (wide_lesson) {
    scene.lesson = stack_card(side_x, side_w, input.lesson_height_px, m.gap, &side_y);
  }
  if (controls) {
    scene.controls = side ? stack_card(side_x, side_w, input.controls_height_px, m.gap, &side_y)
                          : stack_card(x, width, input.controls_height_px, m.gap, &y);
  }
  if (program && narrow) {
    scene.program = stack_card(x, width, input.program_height_px, m.gap, &y);
    scene.tensors = stack_card(x, width, input.tensors_height_px, m.gap, &y);
  } else if (program) {
    if (!side) side_y = y;
    scene.program = stack_card(side_x, side_w, input.program_height_px, m.gap, &side_y);
    scene.tensors = stack_card(x, main_w, input.tensors_height_px, m.gap, &y);
  }
  scene.height_px = snap(std::max(y, side_y) - m.gap + (narrow ? m.margin : m.px(20)));
  return scene;
}

Hit hit_test(const Scene& scene, float x_px, float y_px) {
  for (int i = 0; i < kPanelCount; ++i) {
    const auto panel = static_cast<Panel>(i);
    const HeatmapLayout& h = scene.heatmap(panel);
    if (!h.visible) continue;
    const Rect header = {h.header.x, h.header.y, h.header.w, h.cells.y - h.header.y};
    if (header.contains(x_px, y_px)) {
      return {Hit::Kind::kColumnHeader, panel, -1, h.col_at(x_px)};
    }
    if (h.cells.contains(x_px, y_px)) {
      return {Hit::Kind::kCell, panel, h.row_at(y_px), h.col_at(x_px)};
    }
    if (h.row_labels.contains(x_px, y_px)) {
      return {Hit::Kind::kRowLabel, panel, h.row_at(y_px), -1};
    }
  }
  return {};
}

}  // namespace softmask::view
