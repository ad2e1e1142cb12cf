#include "view/gradient.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/low_precision.h"
#include "core/softmax_backward.h"
#include "view/derive_job.h"
#include "view/line_facts.h"

namespace softmask::view {
namespace {

// What comes to one probability from above.
float upstream_at(const Upstream& upstream, int col, int target, float p, core::Dtype dtype) {
  const bool at_target = col == target;
  switch (upstream.kind) {
    case Upstream::Kind::kCrossEntropy:
      // The gradient of −log p. Where p is 0 it is −inf, and the row's gradient NaN.
      return at_target ? core::round_to(dtype, -1.0f / p) : 0.0f;
    case Upstream::Kind::kOneHot:
      return at_target ? 1.0f : 0.0f;
    case Upstream::Kind::kOnes:
      break;
    case Upstream::Kind::kOwn:
      return static_cast<float>(upstream.own_at(col));
  }
  return 1.0f;
}

}  // namespace

void Upstream::set_own(int col, int value) {
  if (col >= kOwnCols) return;
  own[static_cast<size_t>(col)] = static_cast<int8_t>(std::clamp(value, -kMostOwn, kMostOwn));
}

Gradient gradient_of(const State& state, const Derived& derived, const Upstream& upstream) {
  Gradient out;
  out.error = derived.error;
  if (!out.error.empty()) return out;
  const auto cols = static_cast<size_t>(state.cols);
  const int target = std::clamp(upstream.target, 0, state.cols - 1);
  out.upstream.resize(derived.probabilities.size());
  for (size_t i = 0; i < out.upstream.size(); ++i) {
    out.upstream[i] = upstream_at(upstream, static_cast<int>(i % cols), target,
                                  derived.probabilities[i], state.dtype);
  }
  out.masked_scores.resize(out.upstream.size());
  out.scores.resize(out.upstream.size());
  out.dot.resize(static_cast<size_t>(lines_of(state).count));
  const core::Status status = core::masked_softmax_backward(
      derived.scores, state.rows, state.cols, derived.mask.bits.data(), derived.mask.rows,
      softmax_options(state), out.upstream, out.masked_scores, out.scores, out.dot);
  if (!status.ok()) {
    out = {};
    out.error = status.message;
    return out;
  }
  float largest = 0;
  for (const float v : out.scores) {
    if (std::isfinite(v)) largest = std::max(largest, std::fabs(v));
  }
  out.limit = largest > 0 ? largest : 1;
  return out;
}

}  // namespace softmask::view
