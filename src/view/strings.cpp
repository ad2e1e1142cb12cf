#include "view/strings.h"

#include <cstddef>

namespace softmask::view {
namespace {

struct Wording {
  const char* english;
  const char* chinese;
};

constexpr Wording kWordings[] = {
#define SOFTMASK_TEXT(id, english, chinese) {english, chinese},
#include "view/strings.inc"
};

static_assert(sizeof(kWordings) / sizeof(kWordings[0]) == static_cast<std::size_t>(Text::kCount));

Language language_now = Language::kEnglish;

}  // namespace

void set_text_language(Language language) {
  language_now = language == Language::kChinese ? Language::kChinese : Language::kEnglish;
}

Language text_language() { return language_now; }

const char* text(Text id) { return text_in(language_now, id); }

const char* text_in(Language language, Text id) {
  const auto index = static_cast<std::size_t>(id);
  if (index >= static_cast<std::size_t>(Text::kCount)) return "";
  return language == Language::kChinese ? kWordings[index].chinese : kWordings[index].english;
}

std::string fill_in(std::string_view pattern, std::initializer_list<std::string_view> values) {
  std::string out;
  out.reserve(pattern.size() + 32);
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' &&
        pattern[i + 1] >= '0' && pattern[i + 1] <= '9') {
      const auto index = static_cast<std::size_t>(pattern[i + 1] - '0');
      if (index < values.size()) {
        out += values.begin()[index];
        i += 2;
        continue;
      }
    }
    out += pattern[i];
  }
  return out;
}

std::string fill_in(Text pattern, std::initializer_list<std::string_view> values) {
  return fill_in(text(pattern), values);
}

}  // namespace softmask::view
