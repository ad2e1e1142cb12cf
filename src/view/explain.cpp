#include "view/explain.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>
#include <utility>

#include "view/line_facts.h"
#include "view/number_text.h"
#include "view/state_codec.h"
#include "view/strings.h"

namespace softmask::view {
namespace {

constexpr int kDigits = 5;
constexpr std::size_t kMostTermsWritten = 4;

std::string number(double value) { return significant_text(value, kDigits); }
std::string number(float value) { return number(static_cast<double>(value)); }

// For the right-hand side of an operator: "(-1.2)".
std::string operand(double value) {
  const std::string text = number(value);
  return text[0] == '-' ? "(" + text + ")" : text;
}

std::string equation(std::string_view left, std::string_view op, std::string_view right,
                     double result) {
  std::string out(left);
  out.append(" ").append(op).append(" ").append(right).append(" = ");
  return out + number(result);
}

constexpr std::string_view kMinus = "−";

// The steps of one softmax at one cell, in float32 as PyTorch takes them.
struct Softmax {
  float x = 0;     // the cell, over the temperature
  float max = 0;   // of the line; NaN when there is one
  int max_at = 0;  // its place in the line
  float diff = 0;  // x − max
  double exp = 0;
  double sum = 0;
  std::vector<double> terms;  // of the sum, those that are not 0; only the first few
  std::size_t term_count = 0;
};

double exp_of(float value) {
  return static_cast<double>(static_cast<float>(std::exp(static_cast<double>(value))));
}

Softmax softmax_at(const State& state, const std::vector<float>& input, int line, int at) {
  const Lines lines = lines_of(state);
  Softmax steps;
  steps.max = -std::numeric_limits<float>::infinity();
  for (int i = 0; i < lines.length; ++i) {
    const float value = over_temperature(state, input[lines.cell(line, i)]);
    if (std::isnan(steps.max)) break;
    if (value > steps.max || std::isnan(value)) {
      steps.max = value;
      steps.max_at = i;
    }
  }
  for (int i = 0; i < lines.length; ++i) {
    const double term = exp_of(over_temperature(state, input[lines.cell(line, i)]) - steps.max);
    steps.sum += term;
    if (term == 0) continue;
    if (++steps.term_count <= kMostTermsWritten) steps.terms.push_back(term);
  }
  steps.x = over_temperature(state, input[lines.cell(line, at)]);
  steps.diff = steps.x - steps.max;
  steps.exp = exp_of(steps.diff);
  return steps;
}

class Explainer {
 public:
  Explainer(const State& state, const Derived& derived, int row, int col)
      : state_(state),
        derived_(derived),
        lines_(lines_of(state)),
        line_(lines_.are_rows ? row : col),
        at_(lines_.are_rows ? col : row),
        cell_(lines_.cell(line_, at_)),
        masked_(derived.mask_bits[cell_] != 0) {}

  std::vector<ExplainLine> write() {
    const bool fill_first = state_.order == core::Order::kFill;
    add(Text::kExplainX, number(derived_.scores[cell_]));
    if (masked_ && fill_first) add(Text::kExplainFill, number(derived_.masked_scores[cell_]));
    add_softmax(fill_first ? derived_.masked_scores : derived_.scores);
    add_dtype(softmax_value());
    if (!fill_first && masked_) add(Text::kExplainZeroed, "0");
    if (state_.order == core::Order::kRenorm) add_renorm();
    last_is_result();
    return std::move(out_);
  }

 private:
  void add(Text label, std::string value) {
    out_.push_back({text(label), std::move(value), false});
  }

  void add_softmax(const std::vector<float>& input) {
    const Softmax steps = softmax_at(state_, input, line_, at_);
    if (state_.temperature != 1) {
      add(Text::kExplainTemperature,
          equation(number(input[cell_]), "/", shortest_text(state_.temperature),
                   static_cast<double>(steps.x)));
    }
    add(lines_.are_rows ? Text::kExplainRowMax : Text::kExplainColumnMax,
        fill_in(lines_.are_rows ? Text::kExplainInColumn : Text::kExplainInRow,
                {number(steps.max), std::to_string(steps.max_at)}));
    add(Text::kExplainMinusMax,
        equation(number(steps.x), kMinus, operand(static_cast<double>(steps.max)),
                 static_cast<double>(steps.diff)));
    add(Text::kExplainExp, "exp(" + number(steps.diff) + ") = " + number(steps.exp));
    add(lines_.are_rows ? Text::kExplainRowSum : Text::kExplainColumnSum, sum_text(steps));
    // The division by hand; what is on the screen where it is NaN or was not rounded to a dtype.
    const double quotient = shown_quotient(steps);
    add(Text::kExplainQuotient, equation(number(steps.exp), "/", number(steps.sum), quotient));
  }

  double shown_quotient(const Softmax& steps) const {
    if (state_.dtype != core::Dtype::kFloat32) return steps.exp / steps.sum;
    return static_cast<double>(softmax_value());
  }

  // Of the cell, before anything is zeroed.
  float softmax_value() const {
    const bool fill_first = state_.order == core::Order::kFill;
    return fill_first ? derived_.probabilities[cell_] : derived_.baseline[cell_];
  }

  static std::string sum_text(const Softmax& steps) {
    if (std::isnan(steps.sum) || steps.term_count < 2) return number(steps.sum);
    if (steps.term_count > kMostTermsWritten) {
      return fill_in(Text::kExplainTerms, {number(steps.sum), std::to_string(steps.term_count)});
    }
    std::string out;
    for (const double term : steps.terms) out += (out.empty() ? "" : " + ") + number(term);
    return out + " = " + number(steps.sum);
  }

  void add_dtype(float value) {
    if (state_.dtype == core::Dtype::kFloat32) return;
    out_.push_back(
        {fill_in(Text::kExplainAsDtype, {field_text(state_, "dtype")}), number(value), false});
  }

  void add_renorm() {
    double kept = 0;
    for (int i = 0; i < lines_.length; ++i) {
      const std::size_t cell = lines_.cell(line_, i);
      if (derived_.mask_bits[cell] == 0) kept += static_cast<double>(derived_.baseline[cell]);
    }
    const double zeroed = masked_ ? 0 : static_cast<double>(derived_.baseline[cell_]);
    add(Text::kExplainKeptSum, number(kept));
    add(Text::kExplainRenorm, equation(number(zeroed), "/", number(kept),
                                       static_cast<double>(derived_.probabilities[cell_])));
  }

  void last_is_result() { out_.back().result = true; }

  const State& state_;
  const Derived& derived_;
  const Lines lines_;
  const int line_;
  const int at_;
  const std::size_t cell_;
  const bool masked_;
  std::vector<ExplainLine> out_;
};

}  // namespace

std::vector<ExplainLine> explain(const State& state, const Derived& derived, int row, int col) {
  if (row < 0 || row >= derived.rows || col < 0 || col >= derived.cols) return {};
  if (!derived.error.empty()) return {{text(Text::kExplainError), derived.error, true}};
  return Explainer(state, derived, row, col).write();
}

}  // namespace softmask::view
