// The screen as a PyTorch program, and as PyTorch prints it.
#ifndef SOFTMASK_VIEW_PROGRAM_TEXT_H_
#define SOFTMASK_VIEW_PROGRAM_TEXT_H_

#include <string>

#include "core/tensor_text.h"
#include "view/derive.h"
#include "view/state.h"

namespace softmask::view {

// A program that runs as it is and ends with `scores_softmax` holding the bits on the screen (for
// cpu=default: when started as its first comment says). Lines of at most about 42 characters where
// Python allows. A mask of more than 4096 listed cells is left out, and a comment says so. Ends
// with a newline. PyTorch 1.13 has no float16 softmax on the CPU and divides bfloat16 by a
// temperature that it rounds first; the bits are those of PyTorch 2. O(size of own scores and
// listed mask).
std::string program_text(const State& state);

// scores, masked, masked_scores and scores_softmax as print() shows them after
// set_printoptions(precision=3, sci_mode=False), each below its name. When PyTorch would raise,
// its message stands in place of the last two.
std::string tensors_text(const Derived& derived, core::PrintStyle style);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_PROGRAM_TEXT_H_
