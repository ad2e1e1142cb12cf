#include "platform/displayed_numbers.h"

#include <algorithm>
#include <cstddef>

namespace softmask::platform {
namespace {

// Larger results change at once: easing would copy them in every frame.
constexpr size_t kMostEased = 262'144;

bool is_eased(std::span<const float> target) { return target.size() <= kMostEased; }

}  // namespace

void DisplayedNumbers::Eased::retarget(std::span<const float> target, const view::Derived& derived,
                                       bool reduced_motion, double now_ms) {
  motion.set_reduced_motion(reduced_motion || !is_eased(target));
  if (is_eased(target)) {
    motion.retarget(target, derived.rows, derived.cols, now_ms);
  } else {
    motion.retarget({}, 0, 0, now_ms);
  }
}

void DisplayedNumbers::Eased::sample(std::span<const float> target, double now_ms) {
  const bool eased = is_eased(target);
  if (eased) motion.sample(now_ms, sampled);
  shown = eased ? std::span<const float>(sampled) : target;
  moving = motion.moving(now_ms);
}

void DisplayedNumbers::update(const view::Model& model, bool reduced_motion, double now_ms,
                              Figures& figures) {
  const view::Derived& derived = model.derived();
  const bool changed = !revision_known_ || revision_ != model.numbers_revision();
  if (!changed && !before_.moving && !after_.moving) return;
  // Where PyTorch raises there is no result, and what the row was before is not shown either.
  const std::span<const float> before =
      derived.probabilities.empty() ? std::span<const float>() : derived.baseline;
  if (changed) {
    figures.set_program(derived);
    before_.retarget(before, derived, reduced_motion, now_ms);
    after_.retarget(derived.probabilities, derived, reduced_motion, now_ms);
    revision_ = model.numbers_revision();
    revision_known_ = true;
  }
  before_.sample(before, now_ms);
  after_.sample(derived.probabilities, now_ms);
  if (!after_.shown.empty()) figures.set_probabilities(after_.shown, derived);
}

double DisplayedNumbers::motion_end_ms() const {
  return std::max(before_.moving ? before_.motion.end_ms() : 0,
                  after_.moving ? after_.motion.end_ms() : 0);
}

}  // namespace softmask::platform
