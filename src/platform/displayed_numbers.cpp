#include "platform/displayed_numbers.h"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace softmask::platform {
namespace {

// Larger results change at once: easing would copy them in every frame.
bool is_eased(size_t size) { return size <= static_cast<size_t>(view::kLargeCells); }

}  // namespace

void DisplayedNumbers::Eased::retarget(std::span<const float> target, const view::Derived& derived,
                                       bool reduced_motion, double now_ms) {
  motion.set_reduced_motion(reduced_motion);
  motion.retarget(target, target.empty() ? 0 : derived.rows, target.empty() ? 0 : derived.cols,
                  now_ms);
}

void DisplayedNumbers::Eased::sample(double now_ms) {
  motion.sample(now_ms, sampled);
  moving = motion.moving(now_ms);
}

void DisplayedNumbers::update(const view::Model& model, bool reduced_motion, double now_ms,
                              Figures& figures) {
  const view::Derived& derived = model.derived();
  const bool changed = !revision_known_ || revision_ != model.numbers_revision();
  if (!changed && !before_.moving && !after_.moving) return;
  if (changed) {
    // Where PyTorch raises there is no result, and what the row was before is not shown either.
    const bool eased = is_eased(derived.scores.size()) && !derived.probabilities.empty();
    std::span<const float> before, after;
    if (eased) {
      before = derived.baseline;
      after = derived.probabilities.all();
    }
    before_.retarget(before, derived, reduced_motion, now_ms);
    after_.retarget(after, derived, reduced_motion, now_ms);
    revision_ = model.numbers_revision();
    revision_known_ = true;
  }
  before_.sample(now_ms);
  after_.sample(now_ms);
  figures.set_eased(after_.sampled);
}

double DisplayedNumbers::motion_end_ms() const {
  constexpr double kNever = -std::numeric_limits<double>::infinity();
  return std::max(before_.moving ? before_.motion.end_ms() : kNever,
                  after_.moving ? after_.motion.end_ms() : kNever);
}

}  // namespace softmask::platform
