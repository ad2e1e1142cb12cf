// What the flow renderer needs to know to draw one row's moving mass; ui fills it in, gfx draws it.
#ifndef SOFTMASK_VIEW_FLOW_DRAW_H_
#define SOFTMASK_VIEW_FLOW_DRAW_H_

#include <cstdint>
#include <vector>

#include "view/colormap.h"
#include "view/geometry.h"

namespace softmask::view {

// A band from a span of the upper bar to a span of the lower one. Its width is mass: both spans are
// equally wide, but for a band that ends in nothing.
struct RibbonDraw {
  // Told apart by their drawing, never by colour alone.
  enum class Pattern : uint8_t {
    kPlain,    // mass that moved
    kFaint,    // mass that stayed where it was: pale
    kHatched,  // mass that leaked: it stayed in a masked cell
    kDashed,   // mass that is lost: an outline in dashes that fades out before the lower bar
  };
  // Horizontal spans in physical pixels of the canvas.
  float top_x0 = 0;
  float top_x1 = 0;
  float bottom_x0 = 0;
  float bottom_x1 = 0;
  Rgb top_color;
  Rgb bottom_color;
  Pattern pattern = Pattern::kPlain;
  float alpha = 1;  // of the whole band
  bool operator==(const RibbonDraw&) const = default;
};

// How much of its colour a plain band has over the card, in light and in dark: bands cross, and
// each must stay seen.
inline constexpr float kFlowStrength[] = {0.46f, 0.52f};

struct FlowDraw {
  std::vector<RibbonDraw> ribbons;  // drawn in this order, later ones on top
  float top_y = 0;                  // physical pixels of the canvas, y down
  float bottom_y = 0;
  Rect clip;        // nothing is drawn outside
  float scale = 1;  // physical pixels per CSS pixel: hatch, dashes, outlines
  bool dark = false;
  bool operator==(const FlowDraw&) const = default;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_FLOW_DRAW_H_
