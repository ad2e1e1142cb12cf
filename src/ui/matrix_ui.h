// A heatmap with column numbers and, where they fit, its values: outside of the program's own row
// of heatmaps.
#ifndef SOFTMASK_UI_MATRIX_UI_H_
#define SOFTMASK_UI_MATRIX_UI_H_

#include <span>
#include <string_view>

#include "core/mask.h"
#include "ui/painter_ui.h"
#include "view/heatmap_draw.h"

namespace softmask::ui {

struct MatrixView {
  view::Figure figure = view::Figure::kProgram;
  view::Panel panel = view::Panel::kScores;
  std::string_view title;
  std::span<const float> values;  // row-major
  int rows = 0;
  int cols = 0;
  const core::Mask* mask = nullptr;  // hatches and header chips; null: no mask
  float limit = 1;                   // colours span ±this, or 0 … this for kProbabilities
  int selected_row = -1;
  bool says_reduction = true;  // below, where a pixel is more than one cell; false: another does
};

// Returns the height used. O(cells with a number).
float matrix_ui(Painter& p, float x, float y, float w, const MatrixView& matrix);

}  // namespace softmask::ui

#endif  // SOFTMASK_UI_MATRIX_UI_H_
