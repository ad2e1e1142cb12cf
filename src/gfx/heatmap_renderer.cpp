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
    "u_quad_px",
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
  for_each_tensor([&](Tensor& tensor) {
    tensor.values.upload(TexelFormat::kFloat, 1, 1, &number);
    tensor.classes.upload(TexelFormat::kByte, 1, 1, &byte_value);
    tensor.mask.upload(TexelFormat::kByte, 1, 1, &byte_value);
  });
  mask_.upload(TexelFormat::kByte, 1, 1, &byte_value);
}

void HeatmapRenderer::release() {
  program_.release();
  if (vertex_array_ != 0) glDeleteVertexArrays(1, &vertex_array_);
  colors_.release();
  mask_.release();
  for_each_tensor([](Tensor& tensor) {
    tensor.values.release();
    tensor.classes.release();
    tensor.mask.release();
  });
  forget();
}

void HeatmapRenderer::forget() {
  program_.forget();
  vertex_array_ = 0;
  colors_.forget();
  mask_.forget();
  for_each_tensor([](Tensor& tensor) {
    tensor.values.forget();
    tensor.classes.forget();
    tensor.mask.forget();
    tensor.clear();
  });
  current_mask_ = {};
}

void HeatmapRenderer::set_values(view::Panel panel, std::span<const float> values, int rows,
                                 int cols) {
  if (!program_.is_linked() || panel == view::Panel::kMask) return;
  Tensor& shown = tensor(panel);
  const size_t count = static_cast<size_t>(rows) * static_cast<size_t>(cols);
  shown.clear();
  if (values.empty() || values.size() != count) return;
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
  shape.clear();
  shape.rows = rows;
  shape.cols = cols;
  shape.block = block_for(rows, cols);
  ReducedMask reduced = reduce_mask(mask, shape.block);
  for (uint8_t& bit : reduced.bits) bit = bit != 0 ? 255 : 0;
  mask_.upload(TexelFormat::kByte, reduced.cols, reduced.rows, reduced.bits.data());
  std::vector<uint8_t> states = column_states(mask, shape.block);
  for (uint8_t& state : states) state = state == 2 ? 255 : state == 1 ? 127 : 0;
  header_.clear();
  header_.block = {1, shape.block.cols};
  header_.rows = 1;
  header_.cols = cols;
  header_.has_own_mask = true;
  header_.mask.upload(TexelFormat::kByte, static_cast<int>(states.size()), 1, states.data());
  current_mask_ = mask;
}

void HeatmapRenderer::clear(view::Panel panel) { tensor(panel).clear(); }

void HeatmapRenderer::Tensor::clear() {
  block = {};
  first_row = first_col = rows = cols = 0;
  has_own_mask = false;
}

void HeatmapRenderer::Tensor::stand_at(const Sight& sight) {
  block = sight.block;
  first_row = sight.first_row;
  first_col = sight.first_col;
  rows = sight.end_row - sight.first_row;
  cols = sight.end_col - sight.first_col;
  has_own_mask = true;
}

void HeatmapRenderer::set_window(view::Panel panel, const WindowTexels& texels) {
  if (!program_.is_linked()) return;
  Tensor& shown = tensor(panel);
  shown.stand_at(texels.sight);
  const int width = texels.sight.texel_cols(), height = texels.sight.texel_rows();
  const auto mask_rows = static_cast<int>(texels.masked.size() / static_cast<size_t>(width));
  shown.mask.upload(TexelFormat::kByte, width, mask_rows, texels.masked.data());
  if (panel == view::Panel::kMask) return;
  shown.values.upload(TexelFormat::kFloat, width, height, texels.values.data());
  shown.classes.upload(TexelFormat::kByte, width, height, texels.classes.data());
}

void HeatmapRenderer::set_window_columns(view::Panel panel, const WindowTexels& texels, int first,
                                         int end) {
  if (!program_.is_linked()) return;
  Tensor& shown = tensor(panel);
  const auto width = static_cast<size_t>(texels.sight.texel_cols());
  const int height = texels.sight.texel_rows();
  const auto upload = [&](DataTexture& texture, const auto& all) {
    auto part = all;
    part.clear();
    for (int row = 0; row < height; ++row) {
      const auto from = all.begin() + static_cast<std::ptrdiff_t>(static_cast<size_t>(row) * width);
      part.insert(part.end(), from + first, from + end);
    }
    texture.upload_part(first, 0, end - first, height, part.data());
  };
  upload(shown.values, texels.values);
  upload(shown.classes, texels.classes);
  upload(shown.mask, texels.masked);
}

void HeatmapRenderer::set_header_window(const Sight& sight, const std::vector<uint8_t>& shares) {
  if (!program_.is_linked()) return;
  header_.stand_at(sight);
  header_.mask.upload(TexelFormat::kByte, sight.texel_cols(), 1, shares.data());
}

int HeatmapRenderer::reduction(view::Panel panel) const {
  const Block& block = tensor(panel).block;
  return std::max(block.rows, block.cols);
}

// What a draw reads: without numbers it still has cells, those of the mask.
const HeatmapRenderer::Tensor& HeatmapRenderer::shape_of(const view::HeatmapDraw& draw) const {
  if (draw.header_strip) return header_;
  const Tensor& shown = tensor(draw.panel);
  return shown.rows > 0 ? shown : tensor(view::Panel::kMask);
}

HeatmapRenderer::Kind HeatmapRenderer::kind_of(const view::HeatmapDraw& draw) const {
  if (draw.header_strip) return Kind::kHeaderStrip;
  if (draw.panel == view::Panel::kMask) return Kind::kMask;
  if (tensor(draw.panel).rows == 0) return Kind::kNoNumbers;
  if (draw.panel == view::Panel::kScores) return Kind::kScores;
  return draw.panel == view::Panel::kMasked ? Kind::kMasked : Kind::kProbabilities;
}

void HeatmapRenderer::draw(const view::HeatmapDraw& draw, int framebuffer_w, int framebuffer_h) {
  if (!program_.is_linked() || shape_of(draw).rows == 0) return;
  if (draw.cells.empty() || draw.cell_w <= 0 || cell_size_px(draw).y <= 0) return;
  if (!set_scissor(draw.clip, framebuffer_w, framebuffer_h)) return;
  set_blending();
  glViewport(0, 0, framebuffer_w, framebuffer_h);
  program_.use();
  const Kind kind = kind_of(draw);
  set_uniforms(draw, kind, framebuffer_w, framebuffer_h);
  set_palette(draw.dark);
  bind_textures(shape_of(draw));
  glBindVertexArray(vertex_array_);
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
  // The one thing that Dear ImGui sets at the start of a frame only.
  glActiveTexture(GL_TEXTURE0 + kUnitDearImGui);
}

void HeatmapRenderer::set_uniforms(const view::HeatmapDraw& draw, Kind kind, int framebuffer_w,
                                   int framebuffer_h) const {
  const glm::mat3 ndc_from_px = ndc_from_canvas_px(framebuffer_w, framebuffer_h);
  const Tensor& shape = shape_of(draw);
  const glm::mat3 cell_from_px =
      glm::inverse(canvas_px_from_cell(draw, shape.first_col, shape.first_row));
  const auto matrix = [this](Uniform uniform, const glm::mat3& value) {
    glUniformMatrix3fv(locations_[uniform], 1, GL_FALSE, glm::value_ptr(value));
  };
  matrix(kNdcFromCanvasPx, ndc_from_px);
  glUniform4f(locations_[kQuadPx], draw.cells.x, draw.cells.y, draw.cells.w, draw.cells.h);
  matrix(kCellFromCanvasPx, cell_from_px);
  glUniform1f(locations_[kCanvasHeight], static_cast<float>(framebuffer_h));

  const bool strip = kind == Kind::kHeaderStrip;
  glUniform2i(locations_[kCells], shape.cols, shape.rows);
  glUniform2i(locations_[kBlock], shape.block.cols, shape.block.rows);
  const glm::vec2 cell_px = cell_size_px(draw);
  glUniform2f(locations_[kCellPx], cell_px.x, cell_px.y);
  glUniform2f(locations_[kGapPx], draw.gap, strip ? 0 : draw.gap);
  glUniform1f(locations_[kRadiusPx], draw.radius_px);
  glUniform1f(locations_[kScale], draw.scale);
  const float limit = kind == Kind::kProbabilities ? draw.probability_limit : draw.scores_limit;
  glUniform1f(locations_[kLimit], limit > 0 ? limit : 1);
  glUniform1f(locations_[kColorRow], color_row(draw.panel, draw.dark));
  glUniform1i(locations_[kKind], static_cast<GLint>(kind));
  glUniform1i(locations_[kMean], draw.reduction == view::Reduction::kMean ? 1 : 0);
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

void HeatmapRenderer::bind_textures(const Tensor& shown) const {
  shown.values.bind(kUnitValues);
  shown.classes.bind(kUnitClasses);
  (shown.has_own_mask ? shown.mask : mask_).bind(kUnitMask);
  colors_.bind(kUnitColors);
  glUniform1i(locations_[kValues], kUnitValues);
  glUniform1i(locations_[kClasses], kUnitClasses);
  glUniform1i(locations_[kMask], kUnitMask);
  glUniform1i(locations_[kColors], kUnitColors);
}

}  // namespace softmask::gfx
