#include "core/torch_softmax.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

#include "core/avx2_math.h"
#include "core/glibc_math.h"
#include "core/low_precision.h"

namespace softmask::core {
namespace {

// Lanes of a vector of floats, and of the narrow types. The `default` path emulates vectors of the
// same length.
constexpr size_t kLanes = 8;
constexpr size_t kNarrowLanes = 16;

using Lanes = std::array<float, kLanes>;

// Vector code of the AVX2 path calls SLEEF; scalar code, which the `default` path is throughout,
// calls the C library.
template <Cpu cpu>
float vector_exp(float x) {
  return cpu == Cpu::kAvx2 ? avx2::exp(x) : glibc::exp(x);
}

// The sum across lanes: by halves in AVX2, from left to right in the `default` path.
template <Cpu cpu>
float sum_of_lanes(Lanes lanes) {
  if constexpr (cpu == Cpu::kAvx2) {
    for (size_t half = kLanes / 2; half > 0; half /= 2) {
      for (size_t i = 0; i < half; ++i) lanes[i] += lanes[i + half];
    }
    return lanes[0];
  } else {
    float sum = lanes[0];
    for (size_t i = 1; i < kLanes; ++i) sum += lanes[i];
    return sum;
  }
}

// A NaN may be passed over here: it turns the sum, and so the whole row, into NaN anyway.
float maximum(const float* x, size_t n) { return *std::max_element(x, x + n); }

// vec::reduce_all of a sum: lanes over whole vectors, the rest added into the first lanes. Rows
// shorter than a vector are summed in order.
template <Cpu cpu>
float sum_float32(const float* x, size_t n) {
  if (n < kLanes) {
    float sum = x[0];
    for (size_t i = 1; i < n; ++i) sum += x[i];
    return sum;
  }
  Lanes lanes;
  std::copy_n(x, kLanes, lanes.begin());
  for (size_t i = kLanes; i < n; ++i) lanes[i % kLanes] += x[i];
  return sum_of_lanes<cpu>(lanes);
}

template <Cpu cpu>
void row_float32(const float* x, size_t n, float* p) {
  const float max = maximum(x, n);
  for (size_t i = 0; i < n; ++i) p[i] = vector_exp<cpu>(x[i] - max);
  const float scale = 1.0f / sum_float32<cpu>(p, n);
  for (size_t i = 0; i < n; ++i) p[i] *= scale;
}

// The narrow types are computed in float32. Unlike above, what is left after the whole vectors
// takes the scalar exponential and is added to the sum of the lanes.
template <Cpu cpu>
void row_narrow(const float* x, size_t n, Dtype dtype, float* p) {
  const float max = maximum(x, n);
  const size_t whole = n - n % kLanes;
  Lanes lanes{};
  for (size_t i = 0; i < whole; ++i) {
    p[i] = vector_exp<cpu>(x[i] - max);
    lanes[i % kLanes] += p[i];
  }
  float sum = sum_of_lanes<cpu>(lanes);
  for (size_t i = whole; i < n; ++i) {
    p[i] = glibc::exp(x[i] - max);
    sum += p[i];
  }
  const float scale = 1.0f / sum;
  for (size_t i = 0; i < n; ++i) p[i] = round_to(dtype, p[i] * scale);
}

// Columns are taken in groups of this many, which fit in the cache together; it has no effect on
// the bits, each column having its own sum.
constexpr size_t kColumnGroup = 64;

struct ColumnGroup {
  const float* x;  // first row of the group
  float* p;
  size_t rows;
  size_t stride;  // columns of the matrix
  size_t width;   // columns of the group
};

// Down the columns: maxima, exponentials and their sums from the first row on, then a division.
// `finish` turns an exponential and its column's sum into a probability; `keep` is what is stored
// of an exponential in between.
template <class Exp, class Keep, class Finish>
void columns(const ColumnGroup& group, Exp exp, Keep keep, Finish finish) {
  std::array<float, kColumnGroup> max;
  std::array<float, kColumnGroup> sum{};
  std::copy_n(group.x, group.width, max.begin());
  for (size_t row = 1; row < group.rows; ++row) {
    const float* x = group.x + row * group.stride;
    for (size_t i = 0; i < group.width; ++i) max[i] = std::max(max[i], x[i]);
  }
  for (size_t row = 0; row < group.rows; ++row) {
    const float* x = group.x + row * group.stride;
    float* p = group.p + row * group.stride;
    for (size_t i = 0; i < group.width; ++i) {
      const float e = exp(x[i] - max[i]);
      sum[i] += e;
      p[i] = keep(e);
    }
  }
  for (size_t row = 0; row < group.rows; ++row) {
    float* p = group.p + row * group.stride;
    for (size_t i = 0; i < group.width; ++i) p[i] = finish(p[i], sum[i]);
  }
}

template <Cpu cpu>
void softmax_columns(const float* x, size_t rows, size_t cols, Dtype dtype, float* p) {
  const bool narrow = dtype != Dtype::kFloat32;
  const size_t whole = cols - cols % (narrow ? kNarrowLanes : kLanes);
  const auto unchanged = [](float e) { return e; };
  const auto round = [dtype](float value) { return round_to(dtype, value); };
  const auto quotient = [round](float e, float sum) { return round(e / sum); };
  const auto scalar_exp = [](float d) { return glibc::exp(d); };
  size_t col = 0;
  while (col < cols) {
    const size_t end = col < whole ? whole : cols;
    const ColumnGroup group{x + col, p + col, rows, cols, std::min(kColumnGroup, end - col)};
    if (col < whole) {
      columns(group, vector_exp<cpu>, unchanged, quotient);
    } else {
      // The columns beyond the whole vectors. In the narrow types the exponential is stored in
      // the result, and so rounded, before it is divided; the sum has it unrounded.
      columns(group, scalar_exp, round, quotient);
    }
    col += group.width;
  }
}

template <Cpu cpu>
void softmax(const float* x, size_t rows, size_t cols, int dim, Dtype dtype, float* p) {
  if (dim == 0) {
    softmax_columns<cpu>(x, rows, cols, dtype, p);
    return;
  }
  for (size_t row = 0; row < rows; ++row, x += cols, p += cols) {
    if (dtype == Dtype::kFloat32) {
      row_float32<cpu>(x, cols, p);
    } else {
      row_narrow<cpu>(x, cols, dtype, p);
    }
  }
}

}  // namespace

void torch_softmax(const float* x, int rows, int cols, int dim, Dtype dtype, Cpu cpu,
                   float* probabilities) {
  const auto height = static_cast<size_t>(rows);
  const auto width = static_cast<size_t>(cols);
  if (cpu == Cpu::kAvx2) {
    softmax<Cpu::kAvx2>(x, height, width, dim, dtype, probabilities);
  } else {
    softmax<Cpu::kDefault>(x, height, width, dim, dtype, probabilities);
  }
}

}  // namespace softmask::core
