// Sums down the columns of many rows.
#ifndef SOFTMASK_CORE_COLUMN_SUMS_H_
#define SOFTMASK_CORE_COLUMN_SUMS_H_

#include <span>

namespace softmask::core {

// Adds to every column's sum the cells of some rows, each times the scale of its row: `values` is
// scales.size() * sums.size() floats, row-major. Rounded to float32 after every product and every
// sum, from the first row to the last. One pass over `values`, by SIMD where the core has it.
void add_scaled_rows(std::span<const float> values, std::span<const float> scales,
                     std::span<float> sums);

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_COLUMN_SUMS_H_
