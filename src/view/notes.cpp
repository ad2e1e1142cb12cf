#include "view/notes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

#include "core/low_precision.h"
#include "core/masked_softmax.h"
#include "view/line_facts.h"
#include "view/number_text.h"
#include "view/state_codec.h"
#include "view/strings.h"
#include "view/text_lists.h"

namespace softmask::view {
namespace {

constexpr double kRowSumSlack = 1e-4;     // beyond what float32 does to a row's sum
constexpr double kFillChange = 1e-6;      // relative; beyond float32's own rounding
constexpr double kAlmostZero = 1e-3;      // a positive fill below this looks like a typing error
constexpr std::size_t kRowsOneByOne = 2;  // more rows than this are listed as runs

// Four wordings of one thing: a row, rows, a column, columns.
struct LineTexts {
  Text row, rows, column, columns;
};

constexpr LineTexts kNanTexts = {Text::kRowIsNan, Text::kRowsAreNan, Text::kColumnIsNan,
                                 Text::kColumnsAreNan};
constexpr LineTexts kLeakTexts = {Text::kRowLeaks, Text::kRowsLeak, Text::kColumnLeaks,
                                  Text::kColumnsLeak};
constexpr LineTexts kUniformTexts = {Text::kRowIsUniform, Text::kRowsAreUniform,
                                     Text::kColumnIsUniform, Text::kColumnsAreUniform};
constexpr LineTexts kOneCellUniformTexts = {
    Text::kOneCellRowIsUniform, Text::kOneCellRowsAreUniform, Text::kOneCellColumnIsUniform,
    Text::kOneCellColumnsAreUniform};
constexpr LineTexts kUnderflowTexts = {Text::kRowUnderflows, Text::kRowsUnderflow,
                                       Text::kColumnUnderflows, Text::kColumnsUnderflow};
constexpr LineTexts kLostTexts = {Text::kRowLoses, Text::kRowsLose, Text::kColumnLoses,
                                  Text::kColumnsLose};
constexpr LineTexts kBeforeNanTexts = {Text::kRowBeforeNan, Text::kRowsBeforeNan,
                                       Text::kColumnBeforeNan, Text::kColumnsBeforeNan};

struct Range {
  double low = 0;
  double high = 0;
  bool empty = true;

  void add(double value) {
    low = empty ? value : std::min(low, value);
    high = empty ? value : std::max(high, value);
    empty = false;
  }

  // "0.140 … 0.850", or one number when both print alike.
  template <class ToText>
  std::string text(ToText to_text) const {
    const std::string first = to_text(low);
    const std::string last = to_text(high);
    return first == last ? first : fill_in(Text::kValueRange, {first, last});
  }
};

std::string five_digits(double value) { return significant_text(value, 5); }

class Writer {
 public:
  Writer(const State& state, const Derived& derived)
      : state_(state), derived_(derived), lines_(lines_of(state)), facts_(derived.facts) {}

  std::vector<std::string> write() {
    note_nan();
    note_leak();
    note_underflow();
    note_lost();
    note_uniform();
    note_before_nan();
    note_dim();
    note_fill_rounding();
    note_sum_rounding();
    return std::move(notes_);
  }

 private:
  template <class Condition>
  std::vector<int> lines_where(Condition condition) const {
    std::vector<int> found;
    for (int line = 0; line < lines_.count; ++line) {
      if (condition(facts_[static_cast<std::size_t>(line)])) found.push_back(line);
    }
    return found;
  }

  const LineFacts& facts_of(int line) const { return facts_[static_cast<std::size_t>(line)]; }

  bool fully_masked(const LineFacts& facts) const { return facts.masked == lines_.length; }

  // {0} is the list of lines, {1} … the values.
  void add(const LineTexts& texts, const std::vector<int>& lines, std::string_view first = "",
           std::string_view second = "", std::string_view third = "") {
    const bool one = lines.size() == 1;
    const Text pattern =
        lines_.are_rows ? (one ? texts.row : texts.rows) : (one ? texts.column : texts.columns);
    notes_.push_back(fill_in(pattern, {index_list(lines, kRowsOneByOne), first, second, third}));
  }

  void note_nan() {
    if (derived_.nan_reasons.empty()) return;
    std::array<std::vector<int>, static_cast<std::size_t>(NanReason::kOther) + 1> by_reason;
    for (int line = 0; line < lines_.count; ++line) {
      const NanReason reason = derived_.nan_reasons[static_cast<std::size_t>(line)];
      by_reason[static_cast<std::size_t>(reason)].push_back(line);
    }
    for (std::size_t i = 1; i < by_reason.size(); ++i) {
      if (by_reason[i].empty()) continue;
      add(kNanTexts, by_reason[i], nan_reason_text(static_cast<NanReason>(i), state_));
    }
  }

  std::string leak_reason(const std::vector<int>& lines) const {
    const double fill = fill_value(state_.fill, state_.dtype);
    if (fill == 0) return text(Text::kWhyLeakZero);
    if (fill > 0 && fill < kAlmostZero) {
      return fill_in(Text::kWhyLeakTypo, {state_.fill.text, "-" + typo_exponent()});
    }
    const bool above = std::all_of(lines.begin(), lines.end(), [&](int line) {
      return fill > static_cast<double>(facts_of(line).kept_max);
    });
    return fill_in(above ? Text::kWhyLeakAbove : Text::kWhyLeakNear, {state_.fill.text});
  }

  // "1e-9" typed for "-1e9": the number that was probably meant, without its sign.
  std::string typo_exponent() const {
    std::string text = state_.fill.text;
    const std::size_t exponent = text.find("e-");
    if (exponent == std::string::npos) return "1e9";
    return text.erase(exponent + 1, 1);
  }

  void note_leak() {
    const auto lines = lines_where([this](const LineFacts& facts) {
      return !facts.nan && facts.leaked > 0 && !fully_masked(facts);
    });
    if (lines.empty()) return;
    double most = 0;
    for (const int line : lines) most = std::max(most, facts_of(line).leaked);
    add(kLeakTexts, lines, mass_text(most), leak_reason(lines));
  }

  void note_underflow() {
    if (state_.order != core::Order::kZero) return;
    const auto lines = lines_where([this](const LineFacts& facts) {
      return !facts.nan && facts.masked > 0 && !fully_masked(facts) && facts.kept_all_zero;
    });
    if (!lines.empty()) add(kUnderflowTexts, lines);
  }

  void note_lost() {
    if (state_.order != core::Order::kZero) return;
    const auto lines = lines_where([](const LineFacts& facts) {
      return !facts.nan && !facts.before_nan && facts.masked > 0 &&
             facts.before - facts.sum > 1e-6 * facts.before;
    });
    if (lines.empty()) return;
    Range sums;
    Range lost;
    for (const int line : lines) {
      sums.add(facts_of(line).sum);
      lost.add(facts_of(line).before - facts_of(line).sum);
    }
    add(kLostTexts, lines, mass_text(lost.high), sums.text(mass_text));
  }

  void note_uniform() {
    if (state_.order != core::Order::kFill) return;
    const auto lines =
        lines_where([this](const LineFacts& facts) { return !facts.nan && fully_masked(facts); });
    if (lines.empty()) return;
    const float each = derived_.probabilities[lines_.cell(lines.front(), 0)];
    add(lines_.length == 1 ? kOneCellUniformTexts : kUniformTexts, lines, state_.fill.text,
        std::to_string(lines_.length), mass_text(static_cast<double>(each)));
  }

  void note_before_nan() {
    const auto lines =
        lines_where([](const LineFacts& facts) { return !facts.nan && facts.before_nan; });
    if (!lines.empty()) add(kBeforeNanTexts, lines);
  }

  void note_dim() {
    if (lines_.are_rows) return;
    Range sums;
    for (const core::RowMass& mass : derived_.mass) {
      if (!mass.nan) sums.add(mass.after_sum);
    }
    if (sums.empty) {
      notes_.emplace_back(text(Text::kDimNote));
    } else {
      notes_.push_back(fill_in(Text::kDimNoteSums, {sums.text(mass_text)}));
    }
  }

  void note_fill_rounding() {
    if (state_.order != core::Order::kFill) return;
    const bool masked = std::any_of(facts_.begin(), facts_.end(),
                                    [](const LineFacts& facts) { return facts.masked > 0; });
    const double fill = fill_value(state_.fill, state_.dtype);
    if (!masked || fill == 0 || !std::isfinite(fill)) return;
    const double stored =
        static_cast<double>(core::round_to(state_.dtype, static_cast<float>(fill)));
    if (std::fabs(stored - fill) <= kFillChange * std::fabs(fill)) return;
    notes_.push_back(fill_in(Text::kFillRounded, {field_text(state_, "dtype"), state_.fill.text,
                                                  shortest_text(stored)}));
  }

  void note_sum_rounding() {
    if (state_.dtype == core::Dtype::kFloat32 || state_.order == core::Order::kZero) return;
    Range sums;
    for (const LineFacts& facts : facts_) {
      if (!facts.nan) sums.add(facts.sum);
    }
    if (sums.empty || (sums.low > 1 - kRowSumSlack && sums.high < 1 + kRowSumSlack)) return;
    notes_.push_back(fill_in(lines_.are_rows ? Text::kRowSumsRounded : Text::kColumnSumsRounded,
                             {field_text(state_, "dtype"), sums.text(five_digits)}));
  }

  const State& state_;
  const Derived& derived_;
  const Lines lines_;
  const std::vector<LineFacts>& facts_;
  std::vector<std::string> notes_;
};

std::vector<std::string> error_notes(const State& state, const Derived& derived) {
  std::vector<std::string> notes = {derived.error};
  const double largest = -core::finfo_min(state.dtype);
  if (std::fabs(fill_value(state.fill, state.dtype)) > largest) {
    notes.push_back(fill_in(Text::kFillDoesNotFit, {state.fill.text, field_text(state, "dtype"),
                                                    significant_text(largest, 5)}));
  }
  return notes;
}

}  // namespace

std::vector<std::string> notes(const State& state, const Derived& derived) {
  if (!derived.error.empty()) return error_notes(state, derived);
  std::vector<std::string> notes = Writer(state, derived).write();
  if (state.matrix != nullptr) {
    notes.push_back(fill_in(Text::kNoteMatrix, {count_text(state.rows), count_text(state.cols)}));
  }
  return notes;
}

}  // namespace softmask::view
