#include "view/drawing.h"

#include <cmath>

#include "core/bit_cast.h"

namespace softmask::view {

uint32_t packed_color(const Rgb& color) {
  const auto byte = [](float part) { return static_cast<uint32_t>(part * 255.0f + 0.5f); };
  return byte(color.r) | byte(color.g) << 8 | byte(color.b) << 16 | 0xFF000000u;
}

void Drawing::append(uint32_t word) {
  words_.push_back(word);
  ++words_[last_ + 1];
}

void Drawing::append(std::initializer_list<float> numbers) {
  for (const float number : numbers) append(core::bit_cast<uint32_t>(number));
}

void Drawing::add(Op op, uint32_t color, float a, float b, float c, float d, float e, float f) {
  last_ = words_.size();
  words_.insert(words_.end(), {static_cast<uint32_t>(op), 0});
  append(color);
  append({a, b, c, d, e, f});
}

void Drawing::add_words(uint32_t color, float face, float size, float x, float y, float width,
                        std::string_view words) {
  add(Op::kWords, color, face, size, x, y, width, static_cast<float>(words.size()));
  for (std::size_t at = 0; at < words.size(); at += 4) {
    uint32_t word = 0;
    for (std::size_t i = at; i < words.size() && i < at + 4; ++i) {
      word |= static_cast<uint32_t>(static_cast<uint8_t>(words[i])) << (8 * (i - at));
    }
    append(word);
  }
}

void Drawing::add_flow(const FlowDraw& flow) {
  add(Op::kClip, 0, flow.clip.x, flow.clip.y, flow.clip.w, flow.clip.h);
  for (const RibbonDraw& r : flow.ribbons) {
    if (!std::isfinite(r.top_x0 + r.top_x1 + r.bottom_x0 + r.bottom_x1)) continue;
    add(Op::kRibbon, packed_color(r.top_color), static_cast<float>(r.pattern),
        kFlowStrength[flow.dark ? 1 : 0] * r.alpha, flow.scale, flow.top_y, flow.bottom_y);
    append({r.top_x0, r.top_x1, r.bottom_x0, r.bottom_x1});
  }
  add(Op::kUnclip, 0);
}

}  // namespace softmask::view
