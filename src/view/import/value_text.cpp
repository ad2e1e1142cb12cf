#include "view/import/value_text.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "view/import/text_place.h"
#include "view/number_parse.h"

namespace softmask::view {
namespace {

constexpr std::string_view kMinus = "\xE2\x88\x92";
// The longest word is "np.longdouble(float('-infinity'))"-like; nothing longer is looked at.
constexpr std::size_t kLongestWord = 64;

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

void drop_module(std::string_view& text) {
  for (const std::string_view module : {"np.", "numpy.", "math.", "torch.", "jnp.", "Number."}) {
    if (take_prefix(text, module)) return;
  }
}

// The inside of "…" or '…'; `text` itself where there are no quotes.
std::string_view without_quotes(std::string_view text) {
  const bool quoted = text.size() >= 2 && text.front() == text.back() &&
                      (text.front() == '"' || text.front() == '\'');
  return quoted ? text.substr(1, text.size() - 2) : text;
}

// The inside of `float("…")` and of NumPy's scalars as it prints them; `text` itself otherwise.
std::string_view without_call(std::string_view text) {
  std::string_view inner = text;
  drop_module(inner);
  constexpr std::array kCalls = {"float(", "float16(", "float32(", "float64(", "bool_(",
                                 "int8(",  "int16(",   "int32(",   "int64(",   "uint8(",
                                 "bool(",  "int(",     "bfloat16("};
  for (const std::string_view call : kCalls) {
    if (inner.back() != ')' || !take_prefix(inner, call)) continue;
    inner.remove_suffix(1);
    return without_quotes(inner);
  }
  return text;
}

// A sign, taken off: -1 or 1.
double take_sign(std::string_view& text) {
  if (take_prefix(text, "-") || take_prefix(text, kMinus)) return -1.0;
  take_prefix(text, "+");
  return 1.0;
}

std::optional<TextValue> parse_word(std::string_view text) {
  using Kind = TextValue::Kind;
  constexpr double kInf = std::numeric_limits<double>::infinity();
  const std::string_view unsigned_word = text;
  const double sign = take_sign(text);
  const bool has_sign = unsigned_word.size() != text.size();
  drop_module(text);
  if (text == "\\infty" || text == "\xE2\x88\x9E") return TextValue{sign * kInf, Kind::kReal};
  std::string word(text);
  std::transform(word.begin(), word.end(), word.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (word == "inf" || word == "infinity") return TextValue{sign * kInf, Kind::kReal};
  if (word == "nan") return TextValue{std::numeric_limits<double>::quiet_NaN(), Kind::kReal};
  if (has_sign) return std::nullopt;
  if (word == "true" || word == "true_") return TextValue{1.0, Kind::kBool};
  if (word == "false" || word == "false_") return TextValue{0.0, Kind::kBool};
  return std::nullopt;
}

std::optional<TextValue> parse_number(std::string_view text) {
  const bool integer = text.find_first_of(".eE") == std::string_view::npos;
  double sign = 1.0;
  if (take_prefix(text, kMinus)) {
    sign = -1.0;
    if (text.empty() || text.front() == '-' || text.front() == '+') return std::nullopt;
  }
  const std::optional<double> number = parse_decimal_or_infinity(text);
  if (!number) return std::nullopt;
  const auto kind = integer ? TextValue::Kind::kInteger : TextValue::Kind::kReal;
  return TextValue{sign * *number, kind, true};
}

// LaTeX's -1 \cdot 10^{9}, with \times as well.
std::optional<TextValue> parse_power_of_ten(std::string_view text) {
  const std::size_t sign = text.find('\\');
  if (sign == std::string_view::npos) return std::nullopt;
  const std::string_view factor = trimmed(text.substr(0, sign));
  std::string_view power = text.substr(sign);
  if (!take_prefix(power, "\\cdot") && !take_prefix(power, "\\times")) return std::nullopt;
  power = trimmed(power);
  if (!take_prefix(power, "10^")) return std::nullopt;
  const bool in_braces = power.size() > 2 && power.front() == '{' && power.back() == '}';
  const std::string_view exponent = in_braces ? power.substr(1, power.size() - 2) : power;
  if (!in_braces && exponent.size() != 1) return std::nullopt;
  if (factor.find_first_of("eE") != std::string_view::npos) return std::nullopt;
  return parse_number(std::string(factor) + 'e' + std::string(exponent));
}

}  // namespace

std::optional<TextValue> parse_value(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (const auto number = parse_number(text)) return number;
  if (text.size() > kLongestWord) return std::nullopt;
  if (const auto word = parse_word(text)) return word;
  if (const auto power = parse_power_of_ten(text)) return power;

  // "-inf", as JSON writes what it has no number for.
  const std::string_view unquoted = without_quotes(text);
  if (unquoted.size() < text.size()) {
    if (const auto number = parse_number(unquoted)) return number;
    return parse_word(unquoted);
  }

  // At most one sign in front of a call, and one call.
  std::string_view call = text;
  const double sign = take_sign(call);
  if (call.empty()) return std::nullopt;
  const std::string_view inner = without_call(call);
  if (inner.data() == call.data() || inner.empty()) return std::nullopt;
  std::optional<TextValue> value = parse_number(inner);
  if (!value) value = parse_word(inner);
  if (value) value->number *= sign;
  return value;
}

}  // namespace softmask::view
