// Percent-encoding of fragments and the UTF-8 checks that go with it.
#ifndef SOFTMASK_VIEW_PERCENT_CODING_H_
#define SOFTMASK_VIEW_PERCENT_CODING_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace softmask::view {

// %XX replaced by its byte, all else as it is ('+' stays a plus). Nothing for a '%' without two
// hexadecimal digits, a NUL, or a result that is not UTF-8.
std::optional<std::string> percent_decode(std::string_view text);

// Everything but letters, digits and -._~:, as %XX.
std::string percent_encode(std::string_view text);

// Bytes of the well-formed UTF-8 character at the front of `text`, or 0 (Unicode table 3-7).
std::size_t utf8_length(std::string_view text);

// How many bytes at the front of `text` are UTF-8 in whole characters.
std::size_t utf8_prefix(std::string_view text);

bool is_utf8(std::string_view text);

// For messages: valid UTF-8 on one line, at most `most` characters (an … in the middle where it
// was longer); control characters and broken bytes become U+FFFD.
std::string printable_excerpt(std::string_view text, std::size_t most);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_PERCENT_CODING_H_
