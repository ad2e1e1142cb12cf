#include "view/comparison.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "view/derive_job.h"
#include "view/field_words.h"
#include "view/number_text.h"
#include "view/state_codec.h"
#include "view/strings.h"

namespace softmask::view {
namespace {

constexpr std::string_view kCompared[] = {"seed", "rows",  "cols",  "scores", "cpu",        "mask",
                                          "fill", "dtype", "order", "dim",    "temperature"};

std::string shown(const std::string& value) {
  constexpr size_t kMost = 24;
  if (value.empty()) return text(Text::kCompareDrawn);
  return value.size() <= kMost ? value : value.substr(0, kMost) + "…";
}

std::vector<std::string> changed_fields(const State& a, const State& b) {
  std::vector<std::string> out;
  for (const std::string_view key : kCompared) {
    if (field_text(a, key) == field_text(b, key)) continue;
    out.push_back(fill_in(Text::kCompareChanged, {field_name(key), shown(field_words(a, key)),
                                                  shown(field_words(b, key))}));
  }
  return out;
}

std::string problem_of(const Derived& a, const Derived& b) {
  if (!a.error.empty()) return fill_in(Text::kCompareNoResult, {"A", a.error});
  if (!b.error.empty()) return fill_in(Text::kCompareNoResult, {"B", b.error});
  if (a.rows == b.rows && a.cols == b.cols) return {};
  return fill_in(Text::kCompareShapes,
                 {count_text(a.rows), count_text(a.cols), count_text(b.rows), count_text(b.cols)});
}

}  // namespace

Comparison compare(const State& a_state, const Derived& a, const State& b_state, const Derived& b) {
  ComparisonJob job(a_state, a, b_state, b);
  while (!job.step()) continue;
  return job.take();
}

ComparisonJob::ComparisonJob(const State& a_state, const Derived& a, const State& b_state,
                             const Derived& b)
    : a_(a), b_(b) {
  out_.changed = changed_fields(a_state, b_state);
  out_.problem = problem_of(a, b);
}

double ComparisonJob::progress() const { return static_cast<double>(at_) / b_.rows; }

bool ComparisonJob::step() {
  if (!out_.problem.empty()) return true;
  out_.difference.reserve(b_.probabilities.size());
  const int cells = static_cast<int>(DeriveJob::kSliceCells);
  const int end = std::min(b_.rows, at_ + std::max(1, cells / b_.cols));
  for (; at_ < end; ++at_) compare_row(at_);
  return at_ == b_.rows;
}

void ComparisonJob::compare_row(int row) {
  const std::span<const float> a = a_.probabilities.row(row, b_.cols);
  const std::span<const float> b = b_.probabilities.row(row, b_.cols);
  for (size_t col = 0; col < b.size(); ++col) {
    const float x = a[col], y = b[col];
    const bool x_nan = std::isnan(x), y_nan = std::isnan(y);
    out_.difference.push_back(x_nan && y_nan ? 0.0f : y - x);
    if ((x_nan && y_nan) || x == y) continue;
    ++out_.differing;
    if (x_nan || y_nan) {
      ++out_.nan_in_one;
      continue;
    }
    const double size = std::fabs(static_cast<double>(y) - static_cast<double>(x));
    if (size <= out_.largest) continue;
    out_.largest = size;
    out_.largest_row = row;
    out_.largest_col = static_cast<int>(col);
  }
}

Comparison ComparisonJob::take() {
  if (out_.largest > 0) out_.limit = static_cast<float>(out_.largest);
  return std::move(out_);
}

}  // namespace softmask::view
