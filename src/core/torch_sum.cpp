#include "core/torch_sum.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

#include "core/lanes.h"
#include "core/low_precision.h"

namespace softmask::core {
namespace {

constexpr size_t kLevels = 4;
constexpr size_t kInterleaved = 4;      // cascades that one long sum is dealt out to
constexpr size_t kColumnsDivided = 64;  // columns divided together; no effect on the bits

// One cascade over `size` elements; `load(i)` gives element i. Every `step` elements the running
// sum moves one level up, and from there again every `step` times.
template <class Load>
float cascade(size_t size, Load load) {
  const auto ceil_log2 = static_cast<size_t>(size <= 2 ? 1 : std::bit_width(size - 1));
  const size_t power = std::max<size_t>(4, ceil_log2 / kLevels);
  const size_t step = size_t{1} << power;

  std::array<float, kLevels> level{};
  size_t i = 0;
  while (i + step <= size) {
    for (size_t j = 0; j < step; ++j, ++i) level[0] += load(i);
    for (size_t j = 1; j < kLevels; ++j) {
      level[j] += level[j - 1];
      level[j - 1] = 0.0f;
      if ((i & ((step - 1) << (j * power))) != 0) break;
    }
  }
  for (; i < size; ++i) level[0] += load(i);
  for (size_t j = 1; j < kLevels; ++j) level[0] += level[j];
  return level[0];
}

// Four cascades, each over every fourth element; what is left over goes to the first of them.
template <class Load>
float interleaved_cascade(size_t size, Load load) {
  const size_t quarter = size / kInterleaved;
  std::array<float, kInterleaved> sums;
  for (size_t k = 0; k < kInterleaved; ++k) {
    sums[k] = cascade(quarter, [&](size_t i) { return load(i * kInterleaved + k); });
  }
  for (size_t i = quarter * kInterleaved; i < size; ++i) sums[0] += load(i);
  for (size_t k = 1; k < kInterleaved; ++k) sums[0] += sums[k];
  return sums[0];
}

// n neighbouring elements. From one vector on, every lane has its own interleaved cascade; narrow
// vectors are widened to two vectors of floats, which are added first.
float contiguous_sum(const float* x, size_t n, bool narrow) {
  const size_t vector = narrow ? kNarrowLanes : kLanes;
  if (n < vector) return interleaved_cascade(n, [x](size_t i) { return x[i]; });
  const size_t vectors = n / vector;
  float sum = 0.0f;
  for (size_t i = vectors * vector; i < n; ++i) sum += x[i];
  for (size_t lane = 0; lane < kLanes; ++lane) {
    sum += interleaved_cascade(vectors, [=](size_t i) {
      const float* element = x + i * vector + lane;
      return narrow ? element[0] + element[kLanes] : element[0];
    });
  }
  return sum;
}

// Down column `col`. Columns that fill four vectors together (or, in a matrix narrower than one
// vector, four columns together) are summed by one cascade each, the others by four.
float column_sum(const float* x, size_t rows, size_t cols, size_t col, bool narrow) {
  const size_t group = cols >= (narrow ? kNarrowLanes : kLanes) ? 4 * kLanes : 4;
  const auto load = [=](size_t row) { return x[row * cols + col]; };
  return col < cols / group * group ? cascade(rows, load) : interleaved_cascade(rows, load);
}

// A single column lies in memory as a row does, and PyTorch sees it so.
float any_column_sum(const float* x, size_t rows, size_t cols, size_t col, bool narrow) {
  return cols == 1 ? contiguous_sum(x, rows, narrow) : column_sum(x, rows, cols, col, narrow);
}

}  // namespace

void torch_sum(const float* x, int rows, int cols, int dim, Dtype dtype, float* sums) {
  const auto height = static_cast<size_t>(rows);
  const auto width = static_cast<size_t>(cols);
  const bool narrow = dtype != Dtype::kFloat32;
  const size_t lines = dim == 0 ? width : height;
  for (size_t line = 0; line < lines; ++line) {
    const float sum = dim == 0 ? any_column_sum(x, height, width, line, narrow)
                               : contiguous_sum(x + line * width, width, narrow);
    sums[line] = round_to(dtype, sum);
  }
}

void torch_divide_by_sum(int rows, int cols, int dim, Dtype dtype, float* x) {
  const auto height = static_cast<size_t>(rows);
  const auto width = static_cast<size_t>(cols);
  const bool narrow = dtype != Dtype::kFloat32;
  const auto divide = [dtype](float& value, float sum) {
    value = round_to(dtype, value / round_to(dtype, sum));
  };
  if (dim != 0) {
    for (size_t row = 0; row < height; ++row) {
      float* values = x + row * width;
      const float sum = contiguous_sum(values, width, narrow);
      for (size_t col = 0; col < width; ++col) divide(values[col], sum);
    }
    return;
  }
  std::array<float, kColumnsDivided> sums;
  for (size_t begin = 0; begin < width; begin += kColumnsDivided) {
    const size_t count = std::min(kColumnsDivided, width - begin);
    for (size_t i = 0; i < count; ++i) {
      sums[i] = any_column_sum(x, height, width, begin + i, narrow);
    }
    for (size_t row = 0; row < height; ++row) {
      float* values = x + row * width + begin;
      for (size_t i = 0; i < count; ++i) divide(values[i], sums[i]);
    }
  }
}

}  // namespace softmask::core
