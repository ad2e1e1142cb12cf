#include "gfx/heatmap_program.h"

#include <array>
#include <cmath>
#include <vector>

#include "gfx/heatmap_shader.h"
#include "view/colormap.h"

namespace softmask::gfx {
namespace {

constexpr std::array<const char*, HeatmapProgram::kUniformCount> kUniformNames = {
    "u_ndc_from_canvas_px",
    "u_quad_px",
    "u_cell_from_canvas_px",
    "u_canvas_origin",
    "u_cells",
    "u_block",
    "u_cell_px",
    "u_gap_px",
    "u_radius_px",
    "u_scale",
    "u_limit",
    "u_color_row",
    "u_kind",
    "u_mean",
    "u_values",
    "u_classes",
    "u_mask",
    "u_colors",
    "u_card",
    "u_chip",
    "u_hatch",
    "u_muted",
    "u_text",
    "u_danger",
    "u_danger_tint",
    "u_masked_header",
    "u_on_masked_header",
};

// An odd number, so that zero of the diverging map is a step of its own.
constexpr int kColorSteps = 257;
// Diverging light and dark, sequential light and dark.
constexpr int kColorMaps = 4;

view::Rgb map_color(int map, float t) {
  const bool dark = map % 2 == 1;
  return map < 2 ? view::diverging_color(2 * t - 1, dark) : view::sequential_color(t, dark);
}

uint8_t byte(float component) { return static_cast<uint8_t>(std::lround(component * 255)); }

std::vector<uint8_t> baked_colors() {
  std::vector<uint8_t> texels;
  texels.reserve(static_cast<size_t>(4 * kColorSteps * kColorMaps));
  for (int map = 0; map < kColorMaps; ++map) {
    for (int step = 0; step < kColorSteps; ++step) {
      const float t = static_cast<float>(step) / static_cast<float>(kColorSteps - 1);
      const view::Rgb color = map_color(map, t);
      texels.insert(texels.end(), {byte(color.r), byte(color.g), byte(color.b), 255});
    }
  }
  return texels;
}

}  // namespace

float color_row(bool is_probabilities, bool dark) {
  const int map = (is_probabilities ? 2 : 0) + (dark ? 1 : 0);
  return (static_cast<float>(map) + 0.5f) / static_cast<float>(kColorMaps);
}

std::string HeatmapProgram::init() {
  release();
  if (std::string error = program_.link(kHeatmapVertexShader, kHeatmapFragmentShader);
      !error.empty()) {
    return error;
  }
  for (size_t i = 0; i < kUniformCount; ++i) locations_[i] = program_.uniform(kUniformNames[i]);
  // WebGL and OpenGL ES want one bound even though it has no attributes.
  glGenVertexArrays(1, &vertex_array_);
  const std::vector<uint8_t> colors = baked_colors();
  colors_.upload(TexelFormat::kColor, kColorSteps, kColorMaps, colors.data());
  return {};
}

void HeatmapProgram::release() {
  program_.release();
  if (vertex_array_ != 0) glDeleteVertexArrays(1, &vertex_array_);
  colors_.release();
  forget();
}

void HeatmapProgram::forget() {
  program_.forget();
  vertex_array_ = 0;
  colors_.forget();
}

void HeatmapProgram::use(bool dark) const {
  program_.use();
  set_palette(dark);
  colors_.bind(kUnitColors);
  glUniform1i(locations_[kValues], kUnitValues);
  glUniform1i(locations_[kClasses], kUnitClasses);
  glUniform1i(locations_[kMask], kUnitMask);
  glUniform1i(locations_[kColors], kUnitColors);
  glBindVertexArray(vertex_array_);
}

void HeatmapProgram::set_palette(bool dark) const {
  const view::Palette& palette = view::palette(dark);
  const auto set = [this](Uniform uniform, const view::Rgb& color) {
    glUniform3f(locations_[uniform], color.r, color.g, color.b);
  };
  set(kCard, palette.card);
  set(kChip, palette.chip);
  set(kHatch, palette.hatch);
  set(kMuted, palette.muted);
  set(kText, palette.text);
  set(kDanger, palette.danger);
  set(kDangerTint, palette.danger_tint);
  set(kMaskedHeader, palette.masked_header);
  set(kOnMaskedHeader, palette.on_masked_header);
}

}  // namespace softmask::gfx
