// The numbers behind a heatmap, whichever figure it belongs to.
#ifndef SOFTMASK_PLATFORM_FIGURE_NUMBERS_H_
#define SOFTMASK_PLATFORM_FIGURE_NUMBERS_H_

#include <span>

#include "core/mask.h"
#include "view/gradient.h"
#include "view/heatmap_draw.h"
#include "view/model.h"

namespace softmask::platform {

struct FigureNumbers {
  std::span<const float> values;     // rows * cols; empty: the cells have none
  const core::Mask* mask = nullptr;  // null: nothing is masked
  int rows = 0;
  int cols = 0;
};

// Of the model as it is, with no motion. Good until the model changes. O(stale probabilities).
FigureNumbers figure_numbers(const view::HeatmapDraw& draw, const view::Model& model,
                             const view::Upstream& upstream);

}  // namespace softmask::platform

#endif  // SOFTMASK_PLATFORM_FIGURE_NUMBERS_H_
