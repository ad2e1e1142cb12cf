#include "view/import/refusal_texts.h"

#include <cstddef>

namespace softmask::view {
namespace {

struct ImportWording {
  const char* english;
  const char* chinese;
};

constexpr ImportWording kImportWordings[] = {
#define SOFTMASK_REFUSAL_TEXT(id, english, chinese) {english, chinese},
#include "view/import/refusal_texts.inc"
};

static_assert(sizeof(kImportWordings) / sizeof(kImportWordings[0]) ==
              static_cast<std::size_t>(RefusalText::kCount));

}  // namespace

const char* refusal_text(RefusalText id) { return refusal_text_in(text_language(), id); }

const char* refusal_text_in(Language language, RefusalText id) {
  const auto index = static_cast<std::size_t>(id);
  if (index >= static_cast<std::size_t>(RefusalText::kCount)) return "";
  const ImportWording& wording = kImportWordings[index];
  return language == Language::kChinese ? wording.chinese : wording.english;
}

std::string refusal_words(RefusalText id, std::initializer_list<std::string_view> values) {
  return fill_in(refusal_text(id), values);
}

}  // namespace softmask::view
