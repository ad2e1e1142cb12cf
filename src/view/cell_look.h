// How a cell of a heatmap looks where it has room for shapes of its own: what gfx/heatmap_shader.h
// computes for a fragment, for who draws cells one by one.
#ifndef SOFTMASK_VIEW_CELL_LOOK_H_
#define SOFTMASK_VIEW_CELL_LOOK_H_

#include <cstdint>
#include <span>

#include "core/mask.h"
#include "view/colormap.h"
#include "view/drawing.h"
#include "view/heatmap_draw.h"
#include "view/number_text.h"

namespace softmask::view {

struct CellLook {
  Rgb back;
  ValueClass value_class = ValueClass::kKept;
  bool masked = false;
  bool blank = false;  // masked, and its number has no color: a fill beyond the scores, or no mass

  // For Drawing: the color with, in its highest byte, the class, 8 if masked, 16 if blank.
  uint32_t word() const;
};

// Of a cell that `draw` shows, no header's strip. Of the mask's grid `value` counts nothing.
CellLook cell_look(const HeatmapDraw& draw, float value, bool masked);

// Cells of fewer CSS pixels have no shapes of their own, and of more cells nobody wants them.
inline constexpr float kLeastShape_css = 5;
inline constexpr int kMostShapes = 4096;

// The heatmap as Drawing::Op::kCells, or as kPicture where that says so. `values` are rows * cols
// numbers, row-major, of a matrix with this mask (null: nothing is masked); none for the mask's
// grid, and where PyTorch would raise.
void add_cells(Drawing& drawing, const HeatmapDraw& draw, std::span<const float> values,
               const core::Mask* mask, int rows, int cols);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_CELL_LOOK_H_
