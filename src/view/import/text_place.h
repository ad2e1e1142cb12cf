// Where in a text something is, in the reader's words.
#ifndef SOFTMASK_VIEW_IMPORT_TEXT_PLACE_H_
#define SOFTMASK_VIEW_IMPORT_TEXT_PLACE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "core/status.h"
#include "view/import/refusal_texts.h"

namespace softmask::view {

// `line 2, column 7: <problem>`, both from 1, columns counted in characters. O(offset).
core::Status refused_at(std::string_view text, std::size_t offset, std::string_view problem);
core::Status refused_at(std::string_view text, std::size_t offset, RefusalText problem);

// `found "abc"; allowed: <allowed>` of a piece of the text; "the end of the text" where it is
// empty.
std::string found_but(std::string_view found, std::string_view allowed);
std::string found_but(std::string_view found, RefusalText allowed);

// Without spaces, tabs and line ends around it.
std::string_view trimmed(std::string_view text);

// Space, tab or the end of a line.
bool is_blank(char c);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_TEXT_PLACE_H_
