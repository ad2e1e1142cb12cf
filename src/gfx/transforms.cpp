#include "gfx/transforms.h"

namespace softmask::gfx {

glm::mat3 ndc_from_canvas_px(const DrawTarget& target) {
  const float x = 2.0f / static_cast<float>(target.width);
  const float y = -2.0f / static_cast<float>(target.height);
  return {{x, 0, 0},
          {0, y, 0},
          {-1 - x * static_cast<float>(target.left), 1 - y * static_cast<float>(target.top), 1}};
}

glm::vec2 cell_size_px(const view::HeatmapDraw& draw) {
  return {draw.cell_w, draw.header_strip ? draw.cells.h : draw.cell_h};
}

glm::mat3 canvas_px_from_cell(const view::HeatmapDraw& draw, int first_col, int first_row) {
  const glm::vec2 size = cell_size_px(draw);
  const double left = (first_col - draw.first_col) * static_cast<double>(size.x);
  const double top =
      draw.header_strip ? 0 : (first_row - draw.first_row) * static_cast<double>(size.y);
  return {{size.x, 0, 0},
          {0, size.y, 0},
          {draw.cells.x + static_cast<float>(left), draw.cells.y + static_cast<float>(top), 1}};
}

}  // namespace softmask::gfx
