// The numbers that a lens shows beside the tensors of the view, as one matrix to take away.
#ifndef SOFTMASK_VIEW_LENS_TENSOR_H_
#define SOFTMASK_VIEW_LENS_TENSOR_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "view/live_model.h"
#include "view/transient.h"

namespace softmask::view {

enum class LensTensorKind : uint8_t {
  kGradient,    // scores.grad of the loss that the lens Gradient has chosen
  kPinned,      // scores_softmax of the pinned state A
  kDifference,  // B − A: the present scores_softmax less that
  kSteps,       // of the line that the lens Steps walks along: a row for each stage, in its order
};

struct LensTensor {
  std::span<const float> values;  // row-major; of the model, or of `own`
  int rows = 0;
  int cols = 0;
  std::string problem;     // in words, where there are no values
  std::vector<float> own;  // of the steps, which nothing else keeps
};

// Of what the commands so far lead to, computed to its end. Empty with a problem where PyTorch
// raises, there is no memory, nothing is pinned or no row is selected. The values stay good until
// the model changes. O(rows*cols); the steps of numbers that are there O(length).
LensTensor lens_tensor(LensTensorKind kind, LiveModel& live, const Transient& transient);

// The row that the lens Steps walks along, with dim 0 the column that the keyboard's cell is in;
// kNoRow where no row is selected.
int walked_line(const State& state, const Derived& derived, const Transient& transient);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_LENS_TENSOR_H_
