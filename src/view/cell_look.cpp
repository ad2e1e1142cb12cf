#include "view/cell_look.h"

#include <algorithm>
#include <cmath>

#include "view/scene.h"

namespace softmask::view {
namespace {

// As the shader mixes: in sRGB.
Rgb blend(const Rgb& a, const Rgb& b, float t) {
  return {a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t};
}

float masked_share(const core::Mask& mask, int col) {
  int masked = 0;
  for (int row = 0; row < mask.rows; ++row) masked += mask.at(row, col);
  return static_cast<float>(masked) / static_cast<float>(mask.rows);
}

}  // namespace

uint32_t CellLook::word() const {
  const uint32_t rgb = packed_color(back) & 0xFFFFFFu;
  return rgb | static_cast<uint32_t>(value_class) << 24 | (masked ? 8u << 24 : 0u) |
         (blank ? 16u << 24 : 0u);
}

CellLook cell_look(const HeatmapDraw& draw, float value, bool masked) {
  const Palette& colors = palette(draw.dark);
  CellLook look;
  look.masked = masked;
  if (draw.panel == Panel::kMask) {
    look.back = masked ? colors.masked_header : colors.chip;
    return look;
  }
  const bool result = draw.panel == Panel::kProbabilities;
  const float limit = result ? draw.probability_limit : draw.scores_limit;
  look.value_class = classify(value);
  const bool zero = look.value_class == ValueClass::kZero;
  const bool beyond = std::fabs(value) > limit * 1.000001f;
  look.blank = masked && (result ? zero : draw.panel == Panel::kMasked && beyond);
  if (look.value_class == ValueClass::kNan) {
    look.back = colors.danger_tint;
  } else if (look.blank) {
    look.back = colors.chip;
  } else if (result) {
    look.back = zero ? colors.card : sequential_color(value / limit, draw.dark);
  } else {
    look.back = diverging_color(value / limit, draw.dark);
  }
  return look;
}

void add_cells(Drawing& drawing, const HeatmapDraw& draw, std::span<const float> values,
               const core::Mask* mask, int rows, int cols) {
  const Rect& seen = draw.cells;
  const bool strip = draw.header_strip, grid = draw.panel == Panel::kMask;
  HeatmapLayout h;  // which knows what is in sight
  h.cells = seen;
  h.cell_w = draw.cell_w;
  h.cell_h = draw.cell_h;
  h.first_col = draw.first_col;
  h.first_row = draw.first_row;
  h.rows = strip ? 1 : rows;
  h.cols = cols;
  const HeatmapLayout::Range across = h.cols_in_sight(), down = h.rows_in_sight();
  const int64_t count = int64_t{across.end - across.first} * (down.end - down.first);
  if (std::min(draw.cell_w, draw.cell_h) < kLeastShape_css * draw.scale || count > kMostShapes) {
    drawing.add(Drawing::Op::kPicture, 0, seen.x, seen.y, seen.w, seen.h);
    return;
  }
  const Rect first = h.whole_cell_rect(down.first, across.first);
  const Palette& p = palette(draw.dark);
  drawing.add(Drawing::Op::kCells, packed_color(p.card), seen.x, seen.y, seen.w, seen.h,
              strip ? 4.0f : static_cast<float>(draw.panel),
              static_cast<float>(across.end - across.first));
  drawing.append(
      {first.x, first.y, draw.cell_w, draw.cell_h, draw.gap, draw.radius_px, draw.scale});
  for (const Rgb& color : {p.chip, p.hatch, p.muted, p.text, p.danger, p.on_masked_header}) {
    drawing.append(packed_color(color));
  }
  for (int row = down.first; row < down.end; ++row) {
    for (int col = across.first; col < across.end; ++col) {
      if (strip || (!grid && values.empty())) {
        const Rgb back = strip ? blend(p.chip, p.masked_header, masked_share(*mask, col))
                               : blend(p.card, p.chip, 0.6f);
        drawing.append(packed_color(back) & 0xFFFFFFu);
        continue;
      }
      const float value = grid ? 0.0f
                               : values[static_cast<size_t>(row) * static_cast<size_t>(cols) +
                                        static_cast<size_t>(col)];
      drawing.append(cell_look(draw, value, mask != nullptr && mask->at(row, col)).word());
    }
  }
}

}  // namespace softmask::view
