// Every text that a user can read, from one table in two languages.
#ifndef SOFTMASK_VIEW_STRINGS_H_
#define SOFTMASK_VIEW_STRINGS_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "view/state.h"

namespace softmask::view {

// One name a line of strings.inc.
enum class Text : int {
#define SOFTMASK_TEXT(id, english, chinese) id,
#include "view/strings.inc"
  kCount
};

// The language that text() answers in: kEnglish (from the start) or kChinese. Of the whole program:
// texts that were made before keep theirs, and a Model makes its own anew when it is asked. kAuto
// is not known here and counts as English.
void set_text_language(Language language);
Language text_language();

// UTF-8, never null, in the present language. `{0}` … `{9}` stand for values (see fill_in); in
// sentences with bold pieces `*` switches bold on and off.
const char* text(Text id);
const char* text_in(Language language, Text id);

// Of two texts the one for `count` things. Zero are many.
constexpr Text by_count(int64_t count, Text one, Text many) { return count == 1 ? one : many; }

// `pattern` with {0} … {9} replaced by `values`, each as often and in the order the pattern likes.
// A placeholder without a value stays as it is; values are not looked into.
std::string fill_in(std::string_view pattern, std::initializer_list<std::string_view> values);
std::string fill_in(Text pattern, std::initializer_list<std::string_view> values);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_STRINGS_H_
