// Masks by hand: from a MaskSpec to bits, and one column or cell at a time.
#ifndef SOFTMASK_VIEW_MASK_EDIT_H_
#define SOFTMASK_VIEW_MASK_EDIT_H_

#include <cstdint>
#include <vector>

#include "core/generator.h"
#include "core/mask.h"
#include "view/state.h"

namespace softmask::view {

// The mask of a spec. `generator` has to stand where the random mask is drawn, after the scores.
core::Mask mask_of(const State& state, core::Generator& generator);

// The same for a state by itself. A random mask needs as many draws as there are scores, unless
// `random`, where it is not null, says what it is.
core::Mask mask_of(const State& state, const core::Mask* random = nullptr);

// Whether that mask is one row for all, known without making it. O(1).
bool has_column_mask(const State& state);

// These turn state.mask into bits: cols of them when all rows end up alike (a column mask), else
// rows*cols. `row` and `col` must be in range. `random` as above. O(rows*cols).
void toggle_column(State& state, int col,
                   const core::Mask* random = nullptr);  // all masked: unmask, else mask
void paint_column(State& state, int col, bool masked, const core::Mask* random = nullptr);
void toggle_cell(State& state, int row, int col, const core::Mask* random = nullptr);

// The mask from cols or rows*cols bits, 1 = masked. O(bits).
void set_mask(State& state, const std::vector<uint8_t>& bits);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_MASK_EDIT_H_
