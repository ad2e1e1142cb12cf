// What a screen reader is told after a change: what was changed, and what came of it.
#ifndef SOFTMASK_VIEW_ANNOUNCEMENT_H_
#define SOFTMASK_VIEW_ANNOUNCEMENT_H_

#include <optional>
#include <string>
#include <vector>

#include "core/mask.h"
#include "view/model.h"
#include "view/state.h"

namespace softmask::view {

// Remembers what was told last, so that only what is new is told.
class Announcer {
 public:
  // "column 3 masked. row 2 is NaN: …. <the selected row's sentence>": the keys that changed since
  // the last call, the notes that were not told then, and the sentence of the selected row. The
  // first call tells the notes and the sentence. Another place of a lesson has its own words
  // instead; while its question is open, nothing is told that would answer it. O(rows*cols).
  std::string next(const Model& model);

 private:
  std::optional<State> state_;
  core::Mask mask_;
  std::vector<std::string> notes_;
  // Where in a lesson: its id, the step and the answer.
  struct Place {
    std::string lesson;
    int step = 0;
    int answer = 0;
    bool operator==(const Place&) const = default;
  };
  Place place_;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_ANNOUNCEMENT_H_
