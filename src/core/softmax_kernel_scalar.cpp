// The reference kernel: as plain as the contract allows.
#include <algorithm>
#include <array>
#include <cstddef>

#include "core/fast_exp.h"
#include "core/softmax_kernel.h"

namespace softmask::core {
namespace {

// A NaN may be passed over in the maximum: it turns the sum, and so the whole row, into NaN.

void softmax_row(const float* x, size_t n, float* p) {
  const float max = *std::max_element(x, x + n);
  double sum = 0;
  for (size_t i = 0; i < n; ++i) {
    p[i] = fast_exp::scalar(x[i] - max);
    sum += static_cast<double>(p[i]);
  }
  const auto scale = static_cast<float>(1.0 / sum);
  for (size_t i = 0; i < n; ++i) p[i] *= scale;
}

void rows(const float* x, int rows, int cols, float* probabilities) {
  const auto n = static_cast<size_t>(cols);
  for (int row = 0; row < rows; ++row, x += n, probabilities += n) {
    softmax_row(x, n, probabilities);
  }
}

void masked_rows(const float* x, const uint8_t* mask, float fill, int rows, int cols,
                 float* probabilities) {
  const auto n = static_cast<size_t>(cols);
  for (int row = 0; row < rows; ++row, x += n, probabilities += n) {
    for (size_t i = 0; i < n; ++i) probabilities[i] = mask[i] != 0 ? fill : x[i];
    softmax_row(probabilities, n, probabilities);
  }
}

// Columns go in groups, so that every row of a group is read from neighbouring memory.
constexpr size_t kColumnsAtOnce = 64;

void softmax_column_group(const float* x, size_t rows, size_t stride, size_t width, float* p) {
  std::array<float, kColumnsAtOnce> max;
  std::array<double, kColumnsAtOnce> sum{};
  std::array<float, kColumnsAtOnce> scale;
  std::copy_n(x, width, max.begin());
  for (size_t row = 1; row < rows; ++row) {
    for (size_t i = 0; i < width; ++i) max[i] = std::max(max[i], x[row * stride + i]);
  }
  for (size_t row = 0; row < rows; ++row) {
    for (size_t i = 0; i < width; ++i) {
      float& e = p[row * stride + i];
      e = fast_exp::scalar(x[row * stride + i] - max[i]);
      sum[i] += static_cast<double>(e);
    }
  }
  for (size_t i = 0; i < width; ++i) scale[i] = static_cast<float>(1.0 / sum[i]);
  for (size_t row = 0; row < rows; ++row) {
    for (size_t i = 0; i < width; ++i) p[row * stride + i] *= scale[i];
  }
}

void columns(const float* x, int rows, int cols, float* probabilities) {
  const auto stride = static_cast<size_t>(cols);
  for (size_t col = 0; col < stride; col += kColumnsAtOnce) {
    softmax_column_group(x + col, static_cast<size_t>(rows), stride,
                         std::min(kColumnsAtOnce, stride - col), probabilities + col);
  }
}

constexpr SoftmaxKernel kKernel{"scalar", rows, masked_rows, columns};

}  // namespace

const SoftmaxKernel& scalar_softmax_kernel() { return kKernel; }

}  // namespace softmask::core
