// Backwards through softmax and masked_fill: how much every score moves a loss.
#ifndef SOFTMASK_VIEW_GRADIENT_H_
#define SOFTMASK_VIEW_GRADIENT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/status.h"
#include "view/derive.h"
#include "view/state.h"

namespace softmask::view {

// The gradient that comes to scores_softmax from above.
struct Upstream {
  enum class Kind : uint8_t {
    kCrossEntropy,  // of the sum over the rows of −log p[row, target]: −1/p at the target
    kOneHot,        // 1 at the target: how p[row, target] itself depends on the scores
    kOnes,          // 1 everywhere: of the sum of all probabilities
    kOwn,           // a value of the reader's own for every column, the same in all rows
  };
  Kind kind = Kind::kCrossEntropy;
  int target = 0;  // column, 0 … cols-1; a larger one counts as the last
  // Of the first columns; 0 for the others. A lesson's step holds one as a constant.
  static constexpr int kOwnCols = 64;
  static constexpr int kMostOwn = 9;  // either way; exact in every dtype
  std::array<int8_t, kOwnCols> own = {};

  int own_at(int col) const { return col < kOwnCols ? own[static_cast<size_t>(col)] : 0; }
  // Brought into the range; nothing for a column that is none of the first.
  void set_own(int col, int value);
  bool operator==(const Upstream&) const = default;
};

inline constexpr size_t kUpstreamKindCount = 4;

// Row-major, rows*cols, in the state's dtype widened to float32; the bits of PyTorch's autograd
// (see core/softmax_backward.h). All empty when `error` is set.
struct Gradient {
  std::vector<float> upstream;       // at scores_softmax
  std::vector<float> masked_scores;  // at what softmax takes: (g − Σ g·p)·p, over the temperature
  std::vector<float> scores;         // masked cells exactly 0
  std::vector<double> dot;           // Σ g·p of every row (column with dim 0)
  float limit = 1;                   // colours span ±this: the largest finite |scores|, or 1
  std::string error;                 // PyTorch's message where it would raise
};

// `derived` must be derive(state). O(rows*cols).
Gradient gradient_of(const State& state, const Derived& derived, const Upstream& upstream);

// The same in slices: step() until it says true, then take(). `derived` is read until then and has
// to stay as it is.
class GradientJob {
 public:
  GradientJob(const State& state, const Derived& derived, const Upstream& upstream);

  // One slice, some milliseconds. True when nothing is left to do.
  bool step();
  double progress() const;  // 0 … 1, never falling
  Gradient take();

  // The larger blocks that it takes, in bytes (view/memory_room.h).
  static std::vector<size_t> memory(const State& state);

 private:
  core::Status rows(int first, int end);
  core::Status columns(int first, int end);

  State state_;
  const Derived& derived_;
  Upstream upstream_;
  int target_;
  int at_ = 0;  // lines that are done
  float largest_ = 0;
  Gradient out_;
  // Some columns, gathered.
  std::vector<float> in_, in_upstream_, out_masked_, out_scores_;
  std::vector<uint8_t> in_mask_;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_GRADIENT_H_
