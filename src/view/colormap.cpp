#include "view/colormap.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace softmask::view {
namespace {

constexpr Palette kLight = {
    .dark = false,
    .page = rgb_from_hex(0xf6f7f9),
    .card = rgb_from_hex(0xffffff),
    .line = rgb_from_hex(0xdfe3e8),
    .text = rgb_from_hex(0x14181f),
    .muted = rgb_from_hex(0x5b6472),
    .accent = rgb_from_hex(0x3a4ee0),
    .accent_tint = rgb_from_hex(0xeceffe),
    .on_accent = rgb_from_hex(0xffffff),
    .chip = rgb_from_hex(0xeef0f3),
    .hatch = rgb_from_hex(0x9aa3af),
    .masked_header = rgb_from_hex(0x14181f),
    .on_masked_header = rgb_from_hex(0xffffff),
    .danger = rgb_from_hex(0xb3261e),
    .danger_tint = rgb_from_hex(0xfdecea),
    .success = rgb_from_hex(0x1b7f3b),
    .code = rgb_from_hex(0xf3f4f6),
};

constexpr Palette kDark = {
    .dark = true,
    .page = rgb_from_hex(0x0f1216),
    .card = rgb_from_hex(0x171b21),
    .line = rgb_from_hex(0x2a313a),
    .text = rgb_from_hex(0xe8ebf0),
    .muted = rgb_from_hex(0x98a2b0),
    .accent = rgb_from_hex(0x8b9bff),
    .accent_tint = rgb_from_hex(0x232a4d),
    .on_accent = rgb_from_hex(0x0f1216),
    .chip = rgb_from_hex(0x222830),
    .hatch = rgb_from_hex(0x5d6776),
    .masked_header = rgb_from_hex(0xe8ebf0),
    .on_masked_header = rgb_from_hex(0x14181f),
    .danger = rgb_from_hex(0xff8a80),
    .danger_tint = rgb_from_hex(0x3a1f1f),
    .success = rgb_from_hex(0x5fd38a),
    .code = rgb_from_hex(0x11151a),
};

struct Oklab {
  float l, a, b;
};

float linear_from_srgb(float c) {
  return c <= 0.04045f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f);
}

float srgb_from_linear(float c) {
  const float s = c <= 0.0031308f ? c * 12.92f : 1.055f * std::pow(c, 1.0f / 2.4f) - 0.055f;
  return std::clamp(s, 0.0f, 1.0f);
}

// Björn Ottosson's OKLab (https://bottosson.github.io/posts/oklab/): the two 3×3 matrices and the
// cube root between them are the definition of the space.
Oklab oklab_from_rgb(const Rgb& c) {
  const float r = linear_from_srgb(c.r), g = linear_from_srgb(c.g), b = linear_from_srgb(c.b);
  const float l = std::cbrt(0.4122214708f * r + 0.5363325363f * g + 0.0514459929f * b);
  const float m = std::cbrt(0.2119034982f * r + 0.6806995451f * g + 0.1073969566f * b);
  const float s = std::cbrt(0.0883024619f * r + 0.2817188376f * g + 0.6299787005f * b);
  return {0.2104542553f * l + 0.7936177850f * m - 0.0040720468f * s,
          1.9779984951f * l - 2.4285922050f * m + 0.4505937099f * s,
          0.0259040371f * l + 0.7827717662f * m - 0.8086757660f * s};
}

Rgb rgb_from_oklab(const Oklab& c) {
  const float l = c.l + 0.3963377774f * c.a + 0.2158037573f * c.b;
  const float m = c.l - 0.1055613458f * c.a - 0.0638541728f * c.b;
  const float s = c.l - 0.0894841775f * c.a - 1.2914855480f * c.b;
  const float l3 = l * l * l, m3 = m * m * m, s3 = s * s * s;
  return {srgb_from_linear(4.0767416621f * l3 - 3.3077115913f * m3 + 0.2309699292f * s3),
          srgb_from_linear(-1.2684380046f * l3 + 2.6097574011f * m3 - 0.3413193965f * s3),
          srgb_from_linear(-0.0041960863f * l3 - 0.7034186147f * m3 + 1.7076147010f * s3)};
}

float luminance(const Rgb& c) {
  return 0.2126f * linear_from_srgb(c.r) + 0.7152f * linear_from_srgb(c.g) +
         0.0722f * linear_from_srgb(c.b);
}

constexpr std::array<Rgb, 5> kColumnColors = {rgb_from_hex(0x0072B2), rgb_from_hex(0xD08700),
                                              rgb_from_hex(0x009E73), rgb_from_hex(0xB65A95),
                                              rgb_from_hex(0x4BA3D6)};

}  // namespace

const Palette& palette(bool dark) { return dark ? kDark : kLight; }

const Palette& strong_palette(bool dark) {
  static const auto strengthened = [](Palette p) {
    p.muted = p.text;
    p.line = mix(p.line, p.text, 0.35f);
    p.hatch = mix(p.hatch, p.text, 0.35f);
    return p;
  };
  static const Palette strong_light = strengthened(kLight), strong_dark = strengthened(kDark);
  return dark ? strong_dark : strong_light;
}

Rgb mix(const Rgb& from, const Rgb& to, float t) {
  t = std::clamp(t, 0.0f, 1.0f);
  if (t == 0.0f) return from;
  if (t == 1.0f) return to;
  const Oklab a = oklab_from_rgb(from), b = oklab_from_rgb(to);
  return rgb_from_oklab({a.l + (b.l - a.l) * t, a.a + (b.a - a.a) * t, a.b + (b.b - a.b) * t});
}

Rgb diverging_color(float t, bool dark) {
  const Rgb negative = rgb_from_hex(dark ? 0x3f8fd2 : 0x2f6fb3);
  const Rgb zero = rgb_from_hex(dark ? 0x20262e : 0xf7f7f7);
  const Rgb positive = rgb_from_hex(dark ? 0xe08a3c : 0xd9741a);
  return mix(zero, t < 0 ? negative : positive, std::fabs(t));
}

Rgb sequential_color(float t, bool dark) {
  return dark ? mix(rgb_from_hex(0x161d22), rgb_from_hex(0x46d3b4), t)
              : mix(rgb_from_hex(0xf3faf8), rgb_from_hex(0x0b7a6b), t);
}

Rgb column_color(int col) { return kColumnColors[static_cast<size_t>(col) % kColumnColors.size()]; }

int column_pattern(int col) { return col / static_cast<int>(kColumnColors.size()) % 2; }

float contrast_ratio(const Rgb& a, const Rgb& b) {
  const float la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05f) / (std::min(la, lb) + 0.05f);
}

Rgb text_on(const Rgb& background) {
  const Rgb ink = rgb_from_hex(0x14181f), white = rgb_from_hex(0xffffff);
  const float on_ink = contrast_ratio(background, ink);
  const float on_white = contrast_ratio(background, white);
  if (on_white >= 4.5f && on_white >= on_ink) return white;
  if (on_ink >= 4.5f) return ink;
  if (on_white >= 4.5f) return white;
  // Between the two no ink of the palette is enough: black always is (sqrt(21) = 4.58 at worst).
  return contrast_ratio(background, Rgb{}) >= on_white ? Rgb{} : white;
}

}  // namespace softmask::view
