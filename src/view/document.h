// Everything that a command can change and undo brings back.
#ifndef SOFTMASK_VIEW_DOCUMENT_H_
#define SOFTMASK_VIEW_DOCUMENT_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "view/state.h"

namespace softmask::view {

inline constexpr int kNotAnswered = -1;

// How far the reader has come in the lesson State::lesson.
struct LessonProgress {
  int step = 0;              // 0 … steps-1
  std::vector<int> answers;  // one a step: the choice taken, or kNotAnswered
  // What the reader had on the screen before, to come back to.
  State own;
  std::optional<State> own_pinned;
  bool operator==(const LessonProgress&) const = default;
};

struct Document {
  State state;
  std::optional<State> pinned;           // A, beside which the present state is shown
  std::optional<LessonProgress> lesson;  // set exactly where state.lesson is not empty
  bool operator==(const Document&) const = default;
};

// Bytes that a Document holds, its vectors included. O(lesson steps).
std::size_t document_bytes(const Document& document);

// True when the change from a to b is worth an undo step: other numbers, another A, another lesson
// or step of it. An answer alone is none: it cannot be taken back.
bool is_undoable_change(const Document& a, const Document& b);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_DOCUMENT_H_
