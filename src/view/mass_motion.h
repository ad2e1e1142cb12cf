// Eases displayed probabilities from one result to the next; every frame is a distribution.
#ifndef SOFTMASK_VIEW_MASS_MOTION_H_
#define SOFTMASK_VIEW_MASS_MOTION_H_

#include <span>
#include <vector>

namespace softmask::view {

// displayed = from + (to - from) * t with t a cubic ease-out over kDurationMs: a mix of two
// distributions, so rows that sum to 1 at both ends sum to 1 in between (up to rounding).
class MassMotion {
 public:
  static constexpr double kDurationMs = 400;

  // New goal, row-major rows*cols. Starts from what sample(now_ms) shows. Jumps there at once with
  // another shape, with a NaN or infinity on either side, with reduced motion, and the first time.
  void retarget(std::span<const float> target, int rows, int cols, double now_ms);

  // No motion from now on; a running one ends at its goal.
  void set_reduced_motion(bool reduced);

  // What to draw at `now_ms` (clamped to the motion's span); exactly the target at the end.
  void sample(double now_ms, std::vector<float>& out) const;

  // False once sample() gives the target.
  bool moving(double now_ms) const;

  // When the motion ends, for RepaintClock::animate_until; 0 when there is none.
  double end_ms() const;

 private:
  double progress(double now_ms) const;

  std::vector<float> from_;
  std::vector<float> to_;
  int rows_ = 0;
  int cols_ = 0;
  double start_ms_ = 0;
  bool moving_ = false;
  bool reduced_ = false;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_MASS_MOTION_H_
