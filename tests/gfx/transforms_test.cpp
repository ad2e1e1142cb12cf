#include "gfx/transforms.h"

#include <gtest/gtest.h>

#include <glm/matrix.hpp>

namespace softmask::gfx {
namespace {

void expect_point(const glm::vec3& point, float x, float y) {
  EXPECT_FLOAT_EQ(point.x, x);
  EXPECT_FLOAT_EQ(point.y, y);
  EXPECT_FLOAT_EQ(point.z, 1);
}

TEST(Transforms, TopLeftOfTheCanvasIsTopLeftOfTheScreen) {
  const glm::mat3 ndc_from_px = ndc_from_canvas_px({800, 600});
  expect_point(ndc_from_px * glm::vec3(0, 0, 1), -1, 1);
  expect_point(ndc_from_px * glm::vec3(800, 600, 1), 1, -1);
  expect_point(ndc_from_px * glm::vec3(400, 300, 1), 0, 0);
}

TEST(Transforms, CellsStandWhereTheLayoutPutsThem) {
  view::HeatmapDraw draw;
  draw.cells = {10, 20, 500, 160};
  draw.cell_w = 50;
  draw.cell_h = 40;
  const glm::mat3 px_from_cell = canvas_px_from_cell(draw);
  expect_point(px_from_cell * glm::vec3(0, 0, 1), 10, 20);
  expect_point(px_from_cell * glm::vec3(10, 4, 1), 510, 180);
  expect_point(glm::inverse(px_from_cell) * glm::vec3(85, 80, 1), 1.5f, 1.5f);
}

TEST(Transforms, StripIsOneRowAsTallAsItsRectangle) {
  view::HeatmapDraw draw;
  draw.header_strip = true;
  draw.cells = {10, 20, 500, 12};
  draw.cell_w = 2;
  draw.cell_h = 40;
  expect_point(canvas_px_from_cell(draw) * glm::vec3(250, 1, 1), 510, 32);
}

}  // namespace
}  // namespace softmask::gfx
