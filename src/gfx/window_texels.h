// The part of a matrix that is in sight, as the heatmaps' textures hold it: a texel for every cell,
// or for every block of cells where cells are smaller than pixels. Pure computation, no OpenGL.
#ifndef SOFTMASK_GFX_WINDOW_TEXELS_H_
#define SOFTMASK_GFX_WINDOW_TEXELS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "core/mask.h"
#include "gfx/reduced_matrix.h"
#include "view/column_levels.h"
#include "view/heatmap_draw.h"
#include "view/number_text.h"

namespace softmask::gfx {

// What is in sight and how it is cut. Blocks are powers of two of cells and stand at multiples of
// their size, whatever is in sight: moving the view never changes what a texel stands for.
struct Sight {
  Block block;
  int first_row = 0;  // of the matrix; multiples of the block
  int first_col = 0;
  int end_row = 0;
  int end_col = 0;
  int texel_rows() const { return (end_row - first_row + block.rows - 1) / block.rows; }
  int texel_cols() const { return (end_col - first_col + block.cols - 1) / block.cols; }
  bool operator==(const Sight&) const = default;
};

// A texel is half a pixel to a pixel wide where cells are smaller, one cell where they are not.
Sight sight_of(const view::HeatmapDraw& draw, int rows, int cols);

// A matrix and how it is looked at. Row-major.
struct WindowSource {
  int rows = 0;
  int cols = 0;
  std::span<const float> values;
  const core::Mask* mask = nullptr;
  const view::ColumnLevels* levels = nullptr;  // of the same values and mask; null: none are kept
  view::Prominence prominence = view::Prominence::kLargest;
  bool mean_of_kept = false;  // masked cells count for a mean only where there are no others
  // Not empty: a kept cell is its value times that of its row, a masked one is 0.
  std::span<const float> row_scale;
};

// Numbers as shaders take them: NaN is 0 and ±inf is ±FLT_MAX, the class says what they are.
struct WindowTexels {
  Sight sight;
  std::vector<float> values;
  std::vector<view::ValueClass> classes;
  std::vector<uint8_t> masked;  // 255 where every cell of the block is masked, else 0
};

// With kMax a texel is the cell that stands out in its block (view::stands_before), and nothing
// else; with kMean the mean of the block's cells, NaN where one of them is. O(cells in sight / 4)
// with levels and kMax, else O(cells in sight).
void fill_window(const WindowSource& source, view::Reduction reduction, const Sight& sight,
                 WindowTexels& out);
// The texel columns first … end-1 alone; `out` was filled for this sight.
void fill_window_columns(const WindowSource& source, view::Reduction reduction, int first, int end,
                         WindowTexels& out);

// The share of masked cells of each block, 0 … 255, and 255 only where all are. Rows of the mask's
// own: 1 for a mask of columns. O(bits in sight).
std::vector<uint8_t> masked_shares(const core::Mask& mask, const Sight& sight);

// The same for one row of blocks as high as the matrix, whose columns have that many masked cells
// of `rows`. O(columns in sight).
std::vector<uint8_t> column_shares(std::span<const int> masked, int rows, const Sight& sight);

}  // namespace softmask::gfx

#endif  // SOFTMASK_GFX_WINDOW_TEXELS_H_
