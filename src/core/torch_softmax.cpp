#include "core/torch_softmax.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/avx2_exp.h"
#include "core/glibc_math.h"
#include "core/lanes.h"
#include "core/low_precision.h"

namespace softmask::core {
namespace {

// Vector code of the AVX2 path calls SLEEF; scalar code, which the `default` path is throughout,
// calls the C library.
enum class Exp { kSleef, kLibm };

Exp vector_exp(Cpu cpu) { return cpu == Cpu::kAvx2 ? Exp::kSleef : Exp::kLibm; }

void exp_in_place(Exp exp, float* x, size_t n) {
  if (exp == Exp::kSleef) {
    avx2::exp_in_place(x, n);
  } else {
    for (size_t i = 0; i < n; ++i) x[i] = glibc::exp(x[i]);
  }
}

// What the C library's exponentials add up to, by lanes over whole vectors.
Lanes sums_by_lane(const float* x, size_t n) {
  LaneRegisters sums;
  for (size_t i = 0; i + kLanes <= n; i += kLanes) sums.add(x + i);
  return sums.lanes();
}

// vec::reduce_all of a sum: lanes over whole vectors, which are given, the rest added into the
// first lanes. Rows shorter than a vector are summed in order.
float sum_float32(const float* x, size_t n, Lanes lanes, Cpu cpu) {
  if (n < kLanes) {
    float sum = x[0];
    for (size_t i = 1; i < n; ++i) sum += x[i];
    return sum;
  }
  const size_t whole = n - n % kLanes;
  for (size_t i = whole; i < n; ++i) lanes[i - whole] += x[i];
  return sum_of_lanes(lanes, cpu);
}

// The narrow types, computed in float32: what is left after the whole vectors is added to the sum
// of the lanes.
float sum_narrow(const float* x, size_t n, Cpu cpu) {
  const size_t whole = n - n % kLanes;
  Lanes lanes{};
  for (size_t i = 0; i < whole; ++i) lanes[i % kLanes] += x[i];
  float sum = sum_of_lanes(lanes, cpu);
  for (size_t i = whole; i < n; ++i) sum += x[i];
  return sum;
}

// By lanes, which compiles to vectors: the order has no effect on a maximum. A NaN may be passed
// over here: it turns the sum, and so the whole row, into NaN anyway.
float maximum(const float* x, size_t n) {
  Lanes lanes;
  lanes.fill(x[0]);
  LaneRegisters registers(lanes.data());
  const size_t whole = n - n % kLanes;
  for (size_t i = 0; i < whole; i += kLanes) registers.raise_to(x + i);
  lanes = registers.lanes();
  for (size_t i = whole; i < n; ++i) lanes[0] = std::max(lanes[0], x[i]);
  return *std::max_element(lanes.begin(), lanes.end());
}

// p = x - max. In place by itself: where two arrays may overlap, a compiler's vectors give way to
// single values.
void subtract(const float* x, size_t n, float max, float* p) {
  if (p == x) {
    for (size_t i = 0; i < n; ++i) p[i] -= max;
  } else {
    for (size_t i = 0; i < n; ++i) p[i] = x[i] - max;
  }
}

void softmax_row(const float* x, size_t n, Dtype dtype, Cpu cpu, float* p) {
  const float max = maximum(x, n);
  float sum;
  if (dtype == Dtype::kFloat32 && cpu == Cpu::kAvx2) {
    const Lanes lanes = avx2::exp_of_differences(x, n, max, p);
    sum = sum_float32(p, n, lanes, cpu);
  } else if (dtype == Dtype::kFloat32) {
    subtract(x, n, max, p);
    exp_in_place(Exp::kLibm, p, n);
    sum = sum_float32(p, n, sums_by_lane(p, n), cpu);
  } else {
    subtract(x, n, max, p);
    // Here what is left after the whole vectors takes the scalar exponential.
    const size_t whole = n - n % kLanes;
    exp_in_place(vector_exp(cpu), p, whole);
    exp_in_place(Exp::kLibm, p + whole, n - whole);
    sum = sum_narrow(p, n, cpu);
  }
  const float scale = 1.0f / sum;
  for (size_t i = 0; i < n; ++i) p[i] *= scale;
  if (dtype != Dtype::kFloat32) {
    for (size_t i = 0; i < n; ++i) p[i] = round_to(dtype, p[i]);
  }
}

// Columns are taken in groups of this many, which fit in the cache together; it has no effect on
// the bits, each column having its own sum.
constexpr size_t kColumnGroup = 64;

// Some neighbouring columns of a matrix, and how they are computed.
struct ColumnGroup {
  const float* x;  // in the first row
  float* p;
  size_t rows;
  size_t stride;  // columns of the matrix
  size_t width;   // columns of the group
  Exp exp;
  Dtype dtype;
  bool exp_is_rounded;  // between the sum and the division
};

// Down the columns: maxima, exponentials and their sums from the first row on, then a division.
void softmax_columns(const ColumnGroup& group) {
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
    for (size_t i = 0; i < group.width; ++i) p[i] = x[i] - max[i];
    exp_in_place(group.exp, p, group.width);
    for (size_t i = 0; i < group.width; ++i) sum[i] += p[i];
  }
  for (size_t row = 0; row < group.rows; ++row) {
    float* p = group.p + row * group.stride;
    for (size_t i = 0; i < group.width; ++i) {
      const float e = group.exp_is_rounded ? round_to(group.dtype, p[i]) : p[i];
      p[i] = round_to(group.dtype, e / sum[i]);
    }
  }
}

void softmax_all_columns(const float* x, size_t rows, size_t cols, Dtype dtype, Cpu cpu, float* p) {
  const bool narrow = dtype != Dtype::kFloat32;
  const size_t whole = cols - cols % (narrow ? kNarrowLanes : kLanes);
  size_t width = 0;
  for (size_t col = 0; col < cols; col += width) {
    const bool in_vector = col < whole;
    width = std::min(kColumnGroup, (in_vector ? whole : cols) - col);
    // Columns beyond the whole vectors take the scalar exponential. In the narrow types it is
    // stored in the result, and so rounded, before it is divided; the sum has it unrounded.
    softmax_columns({x + col, p + col, rows, cols, width, in_vector ? vector_exp(cpu) : Exp::kLibm,
                     dtype, narrow && !in_vector});
  }
}

}  // namespace

void torch_softmax(const float* x, int rows, int cols, int dim, Dtype dtype, Cpu cpu,
                   float* probabilities) {
  const auto height = static_cast<size_t>(rows);
  const auto width = static_cast<size_t>(cols);
  if (dim == 0) {
    softmax_all_columns(x, height, width, dtype, cpu, probabilities);
    return;
  }
  for (size_t at = 0; at < height * width; at += width) {
    softmax_row(x + at, width, dtype, cpu, probabilities + at);
  }
}

}  // namespace softmask::core
