#include "view/zoom.h"

#include <algorithm>
#include <cmath>

namespace softmask::view {
namespace {

// What a number needs, in CSS pixels; cells below kSmall at fit are worth a closer look.
constexpr float kRoomyWidth = 56, kRoomyHeight = 28;
constexpr float kNumberWidth = 44, kNumberHeight = 20;
constexpr float kSmall = 12;

float largest(float fit_px, float roomy_css, float scale) {
  return std::max(fit_px, std::floor(roomy_css * scale));
}

float grown(float fit_px, double factor, float roomy_css, float scale) {
  const auto wanted = static_cast<float>(static_cast<double>(fit_px) * factor);
  const float px = std::min(wanted, largest(fit_px, roomy_css, scale));
  return px >= 4 && factor > 1 ? std::floor(px) : px;
}

// Cells of a direction that are in sight.
double in_sight(float extent_px, float cell_px) {
  return static_cast<double>(extent_px) / static_cast<double>(cell_px);
}

// Within the matrix, and on whole pixels where cells are.
double first_cell(double wanted, float extent_px, float cell_px, int count) {
  const double last = std::max(0.0, count - in_sight(extent_px, cell_px));
  const double first = std::clamp(wanted, 0.0, last);
  if (cell_px < 4) return first;
  return std::round(first * static_cast<double>(cell_px)) / static_cast<double>(cell_px);
}

double revealed(double first, float extent_px, float cell_px, int index) {
  const double shown = in_sight(extent_px, cell_px);
  if (shown <= 1) return index;
  return std::clamp(first, index + 1 - shown, static_cast<double>(index));
}

}  // namespace

double most_zoom(const HeatmapLayout& fit, float scale) {
  if (!fit.visible || std::min(fit.fit_w, fit.fit_h) >= kSmall * scale) return 1;
  const auto along = [scale](float fit_px, float roomy_css) {
    return static_cast<double>(largest(fit_px, roomy_css, scale)) / static_cast<double>(fit_px);
  };
  return std::max(along(fit.fit_w, kRoomyWidth), along(fit.fit_h, kRoomyHeight));
}

HeatmapLayout zoomed(const HeatmapLayout& fit, const Zoom& zoom, float scale,
                     const HeatmapLayout* first) {
  HeatmapLayout h = fit;
  if (zoom.factor <= 1) return h;
  if (first != nullptr) {
    h.cell_w = first->cell_w * (h.cells.w / first->cells.w);
    h.cell_h = first->cell_h * (h.cells.h / first->cells.h);
    h.first_col = first->first_col;
    h.first_row = first->first_row;
  } else {
    h.cell_w = grown(fit.fit_w, zoom.factor, kRoomyWidth, scale);
    h.cell_h = grown(fit.fit_h, zoom.factor, kRoomyHeight, scale);
    h.first_col = first_cell(zoom.col, h.cells.w, h.cell_w, h.cols);
    h.first_row = first_cell(zoom.row, h.cells.h, h.cell_h, h.rows);
    h.numbers_fit = h.cell_w >= kNumberWidth * scale && h.cell_h >= kNumberHeight * scale;
  }
  const float smaller = std::min(h.cell_w, h.cell_h) / scale;
  h.gap = smaller >= 12  ? std::floor(2 * scale + 0.5f)
          : smaller >= 5 ? std::max(1.0f, std::floor(scale))
                         : 0;
  return h;
}

Zoom zoom_about(const HeatmapLayout& h, const Zoom& zoom, double most, float scale, float x,
                float y, double factor) {
  Zoom next = zoom;
  next.factor = std::clamp(zoom.factor * factor, 1.0, most);
  const double across = static_cast<double>(std::clamp(x - h.cells.x, 0.0f, h.cells.w));
  const double down = static_cast<double>(std::clamp(y - h.cells.y, 0.0f, h.cells.h));
  const double col = h.first_col + across / static_cast<double>(h.cell_w);
  const double row = h.first_row + down / static_cast<double>(h.cell_h);
  const float cell_w = grown(h.fit_w, next.factor, kRoomyWidth, scale);
  const float cell_h = grown(h.fit_h, next.factor, kRoomyHeight, scale);
  next.col = first_cell(col - across / static_cast<double>(cell_w), h.cells.w, cell_w, h.cols);
  next.row = first_cell(row - down / static_cast<double>(cell_h), h.cells.h, cell_h, h.rows);
  return next;
}

Zoom panned(const HeatmapLayout& h, const Zoom& zoom, float dx, float dy) {
  Zoom next = zoom;
  next.col =
      first_cell(h.first_col - static_cast<double>(dx / h.cell_w), h.cells.w, h.cell_w, h.cols);
  next.row =
      first_cell(h.first_row - static_cast<double>(dy / h.cell_h), h.cells.h, h.cell_h, h.rows);
  return next;
}

Zoom revealing(const HeatmapLayout& h, const Zoom& zoom, int row, int col) {
  Zoom next = zoom;
  next.col =
      first_cell(revealed(h.first_col, h.cells.w, h.cell_w, col), h.cells.w, h.cell_w, h.cols);
  next.row =
      first_cell(revealed(h.first_row, h.cells.h, h.cell_h, row), h.cells.h, h.cell_h, h.rows);
  return next;
}

}  // namespace softmask::view
