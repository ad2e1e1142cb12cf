// The kernel of WebAssembly SIMD. Four floats at a time; every element takes the same operations
// as in the scalar reference, only the sum has another order.
//
// Masked columns all have the same exponential, so that none is taken of them one by one. Of each
// row the kept elements are gathered first (core/kept_columns.h), which finds their range as well;
// they are exponentiated where they lie, and scattered to their columns as products with 1 / sum:
//
//   x        a b c d e f g h   mask 0 1 1 0 1 0 0 1: the group abcd keeps the lanes that efgh masks
//   gather   a f g d           bitselect
//   exp      A F G D           their sum, and the masked columns' share, known beforehand
//   scatter  A 0 0 D 0 F G 0   and, andnot
//
// Rows are read from memory once and written once: what is between lies in the cache.
//
// Errors, in units of 2^-24 relative: the exponential 3.1 (its polynomial 1.8), the float32 sums of
// eight vectors 4 at most, 1 / sum and the product with it 1 each; the sum has the exponentials'
// errors too, averaged. All at their worst and in one direction would pass the contract's 8. They
// do not come together: in 1.4 million random rows of 1 to 65,536 columns (normal, uniform,
// ascending, repeated, far from 0; scales 0.01 to 30; four fills) the largest was 5.1, and sums
// within 2.1e-7.
#include "core/softmax_kernel.h"

#ifndef __wasm_simd128__

namespace softmask::core {

const SoftmaxKernel* simd128_softmax_kernel() { return nullptr; }

}  // namespace softmask::core

#else

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

#include "core/fast_exp.h"
#include "core/kept_columns.h"
#include "core/memory_block.h"
#include "core/simd128_exp.h"

namespace softmask::core {
namespace {

using simd128::maximum;
using simd128::minimum;
using simd128::splat;

constexpr size_t kLanes = 4;
constexpr size_t kBlock = 8 * kLanes;  // elements whose sum is taken in float32
constexpr float kInfinity = std::numeric_limits<float>::infinity();

// ---- Whole rows without a gap ------------------------------------------------------------------

struct Range {
  float low;
  float high;
};

float minimum_of_lanes(v128_t v) {
  return std::min(std::min(wasm_f32x4_extract_lane(v, 0), wasm_f32x4_extract_lane(v, 1)),
                  std::min(wasm_f32x4_extract_lane(v, 2), wasm_f32x4_extract_lane(v, 3)));
}

// Minima and maxima pass over NaN, which shows in the sum instead. max(x) = -min(-x).
Range range_of_lanes(v128_t low, v128_t high) {
  return {minimum_of_lanes(low), -minimum_of_lanes(wasm_f32x4_neg(high))};
}

Range range_of(const float* x, size_t n) {
  v128_t high[2] = {splat(-kInfinity), splat(-kInfinity)};
  v128_t low[2] = {splat(kInfinity), splat(kInfinity)};
  size_t i = 0;
  for (; i + 2 * kLanes <= n; i += 2 * kLanes) {
    for (size_t k = 0; k < 2; ++k) {
      const v128_t v = wasm_v128_load(x + i + k * kLanes);
      high[k] = maximum(high[k], v);
      low[k] = minimum(low[k], v);
    }
  }
  Range range = range_of_lanes(minimum(low[0], low[1]), maximum(high[0], high[1]));
  for (; i < n; ++i) {
    range.low = std::min(range.low, x[i]);
    range.high = std::max(range.high, x[i]);
  }
  return range;
}

// The last n % 4 of n elements as a vector of their own. Where there are four elements it holds the
// last four; else what there is, and the first element again. `count_new` makes the others zeros.
class Tail {
 public:
  Tail(const float* x, size_t n) : new_(n % kLanes), is_short_(n < kLanes) {
    if (!is_short_) {
      values_ = wasm_v128_load(x + n - kLanes);
    } else if (n > 0) {
      std::array<float, kLanes> lanes;
      lanes.fill(x[0]);
      std::copy_n(x, n, lanes.begin());
      values_ = wasm_v128_load(lanes.data());
    }
  }

  v128_t values() const { return values_; }

  v128_t count_new(v128_t e) const {
    const v128_t lane = wasm_i32x4_const(0, 1, 2, 3);
    const v128_t border = wasm_i32x4_splat(static_cast<int>(is_short_ ? new_ : kLanes - new_));
    const v128_t is_below = wasm_i32x4_lt(lane, border);
    return is_short_ ? wasm_v128_and(e, is_below) : wasm_v128_andnot(e, is_below);
  }

  // To the n % 4 elements from `to` on (and the ones before them, which are computed alike).
  void store(v128_t v, float* to) const {
    if (!is_short_) {
      wasm_v128_store(to + new_ - kLanes, v);
      return;
    }
    std::array<float, kLanes> lanes;
    wasm_v128_store(lanes.data(), v);
    std::copy_n(lanes.begin(), new_, to);
  }

 private:
  v128_t values_;
  size_t new_;
  bool is_short_;
};

template <bool kNormal>
SOFTMASK_INLINE v128_t exp_of(const simd128::Exp& exp, v128_t d) {
  return kNormal ? exp.normal(d) : exp.any(d);
}

// to = exp(x - max), in place or not; returns the sum.
template <bool kNormal>
[[gnu::noinline]] double exp_and_sum(const float* x, size_t n, float row_max, float* to) {
  const v128_t max = splat(row_max);
  const Tail tail(x, n);
  const simd128::Exp exp;
  const auto exp_and_store = [&](size_t i) SOFTMASK_INLINE_LAMBDA {
    const v128_t e = exp_of<kNormal>(exp, wasm_f32x4_sub(wasm_v128_load(x + i), max));
    wasm_v128_store(to + i, e);
    return e;
  };
  simd128::WideSum sum;
  // The pointers move, so that what is added to them are constants. Added up as they come: many
  // exponentials and the constants together have not enough registers.
  size_t left = n;
  for (; kNormal && left >= kBlock; left -= kBlock, x += kBlock, to += kBlock) {
    v128_t e = exp_and_store(0);
    e = wasm_f32x4_add(e, exp_and_store(kLanes));
    e = wasm_f32x4_add(e, exp_and_store(2 * kLanes));
    e = wasm_f32x4_add(e, exp_and_store(3 * kLanes));
    v128_t f = exp_and_store(4 * kLanes);
    f = wasm_f32x4_add(f, exp_and_store(5 * kLanes));
    f = wasm_f32x4_add(f, exp_and_store(6 * kLanes));
    f = wasm_f32x4_add(f, exp_and_store(7 * kLanes));
    sum.add(wasm_f32x4_add(e, f));
  }
  for (; left >= kLanes; left -= kLanes, x += kLanes, to += kLanes) sum.add(exp_and_store(0));
  if (n % kLanes != 0) {
    const v128_t e = exp_of<kNormal>(exp, wasm_f32x4_sub(tail.values(), max));
    tail.store(e, to);
    sum.add(tail.count_new(e));
  }
  return sum.total();
}

// Rows that span more than e^-87 take the exponential that knows subnormal results.
double exponentials(const float* x, size_t n, Range range, float* to) {
  return range.low - range.high >= fast_exp::kLowestNormal
             ? exp_and_sum<true>(x, n, range.high, to)
             : exp_and_sum<false>(x, n, range.high, to);
}

void scale(float* p, size_t n, float factor) {
  const v128_t factors = splat(factor);
  const Tail tail(p, n);
  for (size_t vectors = n / kLanes; vectors > 0; --vectors, p += kLanes) {
    wasm_v128_store(p, wasm_f32x4_mul(wasm_v128_load(p), factors));
  }
  if (n % kLanes != 0) tail.store(wasm_f32x4_mul(tail.values(), factors), p);
}

void softmax_row(const float* x, size_t n, float* p) {
  const double sum = exponentials(x, n, range_of(x, n), p);
  scale(p, n, static_cast<float>(1.0 / sum));
}

void softmax_rows(const float* x, int rows, int cols, float* probabilities) {
  const auto n = static_cast<size_t>(cols);
  for (int row = 0; row < rows; ++row, x += n, probabilities += n) {
    softmax_row(x, n, probabilities);
  }
}

// ---- Rows of which columns are masked ----------------------------------------------------------

constexpr std::array<std::array<uint32_t, kLanes>, 16> make_lane_masks() {
  std::array<std::array<uint32_t, kLanes>, 16> masks{};
  for (size_t lanes = 0; lanes < 16; ++lanes) {
    for (size_t i = 0; i < kLanes; ++i) masks[lanes][i] = (lanes >> i & 1) != 0 ? ~0u : 0u;
  }
  return masks;
}
alignas(16) constexpr std::array<std::array<uint32_t, kLanes>, 16> kLaneMasks = make_lane_masks();

const float* at(const float* row, uint32_t offset) {
  return reinterpret_cast<const float*>(reinterpret_cast<const char*>(row) + offset);
}
float* at(float* row, uint32_t offset) {
  return reinterpret_cast<float*>(reinterpret_cast<char*>(row) + offset);
}

v128_t lane_mask(const KeptColumns::Pair& pair) {
  return wasm_v128_load(reinterpret_cast<const char*>(kLaneMasks.data()) + pair.lanes);
}

// The kept elements of x, in the order of KeptColumns; returns their range.
Range gather(const float* x, const KeptColumns& columns, float* packed) {
  v128_t high = splat(-kInfinity);
  v128_t low = splat(kInfinity);
  const auto take = [&](v128_t v) SOFTMASK_INLINE_LAMBDA {
    high = maximum(high, v);
    low = minimum(low, v);
    wasm_v128_store(packed, v);
    packed += kLanes;
  };
  const KeptColumns::Pair* pair = columns.pairs();
  for (size_t left = columns.pair_count(); left > 0; --left, ++pair) {
    take(wasm_v128_bitselect(wasm_v128_load(at(x, pair->first)),
                             wasm_v128_load(at(x, pair->second)), lane_mask(*pair)));
  }
  const uint32_t* whole = columns.whole();
  for (size_t left = columns.whole_count(); left > 0; --left) take(wasm_v128_load(at(x, *whole++)));
  Range range = range_of_lanes(low, high);
  const uint32_t* single = columns.single();
  for (size_t left = columns.single_count(); left > 0; --left) {
    const float value = *at(x, *single++);
    range.high = std::max(range.high, value);
    range.low = std::min(range.low, value);
    *packed++ = value;
  }
  return range;
}

// Back to their columns, times `factor`; the masked columns of the n become `masked`.
template <bool kMaskedIsZero>
void scatter(const float* packed, const KeptColumns& columns, size_t n, float factor, float masked,
             float* p) {
  const v128_t factors = splat(factor);
  const v128_t fills = splat(masked);
  const KeptColumns::Pair* pair = columns.pairs();
  for (size_t left = columns.pair_count(); left > 0; --left, ++pair, packed += kLanes) {
    const v128_t v = wasm_f32x4_mul(wasm_v128_load(packed), factors);
    const v128_t lanes = lane_mask(*pair);
    wasm_v128_store(at(p, pair->first),
                    kMaskedIsZero ? wasm_v128_and(v, lanes) : wasm_v128_bitselect(v, fills, lanes));
    wasm_v128_store(at(p, pair->second), kMaskedIsZero ? wasm_v128_andnot(v, lanes)
                                                       : wasm_v128_bitselect(fills, v, lanes));
  }
  const uint32_t* whole = columns.whole();
  for (size_t left = columns.whole_count(); left > 0; --left, packed += kLanes) {
    wasm_v128_store(at(p, *whole++), wasm_f32x4_mul(wasm_v128_load(packed), factors));
  }
  const uint32_t* unpaired = columns.unpaired();
  for (size_t left = columns.unpaired_count(); left > 0; --left) {
    wasm_v128_store(at(p, *unpaired++), fills);
  }
  for (size_t col = n / kLanes * kLanes; col < n; ++col) p[col] = masked;
  const uint32_t* single = columns.single();
  for (size_t left = columns.single_count(); left > 0; --left) {
    *at(p, *single++) = *packed++ * factor;
  }
}

void softmax_kept(const float* x, size_t n, const KeptColumns& columns, float fill, float* packed,
                  float* p) {
  const size_t kept = columns.kept();
  Range range = gather(x, columns, packed);
  range.high = std::max(range.high, fill);
  // Asked first: the products that underflow on the way to 0 cost more than a short row.
  const float distance = fill - range.high;
  const float e = distance < fast_exp::kLowest ? 0.0f : fast_exp::scalar(distance);
  const double sum = exponentials(packed, kept, range, packed) +
                     static_cast<double>(n - kept) * static_cast<double>(e);
  const auto factor = static_cast<float>(1.0 / sum);
  // A bitwise and would turn NaN into 0: a row is all NaN or not at all.
  if (e == 0.0f && factor == factor) {
    scatter<true>(packed, columns, n, factor, 0.0f, p);
  } else {
    scatter<false>(packed, columns, n, factor, e * factor, p);
  }
}

// Without memory for the packed row: as if nothing were masked.
void filled_row(const float* x, const uint8_t* mask, float fill, size_t n, float* p) {
  for (size_t i = 0; i < n; ++i) p[i] = mask[i] != 0 ? fill : x[i];
  softmax_row(p, n, p);
}

void masked_rows(const float* x, const uint8_t* mask, float fill, int rows, int cols,
                 float* probabilities) {
  const auto n = static_cast<size_t>(cols);
  const size_t words = KeptColumns::words(n);
  const MemoryBlock<uint32_t> memory = allocate<uint32_t>(words + n);
  if (memory == nullptr) {
    for (int row = 0; row < rows; ++row, x += n, probabilities += n) {
      filled_row(x, mask, fill, n, probabilities);
    }
    return;
  }
  const KeptColumns columns(mask, n, memory.get());
  if (columns.kept() == n) return softmax_rows(x, rows, cols, probabilities);
  auto* const packed = reinterpret_cast<float*>(memory.get() + words);
  for (int row = 0; row < rows; ++row, x += n, probabilities += n) {
    softmax_kept(x, n, columns, fill, packed, probabilities);
  }
}

// ---- Columns -----------------------------------------------------------------------------------

// Four neighbouring columns at a time, each lane one column.
void softmax_four_columns(const float* x, size_t rows, size_t stride, float* p) {
  v128_t max = wasm_v128_load(x);
  for (size_t row = 1; row < rows; ++row) max = maximum(max, wasm_v128_load(x + row * stride));
  simd128::WideSum wide;
  const simd128::Exp exp;
  for (size_t row = 0; row < rows; ++row) {
    const v128_t e = exp.any(wasm_f32x4_sub(wasm_v128_load(x + row * stride), max));
    wasm_v128_store(p + row * stride, e);
    wide.add(e);
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

constexpr SoftmaxKernel kKernel{"simd128", softmax_rows, masked_rows, columns};

}  // namespace

const SoftmaxKernel* simd128_softmax_kernel() { return &kKernel; }

}  // namespace softmask::core

#endif  // __wasm_simd128__
