#include "platform/displayed_numbers.h"

#include <cstddef>

namespace softmask::platform {
namespace {

// Larger results change at once: easing would copy them in every frame.
constexpr size_t kMostEased = 262'144;

}  // namespace

void DisplayedNumbers::update(const view::Model& model, bool reduced_motion, double now_ms,
                              gfx::HeatmapRenderer& renderer) {
  const view::Derived& derived = model.derived();
  const bool changed = !revision_known_ || revision_ != model.numbers_revision();
  if (!changed && !moving_) return;

  const bool eased = derived.probabilities.size() <= kMostEased;
  if (changed) {
    using view::Panel;
    renderer.set_values(Panel::kScores, derived.scores, derived.rows, derived.cols);
    renderer.set_mask(derived.mask, derived.rows, derived.cols);
    if (!derived.masked_scores.empty()) {
      renderer.set_values(Panel::kMasked, derived.masked_scores, derived.rows, derived.cols);
    }
    motion_.set_reduced_motion(reduced_motion || !eased);
    if (eased) {
      motion_.retarget(derived.probabilities, derived.rows, derived.cols, now_ms);
    } else {
      motion_.retarget({}, 0, 0, now_ms);
    }
    revision_ = model.numbers_revision();
    revision_known_ = true;
  }
  if (eased) motion_.sample(now_ms, sampled_);
  shown_ = eased ? std::span<const float>(sampled_) : std::span<const float>(derived.probabilities);
  moving_ = motion_.moving(now_ms);
  if (!shown_.empty()) {
    renderer.set_values(view::Panel::kProbabilities, shown_, derived.rows, derived.cols);
  }
}

}  // namespace softmask::platform
