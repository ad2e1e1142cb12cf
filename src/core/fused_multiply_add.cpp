#include "core/fused_multiply_add.h"

namespace softmask::core {

// The rounding error of the sum (Knuth's TwoSum) says on which side of `wide` the truth lies. If
// it lies beside it, `wide` moves to the neighbour with an odd last bit ("rounding to odd"), which
// is never a tie, so that the second rounding is right.
float round_exact_sum(double product, double addend) {
  const double wide = product + addend;
  const double virtual_addend = wide - product;
  const double error = (product - (wide - virtual_addend)) + (addend - virtual_addend);
  const uint64_t bits = bit_cast<uint64_t>(wide);
  const bool is_odd = (bits & 1) != 0;
  const bool is_finite = (bits & 0x7ff0000000000000) != 0x7ff0000000000000;
  if (error == 0.0 || is_odd || !is_finite) return static_cast<float>(wide);
  const bool away_from_zero = (error > 0.0) == (wide > 0.0);
  return static_cast<float>(bit_cast<double>(away_from_zero ? bits + 1 : bits - 1));
}

}  // namespace softmask::core
