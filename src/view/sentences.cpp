#include "view/sentences.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <iterator>

#include "view/line_facts.h"
#include "view/number_text.h"
#include "view/strings.h"
#include "view/text_lists.h"

namespace softmask::view {
namespace {

constexpr double kNoise = 1e-6;           // float32 sums of a row differ by less
constexpr std::size_t kNamedGainers = 4;  // the others are summed up

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

struct Gainer {
  int col;
  double gain;
  bool masked;
};

// One row before and after.
struct Row {
  const Derived& derived;
  std::size_t start;

  double before(int col) const {
    return static_cast<double>(derived.baseline[start + static_cast<std::size_t>(col)]);
  }
  double after(int col) const {
    return static_cast<double>(derived.probabilities[start + static_cast<std::size_t>(col)]);
  }
  bool masked(int col) const {
    return derived.mask_bits[start + static_cast<std::size_t>(col)] != 0;
  }
};

Row row_of(const Derived& derived, int row) {
  return {derived, static_cast<std::size_t>(row) * static_cast<std::size_t>(derived.cols)};
}

template <class Condition>
std::vector<int> columns_where(int cols, Condition condition) {
  std::vector<int> found;
  for (int col = 0; col < cols; ++col) {
    if (condition(col)) found.push_back(col);
  }
  return found;
}

// Those that are named first, the one that gained most in front.
std::vector<Gainer> gainers_of(const Row& row, int cols) {
  std::vector<Gainer> gainers;
  for (int col = 0; col < cols; ++col) {
    const double gain = row.after(col) - row.before(col);
    if (gain > kNoise) gainers.push_back({col, gain, row.masked(col)});
  }
  // No more than are named: a row may have 65,536.
  const auto named = static_cast<std::ptrdiff_t>(std::min(gainers.size(), kNamedGainers));
  std::partial_sort(gainers.begin(), gainers.begin() + named, gainers.end(),
                    [](const Gainer& a, const Gainer& b) {
                      return a.gain > b.gain || (a.gain == b.gain && a.col < b.col);
                    });
  return gainers;
}

// "column 3 took *0.661*, column 0 took *0.198*": everyone's part of `moved`.
std::string gainers_text(const std::vector<Gainer>& gainers, double moved) {
  double total = 0;
  for (const Gainer& gainer : gainers) total += gainer.gain;
  std::vector<std::string> pieces;
  double rest = 0;
  for (std::size_t i = 0; i < gainers.size(); ++i) {
    const double part = moved * gainers[i].gain / total;
    if (i >= kNamedGainers) {
      rest += part;
      continue;
    }
    pieces.push_back(fill_in(gainers[i].masked ? Text::kMaskedColumnTook : Text::kColumnTook,
                             {std::to_string(gainers[i].col), mass_text(part)}));
  }
  const std::string named = joined(pieces, Text::kClauseComma);
  if (gainers.size() <= kNamedGainers) return named;
  return fill_in(Text::kMoreTook,
                 {named, std::to_string(gainers.size() - kNamedGainers), mass_text(rest)});
}

std::vector<TextRun> lost_sentence(const core::RowMass& mass, const Row& row, int index) {
  const auto left = columns_where(row.derived.cols, [&row](int col) {
    return row.masked(col) && row.before(col) > row.after(col);
  });
  return fill_in_runs(Text::kSentenceLost, {mass_text(mass.moved), columns_text(left),
                                            std::to_string(index), mass_text(mass.after_sum)});
}

// Order fill and renorm, with some columns masked and no NaN.
std::vector<TextRun> flow_sentence(const core::RowMass& mass, const Row& row) {
  const int cols = row.derived.cols;
  const auto masked = columns_where(cols, [&row](int col) { return row.masked(col); });
  const std::string masked_text = columns_text(masked);
  double masked_before = 0;
  for (const int col : masked) masked_before += row.before(col);
  if (mass.leaked > masked_before + kNoise) {
    return fill_in_runs(Text::kSentenceAttracted,
                        {masked_text, mass_text(masked_before), mass_text(mass.leaked)});
  }
  const std::vector<Gainer> gainers = gainers_of(row, cols);
  if (mass.moved <= kNoise || gainers.empty()) {
    return masked_before == 0
               ? fill_in_runs(Text::kSentenceHeldNothing, {masked_text})
               : fill_in_runs(Text::kSentenceHeldLittle, {masked_text, mass_text(masked_before)});
  }
  const auto left = columns_where(
      cols, [&row](int col) { return row.masked(col) && row.before(col) > row.after(col); });
  const Text leaked = by_count(std::ssize(masked), Text::kSentenceOneLeaked, Text::kSentenceLeaked);
  return fill_in_runs(mass.leaked > kNoise ? leaked : Text::kSentenceMoved,
                      {mass_text(mass.moved), columns_text(left), gainers_text(gainers, mass.moved),
                       mass_text(mass.leaked)});
}

std::vector<TextRun> uniform_sentence(const Row& row, int index) {
  const int cols = row.derived.cols;
  return fill_in_runs(by_count(cols, Text::kSentenceUniformOne, Text::kSentenceUniform),
                      {std::to_string(index), mass_text(row.after(0)), std::to_string(cols)});
}

std::vector<TextRun> dim0_sentence(const core::RowMass& mass, const Row& row, int index) {
  const auto nan =
      columns_where(row.derived.cols, [&row](int col) { return row.after(col) != row.after(col); });
  const std::string number = std::to_string(index);
  if (!nan.empty()) return fill_in_runs(Text::kSentenceDimNan, {number, columns_text(nan)});
  if (mass.nan) return fill_in_runs(Text::kSentenceBeforeNan, {number});
  const auto masked = columns_where(row.derived.cols, [&row](int col) { return row.masked(col); });
  if (masked.empty()) return fill_in_runs(Text::kSentenceDim, {number, mass_text(mass.after_sum)});
  return fill_in_runs(
      by_count(std::ssize(masked), Text::kSentenceDimOneMasked, Text::kSentenceDimMasked),
      {number, mass_text(mass.after_sum), columns_text(masked), mass_text(mass.leaked)});
}

}  // namespace

std::vector<TextRun> mass_sentence(const State& state, const Derived& derived, int row) {
  if (!derived.error.empty()) return {{fill_in(Text::kSentenceError, {derived.error}), false}};
  if (row < 0 || row >= derived.rows) return fill_in_runs(Text::kSentenceNoRow, {});
  const Row cells = row_of(derived, row);
  const core::RowMass& mass = derived.mass[static_cast<std::size_t>(row)];
  const std::string number = std::to_string(row);
  if (state.dim == 0) return dim0_sentence(mass, cells, row);

  const LineFacts facts = line_facts(state, derived, row);
  if (facts.nan) {
    const NanReason reason = nan_reason(state, LineNumbers::of(derived), row, facts);
    return fill_in_runs(Text::kSentenceNan, {number, nan_reason_text(reason, state)});
  }
  if (mass.nan) return fill_in_runs(Text::kSentenceBeforeNan, {number});
  if (facts.masked == 0) return fill_in_runs(Text::kSentenceNoMask, {number});
  if (mass.lost > 0) return lost_sentence(mass, cells, row);
  if (facts.masked == derived.cols) return uniform_sentence(cells, row);
  return flow_sentence(mass, cells);
}

std::string plain_text(const std::vector<TextRun>& runs) {
  std::string out;
  for (const TextRun& run : runs) out += run.text;
  return out;
}

bool says_the_same(const std::vector<TextRun>& sentence, std::string_view note) {
  std::string said = plain_text(sentence);
  for (const std::string_view stop : {".", "。"}) {
    if (said.ends_with(stop)) said.resize(said.size() - stop.size());
  }
  if (said.empty() || said.size() != note.size()) return false;
  return lower_ascii(said.front()) == lower_ascii(note.front()) &&
         std::string_view(said).substr(1) == note.substr(1);
}

}  // namespace softmask::view
