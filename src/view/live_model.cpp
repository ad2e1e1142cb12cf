#include "view/live_model.h"

#include <utility>
#include <variant>

#include "view/column_toggle.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

// What looks the same and has the numbers of the defaults.
State look_of(const State& state) {
  State look;
  look.lang = state.lang;
  look.theme = state.theme;
  look.hide = state.hide;
  look.animate = state.animate;
  return look;
}

// Whether a command may lead to another size, whatever the present one is.
bool may_change_size(const Command& command) {
  return std::holds_alternative<SetFields>(command) || std::holds_alternative<SetRows>(command) ||
         std::holds_alternative<SetCols>(command) || std::holds_alternative<Undo>(command) ||
         std::holds_alternative<Redo>(command) || std::holds_alternative<ReplaceState>(command) ||
         std::holds_alternative<SwapPinned>(command);
}

}  // namespace

void LiveModel::start(State initial) {
  cancel();
  if (!check_state(initial).ok() || !is_large(initial)) {
    shown_ = Model(std::move(initial));
    return;
  }
  shown_ = Model(look_of(initial));
  shown_.derived();
  draft_ = Model(std::move(initial));
  first_ = true;
  begin_work();
}

core::Status LiveModel::dispatch(const Command& command) {
  if (draft_) {
    const uint64_t before = draft_->numbers_revision();
    core::Status status = draft_->dispatch(command);
    if (draft_->numbers_revision() != before) {
      begin_work();
    } else if (status.ok()) {
      show_look_of(command);
    }
    return status;
  }
  if (!is_large(shown_.state()) && !may_change_size(command)) return shown_.dispatch(command);
  Model next = shown_.without_numbers();
  core::Status status = next.dispatch(command);
  if (!status.ok()) return status;
  if (next.numbers_revision() == shown_.numbers_revision() || !is_large(next.state())) {
    shown_.follow(std::move(next));
    return status;
  }
  draft_ = std::move(next);
  begin_work();
  return status;
}

void LiveModel::show_look_of(const Command& command) {
  Model next = shown_.without_numbers();
  if (!next.dispatch(command).ok()) return;
  if (next.numbers_revision() == shown_.numbers_revision()) shown_.follow(std::move(next));
}

void LiveModel::begin_work() {
  const State& wanted = draft_->state();
  job_.reset();
  toggled_.clear();
  // There and back again: the numbers are those on the screen.
  if (same_numbers(wanted, shown_.state()) && shown_.has_numbers()) return;
  const Derived& whole = shown_.derived();
  toggled_ = toggled_columns(wanted, shown_.state(), whole);
  if (toggled_.empty()) job_.emplace(wanted, shown_.state(), &whole);
}

bool LiveModel::do_short_work() {
  if (draft_ && !job_) take_draft();
  return !draft_;
}

bool LiveModel::work(const std::function<bool()>& enough) {
  if (do_short_work()) return true;
  while (!job_->step()) {
    if (enough()) return false;
  }
  take_draft();
  return true;
}

void LiveModel::finish() {
  work([] { return false; });
}

void LiveModel::take_draft() {
  Derived numbers = shown_.take_numbers();
  const uint64_t from = shown_.numbers_revision();
  if (job_) {
    numbers = job_->take(std::move(numbers));
  } else if (!toggled_.empty()) {
    toggle_columns(draft_->state(), toggled_, numbers);
  }
  shown_.follow(std::move(*draft_));
  shown_.set_numbers(std::move(numbers));
  if (!toggled_.empty()) last_toggle_ = {from, shown_.numbers_revision(), std::move(toggled_)};
  draft_.reset();
  job_.reset();
  toggled_.clear();
  first_ = false;
}

bool LiveModel::cancel() {
  if (!draft_) return false;
  draft_.reset();
  job_.reset();
  first_ = false;
  return true;
}

}  // namespace softmask::view
