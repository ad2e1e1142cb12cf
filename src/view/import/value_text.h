// One value as Python, NumPy, PyTorch, JSON, spreadsheets and LaTeX spell it.
#ifndef SOFTMASK_VIEW_IMPORT_VALUE_TEXT_H_
#define SOFTMASK_VIEW_IMPORT_VALUE_TEXT_H_

#include <optional>
#include <string_view>

namespace softmask::view {

struct TextValue {
  enum class Kind { kBool, kInteger, kReal };
  double number = 0.0;  // True is 1, False 0
  Kind kind = Kind::kReal;
  bool in_digits = false;  // not a word: an infinite number was only too large for double
};

// What parse_value takes, in words: RefusalText::kAllowedValues.
//
// Decimal numbers with "-" or U+2212 as minus; nan and inf in the spellings of
// Python (also float('inf'), math.inf, np.nan, torch.inf), JSON5 (Infinity) and LaTeX (\infty) and
// as a sign; true and false in any case; NumPy's np.float32(0.5) and np.True_. Nothing around it.
// A number beyond double is infinite.
std::optional<TextValue> parse_value(std::string_view text);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_VALUE_TEXT_H_
