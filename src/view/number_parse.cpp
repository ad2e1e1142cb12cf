#include "view/number_parse.h"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>

namespace softmask::view {
namespace {

constexpr std::size_t kLongestDecimal = 1000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Moves `at` over digits and says how many there were.
std::size_t skip_digits(std::string_view text, std::size_t& at) {
  const std::size_t start = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  return at - start;
}

void skip_sign(std::string_view text, std::size_t& at) {
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
}

// strtod also reads hexadecimal, "nan", "infinity" and leading space: not here.
bool is_decimal(std::string_view text) {
  std::size_t at = 0;
  skip_sign(text, at);
  std::size_t digits = skip_digits(text, at);
  if (at < text.size() && text[at] == '.') {
    ++at;
    digits += skip_digits(text, at);
  }
  if (digits == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    skip_sign(text, at);
    if (skip_digits(text, at) == 0) return false;
  }
  return at == text.size();
}

}  // namespace

std::optional<uint64_t> parse_unsigned(std::string_view text) {
  if (text.empty()) return std::nullopt;
  constexpr uint64_t kMax = std::numeric_limits<uint64_t>::max();
  uint64_t value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    const auto digit = static_cast<uint64_t>(c - '0');
    if (value > (kMax - digit) / 10) return std::nullopt;
    value = value * 10 + digit;
  }
  return value;
}

std::optional<int> parse_int(std::string_view text, int low, int high) {
  const std::optional<uint64_t> value = parse_unsigned(text);
  if (!value || *value > static_cast<uint64_t>(high) || *value < static_cast<uint64_t>(low)) {
    return std::nullopt;
  }
  return static_cast<int>(*value);
}

std::optional<double> parse_decimal_or_infinity(std::string_view text) {
  if (text.size() > kLongestDecimal || !is_decimal(text)) return std::nullopt;
  return std::strtod(std::string(text).c_str(), nullptr);
}

std::optional<double> parse_decimal(std::string_view text) {
  const std::optional<double> value = parse_decimal_or_infinity(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

}  // namespace softmask::view
