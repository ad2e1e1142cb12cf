// What the formatters write, read back: the same number where they promise that, else the nearest
// of those that are written with so many digits.
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/decimal_text.h"
#include "core/tensor_text.h"
#include "fuzz/fuzz_input.h"
#include "fuzz/fuzz_target.h"
#include "view/base64url.h"
#include "view/import/import_text.h"
#include "view/number_parse.h"
#include "view/number_text.h"
#include "view/state.h"

namespace softmask::view {
namespace {

[[noreturn]] void refuse(const std::string& text, double value, const char* what) {
  char words[600];
  std::snprintf(words, sizeof words, "%s: \"%s\" of %.17g", what, text.c_str(), value);
  require(false, words);
  std::abort();
}

bool same_number(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

double read_number(const std::string& text, double value) {
  if (text == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (text == "inf" || text == "-inf") {
    return text[0] == '-' ? -std::numeric_limits<double>::infinity()
                          : std::numeric_limits<double>::infinity();
  }
  const std::optional<double> read = parse_decimal_or_infinity(text);
  if (!read) refuse(text, value, "it is no number");
  return *read;
}

// Of the last digit that is written: 0.001 of "0.250", 1e7 of "2.5e8".
double unit_of(const std::string& text) {
  const size_t e = text.find('e');
  const size_t point = text.find('.');
  const size_t end = e == std::string::npos ? text.size() : e;
  int exponent = e == std::string::npos ? 0 : std::atoi(text.c_str() + e + 1);
  if (point != std::string::npos) exponent -= static_cast<int>(end - point - 1);
  return std::pow(10.0, exponent);
}

// Written with so many digits no other text is nearer. Half a unit, and what doubles cannot say.
double check_nearest(const std::string& text, double value) {
  const double read = read_number(text, value);
  // With few digits the largest doubles round to what is beyond them: 2e308.
  if (std::isinf(read) && std::abs(value) >= 1.5e308 && (read < 0) == (value < 0)) return value;
  if (!std::isfinite(value) || !std::isfinite(read)) {
    if (!same_number(read, value)) refuse(text, value, "not the same");
    return read;
  }
  const double slack = std::abs(value) * 0x1p-51 + 0x1p-1074;
  if (!(std::abs(read - value) <= unit_of(text) * (0.5 + 1e-9) + slack)) {
    refuse(text, value, "not the nearest");
  }
  if (value != 0 && read != 0 && (read < 0) != (value < 0)) refuse(text, value, "another sign");
  return read;
}

int digits_in(const std::string& text) {
  int digits = 0;
  int trailing = 0;
  for (const char c : text.substr(0, text.find('e'))) {
    if (c < '0' || c > '9' || (c == '0' && digits == 0)) continue;
    ++digits;
    trailing = c == '0' ? trailing + 1 : 0;
  }
  return digits - trailing;
}

// No number with a digit fewer, next to the value on either side, reads back.
template <class Same>
void check_shortest(const std::string& text, double value, Same same) {
  const int digits = digits_in(text);
  if (digits < 2 || !std::isfinite(value)) return;
  char near[40];
  std::snprintf(near, sizeof near, "%.*e", digits - 2, value);
  const double step = unit_of(near);
  for (const int side : {-1, 0, 1}) {
    char other[40];
    std::snprintf(other, sizeof other, "%.*e", digits - 2,
                  std::strtod(near, nullptr) + side * step);
    if (same(std::strtod(other, nullptr))) refuse(text, value, other);
  }
}

void check_double(double value) {
  const std::string text = shortest_text(value);
  if (!same_number(read_number(text, value), value)) refuse(text, value, "it reads differently");
  check_shortest(text, value, [value](double read) { return read == value; });
}

void check_float(float value) {
  const auto wide = static_cast<double>(value);
  const auto same = [value](double read) { return static_cast<float>(read) == value; };
  const std::string text = float_text(value);
  const double read = read_number(text, wide);
  if (!same(read) && !(std::isnan(read) && std::isnan(value))) {
    refuse(text, wide, "it reads differently");
  }
  check_shortest(text, wide, same);
}

void check_cell(float value) {
  const auto wide = static_cast<double>(value);
  std::string text = cell_text(value);
  if (text.size() > 8) refuse(text, wide, "longer than eight characters");
  const double read = check_nearest(text, wide);
  if ((read == 0) != (value == 0)) refuse(text, wide, "zero is zero alone");
  for (int fewer = 1; fewer <= 4; ++fewer) {
    const std::string shorter = cell_text(value, fewer);
    if (shorter.empty()) break;
    const double less = check_nearest(shorter, wide);
    if (less == 0) refuse(shorter, wide, "a number that is not zero");
    if (digits_in(shorter) > digits_in(text)) refuse(shorter, wide, "more digits than before");
    text = shorter;
  }
}

void check_mass(double value) {
  const std::string text = mass_text(value);
  const double read = check_nearest(text, value);
  if ((read == 0) != (value == 0)) refuse(text, value, "zero is zero alone");
}

void check_significant(double value, int digits) {
  const std::string text = significant_text(value, digits);
  const double read = check_nearest(text, value);
  if (digits >= 17 && !same_number(read, value)) refuse(text, value, "17 digits say a double");
  if (std::isfinite(value) && digits_in(text) > digits) refuse(text, value, "too many digits");
}

// core's own printf against the C library's.
void check_printf(float value, int precision) {
  char expected[400];
  const auto wide = static_cast<double>(std::isnan(value) ? std::abs(value) : value);
  std::snprintf(expected, sizeof expected, "%.*f", precision, wide);
  if (core::fixed_text(value, precision) != expected) refuse(expected, wide, "fixed_text");
  std::snprintf(expected, sizeof expected, "%.*e", precision, wide);
  if (core::scientific_text(value, precision) != expected) refuse(expected, wide, "scientific");
}

void check_fill(double value) {
  const std::optional<Fill> fill = parse_fill(shortest_text(value));
  const bool is_fill = std::isfinite(value) || value < 0;
  require(fill.has_value() == is_fill, "every number but NaN and inf is a fill");
  if (fill) require(fill_value(*fill, core::Dtype::kFloat32) == value, "a fill keeps its number");
}

void check_base64url(FuzzInput& input) {
  std::vector<float> values(input.below(16));
  for (float& value : values) value = input.bits<float>();
  const auto read = floats_from_base64url(floats_to_base64url(values));
  require(read && same_bits(*read, values), "base64url keeps every bit");
}

void check_count(int64_t value) {
  std::string text = count_text(value);
  for (size_t i = text.size(); i > 4; i -= 4) {
    if (text[i - 4] != ',') break;
    text.erase(i - 4, 1);
  }
  if (text != std::to_string(value)) refuse(text, static_cast<double>(value), "another count");
}

// A tensor as PyTorch prints it, read by our own reader of such texts.
void check_tensor(FuzzInput& input) {
  const size_t shape = input.byte();
  const int rows = shape == 255 ? 30 : 1 + static_cast<int>(shape % 3);
  const int cols = shape == 255 ? 34 : 1 + static_cast<int>(shape % 7);
  core::TensorTextOptions options;
  options.precision = static_cast<int>(input.below(12));
  const size_t mode = input.below(6);
  if (mode % 3 != 0) options.sci_mode = mode % 3 == 1;
  if (mode >= 3) options.style = core::PrintStyle::k1_13;
  std::vector<float> x(static_cast<size_t>(rows) * static_cast<size_t>(cols));
  const size_t given = 1 + input.below(x.size() < 256 ? x.size() : 256);
  for (size_t i = 0; i < given; ++i) x[i] = input.score();
  for (size_t i = given; i < x.size(); ++i) x[i] = x[i % given];

  const std::string text = core::tensor_text(x, rows, cols, options);
  const ImportResult read = import_text(text);
  if (x.size() > core::kSummaryThreshold) {
    require(!read.ok() && read.status.message.find("...") != std::string::npos,
            "a summary is refused");
    return;
  }
  if (!read.ok()) refuse(text, 0, read.status.message.c_str());
  require(read.value.rows == rows && read.value.cols == cols, "a tensor keeps its shape");
  // Of every number so many digits are printed as of its neighbours: nine of them say a float.
  const bool exact = options.sci_mode == true && options.precision >= 8;
  for (size_t i = 0; i < x.size(); ++i) {
    const float value = read.value.values[i];
    const auto wide = static_cast<double>(x[i]);
    if (exact || !std::isfinite(x[i])) {
      if (!same_number(static_cast<double>(value), wide)) refuse(text, wide, "another value");
      continue;
    }
    // Half of the last digit, and what reading it as a float32 costs.
    const double half = 0.5 * std::pow(10.0, -options.precision) * (1 + 1e-6);
    const double scale = options.sci_mode == true ? std::abs(wide) : std::max(1.0, std::abs(wide));
    const double allowed = half * scale + std::abs(wide) * 0x1p-23 + 0x1p-149;
    const bool near = std::abs(static_cast<double>(value) - wide) <= allowed;
    // The largest floats round to infinity: 3.4028e+38 is 3.4029e+38 with some digits fewer.
    if (!near && !(std::isinf(value) && std::abs(wide) > 3e38)) refuse(text, wide, "another value");
  }

  if (mode != 0) return;
  std::vector<uint8_t> bits(x.size());
  for (size_t i = 0; i < bits.size(); ++i) bits[i] = x[i] > 0;
  const ImportResult mask = import_text(core::tensor_text(bits, rows, cols, options));
  require(mask.ok() && mask.value.type == ElementType::kBool, "a mask is read as one");
  for (size_t i = 0; i < bits.size(); ++i) {
    require((mask.value.values[i] != 0) == (bits[i] != 0), "a mask keeps its bits");
  }
}

}  // namespace
}  // namespace softmask::view

SOFTMASK_FUZZ_TARGET(printed_numbers) {
  using namespace softmask::view;
  softmask::FuzzInput input(data, size);
  const uint8_t what = input.byte();
  // Any double, or one of those that people write.
  const auto number = [&] {
    return what < 128 ? input.bits<double>()
                      : static_cast<double>(input.bits<int32_t>()) * std::pow(10.0, what % 24 - 12);
  };
  switch (what % 10) {
    case 0:
      return check_double(number());
    case 1:
      return check_float(input.bits<float>());
    case 2:
      return check_cell(what < 128 ? input.bits<float>() : input.score());
    case 3:
      return check_mass(number());
    case 4: {  // In this order with every compiler.
      const int digits = 1 + static_cast<int>(input.below(17));
      return check_significant(number(), digits);
    }
    case 5: {
      const auto precision = static_cast<int>(input.below(60));
      return check_printf(input.bits<float>(), precision);
    }
    case 6:
      return check_fill(number());
    case 7:
      return check_base64url(input);
    case 8:
      return check_count(input.bits<int64_t>());
    default:
      return check_tensor(input);
  }
}
