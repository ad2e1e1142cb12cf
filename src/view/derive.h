// Every number on the screen, computed from a State by the core.
#ifndef SOFTMASK_VIEW_DERIVE_H_
#define SOFTMASK_VIEW_DERIVE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/mask.h"
#include "core/mass_flow.h"
#include "view/state.h"

namespace softmask::view {

// Matrices are row-major, rows*cols; low-precision values come widened to float32.
struct Derived {
  int rows = 0;
  int cols = 0;
  std::vector<float> scores;       // rounded to the dtype
  core::Mask mask;                 // one row when it is a column mask
  std::vector<uint8_t> mask_bits;  // rows*cols, 1 = masked
  // Empty when `error` is set: masked_scores, probabilities, moved and mass.
  std::vector<float> masked_scores;
  std::vector<float> baseline;       // softmax with no mask; same dtype, dim, temperature
  std::vector<float> probabilities;  // the result
  std::vector<float> moved;          // per row: mass that left its masked cells (NaN in a NaN row)
  std::vector<core::RowMass> mass;   // per row; `lost` is 0 but for order zero with dim -1
  std::string error;                 // PyTorch's message where it would raise, else empty
  std::vector<std::string> notes;    // see view/notes.h; `error` comes first
  // Colours of probabilities span 0 … this: 1, or where no probability reaches a tenth, the next of
  // 0.1, 0.05, 0.02 … above the largest, so that long rows are not one flat colour.
  float probability_limit = 1;
  float scores_limit = 1;  // colours of scores span ±this: the largest |kept finite score|, or 1
};

// Scores: manual_seed(seed) and randn(rows, cols) on state.cpu, or the reader's own; a random mask
// is drawn after them from the same generator (with own scores: the first draw after manual_seed).
// `state` must be valid. Same state, same bits. O(rows*cols): 4×5 takes microseconds, 4096×4096
// some seconds.
Derived derive(const State& state);

// The same, taking the scores and the baseline from `previous` where the two states agree on what
// they depend on; `previous` must be derive(previous_state). Gives the same bits, faster.
Derived derive_from(const State& state, const State& previous_state, Derived previous);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_DERIVE_H_
