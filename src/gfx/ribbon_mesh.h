// The bands of a FlowDraw as triangles.
#ifndef SOFTMASK_GFX_RIBBON_MESH_H_
#define SOFTMASK_GFX_RIBBON_MESH_H_

#include <cstdint>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>
#include <vector>

#include "view/flow_draw.h"

namespace softmask::gfx {

struct RibbonVertex {
  glm::vec2 canvas_px;
  // Distance inside of the left and the right edge, in pixels across the band; negative outside.
  // Both reach a pixel beyond the band, where its smooth edge ends.
  glm::vec2 inside_px;
  glm::vec3 color;
  float alpha = 1;
  float pattern = 0;  // view::RibbonDraw::Pattern
  float down = 0;     // 0 at the upper bar … 1 at the lower one
};

struct RibbonMesh {
  std::vector<RibbonVertex> vertices;
  std::vector<uint32_t> indices;  // triangles
};

// More pieces than this look no smoother.
inline constexpr int kMostRibbonPieces = 40;

// A band's edges are cubic Bézier curves with vertical ends, so that it leaves one bar and enters
// the other straight. Its horizontal width is the same all the way: width is mass. Bands without
// width and those that are not finite are left out. O(bands).
RibbonMesh ribbon_mesh(const view::FlowDraw& flow);

// Point of such an edge at t, 0 … 1.
glm::vec2 ribbon_edge(glm::vec2 top, glm::vec2 bottom, float t);

}  // namespace softmask::gfx

#endif  // SOFTMASK_GFX_RIBBON_MESH_H_
