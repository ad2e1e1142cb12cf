// What a heatmap renderer needs to know to draw one tensor; ui fills it in, gfx draws it.
#ifndef SOFTMASK_VIEW_HEATMAP_DRAW_H_
#define SOFTMASK_VIEW_HEATMAP_DRAW_H_

#include <cstdint>

#include "view/column_levels.h"
#include "view/geometry.h"
#include "view/scene.h"

namespace softmask::view {

// Which set of tensors a heatmap belongs to; each has its own values and mask.
enum class Figure : uint8_t {
  kProgram,     // the four tensors of the program
  kPinned,      // kProbabilities: of the pinned state A
  kDifference,  // kScores: B − A, with no mask
  kGradient,    // kMasked: scores.grad
  kPresent,     // kProbabilities: of the present state, beside A
};
inline constexpr int kFigureCount = 5;

struct HeatmapDraw {
  Figure figure = Figure::kProgram;
  Panel panel = Panel::kScores;
  // Draws the mask of the columns as one strip over `cells` instead of the tensor's cells: for
  // columns too narrow for header chips of their own.
  bool header_strip = false;
  Rect cells;            // physical pixels of the canvas, y down: what is in sight of the matrix
  Rect clip;             // nothing is drawn outside
  double first_col = 0;  // at the left and top edge of `cells`, in cells
  double first_row = 0;
  float cell_w = 0;
  float cell_h = 0;
  float gap = 0;        // right and below of each cell, inside cell_w and cell_h
  float radius_px = 0;  // of a cell's corners
  float scale = 1;      // physical pixels per CSS pixel: hatch width and spacing
  bool dark = false;
  Reduction reduction = Reduction::kMax;  // where cells are smaller than pixels
  float scores_limit = 1;                 // scores are coloured over ±this
  float probability_limit = 1;            // probabilities over 0 … this
  bool operator==(const HeatmapDraw&) const = default;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_HEATMAP_DRAW_H_
