// The one table behind encoding, decoding, validation, error texts and defaults of State.
#ifndef SOFTMASK_VIEW_FIELD_TABLE_H_
#define SOFTMASK_VIEW_FIELD_TABLE_H_

#include <span>
#include <string>
#include <string_view>

#include "view/state.h"
#include "view/strings.h"

namespace softmask::view {

// One key. `parse` takes the percent-decoded text and either sets the field and returns true, or
// leaves the state as it is; it knows nothing of other fields (see cross_field_problem in
// state_codec.cpp). `print` gives the canonical text, which `parse` reads back to the same value.
struct Field {
  std::string_view key;
  bool (*parse)(std::string_view text, State& state);
  std::string (*print)(const State& state);
  Text allowed;
  bool js_number;       // a number in JavaScript
  bool always_in_link;  // in the address bar even when it has its default
};

// In the contract's order.
std::span<const Field> field_table();

// The position of a key in the table, or -1.
int field_index(std::string_view key);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_FIELD_TABLE_H_
