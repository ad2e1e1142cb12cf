#include "gfx/ribbon_mesh.h"

#include <algorithm>
#include <cmath>
#include <glm/common.hpp>
#include <glm/geometric.hpp>

namespace softmask::gfx {
namespace {

// With very many bands each is thin, and coarser curves do.
constexpr size_t kManyRibbons = 256;
constexpr int kFewPieces = 12;

glm::vec3 vec(const view::Rgb& color) { return {color.r, color.g, color.b}; }

// Control points half way down give the curve whose label stands where view::flow_point says.
glm::vec2 bezier(glm::vec2 a, glm::vec2 b, glm::vec2 c, glm::vec2 d, float t) {
  const glm::vec2 ab = glm::mix(a, b, t), bc = glm::mix(b, c, t), cd = glm::mix(c, d, t);
  return glm::mix(glm::mix(ab, bc, t), glm::mix(bc, cd, t), t);
}

glm::vec2 bezier_slope(glm::vec2 a, glm::vec2 b, glm::vec2 c, glm::vec2 d, float t) {
  const glm::vec2 ab = b - a, bc = c - b, cd = d - c;
  return glm::mix(glm::mix(ab, bc, t), glm::mix(bc, cd, t), t);
}

bool can_be_drawn(const view::RibbonDraw& r) {
  const float sum = r.top_x0 + r.top_x1 + r.bottom_x0 + r.bottom_x1;
  return std::isfinite(sum) && r.top_x1 > r.top_x0 && r.alpha > 0;
}

int pieces(const view::RibbonDraw& r, bool many) {
  const float aside = std::fabs(r.bottom_x0 - r.top_x0);
  if (aside < 0.5f && r.pattern != view::RibbonDraw::Pattern::kDashed) return 1;
  return std::clamp(static_cast<int>(aside / 10) + 8, 8, many ? kFewPieces : kMostRibbonPieces);
}

void add(const view::FlowDraw& flow, const view::RibbonDraw& r, int count, RibbonMesh& mesh) {
  const glm::vec2 down = {0, (flow.bottom_y - flow.top_y) * 0.5f};
  const glm::vec2 left_top = {r.top_x0, flow.top_y}, left_bottom = {r.bottom_x0, flow.bottom_y};
  const glm::vec2 right_top = {r.top_x1, flow.top_y}, right_bottom = {r.bottom_x1, flow.bottom_y};
  const auto first = static_cast<uint32_t>(mesh.vertices.size());
  for (int i = 0; i <= count; ++i) {
    const float t = static_cast<float>(i) / static_cast<float>(count);
    const glm::vec2 left = ribbon_edge(left_top, left_bottom, t);
    const glm::vec2 right = ribbon_edge(right_top, right_bottom, t);
    const glm::vec2 slope =
        bezier_slope(left_top, left_top + down, left_bottom - down, left_bottom, t);
    // Across a slanting band a horizontal step is shorter.
    const float length = glm::length(slope);
    const float across = length > 0 ? std::fabs(slope.y) / length : 1.0f;
    const float beyond = 1.0f / std::max(across, 0.2f);
    const float width = (right.x - left.x) * across;
    const glm::vec3 color = glm::mix(vec(r.top_color), vec(r.bottom_color), t);
    const auto pattern = static_cast<float>(r.pattern);
    const float margin = beyond * across;
    mesh.vertices.push_back(
        {{left.x - beyond, left.y}, {-margin, width + margin}, color, r.alpha, pattern, t});
    mesh.vertices.push_back(
        {{right.x + beyond, right.y}, {width + margin, -margin}, color, r.alpha, pattern, t});
  }
  for (uint32_t i = 0; i < static_cast<uint32_t>(count); ++i) {
    const uint32_t at = first + 2 * i;
    mesh.indices.insert(mesh.indices.end(), {at, at + 1, at + 2, at + 1, at + 3, at + 2});
  }
}

}  // namespace

glm::vec2 ribbon_edge(glm::vec2 top, glm::vec2 bottom, float t) {
  const glm::vec2 down = {0, (bottom.y - top.y) * 0.5f};
  return bezier(top, top + down, bottom - down, bottom, t);
}

RibbonMesh ribbon_mesh(const view::FlowDraw& flow) {
  RibbonMesh mesh;
  const bool many = flow.ribbons.size() > kManyRibbons;
  for (const view::RibbonDraw& ribbon : flow.ribbons) {
    if (can_be_drawn(ribbon)) add(flow, ribbon, pieces(ribbon, many), mesh);
  }
  return mesh;
}

}  // namespace softmask::gfx
