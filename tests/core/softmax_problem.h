// The contract of the fast kernels (core/softmax_kernel.h) and of a session's row scale, as checks
// without a test framework.
#ifndef SOFTMASK_TESTS_CORE_SOFTMAX_PROBLEM_H_
#define SOFTMASK_TESTS_CORE_SOFTMAX_PROBLEM_H_

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <span>
#include <string>
#include <vector>

#include "core/torch_softmax.h"
#include "special_floats.h"

namespace softmask::core {

// Whether a probability may be 0 in one kernel and the smallest subnormal in another: where a
// rounding, of e^-distance or of the quotient, is that of a number next to the middle of two.
inline bool zero_is_in_doubt(double distance, double sum) {
  constexpr double kSmallest = 0x1p-149;
  const double e = std::exp(-distance) / kSmallest;
  if (e > 1e6) return false;
  if (std::abs(e - std::floor(e) - 0.5) < 1e-4 * std::max(1.0, e)) return true;
  return std::abs(std::round(e) / sum - 0.5) < 1e-6;
}

// What of the softmax p of one row x is not as promised; empty where all is. With a `summing` above
// 0 errors of so many 2^-24 more are allowed and sums are not looked at: PyTorch sums in float32.
inline std::string contract_problem(std::span<const float> x, std::span<const float> p,
                                    double summing = 0) {
  const int n = static_cast<int>(x.size());
  std::vector<float> torch(x.size());
  torch_softmax(x.data(), 1, n, -1, Dtype::kFloat32, Cpu::kAvx2, torch.data());

  char words[200];
  const auto problem = [&](const char* what, size_t i, double found, double allowed) {
    std::snprintf(words, sizeof words, "column %zu of %d, x %.9g: %s: %.12g; allowed %.12g", i, n,
                  static_cast<double>(x[i]), what, found, allowed);
    return std::string(words);
  };
  const float max = *std::max_element(x.begin(), x.end());
  double exact_sum = 0;
  for (const float value : x) exact_sum += std::exp(static_cast<double>(value) - max);
  double sum = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(p[i]) != std::isnan(torch[i])) return problem("NaN", i, p[i], torch[i]);
    if (std::isnan(p[i])) continue;
    if ((p[i] == 0.0f) != (torch[i] == 0.0f) &&
        !zero_is_in_doubt(static_cast<double>(max - x[i]), exact_sum)) {
      return problem("zero", i, p[i], torch[i]);
    }
    if (!(p[i] >= 0.0f)) return problem("below zero", i, p[i], 0);
    sum += static_cast<double>(p[i]);
    const double distance = std::abs(static_cast<double>(x[i]) - max);
    const double exact = std::exp(-distance) / exact_sum;
    if (exact <= 1e-30) continue;
    const double error = std::abs(static_cast<double>(p[i]) / exact - 1) * 0x1p24;
    const double bound = distance + 8 + summing;
    if (!(error <= bound)) return problem("error in 2^-24", i, error, bound);
  }
  const bool sums_count = summing == 0 && !std::isnan(torch[0]);
  if (sums_count && !(std::abs(sum - 1) <= 4e-7)) return problem("sum", 0, sum, 1);
  return {};
}

// One number of MaskSession::row_scale against float64: `scores` is the row, `filled` the row with
// the fill in its masked columns.
inline std::string row_scale_problem(std::span<const float> scores, std::span<const float> filled,
                                     float scale) {
  double largest = -std::numeric_limits<double>::infinity();
  for (const float x : scores) {
    if (std::isfinite(x)) largest = std::max(largest, static_cast<double>(x));
  }
  if (std::isinf(largest)) largest = 0;
  double sum = 0;
  bool is_nan = true;
  for (const float x : filled) {
    is_nan = is_nan && x == -kInf;
    sum += std::exp(static_cast<double>(x) - largest);
  }
  for (const float x : filled) is_nan = is_nan || std::isnan(x) || x == kInf;
  const double exact = 1 / sum;
  const bool holds = is_nan          ? std::isnan(scale)
                     : exact > 1e38  ? scale > 1e37f
                     : exact < 1e-37 ? scale < 1e-36f
                                     : std::abs(scale / exact - 1) <= 0x1p-24 * 4;
  if (holds) return {};
  char words[120];
  std::snprintf(words, sizeof words, "the row's scale is %.9g; exactly %.12g",
                static_cast<double>(scale), is_nan ? std::nan("") : exact);
  return words;
}

}  // namespace softmask::core

#endif  // SOFTMASK_TESTS_CORE_SOFTMAX_PROBLEM_H_
