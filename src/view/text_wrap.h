// Where lines of text end.
#ifndef SOFTMASK_VIEW_TEXT_WRAP_H_
#define SOFTMASK_VIEW_TEXT_WRAP_H_

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace softmask::view {

// The width of a piece of text, in any unit; must not shrink when the piece grows.
using TextWidth = std::function<float(std::string_view)>;

// Where the piece that begins at `from` ends, so that a line may end there: before a space, or
// beside a Chinese character. No piece begins with a closing mark (。，！） …) or ends with an
// opening one, and none ends inside a number such as 0.907. `from` is before the end of `text`
// (UTF-8), and a space there belongs to the piece.
std::size_t next_break(std::string_view text, std::size_t from);

// Lines of at most `width`, broken at newlines and where next_break allows it. Spaces at a break
// belong to no line; a piece longer than a line is cut between characters, at least one a line.
// Pieces of `text`, which must outlive them. Calls `width_of` once for every place to break, and
// once a character of pieces that are cut.
std::vector<std::string_view> wrap_text(std::string_view text, float width,
                                        const TextWidth& width_of);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_TEXT_WRAP_H_
