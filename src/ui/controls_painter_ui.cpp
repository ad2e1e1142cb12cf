// The controls of Painter: everything that can be pressed.
#include <algorithm>
#include <cmath>

#include "ui/painter_ui.h"

namespace softmask::ui {

using view::Rect;

bool Painter::hit_area(const char* id, const Rect& r, bool* hovered) {
  if (hovered) *hovered = false;
  if (!interactive || r.empty()) return false;
  ImGui::SetCursorScreenPos(vec(r.x, r.y));
  const bool pressed = ImGui::InvisibleButton(id, vec(r.w, r.h));
  const bool over = ImGui::IsItemHovered();
  if (over) out.hand_cursor = true;
  if (hovered) *hovered = over && !in.coarse_pointer;
  return pressed;
}

bool Painter::chip(const char* id, const Rect& r, std::string_view label, bool selected,
                   bool mono) {
  bool hovered = false;
  const bool pressed = hit_area(id, r, &hovered);
  const float radius = r.h * 0.5f;
  if (selected) {
    fill(r, color(palette.accent_tint), radius);
    frame(r, color(palette.accent), radius, std::max(1.5f, scale * 1.5f));
  } else {
    fill(r, color(hovered ? palette.line : palette.chip), radius);
  }
  ImFont* font = mono ? fonts.mono : selected ? fonts.strong : fonts.body;
  text_in(font, r, Align::kCenter, color(selected ? palette.accent : palette.text), label);
  return pressed;
}

bool Painter::button(const char* id, const Rect& r, std::string_view label, bool primary) {
  bool hovered = false;
  const bool pressed = hit_area(id, r, &hovered);
  const float radius = px(8);
  if (primary) {
    fill(r, color(hovered ? view::mix(palette.accent, palette.text, 0.15f) : palette.accent),
         radius);
  } else {
    fill(r, color(hovered ? palette.chip : palette.card), radius);
    frame(r, color(palette.line), radius, std::max(1.0f, std::floor(scale)));
  }
  text_in(fonts.strong, r, Align::kCenter, color(primary ? palette.on_accent : palette.text),
          label);
  return pressed;
}

bool Painter::icon_button(const char* id, const Rect& r, Icon which, bool enabled,
                          std::string_view glyph, std::string_view tip) {
  bool hovered = false;
  const bool pressed = enabled && hit_area(id, r, &hovered);
  if (hovered) tip_ = {r, std::string(tip)};
  fill(r, color(hovered ? palette.chip : palette.card), px(8));
  frame(r, color(palette.line), px(8), std::max(1.0f, std::floor(scale)));
  const ImU32 ink = color(enabled ? palette.text : view::mix(palette.card, palette.muted, 0.45f));
  if (glyph.empty()) {
    icon(which, r, ink);
  } else {
    text_in(fonts.strong, r, Align::kCenter, ink, glyph);
  }
  return pressed;
}

void Painter::draw_tip() {
  if (tip_.words.empty()) return;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float w = text_width(fonts.caption, tip_.words) + px(20), h = px(28);
  const float x = std::clamp(std::floor(tip_.anchor.center_x() - w * 0.5f), px(4),
                             std::max(px(4), screen.x - w - px(4)));
  const float below = tip_.anchor.bottom() + px(6);
  const Rect box = {x, below + h < screen.y ? below : tip_.anchor.y - h - px(6), std::floor(w), h};
  fill(box, color(palette.text), px(6));
  text_in(fonts.caption, box, Align::kCenter, color(palette.card), tip_.words);
}

void Painter::field(const char* id, const Rect& r, std::string_view shown, TextEntry entry) {
  bool hovered = false;
  const bool pressed = hit_area(id, r, &hovered);
  fill(r, color(palette.card), px(8));
  frame(r, color(hovered ? palette.muted : palette.line), px(8), std::max(1.0f, std::floor(scale)));
  std::string fitting(shown);
  ImFont* font = fonts.strong;
  if (text_width(font, fitting) > r.w - px(12)) font = fonts.caption;
  while (fitting.size() > 4 && text_width(font, fitting) > r.w - px(8)) {
    fitting.resize(fitting.size() - 4);
    fitting += "\u2026";
  }
  text_in(font, r, Align::kCenter, color(palette.text), fitting);
  if (!pressed) return;
  entry.rect_px = r;
  out.text_entry = std::move(entry);
}

bool Painter::copy_button(const char* id, const Rect& r, std::string_view what) {
  const bool copied = transient.copied_what == what && in.now_ms < transient.copied_until_ms;
  return chip(id, r, view::text(copied ? view::Text::kCopied : view::Text::kCopy), copied);
}

int Painter::chip_row(const char* id, float x, float* y, float width,
                      const std::vector<std::string>& labels, int selected) {
  const float h = chip_height(), gap = px(6), pad = px(12);
  float pen = x;
  int used = -1;
  ImGui::PushID(id);
  for (size_t i = 0; i < labels.size(); ++i) {
    // Measured in the heavier face, so that selecting a chip moves nothing.
    const float w = std::max(text_width(fonts.strong, labels[i]) + 2 * pad, h);
    if (pen > x && pen + w > x + width) {
      pen = x;
      *y += h + gap;
    }
    ImGui::PushID(static_cast<int>(i));
    if (chip("chip", {pen, *y, std::floor(w), h}, labels[i], static_cast<int>(i) == selected)) {
      used = static_cast<int>(i);
    }
    ImGui::PopID();
    pen += std::floor(w) + gap;
  }
  ImGui::PopID();
  *y += h;
  return used;
}

}  // namespace softmask::ui
