#include "view/percent_coding.h"

#include <cstdint>
#include <vector>

namespace softmask::view {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";     // U+2026

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_plain(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~:,").find(c) != std::string_view::npos;
}

// C0, DEL, C1, the line and paragraph separators that break a line in JavaScript, and what turns
// the direction of the words after it.
bool is_control(std::string_view character) {
  if (character.size() == 1) {
    return static_cast<uint8_t>(character[0]) < 0x20 || character[0] == 0x7F;
  }
  if (character.size() == 2) {
    return (character[0] == '\xC2' && static_cast<uint8_t>(character[1]) < 0xA0) ||
           character == "\xD8\x9C";
  }
  // U+200E, U+200F, U+2028 … U+202E; U+2066 … U+2069.
  const auto last = static_cast<uint8_t>(character.back());
  if (character.starts_with("\xE2\x80"))
    return last == 0x8E || last == 0x8F || (last >= 0xA8 && last <= 0xAE);
  return character.starts_with("\xE2\x81") && last >= 0xA6 && last <= 0xA9;
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  const auto byte = [text](std::size_t i) {
    return i < text.size() ? static_cast<uint8_t>(text[i]) : uint8_t{0};
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const uint8_t first = byte(0);
  if (first < 0x80) return text.empty() ? 0 : 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (first == 0xE0 && byte(1) < 0xA0) return 0;   // overlong
    if (first == 0xED && byte(1) >= 0xA0) return 0;  // surrogates
    return continues(1) && continues(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (first == 0xF0 && byte(1) < 0x90) return 0;   // overlong
    if (first == 0xF4 && byte(1) >= 0x90) return 0;  // beyond U+10FFFF
    return continues(1) && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

std::size_t utf8_prefix(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = utf8_length(text.substr(at));
    if (length == 0) break;
    at += length;
  }
  return at;
}

bool is_utf8(std::string_view text) { return utf8_prefix(text) == text.size(); }

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (c == '\0') return std::nullopt;
    out += c;
  }
  if (!is_utf8(out)) return std::nullopt;
  return out;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_plain(c)) {
      out += c;
    } else {
      const auto byte = static_cast<uint8_t>(c);
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

std::string printable_excerpt(std::string_view text, std::size_t most) {
  // Only the ends of a very long text are looked at.
  const std::size_t window = most * 4 + 4;
  const bool cut_bytes = text.size() > 2 * window;
  std::vector<std::string_view> characters;
  const auto split = [&characters](std::string_view part) {
    while (!part.empty()) {
      const std::size_t length = utf8_length(part);
      const std::string_view character = part.substr(0, length == 0 ? 1 : length);
      characters.push_back(length == 0 || is_control(character) ? kReplacement : character);
      part.remove_prefix(character.size());
    }
  };
  split(cut_bytes ? text.substr(0, window) : text);
  if (cut_bytes) {
    std::string_view tail = text.substr(text.size() - window);
    while (!tail.empty() && (static_cast<uint8_t>(tail[0]) & 0xC0) == 0x80) tail.remove_prefix(1);
    split(tail);
  }

  std::string out;
  const std::size_t count = characters.size();
  if (count <= most && !cut_bytes) {
    for (const std::string_view character : characters) out += character;
    return out;
  }
  const std::size_t tail_count = (most - 1) / 3;
  for (std::size_t i = 0; i + 1 + tail_count < most; ++i) out += characters[i];
  out += kEllipsis;
  for (std::size_t i = count - tail_count; i < count; ++i) out += characters[i];
  return out;
}

}  // namespace softmask::view
