// Every text that a user can read, from one table.
#ifndef SOFTMASK_VIEW_STRINGS_H_
#define SOFTMASK_VIEW_STRINGS_H_

#include <initializer_list>
#include <string>
#include <string_view>

namespace softmask::view {

// One name a line of strings.inc.
enum class Text : int {
#define SOFTMASK_TEXT(id, english) id,
#include "view/strings.inc"
#undef SOFTMASK_TEXT
  kCount
};

// UTF-8, never null. `{0}` … `{9}` stand for values (see fill_in); in sentences with bold pieces
// `*` switches bold on and off.
const char* text(Text id);

// `pattern` with {0} … {9} replaced by `values`, each as often and in the order the pattern likes.
// A placeholder without a value stays as it is; values are not looked into.
std::string fill_in(std::string_view pattern, std::initializer_list<std::string_view> values);
std::string fill_in(Text pattern, std::initializer_list<std::string_view> values);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_STRINGS_H_
