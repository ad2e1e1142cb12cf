// The document with its history and its numbers: what panels read and commands change.
#ifndef SOFTMASK_VIEW_MODEL_H_
#define SOFTMASK_VIEW_MODEL_H_

#include <cstdint>
#include <optional>
#include <utility>

#include "core/status.h"
#include "view/command.h"
#include "view/comparison.h"
#include "view/derive.h"
#include "view/document.h"
#include "view/gradient.h"
#include "view/history.h"
#include "view/state.h"
#include "view/strings.h"

namespace softmask::view {

class Model {
 public:
  // `initial` must be valid (check_state); an invalid one is replaced by the defaults.
  explicit Model(State initial = {});

  const State& state() const { return document_.state; }
  const Document& document() const { return document_; }

  // Cached; computed when asked for after a change that matters (see derive for the cost). The
  // notes are in the language of text(): another language makes them anew, and nothing else. The
  // reference stays good until the next dispatch.
  const Derived& derived() const;

  // Whether derived() has them already.
  bool has_numbers() const { return derived_valid_; }

  // For work in slices (view/live_model.h). The same without the numbers.
  Model without_numbers() const;
  // What derived() is to give from now on; counts as a change of the numbers.
  void set_numbers(Derived derived);
  Derived take_numbers();  // leaves it without
  // Document, history and revisions of `next`, which began as without_numbers(); what is cached
  // stays where it still holds.
  void follow(Model next);

  // Whether the next three have what they would otherwise compute at once.
  bool has_pinned_numbers() const { return pinned_derived_.has_value(); }
  bool has_comparison() const { return comparison_.has_value(); }
  bool has_gradient(const Upstream& upstream) const {
    return gradient_ && gradient_upstream_ == upstream;
  }
  // What they are to give until something changes, from work in slices (view/lens_work.h): the
  // pinned numbers of a large matrix then lack what no comparison looks at.
  void set_pinned_numbers(Derived derived) { pinned_derived_ = std::move(derived); }
  void set_comparison(Comparison comparison) { comparison_ = std::move(comparison); }
  void set_gradient(const Upstream& upstream, Gradient gradient) {
    gradient_ = std::move(gradient);
    gradient_upstream_ = upstream;
  }

  // The numbers of the pinned state A, cached like derived(); null where nothing is pinned.
  const Derived* pinned_derived() const;
  // A beside the present state, cached likewise; null where nothing is pinned.
  const Comparison* comparison() const;

  // Backwards from `upstream`, cached like derived().
  const Gradient& gradient(const Upstream& upstream) const;

  // Ok, or what is wrong with the command (Status::range) with nothing changed: state, history,
  // gesture and revisions are as before.
  core::Status dispatch(const Command& command);

  bool can_undo() const;
  bool can_redo() const { return history_.can_redo(); }
  bool in_gesture() const { return gesture_start_.has_value(); }

  uint64_t revision() const { return revision_; }                // +1 on every change of state
  uint64_t pinned_revision() const { return pinned_revision_; }  // +1 on every other A
  uint64_t numbers_revision() const {  // +1 on every change of the numbers that derived() returns
    return numbers_revision_;
  }

 private:
  core::Status change_lesson(const Command& command, Document& next) const;
  const core::Mask* known_random_mask() const;
  void keep_random_mask() const;
  void take(Document next);
  void end_gesture();
  void follow_language() const;

  Document document_;
  History history_;
  std::optional<Document> gesture_start_;
  uint64_t revision_ = 0;
  uint64_t numbers_revision_ = 0;
  uint64_t pinned_revision_ = 0;
  mutable Derived derived_;
  mutable State derived_state_;         // what derived_ was computed from
  mutable bool derived_known_ = false;  // derived_ holds something
  mutable bool derived_valid_ = false;
  // What mask=random is for the draws of a state; no bits: not known.
  mutable core::Mask random_mask_;
  mutable State random_state_;
  mutable std::optional<Derived> pinned_derived_;
  mutable std::optional<Comparison> comparison_;
  mutable std::optional<Gradient> gradient_;
  mutable Upstream gradient_upstream_;
  mutable Language words_language_ = text_language();  // of the words in what is cached above
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_MODEL_H_
