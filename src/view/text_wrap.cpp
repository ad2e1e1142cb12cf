#include "view/text_wrap.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace softmask::view {
namespace {

// Of the character that begins at `at`, the byte behind it.
std::size_t after_character(std::string_view text, std::size_t at) {
  do ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

// One character and the byte behind it. What is no UTF-8 counts as the byte that it is.
struct Character {
  char32_t code;
  std::size_t end;
};

Character character_at(std::string_view text, std::size_t at) {
  const std::size_t end = after_character(text, at);
  const auto lead = static_cast<unsigned char>(text[at]);
  char32_t code = lead;
  if (end - at > 1) code = lead & (0xFFu >> (end - at + 1));
  for (std::size_t i = at + 1; i < end; ++i) {
    code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  }
  return {code, end};
}

// Ideographs, kana and full-width marks: what a line may be broken beside.
bool is_wide(char32_t c) { return c >= 0x2E80 && c <= 0xFFEF; }

bool is_one_of(char32_t c, std::u32string_view marks) {
  return marks.find(c) != std::u32string_view::npos;
}
bool opens(char32_t c) { return is_one_of(c, U"（「『【《〈“‘([{"); }
bool closes(char32_t c) { return is_one_of(c, U"。，、；：？！）」』】》〉”’…％)]},.;:?!%"); }

bool may_break_between(char32_t before, char32_t after) {
  if (after == ' ') return true;
  if (before == ' ') return false;  // it goes with what follows
  return (is_wide(before) || is_wide(after)) && !opens(before) && !closes(after);
}

// As many characters of a piece as fit, at least one.
std::string_view cut_piece(std::string_view piece, float width, const TextWidth& width_of) {
  std::size_t fits = after_character(piece, 0);
  while (fits < piece.size()) {
    const std::size_t next = after_character(piece, fits);
    if (width_of(piece.substr(0, next)) > width) break;
    fits = next;
  }
  return piece.substr(0, fits);
}

// The first line of a paragraph that is not empty.
std::string_view first_line(std::string_view paragraph, float width, const TextWidth& width_of) {
  std::size_t fits = 0;
  while (fits < paragraph.size()) {
    const std::size_t end = next_break(paragraph, fits);
    if (width_of(paragraph.substr(0, end)) > width) {
      return fits > 0 ? paragraph.substr(0, fits)
                      : cut_piece(paragraph.substr(0, end), width, width_of);
    }
    fits = end;
  }
  return paragraph;
}

}  // namespace

std::size_t next_break(std::string_view text, std::size_t from) {
  Character c = character_at(text, from);
  while (c.end < text.size()) {
    const Character next = character_at(text, c.end);
    if (may_break_between(c.code, next.code)) return c.end;
    c = next;
  }
  return text.size();
}

std::vector<std::string_view> wrap_text(std::string_view text, float width,
                                        const TextWidth& width_of) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t newline = std::min(text.find('\n'), text.size());
    std::string_view paragraph = text.substr(0, newline);
    text.remove_prefix(std::min(newline + 1, text.size()));
    do {
      const std::string_view line = first_line(paragraph, width, width_of);
      lines.push_back(line.substr(0, line.find_last_not_of(' ') + 1));
      paragraph.remove_prefix(line.size());
      paragraph.remove_prefix(std::min(paragraph.find_first_not_of(' '), paragraph.size()));
    } while (!paragraph.empty());
  }
  return lines;
}

}  // namespace softmask::view
