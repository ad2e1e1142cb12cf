// The views of the card under the heatmaps, each in a file of its own. Every one draws from (x, y)
// over width w and returns the height that it used.
#ifndef SOFTMASK_UI_LENSES_UI_H_
#define SOFTMASK_UI_LENSES_UI_H_

#include "ui/painter_ui.h"
#include "view/lens_work.h"

namespace softmask::ui {

float mass_lens_ui(Painter& p, float x, float y, float w);
float steps_lens_ui(Painter& p, float x, float y, float w);
float gradient_lens_ui(Painter& p, float x, float y, float w);
float compare_lens_ui(Painter& p, float x, float y, float w);
float conventions_lens_ui(Painter& p, float x, float y, float w);

// In place of what a large matrix does not have yet: how far it is. Returns 0 where it is there.
float waiting_lens_ui(Painter& p, float x, float y, float w, const view::LensWish& wish);

// The parts of the mass lens.
// What a bar's full width stands for: 1, or the largest row sum where rows are no distributions.
double row_mass_limit(const view::Derived& d, const view::State& state);
float flow_ui(Painter& p, float x, float y, float w);    // the selected row with its ribbons
float ledger_ui(Painter& p, float x, float y, float w);  // every row

}  // namespace softmask::ui

#endif  // SOFTMASK_UI_LENSES_UI_H_
