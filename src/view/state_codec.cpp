#include "view/state_codec.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "view/field_table.h"
#include "view/lesson.h"
#include "view/percent_coding.h"
#include "view/strings.h"

namespace softmask::view {
namespace {

constexpr std::size_t kLongestValueInMessage = 40;

// A fragment taken apart: for every field of the table, the text of its last mention.
struct Mentions {
  std::vector<std::optional<std::string_view>> raw;

  bool has(std::string_view key) const {
    return raw[static_cast<std::size_t>(field_index(key))].has_value();
  }
};

Mentions mentions_of(std::string_view fragment) {
  Mentions mentions;
  mentions.raw.resize(field_table().size());
  while (!fragment.empty()) {
    const std::size_t end = std::min(fragment.find('&'), fragment.size());
    const std::string_view pair = fragment.substr(0, end);
    fragment.remove_prefix(std::min(end + 1, fragment.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::optional<std::string> key = percent_decode(pair.substr(0, equals));
    const int index = key ? field_index(*key) : -1;
    if (index < 0) continue;
    mentions.raw[static_cast<std::size_t>(index)] = pair.substr(std::min(equals + 1, pair.size()));
  }
  return mentions;
}

std::optional<FieldProblem> parse_field(const Field& field, std::string_view raw, State& state) {
  std::optional<std::string> decoded = percent_decode(raw);
  if (decoded && field.parse(*decoded, state)) return std::nullopt;
  return FieldProblem{std::string(field.key), decoded ? std::move(*decoded) : std::string(raw),
                      text(field.allowed)};
}

int64_t cells(const State& state) { return static_cast<int64_t>(state.rows) * state.cols; }

FieldProblem scores_problem(const State& state) {
  const int64_t given = std::ssize(own_scores(state));
  return {"scores",
          fill_in(by_count(given, Text::kScoreCount, Text::kScoresCount), {std::to_string(given)}),
          fill_in(by_count(cells(state), Text::kAllowedScoreForSize, Text::kAllowedScoresForSize),
                  {std::to_string(cells(state))})};
}

// The rules between fields, in an order in which resetting the named field to its default always
// mends the problem. Each field by itself is within its own range.
std::optional<FieldProblem> cross_field_problem(const State& state) {
  if (cells(state) > core::kMaxElements) {
    return FieldProblem{
        "cols", std::to_string(state.cols),
        fill_in(Text::kAllowedColsForRows,
                {std::to_string(state.rows), std::to_string(core::kMaxElements / state.rows)})};
  }
  if (has_own_scores(state) && std::ssize(own_scores(state)) != cells(state)) {
    return scores_problem(state);
  }
  const MaskSpec& mask = state.mask;
  if (mask.kind == MaskSpec::Kind::kPadding && mask.k > state.cols) {
    return FieldProblem{
        "mask", field_text(state, "mask"),
        fill_in(by_count(state.cols, Text::kAllowedPaddingForOneCol, Text::kAllowedPaddingForCols),
                {std::to_string(state.cols)})};
  }
  const auto bit_count = static_cast<int64_t>(mask.bits.size());
  if (mask.kind == MaskSpec::Kind::kBits && bit_count != state.cols && bit_count != cells(state)) {
    return FieldProblem{
        "mask", field_text(state, "mask"),
        fill_in(by_count(state.cols, Text::kAllowedBitsForOneCol, Text::kAllowedBitsForSize),
                {std::to_string(state.cols), std::to_string(cells(state))})};
  }
  if (state.row >= state.rows) {
    return FieldProblem{"row", std::to_string(state.row),
                        fill_in(Text::kAllowedRowForRows, {std::to_string(state.rows - 1)})};
  }
  return std::nullopt;
}

// Bits for another size: cropped, or extended with 0. A full mask that shrinks to one row, and a
// column mask, come out as one row.
std::vector<uint8_t> adapted_bits(const std::vector<uint8_t>& bits, int cols, int new_rows,
                                  int new_cols) {
  const auto from_cols = static_cast<std::size_t>(cols);
  const auto to_cols = static_cast<std::size_t>(new_cols);
  const std::size_t from_rows = bits.size() / from_cols;
  const std::size_t to_rows = from_rows == 1 ? 1 : static_cast<std::size_t>(new_rows);
  std::vector<uint8_t> out(to_rows * to_cols, 0);
  for (std::size_t row = 0; row < std::min(from_rows, to_rows); ++row) {
    std::copy_n(bits.begin() + static_cast<std::ptrdiff_t>(row * from_cols),
                std::min(from_cols, to_cols),
                out.begin() + static_cast<std::ptrdiff_t>(row * to_cols));
  }
  return out;
}

void adapt_mask(const State& before, State& state) {
  MaskSpec& mask = state.mask;
  if (mask.kind == MaskSpec::Kind::kPadding) mask.k = std::min(mask.k, state.cols);
  if (mask.kind == MaskSpec::Kind::kBits) {
    mask.bits = adapted_bits(before.mask.bits, before.cols, state.rows, state.cols);
  }
}

core::Result<State> refused(const State& base, const FieldProblem& problem) {
  return {base, core::Status::range(problem.message())};
}

void append_pair(std::string& out, const Field& field, const State& state) {
  if (!out.empty()) out += '&';
  out += field.key;
  out += '=';
  out += percent_encode(field.print(state));
}

}  // namespace

std::string FieldProblem::message() const {
  return fill_in(Text::kFieldRefused,
                 {key, printable_excerpt(value, kLongestValueInMessage), allowed});
}

std::vector<FieldInfo> state_fields() {
  const State defaults;
  std::vector<FieldInfo> infos;
  for (const Field& field : field_table()) {
    infos.push_back({field.key, text(field.allowed), field.print(defaults), field.js_number});
  }
  return infos;
}

std::string field_text(const State& state, std::string_view key) {
  const int index = field_index(key);
  return index < 0 ? "" : field_table()[static_cast<std::size_t>(index)].print(state);
}

std::string encode_state(const State& state) {
  std::string out;
  for (const Field& field : field_table()) append_pair(out, field, state);
  return out;
}

namespace {

// What a link leaves out: the preset of its lesson, or the defaults.
State link_base(std::string_view lesson) {
  const Lesson* found = find_lesson(lesson);
  return found == nullptr ? State{} : lesson_state(*found, 0);
}

}  // namespace

std::string encode_link(const State& state) {
  State defaults = link_base(state.lesson);
  defaults.lesson.clear();  // it has to be said
  std::string out;
  for (const Field& field : field_table()) {
    if (field.always_in_link || field.print(state) != field.print(defaults)) {
      append_pair(out, field, state);
    }
  }
  return out;
}

core::Result<State> apply_patch(const State& base, std::string_view fragment) {
  const Mentions mentions = mentions_of(fragment);
  State state = base;
  for (std::size_t i = 0; i < mentions.raw.size(); ++i) {
    if (!mentions.raw[i]) continue;
    const auto problem = parse_field(field_table()[i], *mentions.raw[i], state);
    if (problem) return refused(base, *problem);
  }
  if (mentions.has("scores")) state.matrix.reset();
  const bool resized = state.rows != base.rows || state.cols != base.cols;
  if (resized && cells(state) <= core::kMaxElements) {
    if (has_own_scores(base) && !mentions.has("scores")) {
      return refused(base, scores_problem(state));
    }
    if (!mentions.has("mask")) adapt_mask(base, state);
    if (!mentions.has("row")) state.row = std::min(state.row, state.rows - 1);
  }
  if (const auto problem = cross_field_problem(state)) return refused(base, *problem);
  return {std::move(state), {}};
}

State decode_link(std::string_view fragment, std::vector<FieldProblem>* problems) {
  if (!fragment.empty() && (fragment[0] == '#' || fragment[0] == '?')) fragment.remove_prefix(1);
  const auto report = [problems](FieldProblem problem) {
    if (problems != nullptr) problems->push_back(std::move(problem));
  };
  const Mentions mentions = mentions_of(fragment);
  State named;
  if (const auto& lesson = mentions.raw[static_cast<std::size_t>(field_index("lesson"))]) {
    (void)parse_field(field_table()[static_cast<std::size_t>(field_index("lesson"))], *lesson,
                      named);
  }
  State state = link_base(named.lesson);
  for (std::size_t i = 0; i < mentions.raw.size(); ++i) {
    if (!mentions.raw[i]) continue;
    auto problem = parse_field(field_table()[i], *mentions.raw[i], state);
    if (problem) report(std::move(*problem));
  }
  const State defaults;
  while (auto problem = cross_field_problem(state)) {
    const Field& field = field_table()[static_cast<std::size_t>(field_index(problem->key))];
    field.parse(field.print(defaults), state);
    report(std::move(*problem));
  }
  return state;
}

core::Status check_state(const State& state) {
  State copy = state;
  for (const Field& field : field_table()) {
    const std::string printed = field.print(state);
    if (!field.parse(printed, copy) || !(copy == state)) {
      const FieldProblem problem{std::string(field.key), printed, text(field.allowed)};
      return core::Status::range(problem.message());
    }
  }
  const auto problem = cross_field_problem(state);
  return problem ? core::Status::range(problem->message()) : core::Status{};
}

State resized(const State& state, int rows, int cols) {
  State out = state;
  out.rows = rows;
  out.cols = cols;
  out.scores.clear();
  out.matrix.reset();
  adapt_mask(state, out);
  out.row = std::min(out.row, rows - 1);
  return out;
}

}  // namespace softmask::view
