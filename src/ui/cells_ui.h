// What happens inside the cells: their numbers, and the pointer.
#ifndef SOFTMASK_UI_CELLS_UI_H_
#define SOFTMASK_UI_CELLS_UI_H_

#include "ui/painter_ui.h"

namespace softmask::ui {

// Numbers, where they fit; masked, NaN and infinite cells get a plate so that no line crosses them.
void cell_numbers(Painter& p, view::Panel panel, const view::HeatmapLayout& h);

// The sums of rows and columns beside the cells, where the layout has them.
void sums_ui(Painter& p, const view::HeatmapLayout& h);

// A question mark in every cell, or one over all where they are small.
void concealed_cells(Painter& p, const view::HeatmapLayout& h);

// Click, shift-click, painting across headers, selecting rows. Updates transient.hover.
void stage_input(Painter& p);

}  // namespace softmask::ui

#endif  // SOFTMASK_UI_CELLS_UI_H_
