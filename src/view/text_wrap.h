// Where lines of text end.
#ifndef SOFTMASK_VIEW_TEXT_WRAP_H_
#define SOFTMASK_VIEW_TEXT_WRAP_H_

#include <functional>
#include <string_view>
#include <vector>

namespace softmask::view {

// The width of a piece of text, in any unit; must not shrink when the piece grows.
using TextWidth = std::function<float(std::string_view)>;

// Lines of at most `width`, broken at spaces and newlines alone, never inside a number such as
// 0.907. Spaces at a break belong to no line; a word longer than a line is cut between characters
// (UTF-8), at least one a line. Pieces of `text`, which must outlive them. Calls `width_of` once a
// word, and once a character of words that are cut.
std::vector<std::string_view> wrap_text(std::string_view text, float width,
                                        const TextWidth& width_of);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_TEXT_WRAP_H_
