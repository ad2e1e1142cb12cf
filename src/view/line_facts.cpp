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

void add_cell(const Derived& derived, std::size_t cell, LineFacts& facts) {
  const double after = static_cast<double>(derived.probabilities[cell]);
  const double before = static_cast<double>(derived.baseline[cell]);
  facts.sum += after;
  facts.before += before;
  facts.nan = facts.nan || std::isnan(after);
  facts.before_nan = facts.before_nan || std::isnan(before);
  if (derived.mask_bits[cell] != 0) {
    ++facts.masked;
    facts.leaked += after;
  } else {
    facts.kept_all_zero = facts.kept_all_zero && after == 0;
    facts.kept_max = std::max(facts.kept_max, derived.scores[cell]);
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

Extremes extremes_of(const State& state, const Derived& derived, int line) {
  const Lines lines = lines_of(state);
  const std::vector<float>& input = softmax_input(state, derived);
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
    if (value == kInf && !state.scores.empty() && std::isfinite(state.scores[cell])) {
      found.grew_by_dtype = found.grew_by_dtype || derived.scores[cell] == kInf;
    }
  }
  return found;
}

}  // namespace

Lines lines_of(const State& state) {
  const bool rows = state.dim != 0;
  return {rows ? state.rows : state.cols, rows ? state.cols : state.rows, rows, state.cols};
}

LineFacts line_facts(const State& state, const Derived& derived, int line) {
  const Lines lines = lines_of(state);
  LineFacts facts = empty_facts();
  for (int at = 0; at < lines.length; ++at) add_cell(derived, lines.cell(line, at), facts);
  return facts;
}

std::vector<LineFacts> all_line_facts(const State& state, const Derived& derived) {
  const Lines lines = lines_of(state);
  std::vector<LineFacts> all(static_cast<std::size_t>(lines.count), empty_facts());
  std::size_t cell = 0;
  for (int row = 0; row < state.rows; ++row) {
    for (int col = 0; col < state.cols; ++col, ++cell) {
      add_cell(derived, cell, all[static_cast<std::size_t>(lines.are_rows ? row : col)]);
    }
  }
  return all;
}

const std::vector<float>& softmax_input(const State& state, const Derived& derived) {
  return state.order == core::Order::kFill ? derived.masked_scores : derived.scores;
}

float over_temperature(const State& state, float value) {
  if (state.temperature == 1) return value;
  return core::round_to(state.dtype, value / static_cast<float>(state.temperature));
}

NanReason nan_reason(const State& state, const Derived& derived, int line, const LineFacts& facts) {
  if (!facts.nan) return NanReason::kNone;
  const Extremes found = extremes_of(state, derived, line);
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
