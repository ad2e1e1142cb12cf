// The kernel of WebAssembly SIMD. Four floats at a time; every element takes the same operations
// as in the scalar reference, only the sum has another order.
#include "core/softmax_kernel.h"

#ifndef __wasm_simd128__

namespace softmask::core {

const SoftmaxKernel* simd128_softmax_kernel() { return nullptr; }

}  // namespace softmask::core

#else

#include <wasm_simd128.h>

#include <algorithm>
#include <cstddef>
#include <limits>

#include "core/fast_exp.h"

namespace softmask::core {
namespace {

constexpr size_t kLanes = 4;
constexpr size_t kBlock = 4 * kLanes;  // elements whose sum is taken in float32

v128_t splat(float value) { return wasm_f32x4_splat(value); }

// pmax(a, b) is b where a < b, else a: a NaN in b is passed over, as in the scalar maximum.
v128_t maximum(v128_t a, v128_t b) { return wasm_f32x4_pmax(a, b); }

float maximum_of_lanes(v128_t v) {
  return std::max(std::max(wasm_f32x4_extract_lane(v, 0), wasm_f32x4_extract_lane(v, 1)),
                  std::max(wasm_f32x4_extract_lane(v, 2), wasm_f32x4_extract_lane(v, 3)));
}

v128_t multiply_add(v128_t a, v128_t b, v128_t c) {
  return wasm_f32x4_add(wasm_f32x4_mul(a, b), c);
}

v128_t power_of_two(v128_t n) {
  return wasm_i32x4_shl(wasm_i32x4_add(n, wasm_i32x4_splat(127)), 23);
}

// fast_exp::scalar, four times. pmax(x, lowest) lets NaN through.
v128_t exp(v128_t x) {
  const v128_t clamped = wasm_f32x4_pmax(x, splat(fast_exp::kLowest));
  const v128_t shifted =
      multiply_add(clamped, splat(fast_exp::kLog2E), splat(fast_exp::kRoundToInteger));
  const v128_t n = wasm_f32x4_sub(shifted, splat(fast_exp::kRoundToInteger));
  const v128_t exponent =
      wasm_i32x4_sub(shifted, wasm_i32x4_splat(static_cast<int>(fast_exp::kRoundToIntegerBits)));
  v128_t r = wasm_f32x4_sub(clamped, wasm_f32x4_mul(n, splat(fast_exp::kLn2High)));
  r = wasm_f32x4_sub(r, wasm_f32x4_mul(n, splat(fast_exp::kLn2Low)));
  v128_t q = multiply_add(r, splat(fast_exp::kC6), splat(fast_exp::kC5));
  q = multiply_add(r, q, splat(fast_exp::kC4));
  q = multiply_add(r, q, splat(fast_exp::kC3));
  q = multiply_add(r, q, splat(fast_exp::kC2));
  const v128_t e = wasm_f32x4_add(splat(1.0f), multiply_add(wasm_f32x4_mul(r, r), q, r));
  const v128_t half = wasm_i32x4_shr(exponent, 1);
  return wasm_f32x4_mul(wasm_f32x4_mul(e, power_of_two(half)),
                        power_of_two(wasm_i32x4_sub(exponent, half)));
}

// Sums of exponentials in double, two lanes each. Float32 sums of 16 elements go in, each four
// numbers added two by two, so a row of any length loses no more than a short one.
class WideSum {
 public:
  void add(v128_t v) {
    low_ = wasm_f64x2_add(low_, wasm_f64x2_promote_low_f32x4(v));
    high_ =
        wasm_f64x2_add(high_, wasm_f64x2_promote_low_f32x4(wasm_i32x4_shuffle(v, v, 2, 3, 2, 3)));
  }
  v128_t low() const { return low_; }
  v128_t high() const { return high_; }
  double total() const {
    const v128_t pairs = wasm_f64x2_add(low_, high_);
    return wasm_f64x2_extract_lane(pairs, 0) + wasm_f64x2_extract_lane(pairs, 1);
  }

 private:
  v128_t low_ = wasm_f64x2_splat(0);
  v128_t high_ = wasm_f64x2_splat(0);
};

float row_maximum(const float* x, size_t n) {
  v128_t max = splat(-std::numeric_limits<float>::infinity());
  size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) max = maximum(max, wasm_v128_load(x + i));
  float result = maximum_of_lanes(max);
  for (; i < n; ++i) result = std::max(result, x[i]);
  return result;
}

// Exponentials of four elements, stored and returned.
v128_t exp_and_store(const float* x, v128_t max, float* p) {
  const v128_t e = exp(wasm_f32x4_sub(wasm_v128_load(x), max));
  wasm_v128_store(p, e);
  return e;
}

void softmax_row(const float* x, size_t n, float* p) {
  const float row_max = row_maximum(x, n);
  const v128_t max = splat(row_max);
  WideSum wide;
  size_t i = 0;
  for (; i + kBlock <= n; i += kBlock) {
    const v128_t e0 = exp_and_store(x + i, max, p + i);
    const v128_t e1 = exp_and_store(x + i + kLanes, max, p + i + kLanes);
    const v128_t e2 = exp_and_store(x + i + 2 * kLanes, max, p + i + 2 * kLanes);
    const v128_t e3 = exp_and_store(x + i + 3 * kLanes, max, p + i + 3 * kLanes);
    wide.add(wasm_f32x4_add(wasm_f32x4_add(e0, e1), wasm_f32x4_add(e2, e3)));
  }
  for (; i + kLanes <= n; i += kLanes) wide.add(exp_and_store(x + i, max, p + i));
  double sum = wide.total();
  for (; i < n; ++i) {
    p[i] = fast_exp::scalar(x[i] - row_max);
    sum += static_cast<double>(p[i]);
  }

  const auto scale = static_cast<float>(1.0 / sum);
  const v128_t scales = splat(scale);
  for (i = 0; i + kLanes <= n; i += kLanes) {
    wasm_v128_store(p + i, wasm_f32x4_mul(wasm_v128_load(p + i), scales));
  }
  for (; i < n; ++i) p[i] *= scale;
}

void rows(const float* x, int rows, int cols, float* probabilities) {
  const auto n = static_cast<size_t>(cols);
  for (int row = 0; row < rows; ++row, x += n, probabilities += n) {
    softmax_row(x, n, probabilities);
  }
}

// Four neighbouring columns at a time, each lane one column.
void softmax_four_columns(const float* x, size_t rows, size_t stride, float* p) {
  v128_t max = wasm_v128_load(x);
  for (size_t row = 1; row < rows; ++row) max = maximum(max, wasm_v128_load(x + row * stride));
  WideSum wide;
  for (size_t row = 0; row < rows; ++row) {
    wide.add(exp_and_store(x + row * stride, max, p + row * stride));
  }
  const v128_t one = wasm_f64x2_splat(1);
  const v128_t low = wasm_f32x4_demote_f64x2_zero(wasm_f64x2_div(one, wide.low()));
  const v128_t high = wasm_f32x4_demote_f64x2_zero(wasm_f64x2_div(one, wide.high()));
  const v128_t scale = wasm_i32x4_shuffle(low, high, 0, 1, 4, 5);
  for (size_t row = 0; row < rows; ++row) {
    float* at = p + row * stride;
    wasm_v128_store(at, wasm_f32x4_mul(wasm_v128_load(at), scale));
  }
}

void softmax_column(const float* x, size_t rows, size_t stride, float* p) {
  float max = x[0];
  for (size_t row = 1; row < rows; ++row) max = std::max(max, x[row * stride]);
  double sum = 0;
  for (size_t row = 0; row < rows; ++row) {
    const float e = fast_exp::scalar(x[row * stride] - max);
    p[row * stride] = e;
    sum += static_cast<double>(e);
  }
  const auto scale = static_cast<float>(1.0 / sum);
  for (size_t row = 0; row < rows; ++row) p[row * stride] *= scale;
}

void columns(const float* x, int rows, int cols, float* probabilities) {
  const auto height = static_cast<size_t>(rows);
  const auto stride = static_cast<size_t>(cols);
  size_t col = 0;
  for (; col + kLanes <= stride; col += kLanes) {
    softmax_four_columns(x + col, height, stride, probabilities + col);
  }
  for (; col < stride; ++col) softmax_column(x + col, height, stride, probabilities + col);
}

constexpr SoftmaxKernel kKernel{"simd128", rows, columns};

}  // namespace

const SoftmaxKernel* simd128_softmax_kernel() { return &kKernel; }

}  // namespace softmask::core

#endif  // __wasm_simd128__
