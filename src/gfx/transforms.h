// The spaces between a matrix and the screen. A name reads from right to left, as the product does:
// ndc_from_canvas_px * canvas_px_from_cell takes cells to normalised device coordinates.
//
//   cell       (col, row) of the whole matrix; whole numbers are a cell's top left corner
//   canvas_px  physical pixels of the canvas, (0, 0) the top left corner, y down
//   ndc        -1 … 1 over what is drawn on, y up
//
// All are 3×3 matrices over (x, y, 1).
#ifndef SOFTMASK_GFX_TRANSFORMS_H_
#define SOFTMASK_GFX_TRANSFORMS_H_

#include <glm/mat3x3.hpp>

#include "gfx/draw_target.h"
#include "view/heatmap_draw.h"

namespace softmask::gfx {

// Of the whole canvas, or of a piece of it.
glm::mat3 ndc_from_canvas_px(const DrawTarget& target);

// Where `draw` puts its cells, counted from the cell (first_col, first_row) of the matrix on: far
// from a matrix's corner the numbers stay small, and so exact. The strip of a header is one row as
// tall as its rectangle.
glm::mat3 canvas_px_from_cell(const view::HeatmapDraw& draw, int first_col = 0, int first_row = 0);

// Size of a cell, gap included, in canvas pixels.
glm::vec2 cell_size_px(const view::HeatmapDraw& draw);

}  // namespace softmask::gfx

#endif  // SOFTMASK_GFX_TRANSFORMS_H_
