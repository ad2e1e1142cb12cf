// Undo and redo over whole documents.
#ifndef SOFTMASK_VIEW_HISTORY_H_
#define SOFTMASK_VIEW_HISTORY_H_

#include <cstddef>
#include <deque>

#include "view/document.h"

namespace softmask::view {

// Holds past and future documents, the oldest forgotten first beyond kMaxSteps, kMaxBytes, or
// kMaxMatrixBytes of own scores that are no part of a link, which documents share. Row,
// theme, lang, hide and animate are not history: going back or forth keeps the present ones (the
// row clamped to the size). Answers given in a lesson stay given.
class History {
 public:
  static constexpr std::size_t kMaxSteps = 200;
  static constexpr std::size_t kMaxBytes = std::size_t{64} << 20;
  static constexpr std::size_t kMaxMatrixBytes = std::size_t{256} << 20;  // four of the largest

  // `before` was left by a change; forgets what could be redone.
  void push(Document before);

  // Replace `present` by the step before / after it. False, and nothing changed, at the end.
  bool undo(Document& present);
  bool redo(Document& present);

  bool can_undo() const { return !past_.empty(); }
  bool can_redo() const { return !future_.empty(); }
  std::size_t bytes() const { return bytes_; }

 private:
  void trim();

  std::deque<Document> past_;    // back() is the latest
  std::deque<Document> future_;  // back() is the next
  std::size_t bytes_ = 0;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_HISTORY_H_
