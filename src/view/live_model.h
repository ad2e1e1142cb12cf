// The model of a page that must not stand still: numbers that take long are computed in slices, and
// until they are whole the screen keeps what it shows.
#ifndef SOFTMASK_VIEW_LIVE_MODEL_H_
#define SOFTMASK_VIEW_LIVE_MODEL_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/status.h"
#include "view/command.h"
#include "view/derive_job.h"
#include "view/lens_work.h"
#include "view/model.h"
#include "view/state.h"

namespace softmask::view {

// Columns that came and went, and nothing else.
struct ColumnChange {
  uint64_t from = 0;  // Model::numbers_revision() before and after
  uint64_t to = 0;
  std::vector<int> columns;
};

// Two models at most: the one on the screen, whose numbers are whole, and beside it, while there is
// work, the one that every command goes to. A change of the second begins the work anew; when it is
// done, the second takes the first one's place, history and all. Cancelling drops it, so that
// nothing of the first has changed.
class LiveModel {
 public:
  LiveModel() = default;
  LiveModel(const LiveModel&) = delete;  // the work reads what is shown
  LiveModel& operator=(const LiveModel&) = delete;

  // Begins anew. Where `initial` is large, the screen begins with the defaults (in the language,
  // the theme and with the parts of `initial`) and the work with it: is_first() then. Refused where
  // there is no memory for the numbers: the defaults stay.
  core::Status start(State initial);

  const Model& shown() const { return shown_; }
  // What the commands so far lead to. Its numbers may be under way: do not ask for derived().
  const Model& newest() const { return draft_ ? *draft_ : shown_; }

  // As Model::dispatch. Cheap: nothing large is computed. What changes no number, such as the
  // theme, is on the screen at once. Refused, and nothing changed, where there is no memory for the
  // numbers.
  core::Status dispatch(const Command& command);

  bool is_working() const { return draft_.has_value(); }
  // Nothing but defaults was ever shown before the present work.
  bool is_first() const { return first_; }
  double progress() const { return job_ ? job_->progress() : 0; }
  DeriveJob::Phase phase() const { return job_ ? job_->phase() : DeriveJob::Phase::kDone; }

  // Does what needs no slices: columns that come and go (view/column_toggle.h). True where nothing
  // is left.
  bool do_short_work();
  // What that did last.
  const ColumnChange& last_toggle() const { return last_toggle_; }

  // Slices until `enough` says true after one. True once nothing is left: shown() is newest().
  bool work(const std::function<bool()>& enough);

  // What the lens on the screen waits for; computed once shown() is newest().
  void wish(const LensWish& wish) { lens_.wish(wish); }
  bool is_at_lens() const { return !draft_ && lens_.is_wanted(shown_); }
  double lens_progress() const { return lens_.progress(); }
  // Slices, as work(). True where the lens has what it waited for.
  bool work_on_lens(const std::function<bool()>& enough);
  // All that is left, at once.
  void finish();
  // The same, and what a lens of shown() would wait for, which keeps it; in words where there is no
  // memory for it. Returns shown().
  const Model& finish_for(const LensWish& wish);
  // shown() is what counts again. False where there was no work.
  bool cancel();

 private:
  core::Status begin_work(Model next);
  void show_look_of(const Command& command);
  void take_draft();
  void restart_work();

  Model shown_;
  std::optional<Model> draft_;
  std::optional<DeriveJob> job_;
  std::vector<int> toggled_;  // instead of a job
  ColumnChange last_toggle_;
  LensWork lens_;
  bool first_ = false;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_LIVE_MODEL_H_
