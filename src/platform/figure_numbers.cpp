#include "platform/figure_numbers.h"

namespace softmask::platform {

using view::Figure;
using view::Panel;

FigureNumbers figure_numbers(const view::HeatmapDraw& draw, const view::Model& model,
                             const view::Upstream& upstream) {
  const auto of = [](std::span<const float> values, const view::Derived& from) {
    return FigureNumbers{values, &from.mask, from.rows, from.cols};
  };
  const view::Derived& derived = model.derived();
  switch (draw.figure) {
    case Figure::kGradient:
      return of(model.gradient(upstream).scores, derived);
    case Figure::kPinned:
      return of(model.pinned_derived()->probabilities.all(), *model.pinned_derived());
    case Figure::kDifference:
      return {model.comparison()->difference, nullptr, derived.rows, derived.cols};
    case Figure::kProgram:
    case Figure::kPresent:
      break;
  }
  if (draw.panel == Panel::kScores) return of(derived.scores, derived);
  return of(draw.panel == Panel::kMasked ? derived.masked_scores : derived.probabilities.all(),
            derived);
}

}  // namespace softmask::platform
