#include "gfx/window_texels.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstring>

#include "core/bit_cast.h"

namespace softmask::gfx {
namespace {

using view::ColumnLevels;
using view::Prominence;
using view::Reduction;
using view::Standing;

size_t at(int row, int col, int cols) {
  return static_cast<size_t>(row) * static_cast<size_t>(cols) + static_cast<size_t>(col);
}

int cells_a_texel(float cell_px) {
  int cells = 1;
  while (static_cast<float>(2 * cells) * cell_px <= 1) cells *= 2;
  return cells;
}

// First and end of what is in sight along one direction, at multiples of `block`.
struct Range {
  int first, end;
};
Range cells_in_sight(double first, float extent_px, float cell_px, int block, int count) {
  const double end = first + static_cast<double>(extent_px) / static_cast<double>(cell_px);
  // One cell more on either side: the fragments at the edge look half a pixel beyond it.
  const int from = std::clamp(static_cast<int>(std::floor(first)) - 1, 0, count - 1);
  const int to = std::clamp(static_cast<int>(std::ceil(end)) + 1, from + 1, count);
  return {from / block * block, std::min((to + block - 1) / block * block, count)};
}

// One row of the finest data that is coarse enough: the matrix, or a level of it.
struct SourceRow {
  const float* values;
  const uint8_t* masked;
  int step;  // columns of the matrix that one value stands for
  int cols;
};

class Filler {
 public:
  Filler(const WindowSource& source, Reduction reduction, WindowTexels& out)
      : source_(source), reduction_(reduction), out_(out), sight_(out.sight) {
    if (source.levels == nullptr || reduction == Reduction::kMean) return;
    for (const ColumnLevels::Level& level : source.levels->levels()) {
      if (level.step <= sight_.block.cols) level_ = &level;
    }
  }

  void fill(int first, int end) {
    for (int texel_row = 0; texel_row < sight_.texel_rows(); ++texel_row) {
      if (reduction_ == Reduction::kMean) {
        mean_row(texel_row, first, end);
      } else {
        max_row(texel_row, first, end);
      }
    }
  }

 private:
  SourceRow source_row(int row) const {
    if (level_ != nullptr) {
      const size_t from = at(row, 0, level_->cols);
      return {&level_->values[from], &level_->masked[from], level_->step, level_->cols};
    }
    const core::Mask& mask = *source_.mask;
    return {&source_.values[at(row, 0, source_.cols)],
            &mask.bits[at(mask.is_column_mask() ? 0 : row, 0, source_.cols)], 1, source_.cols};
  }

  bool is_scaled() const { return !source_.row_scale.empty(); }

  float scaled(int row, const Standing& cell) const {
    if (!is_scaled()) return cell.value;
    return cell.masked ? 0 : cell.value * source_.row_scale[static_cast<size_t>(row)];
  }

  // A number that is larger the more the cell stands out, as view::stands_before says. The bits of
  // a float's magnitude are in the order of the magnitudes, NaN above all: comparing them costs one
  // instruction where comparing the cells costs five branches.
  template <bool kMagnitude>
  static uint32_t rank(float value, bool masked) {
    const auto bits = core::bit_cast<uint32_t>(value);
    constexpr uint32_t kSign = 0x80000000u, kNanFrom = 0x7f800001u;
    const uint32_t magnitude = bits & ~kSign;
    if (kMagnitude) return magnitude | (masked ? 0 : kSign);
    if (magnitude >= kNanFrom) return ~0u;
    return (bits & kSign) != 0 ? ~bits : bits | kSign;
  }

  void max_row(int texel_row, int first, int end) {
    if (source_.prominence == Prominence::kKeptMagnitude) {
      max_row_of<true>(texel_row, first, end);
    } else {
      max_row_of<false>(texel_row, first, end);
    }
  }

  template <bool kMagnitude>
  void max_row_of(int texel_row, int first, int end) {
    const int row0 = sight_.first_row + texel_row * sight_.block.rows;
    const int row1 = std::min(row0 + sight_.block.rows, source_.rows);
    best_.assign(static_cast<size_t>(end - first), {});
    for (int row = row0; row < row1; ++row) {
      const SourceRow from = source_row(row);
      const int each = sight_.block.cols / from.step;
      int col = sight_.first_col / from.step + first * each;
      for (Best& best : best_) {
        const int stop = std::min(col + each, from.cols);
        bool masked = from.masked[col] != 0;
        float value = from.values[col];
        uint32_t highest = rank<kMagnitude>(value, masked);
        for (int next = col + 1; next < stop; ++next) {
          const uint32_t other = rank<kMagnitude>(from.values[next], from.masked[next] != 0);
          masked = masked && from.masked[next] != 0;
          if (other <= highest) continue;
          highest = other;
          value = from.values[next];
        }
        col += each;
        if (is_scaled()) {
          value = scaled(row, {value, masked});
          highest = rank<kMagnitude>(value, masked);
        }
        best.all_masked = best.all_masked && masked;
        if (row > row0 && highest <= best.rank) continue;
        best.rank = highest;
        best.value = value;
      }
    }
    for (int texel = first; texel < end; ++texel) {
      const Best& best = best_[static_cast<size_t>(texel - first)];
      put(texel_row, texel, best.value, best.all_masked);
    }
  }

  struct Best {
    uint32_t rank = 0;
    float value = 0;
    bool all_masked = true;
  };

  struct Sums {
    double kept = 0, masked = 0;
    int kept_count = 0, masked_count = 0;
  };

  void mean_row(int texel_row, int first, int end) {
    const int row0 = sight_.first_row + texel_row * sight_.block.rows;
    const int row1 = std::min(row0 + sight_.block.rows, source_.rows);
    sums_.assign(static_cast<size_t>(end - first), {});
    for (int row = row0; row < row1; ++row) {
      const SourceRow from = source_row(row);
      int col = sight_.first_col + first * sight_.block.cols;
      for (Sums& sums : sums_) {
        const int stop = std::min(col + sight_.block.cols, source_.cols);
        for (; col < stop; ++col) {
          const bool masked = from.masked[col] != 0;
          const auto value = static_cast<double>(scaled(row, {from.values[col], masked}));
          (masked ? sums.masked : sums.kept) += value;
          ++(masked ? sums.masked_count : sums.kept_count);
        }
      }
    }
    for (int texel = first; texel < end; ++texel) {
      const Sums& s = sums_[static_cast<size_t>(texel - first)];
      const bool all_masked = s.kept_count == 0;
      double mean = (s.kept + s.masked) / (s.kept_count + s.masked_count);
      if (source_.mean_of_kept) {
        mean = all_masked ? s.masked / s.masked_count : s.kept / s.kept_count;
      }
      put(texel_row, texel, static_cast<float>(mean), all_masked);
    }
  }

  void put(int texel_row, int texel, float value, bool masked) {
    const size_t to = at(texel_row, texel, sight_.texel_cols());
    const view::ValueClass value_class = view::classify(value);
    out_.values[to] = shader_number(value, value_class);
    out_.classes[to] = value_class;
    out_.masked[to] = masked ? 255 : 0;
  }

  const WindowSource& source_;
  const Reduction reduction_;
  WindowTexels& out_;
  const Sight& sight_;
  const ColumnLevels::Level* level_ = nullptr;
  std::vector<Best> best_;
  std::vector<Sums> sums_;
};

}  // namespace

Sight sight_of(const view::HeatmapDraw& draw, int rows, int cols) {
  const float cell_h = draw.header_strip ? draw.cells.h : draw.cell_h;
  const Block block = {draw.header_strip ? 1 : cells_a_texel(cell_h), cells_a_texel(draw.cell_w)};
  const Range across = cells_in_sight(draw.first_col, draw.cells.w, draw.cell_w, block.cols, cols);
  if (draw.header_strip) return {block, 0, across.first, 1, across.end};
  const Range down = cells_in_sight(draw.first_row, draw.cells.h, cell_h, block.rows, rows);
  return {block, down.first, across.first, down.end, across.end};
}

void fill_window(const WindowSource& source, Reduction reduction, const Sight& sight,
                 WindowTexels& out) {
  out.sight = sight;
  const size_t count = at(sight.texel_rows(), 0, sight.texel_cols());
  out.values.resize(count);
  out.classes.resize(count);
  out.masked.resize(count);
  Filler(source, reduction, out).fill(0, sight.texel_cols());
}

void fill_window_columns(const WindowSource& source, Reduction reduction, int first, int end,
                         WindowTexels& out) {
  Filler(source, reduction, out).fill(first, end);
}

namespace {

// How many of the bytes are not 0, eight at a time.
int count_masked(const uint8_t* bits, int count) {
  constexpr uint64_t kLow = 0x7f7f7f7f7f7f7f7fu;
  int masked = 0, i = 0;
  for (; i + 8 <= count; i += 8) {
    uint64_t eight;
    std::memcpy(&eight, bits + i, sizeof eight);
    // The top bit of each byte becomes whether one of its bits is set.
    masked += std::popcount((((eight & kLow) + kLow) | eight) & ~kLow);
  }
  for (; i < count; ++i) masked += bits[i] != 0 ? 1 : 0;
  return masked;
}

// Adds the masked cells of a row of bits to those of its blocks.
void add_masked(const uint8_t* bits, int cols, const Sight& sight, std::vector<int>& masked) {
  int col = sight.first_col;
  for (int& count : masked) {
    const int end = std::min(col + sight.block.cols, cols);
    count += count_masked(bits + col, end - col);
    col = end;
  }
}

// 255 only for all of them.
uint8_t share(int64_t masked, int64_t all) {
  return static_cast<uint8_t>(masked == all ? 255 : masked * 254 / all);
}

}  // namespace

std::vector<uint8_t> masked_shares(const core::Mask& mask, const Sight& sight) {
  const bool columns = mask.is_column_mask();
  const int rows = columns ? 1 : sight.texel_rows();
  const int block_rows = columns ? 1 : sight.block.rows;
  std::vector<uint8_t> shares;
  shares.reserve(at(rows, 0, sight.texel_cols()));
  const int width = sight.texel_cols();
  std::vector<int> masked(static_cast<size_t>(width));
  for (int texel_row = 0; texel_row < rows; ++texel_row) {
    const int row0 = columns ? 0 : sight.first_row + texel_row * block_rows;
    const int row1 = std::min(row0 + block_rows, mask.rows);
    std::fill(masked.begin(), masked.end(), 0);
    for (int row = row0; row < row1; ++row) {  // through the memory in order
      add_masked(&mask.bits[at(row, 0, mask.cols)], mask.cols, sight, masked);
    }
    for (int texel = 0; texel < width; ++texel) {
      const int col0 = sight.first_col + texel * sight.block.cols;
      const int all = (row1 - row0) * (std::min(col0 + sight.block.cols, mask.cols) - col0);
      shares.push_back(share(masked[static_cast<size_t>(texel)], all));
    }
  }
  return shares;
}

std::vector<uint8_t> column_shares(std::span<const int> masked, int rows, const Sight& sight) {
  std::vector<uint8_t> shares;
  const int cols = static_cast<int>(masked.size());
  for (int col = sight.first_col; col < sight.end_col; col += sight.block.cols) {
    const int end = std::min(col + sight.block.cols, cols);
    int64_t count = 0;
    for (int i = col; i < end; ++i) count += masked[static_cast<size_t>(i)];
    shares.push_back(share(count, int64_t{rows} * (end - col)));
  }
  return shares;
}

}  // namespace softmask::gfx
