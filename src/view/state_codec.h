// State as text and back: `seed=333512&mask=01101`, the form of the URL fragment, of the element's
// attributes, of setState and of messages. One field table (fields.cpp) drives all of it.
#ifndef SOFTMASK_VIEW_STATE_CODEC_H_
#define SOFTMASK_VIEW_STATE_CODEC_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/status.h"
#include "view/state.h"

namespace softmask::view {

// A value that was not taken.
struct FieldProblem {
  std::string key;      // "rows"
  std::string value;    // as given, percent-decoded where that worked
  std::string allowed;  // "integer 1 … 4096"
  // `rows: "0" is not allowed; allowed: integer 1 … 4096`. Always valid UTF-8 on one line: long
  // values are shortened, control characters and broken bytes replaced.
  std::string message() const;
};

// One key of the contract, for whoever lists them (accessible controls, documentation, tests).
struct FieldInfo {
  std::string_view key;
  std::string allowed;        // in words
  std::string default_value;  // as encode_state prints it
  bool js_number;             // a number in JavaScript; every other value is a string
};
std::vector<FieldInfo> state_fields();

// Every key in the contract's order, "seed=333512&rows=4&…", percent-encoded where needed.
// O(length); a mask of bits takes one character a cell.
std::string encode_state(const State& state);

// The text of one field as encode_state prints it, not percent-encoded. Empty for an unknown key.
std::string field_text(const State& state, std::string_view key);

// What goes into the address bar: seed and mask always, other keys only when not the default. With
// a lesson its preset stands for the defaults.
std::string encode_link(const State& state);

// Strict: `base` with the keys of `fragment` changed, or the first problem as Status::range (key,
// value, what is allowed) with `value` equal to `base`. All or nothing. Unknown keys are ignored;
// of a repeated key the last one counts; %XX is decoded and must give UTF-8; '+' is a plus.
// A changed size adapts what the fragment does not name: bits are cropped or extended with 0,
// padding's k and the selected row are clamped. Own scores do not adapt: changing rows or cols
// without giving new scores is refused.
core::Result<State> apply_patch(const State& base, std::string_view fragment);

// Lenient: defaults (the preset of the lesson that it names) with the keys of `fragment` changed;
// each bad value falls back to its default and is reported in `problems` (may be null). A leading
// '#' or '?' is skipped.
State decode_link(std::string_view fragment, std::vector<FieldProblem>* problems);

// Ok, or the first problem, for a State that was put together by hand. O(size).
core::Status check_state(const State& state);

// `state` with another size, adapted as apply_patch does but with own scores dropped. The size
// must be within the limits.
State resized(const State& state, int rows, int cols);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_STATE_CODEC_H_
