#include "view/import/import_text.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

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

// `text`: from its first & or \\ on.
bool is_latex(std::string_view text) {
  if (text.find('&') != std::string_view::npos) return true;
  for (const std::string_view sign : {"\\\\", "\\begin", "\\left"}) {
    if (text.find(sign) != std::string_view::npos) return true;
  }
  return false;
}

std::unique_ptr<TextParser> parser_of(TextFormat format, std::string_view text) {
  switch (format) {
    case TextFormat::kBrackets:
      return bracket_parser(text);
    case TextFormat::kLatex:
      return latex_parser(text);
    case TextFormat::kMarkdown:
      return markdown_parser(text);
    case TextFormat::kDelimited:
      break;
  }
  return delimited_parser(text);
}

}  // namespace

TextImport::TextImport(std::string_view text) : text_(without_mark(text)), sign_(text_.size()) {}

bool TextImport::check_on(std::size_t bytes) {
  const std::size_t end = checked_ + std::min(bytes, text_.size() - checked_);
  while (checked_ < end) {
    const char c = text_[checked_];
    if (c == '\0') {
      status_ = refused_at(text_, checked_, RefusalText::kTextHasZero);
      return false;
    }
    if ((c == '&' || c == '\\') && sign_ == text_.size()) sign_ = checked_;
    const std::size_t length =
        (static_cast<uint8_t>(c) & 0x80) == 0 ? 1 : utf8_length(text_.substr(checked_));
    if (length == 0) {
      status_ = refused_at(text_, checked_, RefusalText::kTextNotUtf8);
      return false;
    }
    checked_ += length;
  }
  return true;
}

TextFormat TextImport::format() const {
  const std::string_view text = trimmed(text_);
  // \[ … \] of LaTeX does not begin with a bracket.
  if (is_bracket_text(text)) return TextFormat::kBrackets;
  if (is_latex(text_.substr(sign_))) return TextFormat::kLatex;
  const std::string_view line = text.substr(0, text.find('\n'));
  if (line.find('|') != std::string_view::npos) return TextFormat::kMarkdown;
  return TextFormat::kDelimited;
}

bool TextImport::read_on(std::size_t bytes) {
  bytes = std::max<std::size_t>(bytes, 1);
  if (!status_.ok()) return false;
  if (!parser_) {
    if (!check_on(bytes)) return false;
    if (checked_ == text_.size()) parser_ = parser_of(format(), text_);
    return true;
  }
  read_ += std::min(bytes, text_.size() - read_);
  return parser_->read_to(read_);
}

double TextImport::done() const {
  if (text_.empty()) return 1;
  // A guess: what a number says takes longer than whether it is text.
  const auto bytes = [](std::size_t count) { return static_cast<double>(count); };
  return (bytes(checked_) + 9 * bytes(read_)) / (10 * bytes(text_.size()));
}

ImportResult TextImport::take() {
  if (!status_.ok()) return refused(std::move(status_));
  return parser_->take();
}

ImportResult import_text(std::string_view text) {
  TextImport import(text);
  while (import.read_on(text.size())) {
  }
  return import.take();
}

}  // namespace softmask::view
