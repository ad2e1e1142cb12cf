// Looking closer at a matrix that is larger than its place on the screen.
#ifndef SOFTMASK_VIEW_ZOOM_H_
#define SOFTMASK_VIEW_ZOOM_H_

#include "view/scene.h"

namespace softmask::view {

// The largest factor that changes anything; 1 where cells have room as they are.
double most_zoom(const HeatmapLayout& fit, float scale);

// `fit` as layout_scene places it at factor 1, with the cells that `zoom` brings into sight. What
// `zoom` asks for beyond the matrix's edges is not given. The grid of the mask, which is smaller,
// follows `first` (the one beside it) in what is in sight.
HeatmapLayout zoomed(const HeatmapLayout& fit, const Zoom& zoom, float scale,
                     const HeatmapLayout* first = nullptr);

// The view after `h` (zoomed) grew by `factor` about the point (x, y), whose cell stays there.
// `most` is most_zoom().
Zoom zoom_about(const HeatmapLayout& h, const Zoom& zoom, double most, float scale, float x,
                float y, double factor);
// Moved by so many pixels to the right and down: the content follows the hand.
Zoom panned(const HeatmapLayout& h, const Zoom& zoom, float dx, float dy);
// Moved as little as brings the cell into sight.
Zoom revealing(const HeatmapLayout& h, const Zoom& zoom, int row, int col);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_ZOOM_H_
