#include "gfx/heatmap_renderer.h"

#include <algorithm>
#include <cmath>
#include <glm/gtc/type_ptr.hpp>
#include <glm/matrix.hpp>
#include <vector>

#include "gfx/draw_state.h"
#include "gfx/heatmap_shader.h"
#include "gfx/transforms.h"

namespace softmask::gfx {
namespace {

// An odd number, so that zero of the diverging map is a step of its own.
constexpr int kColorSteps = 257;
// Diverging light and dark, sequential light and dark.
constexpr int kColorMaps = 4;

// Texture units.
enum Unit : uint8_t {
  kUnitDearImGui = kDearImGuiTextureUnit,
  kUnitValues,
  kUnitClasses,
  kUnitMask,
  kUnitColors
};

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

// Where the map of a panel is in the texture, top to bottom 0 … 1.
float color_row(view::Panel panel, bool dark) {
  const int map = (panel == view::Panel::kProbabilities ? 2 : 0) + (dark ? 1 : 0);
  return (static_cast<float>(map) + 0.5f) / static_cast<float>(kColorMaps);
}

}  // namespace

const std::array<const char*, HeatmapRenderer::kUniformCount> HeatmapRenderer::kUniformNames = {
    "u_ndc_from_canvas_px",
    "u_canvas_px_from_cell",
    "u_cell_from_canvas_px",
    "u_canvas_height",
    "u_cells",
    "u_block",
    "u_cell_px",
    "u_gap_px",
    "u_radius_px",
    "u_scale",
    "u_limit",
    "u_color_row",
    "u_kind",
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

std::string HeatmapRenderer::init() {
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
  upload_placeholders();
  return {};
}

// A sampler without a texture of its type may not be drawn with, even if nothing is read from it.
void HeatmapRenderer::upload_placeholders() {
  const float number = 0;
  const uint8_t byte_value = 0;
  for (Tensor& tensor : tensors_) {
    tensor.values.upload(TexelFormat::kFloat, 1, 1, &number);
    tensor.classes.upload(TexelFormat::kByte, 1, 1, &byte_value);
  }
  mask_.upload(TexelFormat::kByte, 1, 1, &byte_value);
  column_states_.upload(TexelFormat::kByte, 1, 1, &byte_value);
}

void HeatmapRenderer::release() {
  program_.release();
  if (vertex_array_ != 0) glDeleteVertexArrays(1, &vertex_array_);
  colors_.release();
  mask_.release();
  column_states_.release();
  for (Tensor& tensor : tensors_) {
    tensor.values.release();
    tensor.classes.release();
  }
  forget();
}

void HeatmapRenderer::forget() {
  program_.forget();
  vertex_array_ = 0;
  colors_.forget();
  mask_.forget();
  column_states_.forget();
  for (Tensor& tensor : tensors_) {
    tensor.values.forget();
    tensor.classes.forget();
    tensor.rows = 0;
    tensor.cols = 0;
    tensor.block = {};
  }
  current_mask_ = {};
}

void HeatmapRenderer::set_values(view::Panel panel, std::span<const float> values, int rows,
                                 int cols) {
  if (!program_.is_linked() || panel == view::Panel::kMask) return;
  Tensor& shown = tensor(panel);
  const size_t count = static_cast<size_t>(rows) * static_cast<size_t>(cols);
  if (values.empty() || values.size() != count) {
    shown.rows = 0;
    shown.cols = 0;
    shown.block = {};
    return;
  }
  const bool fits =
      current_mask_.cols == cols && (current_mask_.is_column_mask() || current_mask_.rows == rows);
  const ReducedMatrix reduced = reduce_matrix(
      values, rows, cols, fits ? current_mask_ : core::Mask{},
      panel == view::Panel::kProbabilities ? Prominence::kLargest : Prominence::kMagnitude);
  shown.block = reduced.block;
  shown.rows = rows;
  shown.cols = cols;
  shown.values.upload(TexelFormat::kFloat, reduced.cols, reduced.rows, reduced.values.data());
  shown.classes.upload(TexelFormat::kByte, reduced.cols, reduced.rows, reduced.classes.data());
}

void HeatmapRenderer::set_mask(const core::Mask& mask, int rows, int cols) {
  if (!program_.is_linked() || mask.bits.empty()) return;
  Tensor& shape = tensor(view::Panel::kMask);
  shape.rows = rows;
  shape.cols = cols;
  shape.block = block_for(rows, cols);
  const ReducedMask reduced = reduce_mask(mask, shape.block);
  mask_.upload(TexelFormat::kByte, reduced.cols, reduced.rows, reduced.bits.data());
  const std::vector<uint8_t> states = column_states(mask, shape.block);
  column_states_.upload(TexelFormat::kByte, static_cast<int>(states.size()), 1, states.data());
  current_mask_ = mask;
}

int HeatmapRenderer::reduction(view::Panel panel) const {
  const Block& block = tensor(panel).block;
  return std::max(block.rows, block.cols);
}

HeatmapRenderer::Kind HeatmapRenderer::kind_of(const view::HeatmapDraw& draw) const {
  if (draw.header_strip) return Kind::kHeaderStrip;
  if (draw.panel == view::Panel::kMask) return Kind::kMask;
  if (tensor(draw.panel).rows == 0) return Kind::kNoNumbers;
  if (draw.panel == view::Panel::kScores) return Kind::kScores;
  return draw.panel == view::Panel::kMasked ? Kind::kMasked : Kind::kProbabilities;
}

void HeatmapRenderer::draw(const view::HeatmapDraw& draw, int framebuffer_w, int framebuffer_h) {
  if (!program_.is_linked() || tensor(view::Panel::kMask).rows == 0) return;
  if (draw.cells.empty() || draw.cell_w <= 0 || cell_size_px(draw).y <= 0) return;
  if (!set_scissor(draw.clip, framebuffer_w, framebuffer_h)) return;
  set_blending();
  glViewport(0, 0, framebuffer_w, framebuffer_h);
  program_.use();
  const Kind kind = kind_of(draw);
  set_uniforms(draw, kind, framebuffer_w, framebuffer_h);
  set_palette(draw.dark);
  bind_textures(tensor(draw.panel), draw.header_strip);
  glBindVertexArray(vertex_array_);
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
  // The one thing that Dear ImGui sets at the start of a frame only.
  glActiveTexture(GL_TEXTURE0 + kUnitDearImGui);
}

void HeatmapRenderer::set_uniforms(const view::HeatmapDraw& draw, Kind kind, int framebuffer_w,
                                   int framebuffer_h) const {
  const glm::mat3 ndc_from_px = ndc_from_canvas_px(framebuffer_w, framebuffer_h);
  const glm::mat3 px_from_cell = canvas_px_from_cell(draw);
  const glm::mat3 cell_from_px = glm::inverse(px_from_cell);
  const auto matrix = [this](Uniform uniform, const glm::mat3& value) {
    glUniformMatrix3fv(locations_[uniform], 1, GL_FALSE, glm::value_ptr(value));
  };
  matrix(kNdcFromCanvasPx, ndc_from_px);
  matrix(kCanvasPxFromCell, px_from_cell);
  matrix(kCellFromCanvasPx, cell_from_px);
  glUniform1f(locations_[kCanvasHeight], static_cast<float>(framebuffer_h));

  const Tensor& mask_shape = tensor(view::Panel::kMask);
  const bool has_numbers =
      kind == Kind::kScores || kind == Kind::kMasked || kind == Kind::kProbabilities;
  const Tensor& shape = has_numbers ? tensor(draw.panel) : mask_shape;
  const bool strip = kind == Kind::kHeaderStrip;
  glUniform2i(locations_[kCells], shape.cols, strip ? 1 : shape.rows);
  glUniform2i(locations_[kBlock], shape.block.cols, strip ? 1 : shape.block.rows);
  const glm::vec2 cell_px = cell_size_px(draw);
  glUniform2f(locations_[kCellPx], cell_px.x, cell_px.y);
  glUniform2f(locations_[kGapPx], draw.gap, strip ? 0 : draw.gap);
  glUniform1f(locations_[kRadiusPx], draw.radius_px);
  glUniform1f(locations_[kScale], draw.scale);
  const float limit = kind == Kind::kProbabilities ? draw.probability_limit : draw.scores_limit;
  glUniform1f(locations_[kLimit], limit > 0 ? limit : 1);
  glUniform1f(locations_[kColorRow], color_row(draw.panel, draw.dark));
  glUniform1i(locations_[kKind], static_cast<GLint>(kind));
}

void HeatmapRenderer::set_color(Uniform uniform, const view::Rgb& color) const {
  glUniform3f(locations_[uniform], color.r, color.g, color.b);
}

void HeatmapRenderer::set_palette(bool dark) const {
  const view::Palette& palette = view::palette(dark);
  set_color(kCard, palette.card);
  set_color(kChip, palette.chip);
  set_color(kHatch, palette.hatch);
  set_color(kMuted, palette.muted);
  set_color(kText, palette.text);
  set_color(kDanger, palette.danger);
  set_color(kDangerTint, palette.danger_tint);
  set_color(kMaskedHeader, palette.masked_header);
  set_color(kOnMaskedHeader, palette.on_masked_header);
}

void HeatmapRenderer::bind_textures(const Tensor& shown, bool header_strip) const {
  shown.values.bind(kUnitValues);
  shown.classes.bind(kUnitClasses);
  (header_strip ? column_states_ : mask_).bind(kUnitMask);
  colors_.bind(kUnitColors);
  glUniform1i(locations_[kValues], kUnitValues);
  glUniform1i(locations_[kClasses], kUnitClasses);
  glUniform1i(locations_[kMask], kUnitMask);
  glUniform1i(locations_[kColors], kUnitColors);
}

}  // namespace softmask::gfx
