#include "gfx/reduced_matrix.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace softmask::gfx {
namespace {

int divided_up(int count, int by) { return (count + by - 1) / by; }

size_t offset(int row, int col, int cols) {
  return static_cast<size_t>(row) * static_cast<size_t>(cols) + static_cast<size_t>(col);
}

bool is_masked(const core::Mask& mask, int row, int col) {
  if (mask.bits.empty()) return false;
  return mask.bits[offset(mask.rows == 1 ? 0 : row, col, mask.cols)] != 0;
}

// Half-open ranges of the cells of one block.
struct Cells {
  int first_row, end_row, first_col, end_col;
};

Cells cells_of(int block_row, int block_col, const Block& block, int rows, int cols) {
  const int row = block_row * block.rows, col = block_col * block.cols;
  return {row, std::min(row + block.rows, rows), col, std::min(col + block.cols, cols)};
}

bool is_more_prominent(float a, float b, Prominence prominence) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && !std::isnan(b);
  return prominence == Prominence::kLargest ? a > b : std::fabs(a) > std::fabs(b);
}

float most_prominent(std::span<const float> values, int cols, const Cells& cells,
                     const core::Mask& mask, Prominence prominence) {
  const bool kept_first = prominence == Prominence::kMagnitude;
  float best = values[offset(cells.first_row, cells.first_col, cols)];
  bool best_kept = !kept_first || !is_masked(mask, cells.first_row, cells.first_col);
  for (int row = cells.first_row; row < cells.end_row; ++row) {
    for (int col = cells.first_col; col < cells.end_col; ++col) {
      const float value = values[offset(row, col, cols)];
      const bool kept = !kept_first || !is_masked(mask, row, col);
      if (kept < best_kept) continue;
      if (kept == best_kept && !is_more_prominent(value, best, prominence)) continue;
      best = value;
      best_kept = kept;
    }
  }
  return best;
}

// Counts masked cells of a block, and all of them.
struct Count {
  int64_t masked = 0;
  int64_t all = 0;
};

Count count_masked(const core::Mask& mask, const Cells& cells) {
  Count count;
  for (int row = cells.first_row; row < cells.end_row; ++row) {
    for (int col = cells.first_col; col < cells.end_col; ++col) {
      count.masked += is_masked(mask, row, col) ? 1 : 0;
      ++count.all;
    }
  }
  return count;
}

}  // namespace

float shader_number(float value, view::ValueClass value_class) {
  if (value_class == view::ValueClass::kNan) return 0;
  if (value_class != view::ValueClass::kInf) return value;
  return std::copysign(std::numeric_limits<float>::max(), value);
}

Block block_for(int rows, int cols) {
  return {divided_up(std::max(rows, 1), kMaxTextureSide),
          divided_up(std::max(cols, 1), kMaxTextureSide)};
}

ReducedMatrix reduce_matrix(std::span<const float> values, int rows, int cols,
                            const core::Mask& mask, Prominence prominence) {
  ReducedMatrix out;
  out.block = block_for(rows, cols);
  out.rows = divided_up(rows, out.block.rows);
  out.cols = divided_up(cols, out.block.cols);
  const size_t count = offset(out.rows, 0, out.cols);
  out.values.reserve(count);
  out.classes.reserve(count);
  for (int row = 0; row < out.rows; ++row) {
    for (int col = 0; col < out.cols; ++col) {
      const Cells cells = cells_of(row, col, out.block, rows, cols);
      const float value = most_prominent(values, cols, cells, mask, prominence);
      const view::ValueClass value_class = view::classify(value);
      out.values.push_back(shader_number(value, value_class));
      out.classes.push_back(value_class);
    }
  }
  return out;
}

ReducedMask reduce_mask(const core::Mask& mask, const Block& block) {
  const Block mine = {mask.rows == 1 ? 1 : block.rows, block.cols};
  ReducedMask out;
  out.rows = divided_up(mask.rows, mine.rows);
  out.cols = divided_up(mask.cols, mine.cols);
  out.bits.reserve(offset(out.rows, 0, out.cols));
  for (int row = 0; row < out.rows; ++row) {
    for (int col = 0; col < out.cols; ++col) {
      const Count count = count_masked(mask, cells_of(row, col, mine, mask.rows, mask.cols));
      out.bits.push_back(count.masked == count.all ? 1 : 0);
    }
  }
  return out;
}

std::vector<uint8_t> column_states(const core::Mask& mask, const Block& block) {
  std::vector<uint8_t> states;
  for (int col = 0; col < mask.cols; col += block.cols) {
    const Cells cells = {0, mask.rows, col, std::min(col + block.cols, mask.cols)};
    const Count count = count_masked(mask, cells);
    states.push_back(count.masked == 0 ? 0 : count.masked < count.all ? 1 : 2);
  }
  return states;
}

}  // namespace softmask::gfx
