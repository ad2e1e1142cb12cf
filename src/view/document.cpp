#include "view/document.h"

namespace softmask::view {

std::size_t document_bytes(const Document& document) {
  std::size_t bytes = state_bytes(document.state);
  if (document.pinned) bytes += state_bytes(*document.pinned);
  if (document.lesson) {
    bytes += state_bytes(document.lesson->own) + document.lesson->answers.size() * sizeof(int);
    if (document.lesson->own_pinned) bytes += state_bytes(*document.lesson->own_pinned);
  }
  return bytes;
}

bool is_undoable_change(const Document& a, const Document& b) {
  const auto step = [](const Document& d) { return d.lesson ? d.lesson->step : -1; };
  return a.state.lesson != b.state.lesson || step(a) != step(b) || a.pinned != b.pinned ||
         !same_numbers(a.state, b.state);
}

}  // namespace softmask::view
