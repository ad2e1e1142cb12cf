// The arithmetic of one cell with its own numbers, for the hover card.
#ifndef SOFTMASK_VIEW_EXPLAIN_H_
#define SOFTMASK_VIEW_EXPLAIN_H_

#include <string>
#include <vector>

#include "view/derive.h"
#include "view/state.h"

namespace softmask::view {

struct ExplainLine {
  std::string label;    // "x − max"
  std::string value;    // "-0.786 − 0.417 = -1.2033"
  bool result = false;  // the line that gives the cell's probability
};

// From x to the quotient, one step a line, in the order PyTorch computes: the fill where it is
// masked, the temperature where it is not 1, max, x − max, exp, sum, quotient, then zeroing and
// renormalising in the other orders, then rounding to a low-precision dtype. Row or column terms
// according to dim. The last probability is the one on the screen. When PyTorch would raise: its
// message. Empty when row or col is out of range. O(cols), or O(rows) with dim 0.
std::vector<ExplainLine> explain(const State& state, const Derived& derived, int row, int col);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_EXPLAIN_H_
