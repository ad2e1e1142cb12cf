// Where the probability mass of one row went, in one sentence.
#ifndef SOFTMASK_VIEW_SENTENCES_H_
#define SOFTMASK_VIEW_SENTENCES_H_

#include <string>
#include <string_view>
#include <vector>

#include "view/derive.h"
#include "view/state.h"

namespace softmask::view {

// A piece of a sentence; `strong` pieces (the numbers) are set bold.
struct TextRun {
  std::string text;
  bool strong = false;
  bool operator==(const TextRun&) const = default;
};

// "0.860 of the mass left columns 1, 2, 4: column 3 took 0.661, column 0 took 0.198."
// Gainers in falling order, at most four by name, the others summed up; runs of masked columns
// shortened. Other sentences where nothing is masked, nothing moved, mass leaked or was lost, the
// row is NaN, dim is 0, PyTorch would raise, or `row` is kNoRow or out of range. O(cols).
std::vector<TextRun> mass_sentence(const State& state, const Derived& derived, int row);

// The runs joined: for tests, tooltips and screen readers.
std::string plain_text(const std::vector<TextRun>& runs);

// Whether a note (view/notes.h) is this sentence but for its capital and full stop: then it need
// not stand below it.
bool says_the_same(const std::vector<TextRun>& sentence, std::string_view note);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_SENTENCES_H_
