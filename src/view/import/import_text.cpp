#include "view/import/import_text.h"

#include <cstddef>
#include <string>

#include "view/import/bracket_text.h"
#include "view/import/refusal_texts.h"
#include "view/import/table_text.h"
#include "view/import/text_place.h"
#include "view/percent_coding.h"

namespace softmask::view {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view without_mark(std::string_view text) {
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    text.remove_prefix(kByteOrderMark.size());
  }
  return text;
}

bool is_latex(std::string_view text) {
  if (text.find('&') != std::string_view::npos) return true;
  for (const std::string_view sign : {"\\\\", "\\begin", "\\left"}) {
    if (text.find(sign) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

TextFormat detect_text_format(std::string_view text) {
  text = trimmed(without_mark(text));
  // \[ … \] of LaTeX does not begin with a bracket.
  if (is_bracket_text(text)) return TextFormat::kBrackets;
  if (is_latex(text)) return TextFormat::kLatex;
  const std::string_view line = text.substr(0, text.find('\n'));
  if (line.find('|') != std::string_view::npos) return TextFormat::kMarkdown;
  return TextFormat::kDelimited;
}

ImportResult import_text(std::string_view text) {
  text = without_mark(text);
  const std::size_t valid = utf8_prefix(text);
  if (valid < text.size()) {
    return refused(refused_at(text, valid, RefusalText::kTextNotUtf8));
  }
  const std::size_t nul = text.find('\0');
  if (nul != std::string_view::npos) {
    return refused(refused_at(text, nul, RefusalText::kTextHasZero));
  }
  switch (detect_text_format(text)) {
    case TextFormat::kBrackets:
      return import_bracket_text(text);
    case TextFormat::kLatex:
      return import_latex_text(text);
    case TextFormat::kMarkdown:
      return import_markdown_text(text);
    case TextFormat::kDelimited:
      break;
  }
  return import_delimited_text(text);
}

}  // namespace softmask::view
