#ifndef SOFTMASK_VIEW_COLORMAP_H_
#define SOFTMASK_VIEW_COLORMAP_H_

#include <cstdint>

namespace softmask::view {

// A colour with components in 0 … 1, sRGB encoded.
struct Rgb {
  float r = 0;
  float g = 0;
  float b = 0;
  bool operator==(const Rgb&) const = default;
};

constexpr Rgb rgb_from_hex(uint32_t hex) {
  return {static_cast<float>((hex >> 16) & 0xFF) / 255.0f,
          static_cast<float>((hex >> 8) & 0xFF) / 255.0f, static_cast<float>(hex & 0xFF) / 255.0f};
}

// The tokens of the design, one set a theme.
struct Palette {
  bool dark;
  Rgb page, card, line;
  Rgb text, muted;
  Rgb accent, accent_tint, on_accent;
  Rgb chip, hatch;
  Rgb masked_header, on_masked_header;
  Rgb danger, danger_tint;
  Rgb success;  // a right answer
  Rgb code;     // behind program text
};
const Palette& palette(bool dark);
// The same for a projector, which washes out what is faint: quiet text and lines are stronger.
const Palette& strong_palette(bool dark);

// Mixes in OKLab, so that equal steps of t look equal. t in 0 … 1 (clamped).
Rgb mix(const Rgb& from, const Rgb& to, float t);

// Scores: t = value / limit in -1 … 1 (clamped), zero in the middle. Blue to orange: safe for the
// common colour blindnesses, and the two ends differ in lightness from the middle on any screen.
Rgb diverging_color(float t, bool dark);
// Probabilities: t in 0 … 1 (clamped), lightness monotone.
Rgb sequential_color(float t, bool dark);

// The colours that stand for columns where mass is drawn; after five they start over, and
// column_pattern counts the rounds so that no two of the first ten look alike.
Rgb column_color(int col);
int column_pattern(int col);

// WCAG 2 contrast, 1 … 21.
float contrast_ratio(const Rgb& a, const Rgb& b);
// The text colour for a background: dark or white, always at least 4.5 : 1.
Rgb text_on(const Rgb& background);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_COLORMAP_H_
