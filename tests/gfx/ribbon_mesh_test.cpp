#include "gfx/ribbon_mesh.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "special_floats.h"
#include "view/flow_scene.h"

namespace softmask::gfx {
namespace {

view::FlowDraw flow_of(float top_x0, float top_x1, float bottom_x0, float bottom_x1) {
  view::FlowDraw flow;
  flow.top_y = 100;
  flow.bottom_y = 220;
  view::RibbonDraw ribbon;
  ribbon.top_x0 = top_x0;
  ribbon.top_x1 = top_x1;
  ribbon.bottom_x0 = bottom_x0;
  ribbon.bottom_x1 = bottom_x1;
  flow.ribbons.push_back(ribbon);
  return flow;
}

// The part of a pixel at these distances that the band covers, as the shader has it.
float coverage(glm::vec2 inside) {
  const auto edge = [](float v) { return std::min(std::max(v + 0.5f, 0.0f), 1.0f); };
  return std::max(edge(inside.x) + edge(inside.y) - 1.0f, 0.0f);
}

TEST(RibbonEdge, RunsFromBarToBarWithVerticalEnds) {
  const glm::vec2 top = {10, 0}, bottom = {90, 100};
  EXPECT_EQ(ribbon_edge(top, bottom, 0), top);
  EXPECT_EQ(ribbon_edge(top, bottom, 1), bottom);
  const glm::vec2 near_top = ribbon_edge(top, bottom, 0.01f);
  EXPECT_LT((near_top.x - top.x) / near_top.y, 0.05f);
  const glm::vec2 near_bottom = ribbon_edge(top, bottom, 0.99f);
  EXPECT_LT((bottom.x - near_bottom.x) / (bottom.y - near_bottom.y), 0.05f);
}

TEST(RibbonEdge, IsWhereItsLabelIs) {
  view::FlowRibbon ribbon;
  ribbon.top_x0 = 10;
  ribbon.top_x1 = 10;
  ribbon.bottom_x0 = 90;
  ribbon.bottom_x1 = 90;
  for (const float t : {0.0f, 0.2f, 0.5f, 0.7f, 1.0f}) {
    const glm::vec2 edge = ribbon_edge({10, 0}, {90, 100}, t);
    const view::FlowPoint label = view::flow_point(ribbon, t);
    EXPECT_NEAR(edge.x, label.x, 1e-4);
    EXPECT_NEAR(edge.y, label.y * 100, 1e-4);
  }
}

TEST(RibbonMesh, EndsAtItsSpansAndAPixelBeyond) {
  const RibbonMesh mesh = ribbon_mesh(flow_of(10, 30, 200, 220));
  ASSERT_GE(mesh.vertices.size(), 4U);
  const RibbonVertex &left_top = mesh.vertices[0], &right_top = mesh.vertices[1];
  EXPECT_FLOAT_EQ(left_top.canvas_px.x, 9);
  EXPECT_FLOAT_EQ(right_top.canvas_px.x, 31);
  EXPECT_FLOAT_EQ(left_top.canvas_px.y, 100);
  EXPECT_FLOAT_EQ(left_top.inside_px.x, -1);
  EXPECT_FLOAT_EQ(left_top.inside_px.y, 21);
  const RibbonVertex &right_bottom = mesh.vertices.back();
  EXPECT_FLOAT_EQ(right_bottom.canvas_px.x, 221);
  EXPECT_FLOAT_EQ(right_bottom.canvas_px.y, 220);
}

TEST(RibbonMesh, KeepsItsHorizontalWidthAllTheWay) {
  const RibbonMesh mesh = ribbon_mesh(flow_of(10, 30, 400, 420));
  for (size_t i = 0; i + 1 < mesh.vertices.size(); i += 2) {
    const RibbonVertex &left = mesh.vertices[i], &right = mesh.vertices[i + 1];
    // Where the distances are 0 the edges are.
    const float span = right.canvas_px.x - left.canvas_px.x;
    const float total = right.inside_px.x - left.inside_px.x;
    const float from = span * (0 - left.inside_px.x) / total;
    const float to = span * (left.inside_px.y - 0) / (left.inside_px.y - right.inside_px.y);
    EXPECT_NEAR(to - from, 20, 1e-2);
    if (i > 0) {
      EXPECT_GT(left.canvas_px.y, mesh.vertices[i - 2].canvas_px.y);
    }
  }
}

TEST(RibbonMesh, ABandNarrowerThanAPixelKeepsItsArea) {
  const RibbonMesh mesh = ribbon_mesh(flow_of(10, 10.25f, 10, 10.25f));
  ASSERT_EQ(mesh.vertices.size(), 4U);
  const RibbonVertex &left = mesh.vertices[0], &right = mesh.vertices[1];
  double area = 0;
  constexpr int kSteps = 1000;
  for (int i = 0; i < kSteps; ++i) {
    const float t = (static_cast<float>(i) + 0.5f) / kSteps;
    const glm::vec2 inside = {left.inside_px.x + (right.inside_px.x - left.inside_px.x) * t,
                              left.inside_px.y + (right.inside_px.y - left.inside_px.y) * t};
    area += static_cast<double>(coverage(inside)) *
            static_cast<double>(right.canvas_px.x - left.canvas_px.x) / kSteps;
  }
  EXPECT_NEAR(area, 0.25, 0.005);
}

TEST(RibbonMesh, IndicesStayInside) {
  view::FlowDraw flow = flow_of(0, 10, 300, 310);
  flow.ribbons.push_back(flow.ribbons[0]);
  const RibbonMesh mesh = ribbon_mesh(flow);
  EXPECT_EQ(mesh.indices.size() % 3, 0U);
  for (const uint32_t i : mesh.indices) EXPECT_LT(i, mesh.vertices.size());
}

TEST(RibbonMesh, LeavesOutWhatCannotBeDrawn) {
  EXPECT_TRUE(ribbon_mesh(flow_of(10, 10, 20, 20)).vertices.empty());
  EXPECT_TRUE(ribbon_mesh(flow_of(10, kNan, 20, 30)).vertices.empty());
  EXPECT_TRUE(ribbon_mesh({}).indices.empty());
}

TEST(RibbonMesh, ManyBandsStayAffordable) {
  view::FlowDraw flow = flow_of(0, 1, 900, 901);
  flow.ribbons.assign(4096, flow.ribbons[0]);
  EXPECT_LE(ribbon_mesh(flow).vertices.size(), 4096U * 2 * 13);
}

}  // namespace
}  // namespace softmask::gfx
