// Where the probability mass of a row went when the mask came.
#ifndef SOFTMASK_CORE_MASS_FLOW_H_
#define SOFTMASK_CORE_MASS_FLOW_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace softmask::core {

// A float32 softmax misses 1 by rounding; less than this share of the mass is no loss.
inline constexpr double kFloatRoundingShare = 1e-6;

// One row, with p the softmax without a mask, q the result, M the masked cells. Sums are taken in
// double precision over float32 values, so every figure is within 2^-52 * cols of exact.
struct RowMass {
  double moved = 0;       // Σ over M of max(p - q, 0): what left the masked cells
  double leaked = 0;      // Σ over M of q: what the masked cells kept
  double lost = 0;        // max(before_sum - after_sum, 0): what went nowhere (order zero); 0 when
                          // the two sums agree to within 1e-6 * before_sum, which is rounding
  double before_sum = 0;  // Σ p
  double after_sum = 0;   // Σ q
  bool nan = false;       // a NaN among p or q: no flow can be told, and the figures above are 0,
                          // but for the sum before where p is free of NaN
};

// `before`, `after` and `mask_row` have one entry per column and the same length; a non-zero byte
// is masked. An empty row gives zeros. Cost: one pass.
RowMass row_mass(std::span<const float> before, std::span<const float> after,
                 std::span<const uint8_t> mask_row);

// A column with the mass that it gave or took.
struct ColumnMass {
  int col = 0;
  double mass = 0;  // > 0
};

// Where every bit of a row's mass went, column by column. Softmax redistributes in proportion, so
// that column `k` takes the same share of whatever any column `j` gave: the flow j -> k is a
// product and the row needs O(cols) numbers, not O(cols^2).
struct RowFlow {
  std::vector<ColumnMass> given;  // p - q > 0, in column order: masked columns, and kept ones that
                                  // a fill above the scores takes mass from
  std::vector<ColumnMass> taken;  // q - p > 0, in column order
  double given_sum = 0;
  double taken_sum = 0;
  double lost_share = 0;  // 0 … 1: this part of everything given went nowhere (order zero)
  bool nan = false;       // see RowMass; no flow then

  // The mass that went from given[from] to taken[to]: (p - q) * gain / Σ gain, less what is lost.
  double amount(size_t from, size_t to) const;
  // The mass of given[from] that went nowhere.
  double lost(size_t from) const { return given[from].mass * lost_share; }
};

// `before` and `after` as for row_mass. For softmax along the row: down the columns mass stays in
// its column and a row's flow means nothing. Σ over `to` of amount + lost is given[from].mass, and
// Σ over `from` of amount is taken[to].mass, both up to rounding, wherever the two rows sum to the
// same. Cost: one pass.
RowFlow row_flow(std::span<const float> before, std::span<const float> after,
                 double rounding_share = kFloatRoundingShare);

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_MASS_FLOW_H_
