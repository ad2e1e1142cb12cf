#include "view/scene.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include "view/state.h"

namespace softmask::view {
namespace {

SceneInput input_for(float css_width, float scale, int rows, int cols, bool grid = false) {
  return {.width_px = std::floor(css_width * scale),
          .scale = scale,
          .rows = rows,
          .cols = cols,
          .mask_grid = grid,
          .hide = 0,
          .notices_height_px = 0,
          .quick_height_px = 120 * scale,
          .controls_height_px = 500 * scale,
          .ledger_height_px = 400 * scale,
          .program_height_px = 250 * scale,
          .tensors_height_px = 500 * scale};
}

bool inside(const Rect& inner, const Rect& outer) {
  return inner.x >= outer.x - 0.5f && inner.y >= outer.y - 0.5f &&
         inner.right() <= outer.right() + 0.5f && inner.bottom() <= outer.bottom() + 0.5f;
}

bool overlap(const Rect& a, const Rect& b) {
  return !a.empty() && !b.empty() && a.x < b.right() - 0.5f && b.x < a.right() - 0.5f &&
         a.y < b.bottom() - 0.5f && b.y < a.bottom() - 0.5f;
}

const float kWidths[] = {320, 360,  390,  480,  720,  768,  939,
                         940, 1024, 1387, 1388, 1440, 1920, 2560};
const float kScales[] = {1, 1.25f, 1.5f, 2, 3};
struct Shape {
  int rows, cols;
};
const Shape kShapes[] = {{4, 5},   {1, 1},    {1, 5},     {5, 1},     {16, 17},
                         {64, 64}, {4096, 1}, {1, 65536}, {512, 512}, {256, 65536}};

TEST(Scene, EverythingStandsInsideThePageAndNothingOverlaps) {
  for (const float width : kWidths) {
    for (const float scale : kScales) {
      for (const Shape shape : kShapes) {
        for (const bool grid : {false, true}) {
          const SceneInput input = input_for(width, scale, shape.rows, shape.cols, grid);
          const Scene s = layout_scene(input);
          SCOPED_TRACE(testing::Message() << width << " css px at " << scale << ", " << shape.rows
                                          << "x" << shape.cols << (grid ? " grid" : ""));
          const Rect page = {0, 0, input.width_px, s.height_px};
          const std::vector<Rect> cards = {s.title_bar, s.quick,   s.stage,  s.ledger,
                                           s.controls,  s.program, s.tensors};
          for (size_t a = 0; a < cards.size(); ++a) {
            EXPECT_TRUE(cards[a].empty() || inside(cards[a], page)) << "card " << a;
            for (size_t b = a + 1; b < cards.size(); ++b) {
              EXPECT_FALSE(overlap(cards[a], cards[b])) << "cards " << a << " and " << b;
            }
          }
          std::vector<Rect> marks;
          for (const HeatmapLayout& h : s.heatmaps) {
            if (!h.visible) continue;
            EXPECT_TRUE(inside(h.slot, s.stage));
            EXPECT_TRUE(inside(h.cells, s.stage));
            EXPECT_TRUE(inside(h.header, s.stage));
            EXPECT_TRUE(inside(h.row_labels, s.stage) || h.row_labels.empty());
            for (const Rect& mark : marks) EXPECT_FALSE(overlap(mark, h.cells));
            marks.push_back(h.cells);
          }
          // A page that one can still scroll: no matrix makes a tensor taller than 64 numbers.
          for (const HeatmapLayout& h : s.heatmaps) EXPECT_LE(h.cells.h, 64 * 22 * scale + 1);
        }
      }
    }
  }
}

TEST(Scene, WhateverIsHiddenTensorsAndArrowsStayOnTheirCard) {
  for (const float width : kWidths) {
    for (const int hide : {0, +kHideScores, +kHideMasked, kHideScores | kHideMasked}) {
      for (const int kind : {0, 1, 2, 3}) {
        SceneInput input = input_for(width, 1, 5, 5, (kind & 1) != 0);
        input.hide = static_cast<uint8_t>(hide);
        input.lesson = input.teaching = (kind & 2) != 0;
        input.lesson_height_px = 400;
        const Scene s = layout_scene(input);
        SCOPED_TRACE(testing::Message() << width << " hide " << hide << " kind " << kind);
        std::vector<Rect> marks;
        for (const HeatmapLayout& h : s.heatmaps) {
          if (h.visible) marks.push_back(h.cells);
        }
        for (const OperatorLayout* op : {&s.masked_fill, &s.softmax}) {
          if (op->visible) marks.push_back(op->rect);
        }
        for (size_t a = 0; a < marks.size(); ++a) {
          EXPECT_TRUE(inside(marks[a], s.stage));
          for (size_t b = a + 1; b < marks.size(); ++b) EXPECT_FALSE(overlap(marks[a], marks[b]));
        }
        EXPECT_FALSE(overlap(s.lesson, s.stage));
      }
    }
  }
}

// Teaching mode lays out 1260 CSS pixels, enlarged: see Application::screen_scale.
TEST(Scene, ALessonForAProjectorStandsBesideNumbers) {
  for (const float scale : {1.0f, 1280 / 1260.0f, 1366 / 1260.0f, 1600 / 1260.0f, 1920 / 1260.0f}) {
    for (const bool grid : {false, true}) {
      SceneInput input = input_for(1260, scale, 4, 5, grid);
      input.lesson = input.teaching = true;
      input.hide = kHideControls | kHideCode | kHideTitle;
      input.lesson_height_px = 500 * scale;
      const Scene s = layout_scene(input);
      EXPECT_GE(s.lesson.x, s.stage.right());
      EXPECT_TRUE(s.heatmap(Panel::kProbabilities).numbers_fit) << scale << grid;
      EXPECT_EQ(s.heatmap(Panel::kMask).visible, grid);
      EXPECT_LE(s.stage.bottom(), 320 * scale) << "room for the ledger on the same screen";
    }
  }
}

TEST(Scene, CellsFromFourPixelsOnAreWholePixels) {
  for (const float scale : kScales) {
    for (const float width : kWidths) {
      const Scene s = layout_scene(input_for(width, scale, 7, 9));
      for (const HeatmapLayout& h : s.heatmaps) {
        if (!h.visible) continue;
        EXPECT_EQ(h.cell_w, std::floor(h.cell_w));
        EXPECT_EQ(h.cells.x, std::floor(h.cells.x));
        EXPECT_EQ(h.cells.y, std::floor(h.cells.y));
      }
    }
  }
}

TEST(Scene, TheArticlesNumbersFitFrom390PixelsOn) {
  for (const float width : {360.0f, 390.0f, 768.0f, 1024.0f, 1280.0f, 1440.0f, 1920.0f}) {
    const Scene s = layout_scene(input_for(width, 1, 4, 5));
    EXPECT_TRUE(s.heatmap(Panel::kProbabilities).numbers_fit) << width;
  }
}

TEST(Scene, AMaskGridLeavesRoomForNumbers) {
  for (const float width : {1024.0f, 1280.0f, 1440.0f, 1920.0f}) {
    const Scene s = layout_scene(input_for(width, 1, 5, 5, true));
    EXPECT_TRUE(s.heatmap(Panel::kProbabilities).numbers_fit) << width;
  }
}

// "masked_fill" takes 76 CSS pixels; beside it stand row numbers of three digits and of four.
TEST(Scene, TheOperatorsNameHasRoomBesideRowNumbers) {
  for (const float scale : kScales) {
    for (const Shape shape : {Shape{101, 300}, Shape{1000, 1000}, Shape{4096, 4096}}) {
      for (const bool grid : {false, true}) {
        const Scene s = layout_scene(input_for(1440, scale, shape.rows, shape.cols, grid));
        ASSERT_TRUE(s.masked_fill.visible);
        EXPECT_GE(s.masked_fill.rect.w, 90 * scale) << shape.rows << " at " << scale;
        const float labels = s.heatmap(Panel::kMasked).row_labels.w;
        EXPECT_GE(labels, (shape.rows > 1000 ? 39 : 31) * scale);
      }
    }
  }
}

TEST(Scene, HitTestFindsWhatCellRectNames) {
  for (const float width : {390.0f, 1024.0f, 1440.0f}) {
    const Scene s = layout_scene(input_for(width, 1.5f, 4, 5, true));
    for (const Panel panel :
         {Panel::kScores, Panel::kMask, Panel::kMasked, Panel::kProbabilities}) {
      for (int row = -1; row < 4; ++row) {
        for (int col = 0; col < 5; ++col) {
          const Rect r = s.cell_rect(panel, row, col);
          const Hit hit = hit_test(s, r.center_x(), r.center_y());
          EXPECT_EQ(hit.panel, panel);
          EXPECT_EQ(hit.row, row);
          EXPECT_EQ(hit.col, col);
          EXPECT_EQ(hit.kind, row < 0 ? Hit::Kind::kColumnHeader : Hit::Kind::kCell);
        }
      }
    }
  }
}

TEST(Scene, ColumnMaskHasItsCellsInTheHeaderOfTheFirstTensor) {
  SceneInput input = input_for(1440, 1, 4, 5);
  Scene s = layout_scene(input);
  EXPECT_EQ(s.cell_rect(Panel::kMask, 0, 2).x, s.cell_rect(Panel::kScores, -1, 2).x);
  input.hide = kHideScores;
  s = layout_scene(input);
  EXPECT_TRUE(s.cell_rect(Panel::kScores, 0, 0).empty());
  EXPECT_EQ(s.cell_rect(Panel::kMask, -1, 1).x, s.cell_rect(Panel::kMasked, -1, 1).x);
}

TEST(Scene, CellRectOutsideTheMatrixIsEmpty) {
  const Scene s = layout_scene(input_for(1440, 1, 4, 5));
  EXPECT_TRUE(s.cell_rect(Panel::kScores, 4, 0).empty());
  EXPECT_TRUE(s.cell_rect(Panel::kScores, 0, 5).empty());
  EXPECT_TRUE(s.cell_rect(Panel::kScores, -2, 0).empty());
  EXPECT_TRUE(s.cell_rect(Panel::kScores, 0, -1).empty());
}

TEST(Scene, HiddenPartsTakeNoRoom) {
  SceneInput input = input_for(1440, 1, 4, 5);
  const float full = layout_scene(input).height_px;
  input.hide = kHideControls | kHideCode | kHideLedger | kHideTitle | kHideScores | kHideMasked;
  const Scene s = layout_scene(input);
  EXPECT_LT(s.height_px, full / 2);
  EXPECT_TRUE(s.ledger.empty());
  EXPECT_TRUE(s.controls.empty());
  EXPECT_TRUE(s.program.empty());
  EXPECT_TRUE(s.title_bar.empty());
  EXPECT_TRUE(s.heatmap(Panel::kProbabilities).visible);
  EXPECT_FALSE(s.softmax.visible);
}

// Whatever is hidden: a card that is not as wide as the page has another beside it.
TEST(Scene, NoCardStandsAloneBesideEmptySpace) {
  for (const float width : {940.0f, 1024.0f, 1387.0f, 1388.0f, 1440.0f, 1920.0f}) {
    for (int hide = 0; hide < 8; ++hide) {
      for (const bool lesson : {false, true}) {
        // Beside a wide page's heatmaps a lesson is as long as it is.
        if (lesson && width >= 1388) continue;
        SceneInput input = input_for(width, 1, 4, 5);
        input.hide = static_cast<uint8_t>(((hide & 1) != 0 ? kHideControls : 0) |
                                          ((hide & 2) != 0 ? kHideCode : 0) |
                                          ((hide & 4) != 0 ? kHideLedger : 0));
        input.lesson = lesson;
        input.lesson_height_px = 400;
        const Scene s = layout_scene(input);
        SCOPED_TRACE(testing::Message() << width << " hide " << hide << " lesson " << lesson);
        const Rect cards[] = {s.lesson, s.stage, s.ledger, s.controls, s.program, s.tensors};
        float left = width, right = 0;
        for (const Rect& card : cards) {
          if (card.empty()) continue;
          left = std::min(left, card.x);
          right = std::max(right, card.right());
        }
        EXPECT_GE(right - left, std::min(width, 1680.0f) - 100);
        for (size_t a = 0; a < std::size(cards); ++a) {
          if (cards[a].empty() || cards[a].w > right - left - 1) continue;
          bool beside = false;
          for (const Rect& other : cards) {
            beside = beside || (!other.empty() && !(other == cards[a]) &&
                                other.y < cards[a].bottom() && cards[a].y < other.bottom());
          }
          EXPECT_TRUE(beside) << "card " << a;
        }
      }
    }
  }
}

TEST(Scene, PanelNamesAreTheContracts) {
  EXPECT_EQ(panel_from_name("scores"), Panel::kScores);
  EXPECT_EQ(panel_from_name("mask"), Panel::kMask);
  EXPECT_EQ(panel_from_name("masked"), Panel::kMasked);
  EXPECT_EQ(panel_from_name("probabilities"), Panel::kProbabilities);
  EXPECT_FALSE(panel_from_name("Scores"));
}

}  // namespace
}  // namespace softmask::view
