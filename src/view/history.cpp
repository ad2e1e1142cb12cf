#include "view/history.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

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
bool step(std::deque<Document>& source, std::deque<Document>& target, Document& present) {
  if (source.empty()) return false;
  Document next = std::move(source.back());
  source.pop_back();
  copy_unhistoric(present.state, next.state);
  if (present.lesson && next.lesson && present.state.lesson == next.state.lesson) {
    next.lesson->answers = present.lesson->answers;
  }
  target.push_back(std::move(present));
  present = std::move(next);
  return true;
}

// Bytes of all matrices of the documents, each counted once.
std::size_t matrix_bytes(const std::deque<Document>& past, const std::deque<Document>& future) {
  std::set<const std::vector<float>*> matrices;
  const auto look_at = [&matrices](const State& state) {
    if (state.matrix) matrices.insert(state.matrix.get());
  };
  for (const std::deque<Document>* documents : {&past, &future}) {
    for (const Document& document : *documents) {
      look_at(document.state);
      if (document.pinned) look_at(*document.pinned);
      if (!document.lesson) continue;
      look_at(document.lesson->own);
      if (document.lesson->own_pinned) look_at(*document.lesson->own_pinned);
    }
  }
  std::size_t bytes = 0;
  for (const std::vector<float>* matrix : matrices) bytes += matrix->size() * sizeof(float);
  return bytes;
}

}  // namespace

void History::push(Document before) {
  future_.clear();
  past_.push_back(std::move(before));
  trim();
}

bool History::undo(Document& present) {
  if (!step(past_, future_, present)) return false;
  trim();
  return true;
}

bool History::redo(Document& present) {
  if (!step(future_, past_, present)) return false;
  trim();
  return true;
}

// Both ends that are farthest from the present go first; one step back is always kept.
void History::trim() {
  const auto sum = [](const std::deque<Document>& documents) {
    std::size_t bytes = 0;
    for (const Document& document : documents) bytes += document_bytes(document);
    return bytes;
  };
  bytes_ = sum(past_) + sum(future_);
  while (past_.size() + future_.size() > 1 &&
         (past_.size() + future_.size() > kMaxSteps || bytes_ > kMaxBytes ||
          matrix_bytes(past_, future_) > kMaxMatrixBytes)) {
    std::deque<Document>& longer = past_.size() >= future_.size() ? past_ : future_;
    bytes_ -= document_bytes(longer.front());
    longer.pop_front();
  }
}

}  // namespace softmask::view
