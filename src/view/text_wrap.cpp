#include "view/text_wrap.h"

#include <algorithm>
#include <cstddef>

namespace softmask::view {
namespace {

// Of the character that begins at `at`, the byte behind it.
std::size_t after_character(std::string_view text, std::size_t at) {
  do ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

// As many characters of a word as fit, at least one.
std::string_view cut_word(std::string_view word, float width, const TextWidth& width_of) {
  std::size_t fits = after_character(word, 0);
  while (fits < word.size()) {
    const std::size_t next = after_character(word, fits);
    if (width_of(word.substr(0, next)) > width) break;
    fits = next;
  }
  return word.substr(0, fits);
}

// The first line of a paragraph that is not empty.
std::string_view first_line(std::string_view paragraph, float width, const TextWidth& width_of) {
  std::size_t fits = 0;
  while (fits < paragraph.size()) {
    const std::size_t end = std::min(paragraph.find(' ', fits + 1), paragraph.size());
    if (width_of(paragraph.substr(0, end)) > width) {
      return fits > 0 ? paragraph.substr(0, fits)
                      : cut_word(paragraph.substr(0, end), width, width_of);
    }
    fits = end;
  }
  return paragraph;
}

}  // namespace

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
