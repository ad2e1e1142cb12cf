#include "view/history.h"

#include <algorithm>
#include <utility>

namespace softmask::view {
namespace {

void copy_unhistoric(const State& from, State& to) {
  to.row = from.row == kNoRow ? kNoRow : std::min(from.row, to.rows - 1);
  to.theme = from.theme;
  to.lang = from.lang;
  to.hide = from.hide;
  to.animate = from.animate;
}

// Moves the last of `source` into `present`, and `present` to the end of `target`.
bool step(std::deque<State>& source, std::deque<State>& target, State& present) {
  if (source.empty()) return false;
  State next = std::move(source.back());
  source.pop_back();
  copy_unhistoric(present, next);
  target.push_back(std::move(present));
  present = std::move(next);
  return true;
}

}  // namespace

void History::push(State before) {
  future_.clear();
  past_.push_back(std::move(before));
  trim();
}

bool History::undo(State& present) {
  if (!step(past_, future_, present)) return false;
  trim();
  return true;
}

bool History::redo(State& present) {
  if (!step(future_, past_, present)) return false;
  trim();
  return true;
}

// Both ends that are farthest from the present go first; one step back is always kept.
void History::trim() {
  const auto sum = [](const std::deque<State>& states) {
    std::size_t bytes = 0;
    for (const State& state : states) bytes += state_bytes(state);
    return bytes;
  };
  bytes_ = sum(past_) + sum(future_);
  while (past_.size() + future_.size() > 1 &&
         (past_.size() + future_.size() > kMaxSteps || bytes_ > kMaxBytes)) {
    std::deque<State>& longer = past_.size() >= future_.size() ? past_ : future_;
    bytes_ -= state_bytes(longer.front());
    longer.pop_front();
  }
}

bool is_undoable_change(const State& a, const State& b) {
  return a.lesson != b.lesson || !same_numbers(a, b);
}

}  // namespace softmask::view
