#include "core/mask_session.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>

#include "core/bit_cast.h"
#include "core/masked_softmax.h"
#include "core/softmax_kernel.h"

namespace softmask::core {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

constexpr int kBins = 12;
constexpr int kBinWidth = 16;  // powers of two that share a bin
constexpr int kFractionBits = 30;

// e^x = 2^exponent * fraction / 2^30.
struct Exponential {
  int exponent;
  int64_t fraction;  // 0.707 … 1.415 in units of 2^-30
};

// For |x| <= 1000. Relative error 2^-28: a minimax polynomial of degree 6, in double.
Exponential exponential(double x) {
  constexpr double kRoundToInteger = 0x1.8p+52;
  const double shifted = x * 0x1.71547652b82fep+0 + kRoundToInteger;
  const double n = shifted - kRoundToInteger;
  const double r = x - n * 0x1.62e42fefa39efp-1;
  const double q =
      0x1.fffffcp-2 +
      r * (0x1.555492p-3 + r * (0x1.5558f2p-5 + r * (0x1.1239e2p-7 + r * 0x1.6a2434p-10)));
  const double fraction = 1.0 + (r + (r * r) * q);
  // The sum's low bits are the integer; a conversion could trap, for all the compiler knows.
  const double integer = fraction * 0x1p+30 + kRoundToInteger;
  return {static_cast<int>(static_cast<uint32_t>(bit_cast<uint64_t>(shifted))),
          static_cast<int64_t>(bit_cast<uint64_t>(integer) & 0x7ffffffffffff)};
}

double power_of_two(int exponent) {  // -1022 … 1023
  return bit_cast<double>(static_cast<uint64_t>(exponent + 1023) << 52);
}

// e^x for any x that is not NaN; 0 and infinity beyond what matters to a float.
double wide_exp(double x) {
  if (x < -600) return 0;
  if (x > 600) return std::numeric_limits<double>::infinity();
  const Exponential e = exponential(x);
  return static_cast<double>(e.fraction) * power_of_two(e.exponent - kFractionBits);
}

// Copies a matrix of `rows` lines of `cols` to its transpose, in tiles that stay in the cache.
void transpose(const float* from, size_t from_stride, size_t rows, size_t cols, float* to,
               size_t to_stride) {
  constexpr size_t kTile = 16;
  for (size_t row0 = 0; row0 < rows; row0 += kTile) {
    const size_t row1 = std::min(rows, row0 + kTile);
    for (size_t col0 = 0; col0 < cols; col0 += kTile) {
      const size_t col1 = std::min(cols, col0 + kTile);
      for (size_t row = row0; row < row1; ++row) {
        for (size_t col = col0; col < col1; ++col) {
          to[col * to_stride + row] = from[row * from_stride + col];
        }
      }
    }
  }
}

}  // namespace

std::unique_ptr<MaskSession> MaskSession::create(int rows, int cols) {
  const auto height = static_cast<size_t>(rows);
  const auto width = static_cast<size_t>(cols);
  void* const memory = std::malloc(sizeof(MaskSession));
  if (memory == nullptr) return nullptr;
  std::unique_ptr<MaskSession> session(new (memory) MaskSession(height, width));
  session->scores_ = allocate<float>(height * width);
  session->mask_ = allocate_zeros<uint8_t>(width);
  session->largest_ = allocate_zeros<float>(height);
  session->bins_ = allocate_zeros<int64_t>(kBins * height);
  session->far_ = allocate_zeros<int32_t>(height);
  session->not_finite_ = allocate_zeros<int32_t>(height);
  const bool has_all = session->scores_ && session->mask_ && session->largest_ && session->bins_ &&
                       session->far_ && session->not_finite_;
  return has_all ? std::move(session) : nullptr;
}

void MaskSession::set_rows(int first, int count, const float* scores) {
  const auto begin = static_cast<size_t>(first);
  const auto lines = static_cast<size_t>(count);
  transpose(scores, cols_, lines, cols_, scores_.get() + begin, rows_);
  for (size_t line = 0; line < lines; ++line) {
    const float* row = scores + line * cols_;
    float largest = -kInfinity;
    for (size_t col = 0; col < cols_; ++col) {
      if (row[col] > largest && row[col] < kInfinity) largest = row[col];
    }
    largest_[begin + line] = largest == -kInfinity ? 0 : largest;
    for (size_t col = 0; col < cols_; ++col) this->count(row[col], begin + line, 1);
  }
}

// Adds a score to the sum of its row, or takes it out.
void MaskSession::count(float score, size_t row, int64_t sign) {
  if (!(score < kInfinity)) {
    not_finite_[row] += static_cast<int32_t>(sign);
    return;
  }
  if (score == -kInfinity) return;
  const double distance = static_cast<double>(score) - static_cast<double>(largest_[row]);
  constexpr double kFar = -(kBins * kBinWidth - 1) * 0x1.62e42fefa39efp-1;
  if (distance < kFar) {
    far_[row] += static_cast<int32_t>(sign);
    return;
  }
  const Exponential e = exponential(distance);
  const int k = -e.exponent;
  const int64_t in_bin = e.fraction << (kBinWidth - 1 - k % kBinWidth);
  bins_[static_cast<size_t>(k / kBinWidth) * rows_ + row] += sign * in_bin;
}

Status MaskSession::set_fill(double fill) {
  Status status = check_fill(fill, Dtype::kFloat32);
  if (status.ok()) fill_ = static_cast<float>(fill);
  return status;
}

void MaskSession::set_column(int col, bool masked) {
  const auto at = static_cast<size_t>(col);
  if ((mask_[at] != 0) == masked) return;
  mask_[at] = masked ? 1 : 0;
  masked_count_ += masked ? size_t{1} : ~size_t{0};
  const float* column = scores_.get() + at * rows_;
  const int64_t sign = masked ? -1 : 1;
  for (size_t row = 0; row < rows_; ++row) count(column[row], row, sign);
}

void MaskSession::row_scale(float* scales) const {
  const bool has_masked = masked_count_ > 0;
  const bool fill_counts = has_masked && fill_ != -kInfinity;
  const bool is_all_nan = has_masked && !(fill_ < kInfinity);
  for (size_t row = 0; row < rows_; ++row) {
    double sum = 0;
    bool is_empty = far_[row] == 0 && !fill_counts;
    for (size_t bin = kBins; bin-- > 0;) {
      const int64_t in_bin = bins_[bin * rows_ + row];
      is_empty = is_empty && in_bin == 0;
      const int exponent = -kFractionBits - kBinWidth * static_cast<int>(bin) - (kBinWidth - 1);
      sum += static_cast<double>(in_bin) * power_of_two(exponent);
    }
    if (fill_counts && !is_all_nan) {
      const double distance = static_cast<double>(fill_) - static_cast<double>(largest_[row]);
      sum += static_cast<double>(masked_count_) * wide_exp(distance);
    }
    // 0/0 where there is nothing but -inf.
    const bool is_nan = is_all_nan || not_finite_[row] > 0 || is_empty;
    scales[row] = is_nan ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(1.0 / sum);
  }
}

void MaskSession::probabilities(int first, int count, float* probabilities) const {
  // The scores go to where the result will be; the kernel works in place.
  const auto lines = static_cast<size_t>(count);
  transpose(scores_.get() + first, rows_, cols_, lines, probabilities, cols_);
  fast_softmax_kernel().masked_rows(probabilities, mask_.get(), fill_, count,
                                    static_cast<int>(cols_), probabilities);
}

}  // namespace softmask::core
