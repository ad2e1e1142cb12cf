#include "view/field_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <optional>
#include <vector>

#include "view/base64url.h"
#include "view/lesson.h"
#include "view/number_parse.h"
#include "view/number_text.h"

namespace softmask::view {
namespace {

// --- words for enumerations, in the order of the enumerators

template <class Enum, std::size_t N>
bool parse_word(const std::array<std::string_view, N>& words, std::string_view text, Enum& out) {
  const auto found = std::find(words.begin(), words.end(), text);
  if (found == words.end()) return false;
  out = static_cast<Enum>(found - words.begin());
  return true;
}

template <class Enum, std::size_t N>
std::string print_word(const std::array<std::string_view, N>& words, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return index < N ? std::string(words[index]) : "?";
}

constexpr std::array<std::string_view, 2> kCpuWords = {"avx2", "default"};
constexpr std::array<std::string_view, 3> kDtypeWords = {"float32", "float16", "bfloat16"};
constexpr std::array<std::string_view, 3> kOrderWords = {"fill", "zero", "renorm"};
constexpr std::array<std::string_view, 3> kLanguageWords = {"en", "zh-CN", "auto"};
constexpr std::array<std::string_view, 3> kThemeWords = {"light", "dark", "auto"};
constexpr std::array<std::string_view, 3> kAnimateWords = {"1", "0", "auto"};
// In the order of the bits of Hide, which is the canonical order.
constexpr std::array<std::string_view, 6> kHideWords = {"controls", "code",   "ledger",
                                                        "scores",   "masked", "title"};

// --- numbers

template <class T>
bool assign(std::optional<T> parsed, T& out) {
  if (!parsed) return false;
  out = std::move(*parsed);
  return true;
}

bool parse_seed(std::string_view text, State& state) {
  return assign(parse_unsigned(text), state.seed);
}
std::string print_seed(const State& state) { return std::to_string(state.seed); }

bool parse_rows(std::string_view text, State& state) {
  return assign(parse_int(text, 1, core::kMaxRows), state.rows);
}
std::string print_rows(const State& state) { return std::to_string(state.rows); }

bool parse_cols(std::string_view text, State& state) {
  return assign(parse_int(text, 1, core::kMaxCols), state.cols);
}
std::string print_cols(const State& state) { return std::to_string(state.cols); }

bool parse_scores(std::string_view text, State& state) {
  std::optional<std::vector<float>> values = floats_from_base64url(text);
  if (!values || values->size() > kMaxOwnScores) return false;
  state.scores = std::move(*values);
  return true;
}
std::string print_scores(const State& state) { return floats_to_base64url(state.scores); }

bool parse_dim(std::string_view text, State& state) {
  if (text != "-1" && text != "0") return false;
  state.dim = text == "0" ? 0 : -1;
  return true;
}
std::string print_dim(const State& state) { return std::to_string(state.dim); }

// PyTorch divides float32 tensors by the float32 value of the temperature.
bool is_temperature(double value) {
  const float narrow = static_cast<float>(value);
  return std::isfinite(narrow) && narrow > 0;
}

bool parse_temperature(std::string_view text, State& state) {
  const std::optional<double> value = parse_decimal(text);
  if (!value || std::fabs(*value) > 3.5e38 || !is_temperature(*value)) return false;
  state.temperature = *value;
  return true;
}
std::string print_temperature(const State& state) { return shortest_text(state.temperature); }

bool parse_fill_field(std::string_view text, State& state) {
  return assign(parse_fill(text), state.fill);
}
std::string print_fill(const State& state) { return state.fill.text; }

bool parse_row(std::string_view text, State& state) {
  if (text == "none") {
    state.row = kNoRow;
    return true;
  }
  return assign(parse_int(text, 0, core::kMaxRows - 1), state.row);
}
std::string print_row(const State& state) {
  return state.row == kNoRow ? "none" : std::to_string(state.row);
}

// --- mask

constexpr std::array<std::string_view, 3> kPlainMasks = {"random", "none", "causal"};
constexpr std::string_view kPaddingPrefix = "padding:";
constexpr std::string_view kWindowPrefix = "window:";

bool parse_bits(std::string_view text, std::vector<uint8_t>& bits) {
  if (text.empty() || text.size() > static_cast<std::size_t>(core::kMaxElements)) return false;
  if (text.find_first_not_of("01") != std::string_view::npos) return false;
  bits.resize(text.size());
  std::transform(text.begin(), text.end(), bits.begin(),
                 [](char c) { return static_cast<uint8_t>(c - '0'); });
  return true;
}

bool parse_mask(std::string_view text, State& state) {
  MaskSpec mask;
  const auto with_k = [&](std::string_view prefix, MaskSpec::Kind kind) {
    if (!text.starts_with(prefix)) return false;
    mask.kind = kind;
    return assign(parse_int(text.substr(prefix.size()), 0, core::kMaxCols), mask.k);
  };
  if (parse_word(kPlainMasks, text, mask.kind)) {
  } else if (with_k(kPaddingPrefix, MaskSpec::Kind::kPadding) ||
             with_k(kWindowPrefix, MaskSpec::Kind::kWindow)) {
  } else if (parse_bits(text, mask.bits)) {
    mask.kind = MaskSpec::Kind::kBits;
  } else {
    return false;
  }
  state.mask = std::move(mask);
  return true;
}

std::string print_mask(const State& state) {
  const MaskSpec& mask = state.mask;
  switch (mask.kind) {
    case MaskSpec::Kind::kPadding:
      return std::string(kPaddingPrefix) + std::to_string(mask.k);
    case MaskSpec::Kind::kWindow:
      return std::string(kWindowPrefix) + std::to_string(mask.k);
    case MaskSpec::Kind::kBits: {
      std::string text(mask.bits.size(), '0');
      std::transform(mask.bits.begin(), mask.bits.end(), text.begin(),
                     [](uint8_t bit) { return bit != 0 ? '1' : '0'; });
      return text;
    }
    default:
      return print_word(kPlainMasks, mask.kind);
  }
}

// --- words

bool parse_cpu(std::string_view text, State& state) {
  return parse_word(kCpuWords, text, state.cpu);
}
std::string print_cpu(const State& state) { return print_word(kCpuWords, state.cpu); }

bool parse_dtype(std::string_view text, State& state) {
  return parse_word(kDtypeWords, text, state.dtype);
}
std::string print_dtype(const State& state) { return print_word(kDtypeWords, state.dtype); }

bool parse_order(std::string_view text, State& state) {
  return parse_word(kOrderWords, text, state.order);
}
std::string print_order(const State& state) { return print_word(kOrderWords, state.order); }

bool parse_lesson(std::string_view text, State& state) {
  if (!text.empty() && find_lesson(text) == nullptr) return false;
  state.lesson = text;
  return true;
}
std::string print_lesson(const State& state) { return state.lesson; }

bool parse_lang(std::string_view text, State& state) {
  return parse_word(kLanguageWords, text, state.lang);
}
std::string print_lang(const State& state) { return print_word(kLanguageWords, state.lang); }

bool parse_theme(std::string_view text, State& state) {
  return parse_word(kThemeWords, text, state.theme);
}
std::string print_theme(const State& state) { return print_word(kThemeWords, state.theme); }

bool parse_animate(std::string_view text, State& state) {
  return parse_word(kAnimateWords, text, state.animate);
}
std::string print_animate(const State& state) { return print_word(kAnimateWords, state.animate); }

bool parse_hide(std::string_view text, State& state) {
  unsigned hide = 0;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    unsigned index = 0;
    if (!parse_word(kHideWords, text.substr(0, comma), index)) return false;
    hide |= 1U << index;
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
    if (text.empty()) return false;  // a comma at the end
  }
  state.hide = static_cast<uint8_t>(hide);
  return true;
}

std::string print_hide(const State& state) {
  std::string out;
  for (std::size_t i = 0; i < kHideWords.size(); ++i) {
    if ((state.hide >> i & 1) == 0) continue;
    if (!out.empty()) out += ',';
    out += kHideWords[i];
  }
  return out;
}

constexpr bool kNumber = true;
constexpr bool kString = false;
constexpr bool kAlways = true;
constexpr bool kUnlessDefault = false;

constexpr Field kFields[] = {
    {"seed", parse_seed, print_seed, Text::kAllowedSeed, kString, kAlways},
    {"rows", parse_rows, print_rows, Text::kAllowedRows, kNumber, kUnlessDefault},
    {"cols", parse_cols, print_cols, Text::kAllowedCols, kNumber, kUnlessDefault},
    {"scores", parse_scores, print_scores, Text::kAllowedScores, kString, kUnlessDefault},
    {"cpu", parse_cpu, print_cpu, Text::kAllowedCpu, kString, kUnlessDefault},
    {"mask", parse_mask, print_mask, Text::kAllowedMask, kString, kAlways},
    {"fill", parse_fill_field, print_fill, Text::kAllowedFill, kString, kUnlessDefault},
    {"dtype", parse_dtype, print_dtype, Text::kAllowedDtype, kString, kUnlessDefault},
    {"order", parse_order, print_order, Text::kAllowedOrder, kString, kUnlessDefault},
    {"dim", parse_dim, print_dim, Text::kAllowedDim, kNumber, kUnlessDefault},
    {"temperature", parse_temperature, print_temperature, Text::kAllowedTemperature, kNumber,
     kUnlessDefault},
    {"row", parse_row, print_row, Text::kAllowedRow, kString, kUnlessDefault},
    {"lesson", parse_lesson, print_lesson, Text::kAllowedLesson, kString, kUnlessDefault},
    {"lang", parse_lang, print_lang, Text::kAllowedLang, kString, kUnlessDefault},
    {"theme", parse_theme, print_theme, Text::kAllowedTheme, kString, kUnlessDefault},
    {"hide", parse_hide, print_hide, Text::kAllowedHide, kString, kUnlessDefault},
    {"animate", parse_animate, print_animate, Text::kAllowedAnimate, kString, kUnlessDefault},
};

}  // namespace

std::span<const Field> field_table() { return kFields; }

int field_index(std::string_view key) {
  const auto* const found = std::find_if(std::begin(kFields), std::end(kFields),
                                         [key](const Field& field) { return field.key == key; });
  return found == std::end(kFields) ? -1 : static_cast<int>(found - std::begin(kFields));
}

}  // namespace softmask::view
