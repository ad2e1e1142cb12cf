// The state with its history and its numbers: what panels read and commands change.
#ifndef SOFTMASK_VIEW_MODEL_H_
#define SOFTMASK_VIEW_MODEL_H_

#include <cstdint>
#include <optional>

#include "core/status.h"
#include "view/command.h"
#include "view/derive.h"
#include "view/history.h"
#include "view/state.h"

namespace softmask::view {

class Model {
 public:
  // `initial` must be valid (check_state); an invalid one is replaced by the defaults.
  explicit Model(State initial = {});

  const State& state() const { return state_; }

  // Cached; computed when asked for after a change that matters (see derive for the cost). The
  // reference stays good until the next dispatch.
  const Derived& derived() const;

  // Ok, or what is wrong with the command (Status::range) with nothing changed: state, history,
  // gesture and revisions are as before.
  core::Status dispatch(const Command& command);

  bool can_undo() const;
  bool can_redo() const { return history_.can_redo(); }
  bool in_gesture() const { return gesture_start_.has_value(); }

  uint64_t revision() const { return revision_; }  // +1 on every change of state
  uint64_t numbers_revision() const {              // +1 on every change of what derived() returns
    return numbers_revision_;
  }

 private:
  core::Status apply(const Command& command, State& next) const;
  void take(State next);
  void end_gesture();

  State state_;
  History history_;
  std::optional<State> gesture_start_;
  uint64_t revision_ = 0;
  uint64_t numbers_revision_ = 0;
  mutable Derived derived_;
  mutable State derived_state_;         // what derived_ was computed from
  mutable bool derived_known_ = false;  // derived_ holds something
  mutable bool derived_valid_ = false;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_MODEL_H_
