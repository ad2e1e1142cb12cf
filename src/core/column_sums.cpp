#include "core/column_sums.h"

#include <cstddef>

namespace softmask::core {
namespace {

// Four rows at once take a quarter of the loads and stores of sums.
constexpr size_t kRowsAtOnce = 4;

void add_four(const float* values, const float* scales, size_t cols, float* sums) {
  const float *a = values, *b = a + cols, *c = b + cols, *d = c + cols;
  for (size_t col = 0; col < cols; ++col) {
    sums[col] = sums[col] + a[col] * scales[0] + b[col] * scales[1] + c[col] * scales[2] +
                d[col] * scales[3];
  }
}

}  // namespace

void add_scaled_rows(std::span<const float> values, std::span<const float> scales,
                     std::span<float> sums) {
  const size_t cols = sums.size();
  size_t row = 0;
  for (; row + kRowsAtOnce <= scales.size(); row += kRowsAtOnce) {
    add_four(&values[row * cols], &scales[row], cols, sums.data());
  }
  for (; row < scales.size(); ++row) {
    for (size_t col = 0; col < cols; ++col) sums[col] += values[row * cols + col] * scales[row];
  }
}

}  // namespace softmask::core
