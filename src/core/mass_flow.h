// Where the probability mass of a row went when the mask came.
#ifndef SOFTMASK_CORE_MASS_FLOW_H_
#define SOFTMASK_CORE_MASS_FLOW_H_

#include <cstdint>
#include <span>

namespace softmask::core {

// One row, with p the softmax without a mask, q the result, M the masked cells. Sums are taken in
// double precision over float32 values, so every figure is within 2^-52 * cols of exact.
struct RowMass {
  double moved = 0;       // Σ over M of max(p - q, 0): what left the masked cells
  double leaked = 0;      // Σ over M of q: what the masked cells kept
  double lost = 0;        // max(before_sum - after_sum, 0): what went nowhere (order zero); 0 when
                          // the two sums agree to within 1e-6 * before_sum, which is rounding
  double before_sum = 0;  // Σ p
  double after_sum = 0;   // Σ q
  bool nan = false;       // a NaN among p or q: no flow can be told, and all figures above are 0
};

// `before`, `after` and `mask_row` have one entry per column and the same length; a non-zero byte
// is masked. An empty row gives zeros. Cost: one pass.
RowMass row_mass(std::span<const float> before, std::span<const float> after,
                 std::span<const uint8_t> mask_row);

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_MASS_FLOW_H_
