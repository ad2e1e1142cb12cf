#include "view/line_facts.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/low_precision.h"
#include "view/number_text.h"
#include "view/state_codec.h"
#include "view/strings.h"

namespace softmask::view {
namespace {

constexpr float kInf = std::numeric_limits<float>::infinity();

LineFacts empty_facts() {
  LineFacts facts;
  facts.kept_max = -kInf;
  return facts;
}

void add_cell(const LineNumbers& numbers, std::size_t cell, float probability, LineFacts& facts) {
  const double after = static_cast<double>(probability);
  const double before = static_cast<double>(numbers.baseline[cell]);
  facts.sum += after;
  facts.before += before;
  facts.nan = facts.nan || std::isnan(after);
  facts.before_nan = facts.before_nan || std::isnan(before);
  if (numbers.mask_bits[cell] != 0) {
    ++facts.masked;
    facts.leaked += after;
  } else {
    facts.kept_all_zero = facts.kept_all_zero && after == 0;
    facts.kept_max = std::max(facts.kept_max, numbers.scores[cell]);
  }
}

// What the values of a line show about infinities and NaN.
struct Extremes {
  bool nan = false;
  bool plus_inf = false;          // before the division by the temperature
  bool plus_inf_divided = false;  // after it
  bool all_minus_inf = true;      // before
  bool all_minus_inf_divided = true;
  bool grew_by_dtype = false;  // an own finite score that is infinite in the dtype
};

Extremes extremes_of(const State& state, const LineNumbers& numbers, int line) {
  const Lines lines = lines_of(state);
  const std::span<const float> input = softmax_input(state, numbers);
  Extremes found;
  for (int at = 0; at < lines.length; ++at) {
    const std::size_t cell = lines.cell(line, at);
    const float value = input[cell];
    const float divided = over_temperature(state, value);
    found.nan = found.nan || std::isnan(value);
    found.plus_inf = found.plus_inf || value == kInf;
    found.plus_inf_divided = found.plus_inf_divided || divided == kInf;
    found.all_minus_inf = found.all_minus_inf && value == -kInf;
    found.all_minus_inf_divided = found.all_minus_inf_divided && divided == -kInf;
    if (value == kInf && has_own_scores(state) && std::isfinite(own_scores(state)[cell])) {
      found.grew_by_dtype = found.grew_by_dtype || numbers.scores[cell] == kInf;
    }
  }
  return found;
}

}  // namespace

Lines lines_of(const State& state) {
  const bool rows = state.dim != 0;
  return {rows ? state.rows : state.cols, rows ? state.cols : state.rows, rows, state.cols};
}

LineNumbers LineNumbers::of(const Derived& derived) {
  return {derived.scores, derived.masked_scores, derived.baseline, derived.mask_bits};
}

LineFacts line_facts(const State& state, const Derived& derived, int line) {
  const Lines lines = lines_of(state);
  const LineNumbers numbers = LineNumbers::of(derived);
  LineFacts facts = empty_facts();
  for (int at = 0; at < lines.length; ++at) {
    const std::size_t cell = lines.cell(line, at);
    add_cell(numbers, cell, derived.probabilities[cell], facts);
  }
  return facts;
}

std::vector<LineFacts> empty_line_facts(const State& state) {
  return std::vector<LineFacts>(static_cast<std::size_t>(lines_of(state).count), empty_facts());
}

void add_rows_to_facts(const State& state, const LineNumbers& numbers,
                       std::span<const float> probabilities, int first_row, int end_row,
                       std::vector<LineFacts>& facts) {
  const Lines lines = lines_of(state);
  std::size_t cell = lines.are_rows ? lines.cell(first_row, 0) : lines.cell(0, first_row);
  std::size_t at = 0;
  for (int row = first_row; row < end_row; ++row) {
    for (int col = 0; col < state.cols; ++col, ++cell, ++at) {
      add_cell(numbers, cell, probabilities[at],
               facts[static_cast<std::size_t>(lines.are_rows ? row : col)]);
    }
  }
}

std::span<const float> softmax_input(const State& state, const LineNumbers& numbers) {
  return state.order == core::Order::kFill ? numbers.masked_scores : numbers.scores;
}

const std::vector<float>& softmax_input(const State& state, const Derived& derived) {
  return state.order == core::Order::kFill ? derived.masked_scores : derived.scores;
}

float over_temperature(const State& state, float value) {
  if (state.temperature == 1) return value;
  return core::round_to(state.dtype, value / static_cast<float>(state.temperature));
}

NanReason nan_reason(const State& state, const LineNumbers& numbers, int line,
                     const LineFacts& facts) {
  if (!facts.nan) return NanReason::kNone;
  const Extremes found = extremes_of(state, numbers, line);
  if (found.nan) return NanReason::kNanScore;
  if (found.grew_by_dtype) return NanReason::kInfDtype;
  if (found.plus_inf) return NanReason::kInfScore;
  if (found.plus_inf_divided) return NanReason::kInfTemperature;
  const bool fully_masked = facts.masked == lines_of(state).length;
  if (found.all_minus_inf) {
    return fully_masked && state.order == core::Order::kFill ? NanReason::kAllMasked
                                                             : NanReason::kAllMinusInf;
  }
  if (found.all_minus_inf_divided) return NanReason::kMinusInfTemperature;
  if (state.order == core::Order::kRenorm) {
    return fully_masked ? NanReason::kNothingLeft : NanReason::kUnderflow;
  }
  return NanReason::kOther;
}

std::string nan_reason_text(NanReason reason, const State& state) {
  switch (reason) {
    case NanReason::kNanScore:
      return text(Text::kWhyNanScore);
    case NanReason::kInfDtype:
      return fill_in(Text::kWhyInfDtype, {field_text(state, "dtype")});
    case NanReason::kInfScore:
      return text(Text::kWhyInfScore);
    case NanReason::kInfTemperature:
      return fill_in(Text::kWhyInfTemperature, {shortest_text(state.temperature)});
    case NanReason::kAllMasked:
      return text(Text::kWhyAllMasked);
    case NanReason::kAllMinusInf:
      return text(Text::kWhyAllMinusInf);
    case NanReason::kMinusInfTemperature:
      return fill_in(Text::kWhyMinusInfTemperature, {shortest_text(state.temperature)});
    case NanReason::kNothingLeft:
      return text(Text::kWhyNothingLeft);
    case NanReason::kUnderflow:
      return text(Text::kWhyUnderflow);
    case NanReason::kNone:
    case NanReason::kOther:
      break;
  }
  return text(Text::kWhyOther);
}

}  // namespace softmask::view
