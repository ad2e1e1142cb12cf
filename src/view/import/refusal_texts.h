// Every reason for which an importer refuses what it is given, from one table in two languages.
//
// A table of its own beside view/strings.h, so that import.wasm carries none of the application's
// texts and the application none of these.
#ifndef SOFTMASK_VIEW_IMPORT_REFUSAL_TEXTS_H_
#define SOFTMASK_VIEW_IMPORT_REFUSAL_TEXTS_H_

#include <initializer_list>
#include <string>
#include <string_view>

#include "view/strings.h"

namespace softmask::view {

// One name a line of refusal_texts.inc.
enum class RefusalText : int {
#define SOFTMASK_REFUSAL_TEXT(id, english, chinese) id,
#include "view/import/refusal_texts.inc"
  kCount
};

// UTF-8, never null, in text_language(). `{0}` … `{9}` stand for values (see fill_in).
const char* refusal_text(RefusalText id);
const char* refusal_text_in(Language language, RefusalText id);

// The text with its values put in.
std::string refusal_words(RefusalText id, std::initializer_list<std::string_view> values);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_REFUSAL_TEXTS_H_
