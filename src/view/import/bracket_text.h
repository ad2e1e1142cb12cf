// Nested lists: what Python, NumPy, PyTorch, JAX and JSON print of a matrix.
#ifndef SOFTMASK_VIEW_IMPORT_BRACKET_TEXT_H_
#define SOFTMASK_VIEW_IMPORT_BRACKET_TEXT_H_

#include <memory>
#include <string_view>

#include "view/import/text_parser.h"

namespace softmask::view {

// Whether the text begins as one: a bracket, after a name with "=" or "(" at most.
bool is_bracket_text(std::string_view text);

// [[1, 2], [3, 4]], its tuples, NumPy's [[1. 2.]\n [3. 4.]], and either inside tensor(…) or
// array(…) with dtype= and other keywords, and after `name =`. Of a higher rank where the leading
// sizes are 1. "..." for values left out is refused. `text` is UTF-8 and has to outlive the parser.
// O(length); nothing recurses.
std::unique_ptr<TextParser> bracket_parser(std::string_view text);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_BRACKET_TEXT_H_
