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

// Of a decimal whose digits are a whole number up to 2^53 times or over a power of ten up to 10^22:
// both are exact, so that the one operation rounds as strtod does; on the web that one computes
// with 128 bits in software. Source: W. D. Clinger, How to read floating point numbers accurately,
// 1990.
std::optional<double> by_one_operation(std::string_view text) {
  constexpr double kPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  constexpr int kMostPower = 22;
  constexpr uint64_t kMostDigits = uint64_t{1} << 53;
  const bool is_negative = text.front() == '-';
  if (is_negative || text.front() == '+') text.remove_prefix(1);
  uint64_t digits = 0;
  int power = 0;
  bool in_fraction = false;
  std::size_t at = 0;
  for (; at < text.size() && (is_digit(text[at]) || text[at] == '.'); ++at) {
    if (text[at] == '.') {
      in_fraction = true;
      continue;
    }
    digits = digits * 10 + static_cast<uint64_t>(text[at] - '0');
    if (digits > kMostDigits) return std::nullopt;
    power -= in_fraction ? 1 : 0;
  }
  if (at < text.size()) {
    ++at;  // e
    const bool is_small = text[at] == '-';
    if (is_small || text[at] == '+') ++at;
    int exponent = 0;
    for (; at < text.size(); ++at) {
      exponent = exponent * 10 + (text[at] - '0');
      if (exponent > 1000) return std::nullopt;
    }
    power += is_small ? -exponent : exponent;
  }
  if (power < -kMostPower || power > kMostPower) return std::nullopt;
  const double whole = static_cast<double>(digits);
  const double value = power < 0 ? whole / kPowers[-power] : whole * kPowers[power];
  return is_negative ? -value : value;
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
  if (const std::optional<double> value = by_one_operation(text)) return value;
  return std::strtod(std::string(text).c_str(), nullptr);
}

std::optional<double> parse_decimal(std::string_view text) {
  const std::optional<double> value = parse_decimal_or_infinity(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

}  // namespace softmask::view
