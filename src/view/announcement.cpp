#include "view/announcement.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "view/field_words.h"
#include "view/lesson_view.h"
#include "view/sentences.h"
#include "view/state_codec.h"
#include "view/strings.h"
#include "view/text_lists.h"

namespace softmask::view {
namespace {

// In the order in which they are told; the mask has words of its own, and the selected row has its
// sentence.
constexpr std::string_view kTold[] = {"seed",  "rows", "cols",        "cpu",  "fill", "dtype",
                                      "order", "dim",  "temperature", "lang", "theme"};
constexpr std::size_t kMostCellsCompared = 65536;

std::string told_field(std::string_view key, const State& state) {
  return fill_in(Text::kSaidField, {field_name(key), field_words(state, key)});
}

// Columns that are masked now and were not, and the other way round.
void add_changed_columns(const core::Mask& before, const core::Mask& after,
                         std::vector<std::string>& said) {
  std::vector<int> masked, unmasked;
  for (int col = 0; col < after.cols; ++col) {
    const bool was = before.at(0, col), is = after.at(0, col);
    if (is && !was) masked.push_back(col);
    if (was && !is) unmasked.push_back(col);
  }
  if (!masked.empty()) said.push_back(fill_in(Text::kSaidMasked, {columns_text(masked)}));
  if (!unmasked.empty()) said.push_back(fill_in(Text::kSaidUnmasked, {columns_text(unmasked)}));
}

// The one cell that differs; false where more do, or the masks cannot be compared.
bool add_changed_cell(const core::Mask& before, const core::Mask& after, int rows,
                      std::vector<std::string>& said) {
  const auto cells = static_cast<std::size_t>(rows) * static_cast<std::size_t>(after.cols);
  if (cells > kMostCellsCompared) return false;
  int row = -1, col = -1;
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < after.cols; ++c) {
      if (before.at(r, c) == after.at(r, c)) continue;
      if (row >= 0) return false;
      row = r;
      col = c;
    }
  }
  if (row < 0) return false;
  said.push_back(fill_in(after.at(row, col) ? Text::kSaidCellMasked : Text::kSaidCellUnmasked,
                         {std::to_string(row), std::to_string(col)}));
  return true;
}

void add_mask(const State& before, const core::Mask& mask_before, const State& after,
              const core::Mask& mask_after, std::vector<std::string>& said) {
  if (before.mask == after.mask) return;
  const bool same_shape = before.rows == after.rows && before.cols == after.cols;
  if (same_shape && after.mask.kind == MaskSpec::Kind::kBits) {
    if (mask_before.is_column_mask() && mask_after.is_column_mask()) {
      add_changed_columns(mask_before, mask_after, said);
      return;
    }
    if (add_changed_cell(mask_before, mask_after, after.rows, said)) return;
  }
  said.push_back(after.mask.kind == MaskSpec::Kind::kBits ? text(Text::kSaidMaskByHand)
                                                          : told_field("mask", after));
}

// Every piece ends as a sentence does in its language.
std::string sentences(const std::vector<std::string>& pieces) {
  const std::string end = text(Text::kSaidEnd);  // with the space after it, where there is one
  std::string out;
  for (const std::string& piece : pieces) {
    if (piece.empty()) continue;
    const bool ended = piece.ends_with('.') || piece.ends_with("。");
    out += piece + (ended ? end.substr(end.find('.') + 1) : end);
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace

std::string Announcer::next(const Model& model) {
  const State& state = model.state();
  const Derived& derived = model.derived();
  const LessonView lesson = lesson_view(model);
  Place place{state.lesson, lesson.at, lesson.answer};
  const bool moved_in_lesson = place != place_;
  std::vector<std::string> said;
  if (state_ && !moved_in_lesson) {
    for (const std::string_view key : kTold) {
      if (field_text(*state_, key) != field_text(state, key)) {
        said.push_back(told_field(key, state));
      }
    }
    add_mask(*state_, mask_, state, derived.mask, said);
  }
  if (lesson.lesson != nullptr && moved_in_lesson) {
    said.push_back(lesson_speech(lesson));
  } else if (!lesson.awaits_answer()) {
    const std::vector<TextRun> sentence = mass_sentence(state, derived, state.row);
    for (const std::string& note : derived.notes) {
      const bool told = std::find(notes_.begin(), notes_.end(), note) != notes_.end();
      if (!told && !says_the_same(sentence, note)) said.push_back(note);
    }
    said.push_back(plain_text(sentence));
  }
  state_ = state;
  mask_ = derived.mask;
  notes_ = derived.notes;
  place_ = std::move(place);
  return sentences(said);
}

}  // namespace softmask::view
