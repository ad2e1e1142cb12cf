#include "view/import/text_place.h"

#include <algorithm>
#include <cstdint>

#include "view/percent_coding.h"

namespace softmask::view {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

core::Status refused_at(std::string_view text, std::size_t offset, std::string_view problem) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_end = before.rfind('\n');
  const std::string_view line =
      line_end == std::string_view::npos ? before : before.substr(line_end + 1);
  // Every byte but those that continue a character.
  const auto column = std::count_if(
      line.begin(), line.end(), [](char c) { return (static_cast<uint8_t>(c) & 0xC0) != 0x80; });
  return core::Status::range(refusal_words(
      RefusalText::kAtLine, {std::to_string(lines + 1), std::to_string(column + 1), problem}));
}

core::Status refused_at(std::string_view text, std::size_t offset, RefusalText problem) {
  return refused_at(text, offset, refusal_text(problem));
}

std::string found_but(std::string_view found, std::string_view allowed) {
  if (found.empty()) return refusal_words(RefusalText::kFoundTextEnd, {allowed});
  return refusal_words(RefusalText::kFound, {printable_excerpt(found, 40), allowed});
}

std::string found_but(std::string_view found, RefusalText allowed) {
  return found_but(found, refusal_text(allowed));
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace softmask::view
