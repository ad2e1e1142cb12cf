#include "view/model.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "view/mask_edit.h"
#include "view/state_codec.h"
#include "view/strings.h"

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

// Applies one command to a copy of the state; Undo, Redo and gestures are the Model's own.
struct Applier {
  State& state;

  core::Status operator()(const SetFields& command) const {
    core::Result<State> patched = apply_patch(state, command.fragment);
    if (patched.ok()) state = std::move(patched.value);
    return std::move(patched.status);
  }
  core::Status operator()(const ToggleColumn& command) const {
    core::Status status = check_col(state, command.col);
    if (status.ok()) toggle_column(state, command.col);
    return status;
  }
  core::Status operator()(const ToggleCell& command) const {
    core::Status status = check_row(state, command.row);
    if (status.ok()) status = check_col(state, command.col);
    if (status.ok()) toggle_cell(state, command.row, command.col);
    return status;
  }
  core::Status operator()(const PaintColumn& command) const {
    core::Status status = check_col(state, command.col);
    if (status.ok()) paint_column(state, command.col, command.masked);
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
  core::Status operator()(const ReplaceState& command) const {
    core::Status status = check_state(command.state);
    if (status.ok()) state = command.state;
    return status;
  }
  core::Status operator()(const BeginGesture&) const { return {}; }
  core::Status operator()(const EndGesture&) const { return {}; }
  core::Status operator()(const Undo&) const { return {}; }
  core::Status operator()(const Redo&) const { return {}; }

 private:
  core::Status resize(int rows, int cols) const {
    State without_scores = state;
    without_scores.scores.clear();
    core::Result<State> patched = apply_patch(
        without_scores, "rows=" + std::to_string(rows) + "&cols=" + std::to_string(cols));
    if (patched.ok() && (rows != state.rows || cols != state.cols)) {
      state = std::move(patched.value);
    }
    return std::move(patched.status);
  }
};

}  // namespace

Model::Model(State initial) : state_(std::move(initial)) {
  if (!check_state(state_).ok()) state_ = State{};
}

const Derived& Model::derived() const {
  if (!derived_valid_) {
    derived_ =
        derived_known_ ? derive_from(state_, derived_state_, std::move(derived_)) : derive(state_);
    derived_state_ = state_;
    derived_known_ = true;
    derived_valid_ = true;
  }
  return derived_;
}

core::Status Model::dispatch(const Command& command) {
  if (std::holds_alternative<BeginGesture>(command)) {
    end_gesture();
    gesture_start_ = state_;
    return {};
  }
  if (std::holds_alternative<EndGesture>(command)) {
    end_gesture();
    return {};
  }
  State next = state_;
  if (std::holds_alternative<Undo>(command) || std::holds_alternative<Redo>(command)) {
    end_gesture();
    const bool moved =
        std::holds_alternative<Undo>(command) ? history_.undo(next) : history_.redo(next);
    if (moved) take(std::move(next));
    return {};
  }
  core::Status status = std::visit(Applier{next}, command);
  if (!status.ok() || next == state_) return status;
  if (!in_gesture() && is_undoable_change(state_, next)) history_.push(state_);
  take(std::move(next));
  return status;
}

bool Model::can_undo() const {
  return history_.can_undo() || (in_gesture() && is_undoable_change(*gesture_start_, state_));
}

void Model::take(State next) {
  ++revision_;
  if (!same_numbers(state_, next)) {
    ++numbers_revision_;
    derived_valid_ = false;
  }
  state_ = std::move(next);
}

void Model::end_gesture() {
  if (!gesture_start_) return;
  State start = std::move(*gesture_start_);
  gesture_start_.reset();
  if (is_undoable_change(start, state_)) history_.push(std::move(start));
}

}  // namespace softmask::view
