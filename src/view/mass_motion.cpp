#include "view/mass_motion.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace softmask::view {
namespace {

// The time of a frame may lie a little before the time of the input that it answers.
constexpr double kClockSlackMs = 100;

bool all_finite(std::span<const float> values) {
  return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
}

double ease_out(double x) {
  const double rest = 1 - x;
  return 1 - rest * rest * rest;
}

}  // namespace

void MassMotion::retarget(std::span<const float> target, int rows, int cols, double now_ms) {
  std::vector<float> shown;
  sample(now_ms, shown);
  const bool jump = reduced_ || rows != rows_ || cols != cols_ || shown.size() != target.size() ||
                    !all_finite(shown) || !all_finite(target);
  to_.assign(target.begin(), target.end());
  rows_ = rows;
  cols_ = cols;
  moving_ = !jump && shown != to_;
  start_ms_ = now_ms;
  from_ = moving_ ? std::move(shown) : std::vector<float>{};
}

void MassMotion::set_reduced_motion(bool reduced) {
  reduced_ = reduced;
  if (reduced) moving_ = false;
}

double MassMotion::progress(double now_ms) const {
  const double elapsed = now_ms - start_ms_;
  if (!moving_ || std::isnan(elapsed) || elapsed < -kClockSlackMs) return 1;
  return std::clamp(elapsed / kDurationMs, 0.0, 1.0);
}

void MassMotion::sample(double now_ms, std::vector<float>& out) const {
  const double x = progress(now_ms);
  out = to_;
  if (x >= 1) return;
  const double t = ease_out(x);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double from = static_cast<double>(from_[i]);
    out[i] = static_cast<float>(from + (static_cast<double>(to_[i]) - from) * t);
  }
}

bool MassMotion::moving(double now_ms) const { return progress(now_ms) < 1; }

double MassMotion::end_ms() const { return moving_ ? start_ms_ + kDurationMs : 0; }

}  // namespace softmask::view
