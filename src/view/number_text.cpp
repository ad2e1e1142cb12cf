#include "view/number_text.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace softmask::view {
namespace {

constexpr double kTinyBelow = 0.0005;  // prints as 0.000 with three decimals

std::string printed(const char* format, int precision, double value) {
  char buffer[400];  // %.3f of the largest double has 313 characters
  std::snprintf(buffer, sizeof buffer, format, precision, value);
  return buffer;
}

std::string special_text(double value) {
  if (std::isnan(value)) return "nan";
  return value > 0 ? "inf" : "-inf";
}

// Digits without trailing zeros and the exponent of the first one: 0.0123 gives "123", -2.
struct Digits {
  bool negative = false;
  std::string digits;
  int exponent = 0;
};

Digits digits_of(double value, int count) {
  const std::string text = printed("%.*e", count - 1, value);
  Digits out;
  std::size_t i = 0;
  if (text[i] == '-') {
    out.negative = true;
    ++i;
  }
  for (; i < text.size() && text[i] != 'e'; ++i) {
    if (text[i] != '.') out.digits += text[i];
  }
  out.exponent = std::atoi(text.c_str() + i + 1);
  while (out.digits.size() > 1 && out.digits.back() == '0') out.digits.pop_back();
  return out;
}

std::string scientific(const Digits& d) {
  std::string out = d.negative ? "-" : "";
  out += d.digits[0];
  if (d.digits.size() > 1) out += "." + d.digits.substr(1);
  return out + "e" + std::to_string(d.exponent);
}

std::string plain(const Digits& d) {
  std::string out = d.negative ? "-" : "";
  if (d.exponent < 0) {
    out += "0." + std::string(static_cast<std::size_t>(-d.exponent - 1), '0') + d.digits;
    return out;
  }
  const auto integer_digits = static_cast<std::size_t>(d.exponent) + 1;
  if (d.digits.size() <= integer_digits) {
    return out + d.digits + std::string(integer_digits - d.digits.size(), '0');
  }
  return out + d.digits.substr(0, integer_digits) + "." + d.digits.substr(integer_digits);
}

std::string tiny_text(double value) { return scientific(digits_of(value, 1)); }

bool is_tiny(double value) { return value != 0 && std::fabs(value) < kTinyBelow; }

// Of numbers with `count` digits the next one farther from 0.
Digits next_of(Digits d, int count) {
  d.digits.resize(static_cast<std::size_t>(count), '0');
  std::size_t i = d.digits.size();
  while (i > 0 && d.digits[i - 1] == '9') d.digits[--i] = '0';
  if (i == 0) return {d.negative, "1", d.exponent + 1};
  ++d.digits[i - 1];
  return d;
}

// Fewest digits with which the value reads back; `same` decides whether it did. Above a power of
// two the next number is twice as far as below it: there the decimal above may read back where the
// nearest one, below, does not.
template <class Same>
Digits shortest_digits(double value, int most, Same same) {
  int exponent;
  const bool is_power_of_two = std::fabs(std::frexp(value, &exponent)) == 0.5;
  for (int count = 1; count < most; ++count) {
    if (same(std::strtod(printed("%.*e", count - 1, value).c_str(), nullptr))) {
      return digits_of(value, count);
    }
    if (!is_power_of_two) continue;
    const Digits next = next_of(digits_of(value, count), count);
    if (same(std::strtod(scientific(next).c_str(), nullptr))) return next;
  }
  return digits_of(value, most);
}

Digits shortest_float_digits(float value) {
  return shortest_digits(static_cast<double>(value), 9,
                         [value](double read) { return static_cast<float>(read) == value; });
}

// Python's rule for when repr() goes scientific.
std::string layout(const Digits& d) {
  return d.exponent < -4 || d.exponent >= 16 ? scientific(d) : plain(d);
}

}  // namespace

ValueClass classify(float value) {
  if (std::isnan(value)) return ValueClass::kNan;
  if (std::isinf(value)) return ValueClass::kInf;
  if (value == 0) return ValueClass::kZero;
  return is_tiny(static_cast<double>(value)) ? ValueClass::kTiny : ValueClass::kKept;
}

std::string cell_text(float value) {
  const double wide = static_cast<double>(value);
  if (!std::isfinite(value)) return special_text(wide);
  if (value == 0) return "0";
  if (is_tiny(wide)) return tiny_text(wide);
  const double size = std::fabs(wide);
  if (size < 999.9995) return printed("%.*f", 3, wide);
  if (size < 10000) return printed("%.*f", std::floor(size) == size ? 0 : 1, wide);
  const Digits shortest = shortest_float_digits(value);
  if (shortest.digits.size() <= 2) return scientific(shortest);
  if (size < 100000) return printed("%.*f", 0, wide);
  return scientific(digits_of(wide, 3));
}

std::string cell_text(float value, int fewer) {
  if (fewer <= 0) return cell_text(value);
  const double wide = static_cast<double>(value);
  if (!std::isfinite(value) || value == 0 || is_tiny(wide)) return {};
  const double size = std::fabs(wide);
  if (size < 999.9995) {
    // A number below 1 keeps a digit that is not 0.
    const int most = size >= 1 ? 3 : size >= 0.095 ? 2 : size >= 0.0095 ? 1 : 0;
    return fewer > most ? std::string() : printed("%.*f", 3 - fewer, wide);
  }
  const int digits = 3 - fewer;
  return digits < 1 ? std::string() : scientific(digits_of(wide, digits));
}

std::string mass_text(double value) {
  if (!std::isfinite(value)) return special_text(value);
  if (is_tiny(value)) return tiny_text(value);
  return printed("%.*f", 3, value == 0 ? 0.0 : value);
}

std::string significant_text(double value, int digits) {
  if (!std::isfinite(value)) return special_text(value);
  if (value == 0) return "0";
  const Digits d = digits_of(value, digits < 1 ? 1 : digits > 17 ? 17 : digits);
  return d.exponent < -4 || d.exponent >= digits ? scientific(d) : plain(d);
}

std::string shortest_text(double value) {
  if (!std::isfinite(value)) return special_text(value);
  if (value == 0) return "0";
  return layout(shortest_digits(value, 17, [value](double read) { return read == value; }));
}

std::string float_text(float value) {
  if (!std::isfinite(value)) return special_text(static_cast<double>(value));
  if (value == 0) return "0";
  return layout(shortest_float_digits(value));
}

std::string count_text(int64_t value) {
  std::string digits = std::to_string(value);
  const std::size_t first = digits[0] == '-' ? 1 : 0;
  for (std::size_t i = digits.size(); i > first + 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

}  // namespace softmask::view
