#include "gfx/reduced_matrix.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/bit_cast.h"

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

// Larger for what stands out more, as an integer: floats of one sign are ordered as their bits are,
// and above infinity lies NaN, which comes first. So that 16 million cells take a moment, there is
// no branch in it.
uint32_t prominence_of(float value, Prominence prominence) {
  constexpr uint32_t kSign = 0x80000000u, kInfinity = 0x7f800000u;
  const auto bits = core::bit_cast<uint32_t>(value), size = bits & ~kSign;
  if (prominence == Prominence::kMagnitude || size > kInfinity) return size;
  // No probability is negative; of what might be, all come last.
  return (bits & kSign) != 0 ? 0 : bits;
}

// The top bit is free for the kept ones, which come before the masked.
constexpr uint32_t kKept = 0x80000000u;

// The most prominent cells of one row of blocks, and how prominent they are.
struct BestOfBlocks {
  std::vector<float> values;
  std::vector<uint32_t> keys;

  void begin(std::span<const float> first_row, int block_cols) {
    for (size_t i = 0; i < values.size(); ++i) {
      values[i] = first_row[i * static_cast<size_t>(block_cols)];
      keys[i] = 0;
    }
  }
  // `masked`: a row of the mask, or nothing where all count alike.
  void add(std::span<const float> row, std::span<const uint8_t> masked, int block_cols,
           Prominence prominence) {
    const auto width = static_cast<size_t>(block_cols);
    for (size_t i = 0, col = 0; i < values.size(); ++i) {
      const size_t end = std::min(col + width, row.size());
      for (; col < end; ++col) {
        const uint32_t kept = masked.empty() || masked[col] == 0 ? kKept : 0;
        const uint32_t key = prominence_of(row[col], prominence) | kept;
        values[i] = key > keys[i] ? row[col] : values[i];
        keys[i] = std::max(key, keys[i]);
      }
    }
  }
};

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
  return {divided_up(std::max(rows, 1), kMaxTextureRows),
          divided_up(std::max(cols, 1), kMaxTextureCols)};
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
  BestOfBlocks best;
  best.values.resize(static_cast<size_t>(out.cols));
  best.keys.resize(static_cast<size_t>(out.cols));
  const bool kept_first = prominence == Prominence::kMagnitude && !mask.bits.empty();
  const auto width = static_cast<size_t>(cols);
  for (int row = 0; row < out.rows; ++row) {
    const int first = row * out.block.rows, end = std::min(first + out.block.rows, rows);
    best.begin(values.subspan(offset(first, 0, cols), width), out.block.cols);
    for (int cell_row = first; cell_row < end; ++cell_row) {
      std::span<const uint8_t> masked;
      if (kept_first) {
        masked =
            std::span(mask.bits).subspan(offset(mask.rows == 1 ? 0 : cell_row, 0, cols), width);
      }
      best.add(values.subspan(offset(cell_row, 0, cols), width), masked, out.block.cols,
               prominence);
    }
    for (const float value : best.values) {
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
