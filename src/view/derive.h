// Every number on the screen, computed from a State by the core.
#ifndef SOFTMASK_VIEW_DERIVE_H_
#define SOFTMASK_VIEW_DERIVE_H_

#include "view/derived.h"
#include "view/state.h"

namespace softmask::view {

// Scores: manual_seed(seed) and randn(rows, cols) on state.cpu, or the reader's own; a random mask
// is drawn after them from the same generator (with own scores: the first draw after manual_seed).
// `state` must be valid. Same state, same bits. O(rows*cols): 4×5 takes microseconds, 4096×4096
// some seconds; view/derive_job.h does the same in slices.
Derived derive(const State& state);

// The same, taking the scores and the baseline from `previous` where the two states agree on what
// they depend on; `previous` must be derive(previous_state). Gives the same bits, faster.
Derived derive_from(const State& state, const State& previous_state, Derived previous);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_DERIVE_H_
