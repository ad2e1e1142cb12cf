#include "view/comparison.h"

#include <cmath>
#include <cstddef>
#include <string_view>

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
  Comparison out;
  out.changed = changed_fields(a_state, b_state);
  out.problem = problem_of(a, b);
  if (!out.problem.empty()) return out;
  out.difference.resize(b.probabilities.size());
  for (size_t i = 0; i < out.difference.size(); ++i) {
    const float x = a.probabilities[i], y = b.probabilities[i];
    const bool x_nan = std::isnan(x), y_nan = std::isnan(y);
    out.difference[i] = x_nan && y_nan ? 0.0f : y - x;
    if ((x_nan && y_nan) || x == y) continue;
    ++out.differing;
    if (x_nan || y_nan) {
      ++out.nan_in_one;
      continue;
    }
    const double size = std::fabs(static_cast<double>(y) - static_cast<double>(x));
    if (size <= out.largest) continue;
    out.largest = size;
    out.largest_row = static_cast<int>(i / static_cast<size_t>(b.cols));
    out.largest_col = static_cast<int>(i % static_cast<size_t>(b.cols));
  }
  if (out.largest > 0) out.limit = static_cast<float>(out.largest);
  return out;
}

}  // namespace softmask::view
