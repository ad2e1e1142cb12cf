// Strict reading of numbers: the whole text, decimal, nothing around it.
#ifndef SOFTMASK_VIEW_NUMBER_PARSE_H_
#define SOFTMASK_VIEW_NUMBER_PARSE_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace softmask::view {

// Digits only, 0 … 2^64-1.
std::optional<uint64_t> parse_unsigned(std::string_view text);

// Digits only, within [low, high]; 0 <= low.
std::optional<int> parse_int(std::string_view text, int low, int high);

// Optional sign, digits with an optional fraction (at least one digit), optional exponent, at most
// 1,000 characters. A number beyond double gives nothing; one too small for it gives 0.
std::optional<double> parse_decimal(std::string_view text);

// The same, with infinity of its sign for a number beyond double, as Python reads 1e999.
std::optional<double> parse_decimal_or_infinity(std::string_view text);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_NUMBER_PARSE_H_
