// A matrix out of pasted text, in whichever of the usual forms it is.
#ifndef SOFTMASK_VIEW_IMPORT_IMPORT_TEXT_H_
#define SOFTMASK_VIEW_IMPORT_IMPORT_TEXT_H_

#include <cstdint>
#include <string_view>

#include "view/import/imported_matrix.h"

namespace softmask::view {

enum class TextFormat : uint8_t {
  kBrackets,   // Python, NumPy, PyTorch, JAX, JSON
  kLatex,      // & and \\ or an environment
  kMarkdown,   // bars
  kDelimited,  // commas, tabs, semicolons or blanks
};

// By what the text begins with and holds; text that is none of them counts as delimited. A byte
// order mark is skipped.
TextFormat detect_text_format(std::string_view text);

// The matrix, or the first problem with its line and column (both from 1), what was found there and
// what is allowed. `text` may be any bytes: what is not UTF-8 is refused. O(length).
ImportResult import_text(std::string_view text);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_IMPORT_TEXT_H_
