#include "core/decimal_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/bit_cast.h"

namespace softmask::core {
namespace {

// 0.d1 d2 d3 … * 10^point. No digits: zero.
struct Decimal {
  std::string digits;
  int point = 0;
};

// A natural number below 2^384, enough for a float32 mantissa times 5^149 or 2^104.
class Natural {
 public:
  explicit Natural(uint32_t value) { limbs_[0] = value; }

  void multiply(uint32_t factor) {
    uint64_t carry = 0;
    for (uint32_t& limb : limbs_) {
      carry += uint64_t{limb} * factor;
      limb = static_cast<uint32_t>(carry % kBase);
      carry /= kBase;
    }
  }

  // In decimal, without leading zeros.
  std::string text() const {
    std::string digits;
    for (uint32_t limb : limbs_) {
      for (int i = 0; i < kLimbDigits; ++i) {
        digits.push_back(static_cast<char>('0' + limb % 10));
        limb /= 10;
      }
    }
    while (!digits.empty() && digits.back() == '0') digits.pop_back();
    std::reverse(digits.begin(), digits.end());
    return digits;
  }

 private:
  static constexpr uint32_t kBase = 1'000'000'000;
  static constexpr int kLimbDigits = 9;
  std::array<uint32_t, 13> limbs_{};
};

// The exact expansion of |value|: m * 2^e is m * 2^e for e >= 0, else m * 5^-e * 10^e.
Decimal exact_decimal(float value) {
  const uint32_t bits = bit_cast<uint32_t>(value) & 0x7fffffffu;
  const bool subnormal = bits < 0x00800000u;
  const uint32_t mantissa = subnormal ? bits : (bits & 0x007fffffu) | 0x00800000u;
  const int exponent = static_cast<int>(subnormal ? 1 : bits >> 23) - 150;
  Natural number(mantissa);
  for (int i = 0; i < exponent; ++i) number.multiply(2);
  for (int i = exponent; i < 0; ++i) number.multiply(5);
  Decimal decimal{number.text(), 0};
  decimal.point = static_cast<int>(decimal.digits.size()) + std::min(exponent, 0);
  return decimal;
}

// Exactly `count` digits, the last one rounded. A carry may move the point; then there is one
// digit more. A count below 0 gives zero.
void round_to_count(Decimal& decimal, int count) {
  if (count < 0) {
    decimal = {};
    return;
  }
  const auto kept = static_cast<size_t>(count);
  std::string& digits = decimal.digits;
  if (digits.size() <= kept) {
    digits.resize(kept, '0');
    return;
  }
  const bool is_half =
      digits[kept] == '5' && digits.find_first_not_of('0', kept + 1) == digits.npos;
  const bool last_is_odd = kept > 0 && (digits[kept - 1] - '0') % 2 != 0;
  const bool up = is_half ? last_is_odd : digits[kept] >= '5';
  digits.resize(kept);
  if (!up) return;
  size_t i = kept;
  while (i > 0 && digits[i - 1] == '9') digits[--i] = '0';
  if (i > 0) {
    ++digits[i - 1];
  } else {
    digits.insert(digits.begin(), '1');
    ++decimal.point;
  }
}

std::string_view sign_text(float value) { return std::signbit(value) ? "-" : ""; }

std::string nonfinite_text(float value) {
  if (std::isnan(value)) return "nan";
  return std::string(sign_text(value)) + "inf";
}

std::string with_point(std::string_view whole, std::string_view fraction) {
  std::string text(whole);
  if (!fraction.empty()) {
    text += '.';
    text += fraction;
  }
  return text;
}

}  // namespace

std::string fixed_text(float value, int precision) {
  if (!std::isfinite(value)) return nonfinite_text(value);
  Decimal decimal = exact_decimal(value);
  round_to_count(decimal, decimal.point + precision);
  // At least one digit before the point, and `precision` after it.
  const auto wanted = static_cast<size_t>(precision) + 1;
  std::string& digits = decimal.digits;
  if (digits.size() < wanted) digits.insert(0, wanted - digits.size(), '0');
  const size_t whole = digits.size() - static_cast<size_t>(precision);
  const std::string_view all = digits;
  return std::string(sign_text(value)) + with_point(all.substr(0, whole), all.substr(whole));
}

std::string scientific_text(float value, int precision) {
  if (!std::isfinite(value)) return nonfinite_text(value);
  Decimal decimal = exact_decimal(value);
  const int wanted = precision + 1;
  if (decimal.digits.empty()) decimal.point = 1;  // zero is 0.000e+00
  round_to_count(decimal, wanted);
  const int exponent = decimal.point - 1;
  const std::string_view digits = std::string_view(decimal.digits).substr(0, wanted);
  std::string text(sign_text(value));
  text += with_point(digits.substr(0, 1), digits.substr(1));
  text += exponent < 0 ? "e-" : "e+";
  if (std::abs(exponent) < 10) text += '0';
  return text + std::to_string(std::abs(exponent));
}

}  // namespace softmask::core
