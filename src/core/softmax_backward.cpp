#include "core/softmax_backward.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/fused_multiply_add.h"
#include "core/lanes.h"
#include "core/low_precision.h"
#include "core/torch_sum.h"

namespace softmask::core {
namespace {

// vec::map2_reduce_all of a product and a sum: lanes over whole vectors, the rest into the first
// lanes. The compiler of the AVX2 path fuses the product into the sum; short rows and the first
// vector have nothing to fuse with.
float dot_float32(const float* g, const float* p, size_t n, Cpu cpu) {
  if (n < kLanes) {
    float sum = g[0] * p[0];
    for (size_t i = 1; i < n; ++i) sum += g[i] * p[i];
    return sum;
  }
  Lanes lanes;
  for (size_t i = 0; i < kLanes; ++i) lanes[i] = g[i] * p[i];
  for (size_t i = kLanes; i < n; ++i) {
    float& lane = lanes[i % kLanes];
    lane = cpu == Cpu::kAvx2 ? fused_multiply_add(g[i], p[i], lane) : lane + g[i] * p[i];
  }
  return sum_of_lanes(lanes, cpu);
}

void backward_row(const float* g, const float* p, size_t n, Dtype dtype, Cpu cpu, float* out,
                  double* dot) {
  const float sum = dot_float32(g, p, n, cpu);
  for (size_t i = 0; i < n; ++i) out[i] = round_to(dtype, (g[i] - sum) * p[i]);
  if (dot != nullptr) *dot = static_cast<double>(sum);
}

// Down the columns: sums from the first row on, fused in the AVX2 path.
void backward_columns(const float* g, const float* p, size_t rows, size_t cols, Dtype dtype,
                      Cpu cpu, float* out, double* dot) {
  std::vector<float> sums(cols);
  for (size_t row = 0; row < rows; ++row) {
    const float *g_row = g + row * cols, *p_row = p + row * cols;
    for (size_t col = 0; col < cols; ++col) {
      float& sum = sums[col];
      sum = cpu == Cpu::kAvx2 ? fused_multiply_add(g_row[col], p_row[col], sum)
                              : sum + g_row[col] * p_row[col];
    }
  }
  for (size_t row = 0; row < rows; ++row) {
    for (size_t col = 0; col < cols; ++col) {
      const size_t i = row * cols + col;
      out[i] = round_to(dtype, (g[i] - sums[col]) * p[i]);
    }
  }
  if (dot != nullptr) std::copy(sums.begin(), sums.end(), dot);
}

bool is_masked(const uint8_t* mask, int mask_rows, size_t row, size_t col, size_t cols) {
  if (mask_rows == 0) return false;
  return mask[(mask_rows == 1 ? 0 : row * cols) + col] != 0;
}

// The backward of masked_fill(mask, value): 0 where masked, else the gradient.
void zero_masked(const uint8_t* mask, int mask_rows, size_t rows, size_t cols, float* values) {
  for (size_t row = 0; row < rows; ++row) {
    for (size_t col = 0; col < cols; ++col) {
      if (is_masked(mask, mask_rows, row, col, cols)) values[row * cols + col] = 0.0f;
    }
  }
}

// The backward of z / z.sum(dim, keepdim=True): g / s at every cell, and at every cell of a line
// the gradient of its sum, Σ −g · ((z / s) / s). Every operation is a kernel of its own there.
void divide_by_sum_backward(const float* z, int rows, int cols, int dim, Dtype dtype, float* g) {
  const size_t count = static_cast<size_t>(rows) * static_cast<size_t>(cols);
  const auto width = static_cast<size_t>(cols);
  const auto line_of = [=](size_t i) { return dim == 0 ? i % width : i / width; };
  std::vector<float> sums(static_cast<size_t>(dim == 0 ? cols : rows));
  std::vector<float> at_sums = sums, products(count);
  torch_sum(z, rows, cols, dim, dtype, sums.data());
  for (size_t i = 0; i < count; ++i) {
    const float sum = sums[line_of(i)];
    const float ratio = round_to(dtype, round_to(dtype, z[i] / sum) / sum);
    products[i] = round_to(dtype, -g[i] * ratio);
  }
  torch_sum(products.data(), rows, cols, dim, dtype, at_sums.data());
  for (size_t i = 0; i < count; ++i) {
    const float quotient = round_to(dtype, g[i] / sums[line_of(i)]);
    g[i] = round_to(dtype, quotient + at_sums[line_of(i)]);
  }
}

}  // namespace

void softmax_backward(const float* grad, const float* probabilities, int rows, int cols, int dim,
                      Dtype dtype, Cpu cpu, float* grad_input, double* dot) {
  const auto height = static_cast<size_t>(rows), width = static_cast<size_t>(cols);
  if (dim == 0) {
    backward_columns(grad, probabilities, height, width, dtype, cpu, grad_input, dot);
    return;
  }
  for (size_t row = 0; row < height; ++row) {
    const size_t at = row * width;
    backward_row(grad + at, probabilities + at, width, dtype, cpu, grad_input + at,
                 dot == nullptr ? nullptr : dot + row);
  }
}

Status masked_softmax_backward(std::span<const float> scores, int rows, int cols,
                               const uint8_t* mask, int mask_rows,
                               const MaskedSoftmaxOptions& options,
                               std::span<const float> grad_output,
                               std::span<float> grad_softmax_input, std::span<float> grad_scores,
                               std::span<double> dot) {
  const size_t count = scores.size();
  if (grad_output.size() != count || grad_softmax_input.size() != count ||
      grad_scores.size() != count) {
    return Status::range("grad_output and the results must have as many values as scores");
  }
  const auto lines = static_cast<size_t>(std::max(options.dim == 0 ? cols : rows, 0));
  if (!dot.empty() && dot.size() != lines) {
    return Status::range("dot must have a value for every line of the softmax");
  }
  // The softmax itself: in the orders that mask afterwards, of the scores as they are.
  MaskedSoftmaxOptions forward = options;
  forward.method = Method::kTorch;
  forward.order = Order::kFill;
  const bool fill_first = options.order == Order::kFill;
  std::vector<float> input(count), p(count);
  // Whatever masked_softmax refuses is refused, in the orders that do not fill first as well.
  Status status = masked_softmax(scores, rows, cols, mask, mask_rows, forward, input, p);
  if (status.ok() && !fill_first) {
    status = masked_softmax(scores, rows, cols, nullptr, 0, forward, input, p);
  }
  if (!status.ok()) return status;

  const auto height = static_cast<size_t>(rows), width = static_cast<size_t>(cols);
  std::vector<float> g(count);
  for (size_t i = 0; i < count; ++i) g[i] = round_to(options.dtype, grad_output[i]);
  if (!fill_first) {
    if (options.order == Order::kRenorm) {
      std::vector<float> zeroed = p;
      zero_masked(mask, mask_rows, height, width, zeroed.data());
      divide_by_sum_backward(zeroed.data(), rows, cols, options.dim, options.dtype, g.data());
    }
    zero_masked(mask, mask_rows, height, width, g.data());
  }
  softmax_backward(g.data(), p.data(), rows, cols, options.dim, options.dtype, options.cpu,
                   grad_softmax_input.data(), dot.empty() ? nullptr : dot.data());
  if (options.temperature != 1) {
    const auto divisor = static_cast<float>(options.temperature);
    for (float& v : grad_softmax_input) v = round_to(options.dtype, v / divisor);
  }
  std::copy(grad_softmax_input.begin(), grad_softmax_input.end(), grad_scores.begin());
  if (fill_first) zero_masked(mask, mask_rows, height, width, grad_scores.data());
  return {};
}

}  // namespace softmask::core
