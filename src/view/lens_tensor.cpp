#include "view/lens_tensor.h"

#include <algorithm>
#include <utility>

#include "view/softmax_walk.h"
#include "view/strings.h"

namespace softmask::view {
namespace {

LensTensor tensor_of(std::span<const float> values, int rows, int cols, std::string problem) {
  if (values.empty()) return {{}, 0, 0, std::move(problem), {}};
  return {values, rows, cols, {}, {}};
}

LensTensor steps(const State& state, const Derived& d, const Transient& transient) {
  const int line = walked_line(state, d, transient);
  const auto walk = softmax_walk(state, d, line, transient.subtract_max);
  LensTensor out;
  if (walk.empty()) {
    out.problem = d.error.empty() ? std::string(text(Text::kLensSelectRow)) : d.error;
    return out;
  }
  out.rows = static_cast<int>(walk.size());
  out.cols = static_cast<int>(walk.front().values.size());
  for (const WalkStage& stage : walk) {
    out.own.insert(out.own.end(), stage.values.begin(), stage.values.end());
  }
  out.values = out.own;
  return out;
}

LensTensor pinned(const Model& model) {
  const Comparison& comparison = *model.comparison();
  // Of a large A that there is no memory for nothing is to be computed.
  if (!model.has_pinned_numbers()) return tensor_of({}, 0, 0, comparison.problem);
  const Derived& a = *model.pinned_derived();
  return tensor_of(a.probabilities.all(), a.rows, a.cols,
                   fill_in(Text::kCompareNoResult, {"A", a.error}));
}

}  // namespace

int walked_line(const State& state, const Derived& derived, const Transient& transient) {
  return state.dim == -1 ? state.row : std::clamp(transient.cursor_col, 0, derived.cols - 1);
}

LensTensor lens_tensor(LensTensorKind kind, LiveModel& live, const Transient& transient) {
  if (kind == LensTensorKind::kSteps) {
    const Model& model = live.finish_for({});
    return steps(model.state(), model.derived(), transient);
  }
  if (kind == LensTensorKind::kGradient) {
    const Upstream& upstream = transient.upstream;
    const Model& model = live.finish_for({LensWish::Kind::kGradient, upstream});
    const Gradient& gradient = model.gradient(upstream);
    return tensor_of(gradient.scores, model.state().rows, model.state().cols, gradient.error);
  }
  const Model& model = live.finish_for({LensWish::Kind::kComparison});
  if (!model.document().pinned) {
    return tensor_of({}, 0, 0, std::string(text(Text::kCompareNothingPinned)));
  }
  const Comparison& comparison = *model.comparison();
  if (kind == LensTensorKind::kPinned) return pinned(model);
  return tensor_of(comparison.difference, model.state().rows, model.state().cols,
                   comparison.problem);
}

}  // namespace softmask::view
