#include "view/strings.h"

#include <cstddef>

namespace softmask::view {
namespace {

constexpr const char* kEnglish[] = {
#define SOFTMASK_TEXT(id, english) english,
#include "view/strings.inc"
#undef SOFTMASK_TEXT
};

static_assert(sizeof(kEnglish) / sizeof(kEnglish[0]) == static_cast<std::size_t>(Text::kCount));

}  // namespace

const char* text(Text id) {
  const auto index = static_cast<std::size_t>(id);
  return index < static_cast<std::size_t>(Text::kCount) ? kEnglish[index] : "";
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
