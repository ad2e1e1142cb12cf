#include "view/model.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "view/lesson_progress.h"
#include "view/mask_edit.h"
#include "view/notes.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

constexpr uint64_t kNewSeedsBelow = 1'000'000;

core::Status out_of_range(const char* key, int value, int low, int high) {
  const FieldProblem problem{
      key, std::to_string(value),
      fill_in(Text::kAllowedInteger, {std::to_string(low), std::to_string(high)})};
  return core::Status::range(problem.message());
}

core::Status check_col(const State& state, int col) {
  if (col >= 0 && col < state.cols) return {};
  return out_of_range("col", col, 0, state.cols - 1);
}

core::Status check_row(const State& state, int row) {
  if (row >= 0 && row < state.rows) return {};
  return out_of_range("row", row, 0, state.rows - 1);
}

// Applies one command to a copy of the document; Undo, Redo and gestures are the Model's own.
struct Applier {
  Document& document;
  const core::Mask* random = nullptr;  // the mask that mask=random is, where it is known
  State& state = document.state;

  core::Status operator()(const SetFields& command) const {
    core::Result<State> patched = apply_patch(state, command.fragment);
    if (patched.ok()) state = std::move(patched.value);
    return std::move(patched.status);
  }
  core::Status operator()(const ToggleColumn& command) const {
    core::Status status = check_col(state, command.col);
    if (status.ok()) toggle_column(state, command.col, random);
    return status;
  }
  core::Status operator()(const ToggleCell& command) const {
    core::Status status = check_row(state, command.row);
    if (status.ok()) status = check_col(state, command.col);
    if (status.ok()) toggle_cell(state, command.row, command.col, random);
    return status;
  }
  core::Status operator()(const PaintColumn& command) const {
    core::Status status = check_col(state, command.col);
    if (status.ok()) paint_column(state, command.col, command.masked, random);
    return status;
  }
  core::Status operator()(const SelectRow& command) const {
    if (command.row != kNoRow) {
      core::Status status = check_row(state, command.row);
      if (!status.ok()) return status;
    }
    state.row = command.row;
    return {};
  }
  core::Status operator()(const StepSeed& command) const {
    state.seed += static_cast<uint64_t>(command.delta);
    return {};
  }
  core::Status operator()(const NewSeed& command) const {
    uint64_t seed = command.entropy % kNewSeedsBelow;
    if (seed == state.seed) seed = (seed + 1) % kNewSeedsBelow;
    state.seed = seed;
    return {};
  }
  core::Status operator()(const SetRows& command) const { return resize(command.rows, state.cols); }
  core::Status operator()(const SetCols& command) const { return resize(state.rows, command.cols); }
  core::Status operator()(const SetOwnScores& command) const {
    const auto cells = int64_t{command.rows} * command.cols;
    const bool sizes_agree = command.rows >= 1 && command.rows <= core::kMaxRows &&
                             command.cols >= 1 && command.cols <= core::kMaxCols &&
                             cells <= core::kMaxElements && command.values != nullptr &&
                             std::ssize(*command.values) == cells;
    if (!sizes_agree) return core::Status::range(text(Text::kOwnScoresRefused));
    State next = resized(state, command.rows, command.cols);
    if (next.mask.kind == MaskSpec::Kind::kRandom) next.mask = {MaskSpec::Kind::kNone, 0, {}};
    if (command.values->size() <= kMaxOwnScores) {
      next.scores = *command.values;
    } else {
      next.matrix = command.values;
    }
    state = std::move(next);
    return {};
  }
  core::Status operator()(const SetMaskBits& command) const {
    const auto given = std::ssize(command.bits);
    if (given != state.cols && given != int64_t{state.rows} * state.cols) {
      const FieldProblem problem{
          "mask", std::to_string(given),
          fill_in(Text::kAllowedMaskBits,
                  {std::to_string(state.cols), std::to_string(int64_t{state.rows} * state.cols)})};
      return core::Status::range(problem.message());
    }
    set_mask(state, command.bits);
    return {};
  }
  core::Status operator()(const ReplaceState& command) const {
    core::Status status = check_state(command.state);
    if (!status.ok()) return status;
    // A link cannot carry a matrix: going back to where there was one of this size must not lose
    // it.
    const bool keeps = state.matrix != nullptr && !has_own_scores(command.state) &&
                       state.rows == command.state.rows && state.cols == command.state.cols;
    const std::shared_ptr<const std::vector<float>> matrix = keeps ? state.matrix : nullptr;
    state = command.state;
    if (keeps) state.matrix = matrix;
    return status;
  }
  core::Status operator()(const PinState&) const {
    document.pinned = state;
    document.pinned->lesson.clear();
    return {};
  }
  core::Status operator()(const Unpin&) const {
    document.pinned.reset();
    return {};
  }
  core::Status operator()(const SwapPinned&) const {
    if (!document.pinned) return {};
    State other = std::move(*document.pinned);
    other.lesson = state.lesson;
    other.lang = state.lang;
    other.theme = state.theme;
    other.hide = state.hide;
    other.animate = state.animate;
    document.pinned = std::move(state);
    document.pinned->lesson.clear();
    state = std::move(other);
    return {};
  }
  core::Status operator()(const GoToLessonStep& command) const {
    return go_to_lesson_step(document, command.step);
  }
  core::Status operator()(const AnswerLesson& command) const {
    return answer_lesson(document, command.choice);
  }
  core::Status operator()(const BeginGesture&) const { return {}; }
  core::Status operator()(const EndGesture&) const { return {}; }
  core::Status operator()(const Undo&) const { return {}; }
  core::Status operator()(const Redo&) const { return {}; }

 private:
  core::Status resize(int rows, int cols) const {
    State without_scores = state;
    without_scores.scores.clear();
    without_scores.matrix.reset();
    core::Result<State> patched = apply_patch(
        without_scores, "rows=" + std::to_string(rows) + "&cols=" + std::to_string(cols));
    if (patched.ok() && (rows != state.rows || cols != state.cols)) {
      state = std::move(patched.value);
    }
    return std::move(patched.status);
  }
};

}  // namespace

Model::Model(State initial) {
  if (!check_state(initial).ok()) initial = {};
  document_.state = std::move(initial);
  // Who comes by a link to a lesson had nothing before.
  if (!document_.state.lesson.empty()) join_lesson(document_, Document{});
}

// A table of 16 million cells must not be computed anew for its few words.
void Model::follow_language() const {
  if (words_language_ == text_language()) return;
  words_language_ = text_language();
  if (derived_valid_) derived_.notes = notes(derived_state_, derived_);
  if (pinned_derived_) pinned_derived_->notes = notes(*document_.pinned, *pinned_derived_);
  comparison_.reset();
}

const Derived& Model::derived() const {
  follow_language();
  if (!derived_valid_) {
    derived_ = derived_known_ ? derive_from(state(), derived_state_, std::move(derived_))
                              : derive(state());
    derived_state_ = state();
    derived_known_ = true;
    derived_valid_ = true;
    keep_random_mask();
  }
  return derived_;
}

void Model::keep_random_mask() const {
  random_mask_ = derived_.random_mask;
  random_state_ = derived_state_;
}

const core::Mask* Model::known_random_mask() const {
  const State &a = random_state_, &b = state();
  const bool same = a.seed == b.seed && a.rows == b.rows && a.cols == b.cols && a.cpu == b.cpu &&
                    has_own_scores(a) == has_own_scores(b);
  return same && !random_mask_.bits.empty() ? &random_mask_ : nullptr;
}

Model Model::without_numbers() const {
  Model copy;
  copy.document_ = document_;
  copy.history_ = history_;
  copy.gesture_start_ = gesture_start_;
  copy.revision_ = revision_;
  copy.numbers_revision_ = numbers_revision_;
  copy.pinned_revision_ = pinned_revision_;
  copy.random_mask_ = random_mask_;
  copy.random_state_ = random_state_;
  return copy;
}

void Model::set_numbers(Derived derived) {
  derived_ = std::move(derived);
  derived_state_ = state();
  derived_known_ = true;
  derived_valid_ = true;
  words_language_ = text_language();
  ++numbers_revision_;
  gradient_.reset();
  comparison_.reset();
  keep_random_mask();
}

Derived Model::take_numbers() {
  derived_known_ = false;
  derived_valid_ = false;
  return std::move(derived_);
}

void Model::follow(Model next) {
  const bool same_numbers_stay = next.numbers_revision_ == numbers_revision_;
  const bool same_pinned = next.pinned_revision_ == pinned_revision_;
  if (!same_numbers_stay) {
    derived_valid_ = false;
    gradient_.reset();
  }
  if (!same_pinned) pinned_derived_.reset();
  if (!same_numbers_stay || !same_pinned) comparison_.reset();
  document_ = std::move(next.document_);
  history_ = std::move(next.history_);
  gesture_start_ = std::move(next.gesture_start_);
  revision_ = next.revision_;
  numbers_revision_ = next.numbers_revision_;
  pinned_revision_ = next.pinned_revision_;
}

const Derived* Model::pinned_derived() const {
  if (!document_.pinned) return nullptr;
  follow_language();
  if (!pinned_derived_) pinned_derived_ = derive(*document_.pinned);
  return &*pinned_derived_;
}

const Comparison* Model::comparison() const {
  if (!document_.pinned) return nullptr;
  follow_language();
  if (!comparison_) {
    comparison_ = compare(*document_.pinned, *pinned_derived(), state(), derived());
  }
  return &*comparison_;
}

const Gradient& Model::gradient(const Upstream& upstream) const {
  if (!gradient_ || !(gradient_upstream_ == upstream)) {
    gradient_ = gradient_of(state(), derived(), upstream);
    gradient_upstream_ = upstream;
  }
  return *gradient_;
}

core::Status Model::dispatch(const Command& command) {
  if (std::holds_alternative<BeginGesture>(command)) {
    end_gesture();
    gesture_start_ = document_;
    return {};
  }
  if (std::holds_alternative<EndGesture>(command)) {
    end_gesture();
    return {};
  }
  Document next = document_;
  if (std::holds_alternative<Undo>(command) || std::holds_alternative<Redo>(command)) {
    end_gesture();
    const bool moved =
        std::holds_alternative<Undo>(command) ? history_.undo(next) : history_.redo(next);
    if (moved) take(std::move(next));
    return {};
  }
  core::Status status = std::visit(Applier{next, known_random_mask()}, command);
  if (!status.ok()) return status;
  const bool whole = std::holds_alternative<ReplaceState>(command);
  if (whole && !next.state.lesson.empty()) {
    join_lesson(next, document_);
  } else if (next.state.lesson != state().lesson) {
    status = change_lesson(command, next);
  }
  if (!status.ok()) return status;
  if (next == document_) return status;
  if (!in_gesture() && is_undoable_change(document_, next)) history_.push(document_);
  take(std::move(next));
  return status;
}

// The command named another lesson, or none any more.
core::Status Model::change_lesson(const Command& command, Document& next) const {
  if (std::holds_alternative<ReplaceState>(command) && next.state.lesson.empty()) {
    // An address says all of the state: the way out of the lesson is where it leads.
    State target = next.state;
    leave_lesson(next);
    next.state = std::move(target);
    return {};
  }
  if (next.state.lesson.empty()) {
    leave_lesson(next);
  } else {
    open_lesson(next, document_);
  }
  // What the patch named besides the lesson holds for the state that it led to.
  const auto* patch = std::get_if<SetFields>(&command);
  return patch == nullptr ? core::Status{} : Applier{next}(*patch);
}

bool Model::can_undo() const {
  return history_.can_undo() || (in_gesture() && is_undoable_change(*gesture_start_, document_));
}

void Model::take(Document next) {
  ++revision_;
  if (!same_numbers(document_.state, next.state)) {
    ++numbers_revision_;
    derived_valid_ = false;
    gradient_.reset();
    comparison_.reset();
  }
  if (document_.pinned != next.pinned) {
    ++pinned_revision_;
    pinned_derived_.reset();
    comparison_.reset();
  }
  document_ = std::move(next);
}

void Model::end_gesture() {
  if (!gesture_start_) return;
  Document start = std::move(*gesture_start_);
  gesture_start_.reset();
  if (is_undoable_change(start, document_)) history_.push(std::move(start));
}

}  // namespace softmask::view
