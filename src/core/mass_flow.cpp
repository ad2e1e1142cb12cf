#include "core/mass_flow.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace softmask::core {
namespace {

// A float32 softmax misses 1 by rounding; less than this share of the mass is no loss.
constexpr double kRoundingShare = 1e-6;

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
    mass = {};
    mass.nan = true;
    return mass;
  }
  const double missing = mass.before_sum - mass.after_sum;
  mass.lost = missing > kRoundingShare * mass.before_sum ? missing : 0.0;
  return mass;
}

}  // namespace softmask::core
