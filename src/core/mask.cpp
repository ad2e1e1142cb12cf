#include "core/mask.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace softmask::core {
namespace {

Mask filled(int rows, int cols, uint8_t value) {
  return {rows, cols,
          std::vector<uint8_t>(static_cast<size_t>(rows) * static_cast<size_t>(cols), value)};
}

// A full mask from a rule over col - row: every row is the one above it, moved by a column, and so
// a part of one pattern. Copied by rows: 16 million calls of a rule take longer than a page may
// stand still.
template <class Rule>
Mask mask_by_distance(int rows, int cols, Rule rule) {
  std::vector<uint8_t> pattern;
  pattern.reserve(static_cast<size_t>(rows) + static_cast<size_t>(cols));
  for (int distance = 1 - rows; distance < cols; ++distance) {
    pattern.push_back(rule(distance) ? 1 : 0);
  }
  Mask mask{rows, cols, {}};
  mask.bits.reserve(static_cast<size_t>(rows) * static_cast<size_t>(cols));
  for (int row = 0; row < rows; ++row) {
    const uint8_t* first = pattern.data() + (rows - 1 - row);
    mask.bits.insert(mask.bits.end(), first, first + cols);
  }
  return mask;
}

}  // namespace

bool Mask::at(int row, int col) const {
  const size_t mask_row = is_column_mask() ? 0 : static_cast<size_t>(row);
  return bits[mask_row * static_cast<size_t>(cols) + static_cast<size_t>(col)] != 0;
}

Mask mask_none(int cols) { return filled(1, cols, 0); }

Mask mask_causal(int rows, int cols) {
  return mask_by_distance(rows, cols, [](int distance) { return distance > 0; });
}

Mask mask_padding(int cols, int k) {
  Mask mask = filled(1, cols, 0);
  const int masked = std::clamp(k, 0, cols);
  std::fill(mask.bits.end() - masked, mask.bits.end(), uint8_t{1});
  return mask;
}

Mask mask_window(int rows, int cols, int k) {
  const int reach = std::max(k, 0);
  return mask_by_distance(rows, cols, [reach](int distance) { return std::abs(distance) > reach; });
}

Mask mask_random(Generator& generator, int cols) {
  // randint(0, 2) is the lowest bit of a draw, through the same call that PyTorch's user makes.
  std::vector<int64_t> draws(static_cast<size_t>(cols));
  (void)generator.randint(0, 2, draws);  // 0 < 2: cannot refuse
  Mask mask = filled(1, cols, 0);
  std::transform(draws.begin(), draws.end(), mask.bits.begin(),
                 [](int64_t draw) { return static_cast<uint8_t>(draw); });
  return mask;
}

}  // namespace softmask::core
