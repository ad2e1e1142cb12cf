// What went wrong, or looks wrong, in the present numbers, said in words.
#ifndef SOFTMASK_VIEW_NOTES_H_
#define SOFTMASK_VIEW_NOTES_H_

#include <string>
#include <vector>

#include "view/derived.h"
#include "view/state.h"

namespace softmask::view {

// The most important first: PyTorch's own error message, rows that are NaN and why, masked cells
// that keep mass, lost mass, fully masked rows, underflow, the wrong dim, reduced precision. Rows
// with the same trouble share one note ("rows 0–3 …"). Empty when all is as it should be. Uses the
// numbers and the facts of `derived`, never its notes. O(lines).
std::vector<std::string> notes(const State& state, const Derived& derived);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_NOTES_H_
