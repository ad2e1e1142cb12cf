#ifndef SOFTMASK_VIEW_SCENE_H_
#define SOFTMASK_VIEW_SCENE_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "view/geometry.h"

namespace softmask::view {

// The four tensors of the program, in the order in which the program makes them.
enum class Panel : uint8_t { kScores, kMask, kMasked, kProbabilities };
inline constexpr int kPanelCount = 4;

// "scores", "mask", "masked" or "probabilities" (contract.md, cellRect); nothing for another name.
std::optional<Panel> panel_from_name(std::string_view name);

// How the parts of the page stand together; chosen from the width and SceneInput::teaching. Where
// parts are hidden so that a column would stand beside nothing, the others have its room.
enum class Arrangement : uint8_t {
  kWide,    // heatmaps and ledger left, lesson, controls and program right
  kMedium,  // heatmaps over the whole width, the rest in two columns below
  kNarrow,  // one column, heatmaps on top of each other
};

// Where one tensor stands. Cells have equal sizes: whole pixels from 4 px on, fractions below.
struct HeatmapLayout {
  bool visible = false;
  Rect slot;        // everything that belongs to this tensor
  Rect title;       // name and caption
  Rect header;      // one chip a column
  Rect row_labels;  // one number a row; empty on the mask grid
  Rect cells;       // those in sight
  Rect row_sums;    // right of and below the cells; of the probabilities of a large matrix alone
  Rect col_sums;
  Rect legend;  // empty on the mask grid
  float cell_w = 0;
  float cell_h = 0;
  float fit_w = 0;  // of a cell where all are in sight
  float fit_h = 0;
  double first_col = 0;  // at the left and top edge of `cells`; 0 where all are in sight
  double first_row = 0;
  float gap = 0;  // right and below of each cell, part of cell_w and cell_h
  int rows = 0;
  int cols = 0;
  bool numbers_fit = false;

  // The drawn rectangle of a cell, what of it is in sight; empty where nothing is. row -1: the
  // column's header chip. The caller keeps to the range.
  Rect cell_rect(int row, int col) const;
  // The same where the edges cut nothing off.
  Rect whole_cell_rect(int row, int col) const;
  // The rectangle of the number left of a row, cut as well.
  Rect row_label_rect(int row) const;
  // The columns and rows of which something is in sight, first and end.
  struct Range {
    int first = 0, end = 0;
  };
  Range cols_in_sight() const;
  Range rows_in_sight() const;
  // Index under a coordinate, or -1 outside.
  int row_at(float y) const;
  int col_at(float x) const;
};

// The arrow between two tensors, with the operation's name and argument.
struct OperatorLayout {
  bool visible = false;
  bool vertical = false;  // points down (narrow) instead of right
  Rect rect;
};

// Looking closer at a matrix that is larger than its place on the screen (view/zoom.h). All
// heatmaps of the program move together, so it is told in cells. Neither direction grows beyond
// what a number needs: of a matrix of a few rows only the columns become wider.
struct Zoom {
  double factor = 1;  // how much larger than at fit a cell is; 1: all is in sight
  double col = 0;     // at the left and top edge
  double row = 0;
  bool operator==(const Zoom&) const = default;
};

// What the layout depends on. Pixels are physical ones: CSS pixels times `scale`.
struct SceneInput {
  float width_px = 0;
  float scale = 1;  // physical pixels per CSS pixel
  int rows = 4;
  int cols = 5;
  bool mask_grid = false;  // the mask differs from row to row: it gets a panel of its own
  bool lesson = false;     // a lesson is open: it gets a card
  Zoom zoom = {};
  bool teaching = false;  // for a projector: lesson, heatmaps and ledger on one screen if it can be
  uint8_t hide = 0;       // view::Hide bits
  // Heights that the parts needed when they were last drawn; the next frame corrects a guess.
  float notices_height_px = 0;
  float quick_height_px = 0;
  float controls_height_px = 0;
  float ledger_height_px = 0;
  float program_height_px = 0;
  float tensors_height_px = 0;
  float lesson_height_px = 0;
};

// The whole page, top to bottom. An empty rectangle is a part that is not shown.
struct Scene {
  float scale = 1;
  Arrangement arrangement = Arrangement::kWide;
  float height_px = 0;  // content height: the canvas is made this tall
  float padding = 0;    // inside of a card
  Rect title_bar;
  Rect notices;
  Rect lesson;  // text and question of the open lesson
  Rect quick;   // seed and fill above the heatmaps, narrow only
  Rect stage;
  Rect ledger;
  Rect controls;
  Rect program;
  Rect tensors;
  std::array<HeatmapLayout, kPanelCount> heatmaps;
  OperatorLayout masked_fill;
  OperatorLayout softmax;
  Rect zoom_bar;         // inside of the stage; empty where cells have room as they are
  double most_zoom = 1;  // the largest Zoom::factor

  const HeatmapLayout& heatmap(Panel panel) const { return heatmaps[static_cast<size_t>(panel)]; }
  // Contract.md's cellRect in physical pixels. The column mask has no grid: its cells are the
  // header chips of the first visible tensor. Empty when the panel is hidden or the index out of
  // range.
  Rect cell_rect(Panel panel, int row, int col) const;
};

// Places every part. A pure function of its input; O(1) whatever the matrix size.
Scene layout_scene(const SceneInput& input);

// What lies under a point.
struct Hit {
  enum class Kind : uint8_t { kNone, kCell, kColumnHeader, kRowLabel };
  Kind kind = Kind::kNone;
  Panel panel = Panel::kScores;
  int row = -1;
  int col = -1;
  bool operator==(const Hit&) const = default;
};
Hit hit_test(const Scene& scene, float x_px, float y_px);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_SCENE_H_
