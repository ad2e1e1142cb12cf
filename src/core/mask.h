// Which cells are masked.
#ifndef SOFTMASK_CORE_MASK_H_
#define SOFTMASK_CORE_MASK_H_

#include <cstdint>
#include <vector>

#include "core/generator.h"

namespace softmask::core {

// A boolean tensor as masked_fill takes it: 1 = masked (True), 0 = kept. Row-major.
//
// With rows == 1 the one row is broadcast to every row of the scores, so the mask hides whole
// columns; otherwise `rows` is the number of rows of the scores. `bits` holds rows * cols bytes.
struct Mask {
  int rows = 0;
  int cols = 0;
  std::vector<uint8_t> bits;

  // Whether the cell is masked. `row` may be any row of the scores when this is a column mask.
  bool at(int row, int col) const;

  // True when one row stands for all of them. A full mask over a single row is the same thing.
  bool is_column_mask() const { return rows == 1; }

  bool operator==(const Mask&) const = default;
};

// Presets. Sizes must be positive; the callers have checked them.

// Nothing masked: torch.zeros(1, cols).bool().
Mask mask_none(int cols);

// A query sees itself and what came before: torch.ones(rows, cols).triu(1).bool(),
// which masks col > row.
Mask mask_causal(int rows, int cols);

// The last `k` columns, the way a padded sentence is masked. `k` is clamped to 0 … cols.
Mask mask_padding(int cols, int k);

// Everything farther than `k` from the diagonal: |row - col| > k. A negative k counts as 0.
Mask mask_window(int rows, int cols, int k);

// The article's mask: torch.randint(0, 2, (1, cols)).bool(), drawn from `generator` where its
// stream stands now. `cols` draws.
Mask mask_random(Generator& generator, int cols);

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_MASK_H_
