// What the last frame put on the screen: panels settle over a few frames, most of which would draw
// the same once more.
#ifndef SOFTMASK_PLATFORM_DRAWN_PICTURE_H_
#define SOFTMASK_PLATFORM_DRAWN_PICTURE_H_

#include <cstdint>
#include <variant>
#include <vector>

#include "view/flow_draw.h"
#include "view/gradient.h"
#include "view/heatmap_draw.h"

struct ImDrawData;

namespace softmask::platform {

using FigureDraw = std::variant<view::HeatmapDraw, view::FlowDraw>;

// All that a frame's picture depends on.
struct Picture {
  uint64_t shapes = 0;              // of Dear ImGui: shapes_hash()
  std::vector<FigureDraw> figures;  // in drawing order
  // What the figures' numbers come from.
  uint64_t uploads = 0;
  uint64_t numbers = 0;
  uint64_t pinned = 0;
  view::Upstream upstream;
  bool dark = false;
  bool operator==(const Picture&) const = default;
};

// 64 bits of every vertex, index, clip rectangle and texture of a frame, callbacks apart. O(size).
uint64_t shapes_hash(const ImDrawData& data);

}  // namespace softmask::platform

#endif  // SOFTMASK_PLATFORM_DRAWN_PICTURE_H_
