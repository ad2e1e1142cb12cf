// One row of probabilities as a bar of coloured segments, one a column.
#ifndef SOFTMASK_UI_MASS_BAR_UI_H_
#define SOFTMASK_UI_MASS_BAR_UI_H_

#include <span>

#include "ui/painter_ui.h"

namespace softmask::ui {

class MassBar {
 public:
  // Masked columns are those of `mask` in `row`. `labels`: column and amount stand on the segments
  // that have room for them.
  MassBar(Painter& painter, const core::Mask& mask, int row, bool labels)
      : p_(painter), mask_(mask), row_(row), labels_(labels) {}

  // `full` is the mass that the bar's width stands for. With dim -1 what is missing to `before`,
  // the mass of the row without the mask, is framed as lost. Gives the mass of `values`, NaN where
  // one of them is. O(values).
  double draw(const view::Rect& bar, std::span<const float> values, double full, double before = 0);

 private:
  void segment(const view::Rect& r, int col, float value, bool masked);
  void label(const view::Rect& r, int col, float value, bool masked, const view::Rgb& back);
  void plate(const view::Rect& r, float w, float h);
  void lost(const view::Rect& r, double amount);
  void draw_nan(const view::Rect& bar);

  Painter& p_;
  const core::Mask& mask_;
  int row_;
  bool labels_;
};

}  // namespace softmask::ui

#endif  // SOFTMASK_UI_MASS_BAR_UI_H_
