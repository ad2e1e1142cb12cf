#include "view/repaint_clock.h"

#include <algorithm>
#include <cmath>

namespace softmask::view {

void RepaintClock::wake() { settle_frames_ = kSettleFrames; }

void RepaintClock::animate_until(double end_ms) {
  if (std::isnan(end_ms)) return;
  end_ms_ = animating_ ? std::max(end_ms_, end_ms) : end_ms;
  animating_ = true;
}

bool RepaintClock::wants_frame(double) const { return !at_rest(); }

void RepaintClock::drawn(double now_ms) {
  settle_frames_ = std::max(settle_frames_ - 1, 0);
  if (!animating_) return;
  end_ms_ = std::min(end_ms_, now_ms + kLongestAnimationMs);
  animating_ = now_ms < end_ms_;  // a NaN time ends it too
}

bool RepaintClock::at_rest() const { return settle_frames_ == 0 && !animating_; }

void RepaintClock::rest() {
  settle_frames_ = 0;
  animating_ = false;
}

}  // namespace softmask::view
