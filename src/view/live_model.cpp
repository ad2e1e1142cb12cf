#include "view/live_model.h"

#include <utility>
#include <variant>

#include "view/column_toggle.h"
#include "view/memory_room.h"
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
         std::holds_alternative<SetOwnScores>(command) ||
         std::holds_alternative<SwapPinned>(command);
}

// Fewer than these are computed without asking for memory first.
constexpr int64_t kUnaskedCells = 4096;

core::Status check_room_for_small(const State& state) {
  if (int64_t{state.rows} * state.cols <= kUnaskedCells) return {};
  return check_room(state, memory_of_numbers(state, false, false));
}

}  // namespace

core::Status LiveModel::start(State initial) {
  cancel();
  lens_.forget();
  if (!check_state(initial).ok() || !is_large(initial)) {
    core::Status status =
        check_state(initial).ok() ? check_room_for_small(initial) : core::Status{};
    shown_ = Model(status.ok() ? std::move(initial) : look_of(initial));
    return status;
  }
  shown_ = Model(look_of(initial));
  shown_.derived();
  core::Status status = begin_work(Model(std::move(initial)));
  first_ = status.ok();
  return status;
}

core::Status LiveModel::dispatch(const Command& command) {
  if (draft_) {
    Model next = draft_->without_numbers();
    core::Status status = next.dispatch(command);
    if (!status.ok()) return status;
    if (next.numbers_revision() != draft_->numbers_revision()) return begin_work(std::move(next));
    draft_ = std::move(next);
    show_look_of(command);
    return status;
  }
  if (!is_large(shown_.state()) && !may_change_size(command)) return shown_.dispatch(command);
  Model next = shown_.without_numbers();
  core::Status status = next.dispatch(command);
  if (!status.ok()) return status;
  const bool same_numbers = next.numbers_revision() == shown_.numbers_revision();
  if (!same_numbers && is_large(next.state())) return begin_work(std::move(next));
  if (!same_numbers) status = check_room_for_small(next.state());
  if (status.ok()) shown_.follow(std::move(next));
  return status;
}

void LiveModel::show_look_of(const Command& command) {
  Model next = shown_.without_numbers();
  if (!next.dispatch(command).ok()) return;
  if (next.numbers_revision() == shown_.numbers_revision()) shown_.follow(std::move(next));
}

// What was under way gives way, and its memory with it; it begins anew where `next` has no room.
core::Status LiveModel::begin_work(Model next) {
  std::optional<Model> before = std::exchange(draft_, std::move(next));
  restart_work();
  if (!job_) return {};
  core::Status status = check_room(draft_->state(), job_->memory());
  if (status.ok()) return status;
  draft_ = std::move(before);
  job_.reset();
  if (draft_) restart_work();
  return status;
}

void LiveModel::restart_work() {
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

bool LiveModel::work_on_lens(const std::function<bool()>& enough) {
  if (!is_at_lens()) return true;
  shown_.derived();  // which no other work is left for
  while (!lens_.step(shown_)) {
    if (enough()) return false;
  }
  return true;
}

void LiveModel::finish() {
  work([] { return false; });
}

const Model& LiveModel::finish_for(const LensWish& wish) {
  finish();
  shown_.derived();
  LensWork work;
  work.wish(wish);
  while (!work.step(shown_)) continue;
  return shown_;
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
