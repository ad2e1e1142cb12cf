// The keys of the state and their values as words of the reader's language. English readers get the
// spellings of contract and address; what torch spells stays as it is in every language.
#ifndef SOFTMASK_VIEW_FIELD_WORDS_H_
#define SOFTMASK_VIEW_FIELD_WORDS_H_

#include <string>
#include <string_view>

#include "view/state.h"

namespace softmask::view {

// "seed"; an unknown key is its own name.
std::string field_name(std::string_view key);

// What field_text() gives for `key`, in words where it is one: "causal", "padding:2".
std::string field_words(const State& state, std::string_view key);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_FIELD_WORDS_H_
