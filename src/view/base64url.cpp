#include "view/base64url.h"

#include <cstdint>

#include "core/bit_cast.h"

namespace softmask::view {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

int digit_of(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '-') return 62;
  if (c == '_') return 63;
  return -1;
}

// '=' only where it belongs: filling the last group of four.
bool strip_padding(std::string_view& text) {
  std::size_t padding = 0;
  while (padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  if (padding == 0) return true;
  if (padding > 2 || text.size() % 4 != 0) return false;
  text.remove_suffix(padding);
  return true;
}

}  // namespace

std::string floats_to_base64url(std::span<const float> values) {
  std::string out;
  out.reserve((values.size() * 16 + 2) / 3);
  uint32_t buffer = 0;
  int bits = 0;
  for (const float value : values) {
    const uint32_t word = core::bit_cast<uint32_t>(value);
    for (int shift = 0; shift < 32; shift += 8) {
      buffer = (buffer << 8) | ((word >> shift) & 0xFF);
      bits += 8;
      while (bits >= 6) {
        bits -= 6;
        out += kAlphabet[(buffer >> bits) & 63];
      }
    }
  }
  if (bits > 0) out += kAlphabet[(buffer << (6 - bits)) & 63];
  return out;
}

std::optional<std::vector<float>> floats_from_base64url(std::string_view text) {
  if (!strip_padding(text) || text.size() % 4 == 1) return std::nullopt;
  std::vector<float> values;
  values.reserve(text.size() * 3 / 16 + 1);
  uint32_t buffer = 0;
  int bits = 0;
  uint32_t word = 0;
  int word_bits = 0;
  for (const char c : text) {
    const int digit = digit_of(c);
    if (digit < 0) return std::nullopt;
    buffer = (buffer << 6) | static_cast<uint32_t>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    word |= ((buffer >> bits) & 0xFF) << word_bits;
    word_bits += 8;
    if (word_bits == 32) {
      values.push_back(core::bit_cast<float>(word));
      word = 0;
      word_bits = 0;
    }
  }
  const uint32_t stray = buffer & ((uint32_t{1} << bits) - 1);
  if (word_bits != 0 || stray != 0) return std::nullopt;
  return values;
}

}  // namespace softmask::view
