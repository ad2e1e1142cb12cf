// The shaders of HeatmapRenderer, in GLSL ES 3.00. One quad covers the heatmap; every fragment
// finds its cell, or the cells under it where they are smaller than a pixel, and shades it by
// itself.
#ifndef SOFTMASK_GFX_HEATMAP_SHADER_H_
#define SOFTMASK_GFX_HEATMAP_SHADER_H_

namespace softmask::gfx {

// Two triangles as a strip, made from the vertex's number: no vertex buffer.
inline constexpr char kHeatmapVertexShader[] = R"glsl(#version 300 es
precision highp float;
precision highp int;

uniform mat3 u_ndc_from_canvas_px;
uniform vec4 u_quad_px;  // x, y, width, height

void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec3 px = vec3(u_quad_px.xy + corner * u_quad_px.zw, 1.0);
  gl_Position = vec4((u_ndc_from_canvas_px * px).xy, 0.0, 1.0);
}
)glsl";

inline constexpr char kHeatmapFragmentShader[] = R"glsl(#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp usampler2D;

uniform mat3 u_cell_from_canvas_px;
uniform vec2 u_canvas_origin;  // canvas pixels of the lower left corner
uniform ivec2 u_cells;    // columns, rows of the part of the matrix that the textures hold
uniform ivec2 u_block;    // cells in one texel, across and down
uniform vec2 u_cell_px;   // size of a cell with its gap
uniform vec2 u_gap_px;     // right and below, inside of it
uniform float u_radius_px;
uniform float u_scale;    // physical pixels of a CSS pixel
uniform float u_limit;    // scores are coloured over ±this, probabilities over 0 … this
uniform float u_color_row;
uniform int u_kind;
uniform bool u_mean;      // cells that share a pixel are shown by their mean

uniform sampler2D u_values;    // finite numbers: the class says what they stand for
uniform usampler2D u_classes;  // view::ValueClass
uniform usampler2D u_mask;     // 0 … 255, the masked share; one row for a mask of whole columns
uniform sampler2D u_colors;    // 257 steps across, the colour maps down

uniform vec3 u_card;
uniform vec3 u_chip;
uniform vec3 u_hatch;
uniform vec3 u_muted;
uniform vec3 u_text;
uniform vec3 u_danger;
uniform vec3 u_danger_tint;
uniform vec3 u_masked_header;
uniform vec3 u_on_masked_header;

out vec4 o_color;

// HeatmapRenderer::Kind
const int kScores = 0;
const int kMask = 1;
const int kMasked = 2;
const int kProbabilities = 3;
const int kHeaderStrip = 4;
const int kNoNumbers = 5;

// view::ValueClass
const uint kZero = 1u;
const uint kTiny = 2u;
const uint kNan = 3u;
const uint kInf = 4u;

const float kPatternFrom_px = 5.0;  // smaller cells have neither radius nor lines
const int kMostTexels = 16;         // looked at for one fragment, across and down

struct Cell {
  float value;
  uint value_class;
  float masked;  // 0 … 1: the part of the cells under the fragment
};

float mask_at(ivec2 texel) {
  int last_row = textureSize(u_mask, 0).y - 1;
  return float(texelFetch(u_mask, ivec2(texel.x, min(texel.y, last_row)), 0).r) / 255.0;
}

bool has_numbers() { return u_kind == kScores || u_kind == kMasked || u_kind == kProbabilities; }

// Which of two cells under one fragment is shown: kept before masked, except for probabilities,
// where mass that leaked must be seen; then NaN, then the larger.
float prominence(Cell cell) {
  float size = u_kind == kProbabilities ? cell.value : abs(cell.value);
  if (cell.value_class == kNan) size = 3.4e38;
  return u_kind == kProbabilities || cell.masked < 0.5 ? size : -1.0 / (1.0 + size);
}

Cell cell_at(ivec2 texel) {
  Cell cell = Cell(0.0, 0u, mask_at(texel));
  if (has_numbers()) {
    cell.value = texelFetch(u_values, texel, 0).r;
    cell.value_class = texelFetch(u_classes, texel, 0).r;
  }
  return cell;
}

// The texels under the fragment along both directions, first and last.
void covered_texels(vec2 at_cell, out ivec2 first, out ivec2 last) {
  vec2 half_px = mix(vec2(0.0), 0.5 / u_cell_px, lessThan(u_cell_px, vec2(1.0)));
  ivec2 most = u_cells - 1;
  first = clamp(ivec2(floor(at_cell - half_px)), ivec2(0), most) / u_block;
  last = clamp(ivec2(ceil(at_cell + half_px)) - 1, ivec2(0), most) / u_block;
  last = max(first, last);
}

Cell covered_cell(vec2 at_cell) {
  ivec2 first, last;
  covered_texels(at_cell, first, last);
  ivec2 step_by = (last - first) / kMostTexels + 1;
  Cell best = cell_at(first);
  float best_prominence = prominence(best);
  float masked = 0.0, count = 0.0, sum = 0.0;
  for (int y = first.y; y <= last.y; y += step_by.y) {
    for (int x = first.x; x <= last.x; x += step_by.x) {
      Cell cell = cell_at(ivec2(x, y));
      masked += cell.masked;
      sum += cell.value;
      count += 1.0;
      float p = prominence(cell);
      if (p > best_prominence) {
        best = cell;
        best_prominence = p;
      }
    }
  }
  best.masked = masked / count;
  bool is_number = best.value_class != kNan && best.value_class != kInf;
  if (u_mean && count > 1.0 && is_number) best.value = sum / count;
  return best;
}

// Distance to a rectangle of the given half size with round corners; negative inside.
float rounded_rect_distance(vec2 from_center, vec2 half_size, float radius) {
  vec2 q = abs(from_center) - half_size + radius;
  return min(max(q.x, q.y), 0.0) + length(max(q, 0.0)) - radius;
}

// 1 inside of a shape, 0 outside, a ramp of one pixel between.
float coverage(float distance_px) { return clamp(0.5 - distance_px, 0.0, 1.0); }

// Lines of `width` every `period` along a coordinate that grows across them; all in pixels.
float lines(float across, float width, float period) {
  float from_line = abs(mod(across, period) - period * 0.5);
  return coverage(from_line - width * 0.5);
}

// The lines run through the canvas, not through the cell: neighbours continue each other.
float rising_lines(vec2 px) {
  return lines((px.x + px.y) * 0.70710678, 1.2 * u_scale, 7.0 * u_scale);
}

float falling_lines(vec2 px) {
  return lines((px.x - px.y) * 0.70710678, 1.2 * u_scale, 7.0 * u_scale);
}

// Instead of lines where a cell has no room for them: squares of one CSS pixel.
float checker(vec2 px) {
  vec2 square = floor(px / max(1.0, floor(u_scale + 0.5)));
  return mod(square.x + square.y, 2.0);
}

float luminance(vec3 srgb) { return dot(srgb * srgb, vec3(0.2126, 0.7152, 0.0722)); }

// The hatch is grey on grey; on a colour it is that colour, darker or lighter, so that it shows.
vec3 hatch_on(vec3 background, bool is_chip) {
  if (is_chip) return mix(background, u_hatch, 0.8);
  vec3 ink = luminance(background) > 0.18 ? vec3(0.0) : vec3(1.0);
  return mix(background, ink, 0.42);
}

vec3 map_color(float t) {
  return texture(u_colors, vec2((t * 256.0 + 0.5) / 257.0, u_color_row)).rgb;
}

bool is_beyond_limit(Cell cell) {
  return cell.value_class == kInf || abs(cell.value) > u_limit * 1.000001;
}

// A masked cell whose number has no colour: a fill beyond the scores, or no mass.
bool is_blank(Cell cell) {
  if (u_kind == kMasked) return cell.masked > 0.5 && is_beyond_limit(cell);
  return u_kind == kProbabilities && cell.masked > 0.5 && cell.value_class == kZero;
}

bool is_hollow(Cell cell) {
  return u_kind == kProbabilities && cell.masked <= 0.5 && cell.value_class == kZero;
}

vec3 background_color(Cell cell) {
  if (u_kind == kNoNumbers) return mix(u_card, u_chip, 0.6);
  if (u_kind == kMask || u_kind == kHeaderStrip) return mix(u_chip, u_masked_header, cell.masked);
  if (cell.value_class == kNan) return u_danger_tint;
  if (is_blank(cell)) return u_chip;
  if (is_hollow(cell)) return u_card;
  if (u_kind == kProbabilities) return map_color(clamp(cell.value / u_limit, 0.0, 1.0));
  return map_color(clamp(cell.value / u_limit, -1.0, 1.0) * 0.5 + 0.5);
}

// What is laid over the colour because the cell is masked.
vec3 with_mask(vec3 color, Cell cell, vec2 px, float above_bottom_px, bool has_room) {
  if (cell.masked == 0.0 || !has_numbers()) return color;
  // scores are what they were: only the foot of the cell says that they will be filled.
  bool has_foot = u_kind == kScores && u_cell_px.y >= 14.0 * u_scale;
  if (has_foot && above_bottom_px > 6.0 * u_scale) return color;
  if (has_room) return mix(color, hatch_on(color, is_blank(cell)), rising_lines(px) * cell.masked);
  // A pattern as fine as the cells would drown among their colours: they fade as well.
  vec3 faded = is_blank(cell) ? color : mix(color, u_chip, 0.5 * cell.masked);
  return mix(faded, u_hatch, checker(px) * 0.65 * cell.masked);
}

// A line of `width` along the inside of the cell's edge.
float inner_outline(float distance_px, float width) {
  return coverage(distance_px) - coverage(distance_px + width);
}

vec3 with_class(vec3 color, Cell cell, vec2 px, vec2 to_corner_px, float distance_px) {
  if (cell.value_class == kNan) {
    return mix(color, u_danger, 0.38 * max(rising_lines(px), falling_lines(px)));
  }
  if (is_hollow(cell)) return mix(color, u_muted, 0.55 * inner_outline(distance_px, u_scale));
  if (cell.value_class == kInf && !is_blank(cell)) {
    return mix(color, u_text, inner_outline(distance_px, 2.0 * u_scale));
  }
  if (cell.value_class == kTiny && u_kind == kProbabilities) {
    // In the corner, or in the middle where the corner is too near.
    vec2 center = min(vec2(6.0 * u_scale), (u_cell_px - u_gap_px) * 0.5);
    float radius = min(1.75 * u_scale, min(u_cell_px.x, u_cell_px.y) * 0.2);
    return mix(color, u_muted, coverage(length(to_corner_px - center) - radius));
  }
  return color;
}

// The same classes where only a pixel or a few stand for a cell.
vec3 with_class_small(vec3 color, Cell cell, vec2 px) {
  if (cell.value_class == kNan) return mix(color, u_danger, checker(px));
  if (is_hollow(cell)) return mix(color, u_muted, 0.15);
  return color;
}

// Masked cells of the mask's own grid carry a cross, as their column's header does.
vec3 with_cross(vec3 color, Cell cell, vec2 from_center_px) {
  if (u_kind != kMask || cell.masked < 0.5) return color;
  if (min(u_cell_px.x, u_cell_px.y) < 12.0 * u_scale) return color;
  vec2 diagonal = abs(vec2(from_center_px.x + from_center_px.y, from_center_px.x - from_center_px.y));
  float across = min(diagonal.x, diagonal.y) * 0.70710678 - 0.65 * u_scale;
  float along = max(diagonal.x, diagonal.y) * 0.70710678 - 3.6 * u_scale;
  return mix(color, u_on_masked_header, coverage(max(across, along)));
}

void main() {
  vec2 px = vec2(u_canvas_origin.x + gl_FragCoord.x, u_canvas_origin.y - gl_FragCoord.y);
  vec2 at_cell = (u_cell_from_canvas_px * vec3(px, 1.0)).xy;
  Cell cell = covered_cell(at_cell);
  vec3 color = background_color(cell);

  if (min(u_cell_px.x, u_cell_px.y) < kPatternFrom_px) {
    vec2 in_cell_px = fract(at_cell) * u_cell_px;
    color = with_mask(color, cell, px, u_cell_px.y - in_cell_px.y, false);
    o_color = vec4(with_class_small(color, cell, px), 1.0);
    return;
  }

  vec2 half_size_px = (u_cell_px - u_gap_px) * 0.5;
  vec2 in_cell_px = (at_cell - floor(at_cell)) * u_cell_px;
  vec2 from_center_px = in_cell_px - half_size_px;
  // Cells that touch have square corners, and narrow gaps small ones.
  float radius = min(u_radius_px, 2.0 * u_gap_px.x);
  radius = min(radius, min(half_size_px.x, half_size_px.y));
  float distance_px = rounded_rect_distance(from_center_px, half_size_px, radius);
  vec2 to_corner_px = vec2(2.0 * half_size_px.x - in_cell_px.x, in_cell_px.y);

  color = with_mask(color, cell, px, 2.0 * half_size_px.y - in_cell_px.y, true);
  color = with_class(color, cell, px, to_corner_px, distance_px);
  color = with_cross(color, cell, from_center_px);
  o_color = vec4(color, coverage(distance_px));
}
)glsl";

}  // namespace softmask::gfx

#endif  // SOFTMASK_GFX_HEATMAP_SHADER_H_
