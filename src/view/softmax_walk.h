// One row (a column with dim 0) walked through masked_fill and softmax, stage by stage.
#ifndef SOFTMASK_VIEW_SOFTMAX_WALK_H_
#define SOFTMASK_VIEW_SOFTMAX_WALK_H_

#include <optional>
#include <vector>

#include "view/derive.h"
#include "view/lens.h"
#include "view/state.h"

namespace softmask::view {

struct WalkStage {
  Stage stage = Stage::kScores;
  std::vector<float> values;    // along the line, as they are after this stage
  std::optional<double> found;  // the maximum or the sum that this stage looks for
  int found_at = -1;            // where the maximum stands
};

// The stages of `line` in the order of the computation, every value as float32 holds it, each
// rounding where PyTorch rounds (up to the last bits of exp and of the sum, which stand in the
// result). With `subtract_max` the last values are those of Derived; without it, exp is taken of
// the scores as they are: above 88.7 it overflows to inf, and inf / inf is NaN. Empty where PyTorch
// would raise or `line` is out of range. O(length).
std::vector<WalkStage> softmax_walk(const State& state, const Derived& derived, int line,
                                    bool subtract_max);

// The position of `stage` in `walk`, or the nearest one before it.
int stage_index(const std::vector<WalkStage>& walk, Stage stage);

// What went wrong on the way, for the reader: exp overflowed to inf; every exp underflowed to 0.
struct WalkTrouble {
  bool overflow = false;
  bool all_zero = false;
  bool nan = false;
};
WalkTrouble walk_trouble(const std::vector<WalkStage>& walk);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_SOFTMAX_WALK_H_
