#include "gfx/heatmap_renderer.h"

#include <algorithm>
#include <glm/gtc/type_ptr.hpp>
#include <glm/matrix.hpp>
#include <vector>

#include "gfx/draw_state.h"
#include "gfx/transforms.h"

namespace softmask::gfx {

void HeatmapRenderer::init(const HeatmapProgram& program) {
  release();
  program_ = &program;
  upload_placeholders();
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
  mask_.release();
  for_each_tensor([](Tensor& tensor) {
    tensor.values.release();
    tensor.classes.release();
    tensor.mask.release();
  });
  forget();
}

void HeatmapRenderer::forget() {
  program_ = nullptr;
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
  if (!is_ready() || panel == view::Panel::kMask) return;
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
  if (!is_ready() || mask.bits.empty()) return;
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
  if (!is_ready()) return;
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
  if (!is_ready()) return;
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
  if (!is_ready()) return;
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

void HeatmapRenderer::draw(const view::HeatmapDraw& draw, const DrawTarget& target) {
  if (!is_ready() || shape_of(draw).rows == 0) return;
  if (draw.cells.empty() || draw.cell_w <= 0 || cell_size_px(draw).y <= 0) return;
  if (!set_scissor(draw.clip, target)) return;
  set_blending();
  glViewport(0, 0, target.width, target.height);
  program_->use(draw.dark);
  set_uniforms(draw, kind_of(draw), target);
  bind_textures(shape_of(draw));
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
  // The one thing that Dear ImGui sets at the start of a frame only.
  glActiveTexture(GL_TEXTURE0 + HeatmapProgram::kUnitDearImGui);
}

void HeatmapRenderer::set_uniforms(const view::HeatmapDraw& draw, Kind kind,
                                   const DrawTarget& target) const {
  const glm::mat3 ndc_from_px = ndc_from_canvas_px(target);
  const Tensor& shape = shape_of(draw);
  const glm::mat3 cell_from_px =
      glm::inverse(canvas_px_from_cell(draw, shape.first_col, shape.first_row));
  using Uniform = HeatmapProgram::Uniform;
  const auto at = [this](Uniform uniform) { return program_->location(uniform); };
  const auto matrix = [&](Uniform uniform, const glm::mat3& value) {
    glUniformMatrix3fv(at(uniform), 1, GL_FALSE, glm::value_ptr(value));
  };
  matrix(Uniform::kNdcFromCanvasPx, ndc_from_px);
  glUniform4f(at(Uniform::kQuadPx), draw.cells.x, draw.cells.y, draw.cells.w, draw.cells.h);
  matrix(Uniform::kCellFromCanvasPx, cell_from_px);
  glUniform2f(at(Uniform::kCanvasOrigin), static_cast<float>(target.left),
              static_cast<float>(target.top + target.height));

  const bool strip = kind == Kind::kHeaderStrip;
  glUniform2i(at(Uniform::kCells), shape.cols, shape.rows);
  glUniform2i(at(Uniform::kBlock), shape.block.cols, shape.block.rows);
  const glm::vec2 cell_px = cell_size_px(draw);
  glUniform2f(at(Uniform::kCellPx), cell_px.x, cell_px.y);
  glUniform2f(at(Uniform::kGapPx), draw.gap, strip ? 0 : draw.gap);
  glUniform1f(at(Uniform::kRadiusPx), draw.radius_px);
  glUniform1f(at(Uniform::kScale), draw.scale);
  const float limit = kind == Kind::kProbabilities ? draw.probability_limit : draw.scores_limit;
  glUniform1f(at(Uniform::kLimit), limit > 0 ? limit : 1);
  glUniform1f(at(Uniform::kColorRow),
              color_row(draw.panel == view::Panel::kProbabilities, draw.dark));
  glUniform1i(at(Uniform::kKind), static_cast<GLint>(kind));
  glUniform1i(at(Uniform::kMean), draw.reduction == view::Reduction::kMean ? 1 : 0);
}

void HeatmapRenderer::bind_textures(const Tensor& shown) const {
  shown.values.bind(HeatmapProgram::kUnitValues);
  shown.classes.bind(HeatmapProgram::kUnitClasses);
  (shown.has_own_mask ? shown.mask : mask_).bind(HeatmapProgram::kUnitMask);
}

}  // namespace softmask::gfx
