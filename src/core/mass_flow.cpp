#include "core/mass_flow.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace softmask::core {
namespace {

double lost_mass(double before_sum, double after_sum, double rounding_share) {
  const double missing = before_sum - after_sum;
  return missing > rounding_share * before_sum ? missing : 0.0;
}

}  // namespace

RowMass row_mass(std::span<const float> before, std::span<const float> after,
                 std::span<const uint8_t> mask_row) {
  RowMass mass;
  for (size_t col = 0; col < before.size(); ++col) {
    const double p = before[col];
    const double q = after[col];
    mass.before_sum += p;
    mass.after_sum += q;
    if (mask_row[col] == 0) continue;
    mass.moved += std::max(p - q, 0.0);
    mass.leaked += q;
  }
  if (std::isnan(mass.before_sum) || std::isnan(mass.after_sum)) {
    const double baseline_sum = mass.before_sum;
    mass = {};
    mass.before_sum = std::isnan(baseline_sum) ? 0 : baseline_sum;
    mass.nan = true;
    return mass;
  }
  mass.lost = lost_mass(mass.before_sum, mass.after_sum, kFloatRoundingShare);
  return mass;
}

double RowFlow::amount(size_t from, size_t to) const {
  if (taken_sum <= 0) return 0;
  return given[from].mass * (1 - lost_share) * (taken[to].mass / taken_sum);
}

RowFlow row_flow(std::span<const float> before, std::span<const float> after,
                 double rounding_share) {
  RowFlow flow;
  double before_sum = 0, after_sum = 0;
  for (size_t col = 0; col < before.size(); ++col) {
    const double p = before[col];
    const double q = after[col];
    before_sum += p;
    after_sum += q;
    const int index = static_cast<int>(col);
    if (p > q) {
      flow.given.push_back({index, p - q});
      flow.given_sum += p - q;
    } else if (q > p) {
      flow.taken.push_back({index, q - p});
      flow.taken_sum += q - p;
    }
  }
  if (std::isnan(before_sum) || std::isnan(after_sum)) {
    flow = {};
    flow.nan = true;
    return flow;
  }
  const double lost = lost_mass(before_sum, after_sum, rounding_share);
  if (flow.given_sum > 0) flow.lost_share = std::min(lost / flow.given_sum, 1.0);
  if (flow.taken.empty()) flow.lost_share = lost > 0 ? 1 : 0;
  return flow;
}

}  // namespace softmask::core
