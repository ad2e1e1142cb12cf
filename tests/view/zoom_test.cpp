#include "view/zoom.h"

#include <gtest/gtest.h>

#include <cmath>

namespace softmask::view {
namespace {

SceneInput large(float css_width, float scale, int rows, int cols, Zoom zoom = {}) {
  SceneInput input;
  input.width_px = css_width * scale;
  input.scale = scale;
  input.rows = rows;
  input.cols = cols;
  input.zoom = zoom;
  return input;
}

TEST(Zoom, OnlyWhereCellsAreSmall) {
  EXPECT_EQ(layout_scene(large(1440, 1, 4, 5)).most_zoom, 1);
  EXPECT_TRUE(layout_scene(large(1440, 1, 4, 5)).zoom_bar.empty());
  for (const float scale : {1.0f, 1.5f, 2.0f}) {
    const Scene s = layout_scene(large(1440, scale, 4096, 4096));
    EXPECT_GT(s.most_zoom, 100);
    EXPECT_FALSE(s.zoom_bar.empty());
    EXPECT_LE(s.zoom_bar.bottom(), s.stage.bottom());
  }
}

TEST(Zoom, TheCellUnderThePointerStays) {
  for (const auto& [rows, cols] : {std::pair{4096, 4096}, std::pair{16, 65536}}) {
    Zoom zoom;
    Scene s = layout_scene(large(1440, 2, rows, cols));
    const float x = s.heatmap(Panel::kScores).cells.x + 321.25f;
    const float y = s.heatmap(Panel::kScores).cells.y + 77.5f;
    const int col = s.heatmap(Panel::kScores).col_at(x), row = s.heatmap(Panel::kScores).row_at(y);
    for (int i = 0; i < 60; ++i) {
      zoom = zoom_about(s.heatmap(Panel::kScores), zoom, s.most_zoom, s.scale, x, y, 1.3);
      s = layout_scene(large(1440, 2, rows, cols, zoom));
      const HeatmapLayout& h = s.heatmap(Panel::kScores);
      // Cells begin on whole pixels once they have some: within one cell of where it was.
      ASSERT_LE(std::abs(h.col_at(x) - col), 1) << "factor " << zoom.factor;
      ASSERT_LE(std::abs(h.row_at(y) - row), 1) << "factor " << zoom.factor;
    }
    EXPECT_TRUE(s.heatmap(Panel::kScores).numbers_fit);
    EXPECT_EQ(zoom.factor, s.most_zoom);
  }
}

TEST(Zoom, ClickInTheMiddleOfARectHitsItsCell) {
  for (const float scale : {1.0f, 1.25f, 2.0f}) {
    for (const double at : {0.0, 0.3, 0.99999}) {
      Zoom zoom = {1e9, at * 65536, at * 16};
      Scene s = layout_scene(large(1440, scale, 16, 65536, zoom));
      for (const Panel panel : {Panel::kScores, Panel::kMasked, Panel::kProbabilities}) {
        const HeatmapLayout& h = s.heatmap(panel);
        const HeatmapLayout::Range rows = h.rows_in_sight(), cols = h.cols_in_sight();
        ASSERT_LT(cols.end - cols.first, 20);
        for (int row = rows.first; row < rows.end; ++row) {
          for (int col = cols.first; col < cols.end; ++col) {
            const Rect r = s.cell_rect(panel, row, col);
            if (r.empty()) continue;  // only its gap is in sight
            ASSERT_EQ(hit_test(s, r.center_x(), r.center_y()),
                      (Hit{Hit::Kind::kCell, panel, row, col}));
            ASSERT_GE(r.x, h.cells.x);
            ASSERT_LE(r.right(), h.cells.right() + 0.01f);
          }
        }
        EXPECT_TRUE(s.cell_rect(panel, 0, cols.first > 100 ? 0 : 65535).empty());
      }
    }
  }
}

TEST(Zoom, NeverBeyondTheEdges) {
  const Scene s = layout_scene(large(1440, 1, 4096, 4096, {30, 1e9, -5}));
  const HeatmapLayout& h = s.heatmap(Panel::kProbabilities);
  EXPECT_EQ(h.cols_in_sight().end, 4096);
  EXPECT_EQ(h.rows_in_sight().first, 0);
  const Zoom back = panned(h, {30, h.first_col, h.first_row}, 1e6f, 1e6f);
  EXPECT_EQ(back.col, 0);
  const Zoom near = revealing(h, {30, 0, 0}, 2000, 17);
  const Scene there = layout_scene(large(1440, 1, 4096, 4096, near));
  EXPECT_FALSE(there.cell_rect(Panel::kScores, 2000, 17).empty());
}

TEST(Zoom, TheMasksGridShowsTheSameCells) {
  SceneInput input = large(1440, 1, 4096, 4096, {20, 700, 900});
  input.mask_grid = true;
  const Scene s = layout_scene(input);
  const HeatmapLayout &grid = s.heatmap(Panel::kMask), &result = s.heatmap(Panel::kProbabilities);
  EXPECT_EQ(grid.cols_in_sight().first, result.cols_in_sight().first);
  EXPECT_NEAR(grid.cols_in_sight().end, result.cols_in_sight().end, 1);
  EXPECT_EQ(grid.rows_in_sight().first, result.rows_in_sight().first);
}

}  // namespace
}  // namespace softmask::view
