#ifndef SOFTMASK_GFX_HEATMAP_RENDERER_H_
#define SOFTMASK_GFX_HEATMAP_RENDERER_H_

#include <GLES3/gl3.h>

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "core/mask.h"
#include "gfx/data_texture.h"
#include "gfx/reduced_matrix.h"
#include "gfx/shader_program.h"
#include "view/colormap.h"
#include "view/heatmap_draw.h"

namespace softmask::gfx {

// Draws the four tensors as grids of coloured cells, each with one quad. It keeps the numbers in
// textures; drawing costs the same whatever the size of the matrix.
//
// Kept values, masked cells, exact zeros, tiny values and NaN or ±inf differ in pattern and not in
// colour alone, down to cells of five physical pixels.
//
// Every function but forget() and reduction() needs the context of init() to be current. Neither
// the destructor nor forget() calls OpenGL.
class HeatmapRenderer {
 public:
  // Compiles the shaders and makes the colour maps. Empty text means success; with any other
  // outcome, in the driver's words, draw() draws nothing.
  std::string init();
  // Deletes everything that it has in the context.
  void release();
  // The context was lost: after the next init() mask and values have to be set again.
  void forget();

  // What `panel` shows: rows * cols numbers, row-major; none where the program would raise, and the
  // cells are drawn empty. kMask has no numbers. A matrix with a side above kMaxTextureSide is
  // reduced with the mask in force, so set the mask first and then all the values.
  // O(rows * cols), uploads at most 20 MB.
  void set_values(view::Panel panel, std::span<const float> values, int rows, int cols);
  // `mask` fits a matrix of rows by cols. O(mask.bits.size()).
  void set_mask(const core::Mask& mask, int rows, int cols);

  // Meant for a callback in the middle of a Dear ImGui draw list: of the state of OpenGL it changes
  // only what ImDrawCallback_ResetRenderState and the next command of the list set again.
  void draw(const view::HeatmapDraw& draw, int framebuffer_w, int framebuffer_h);

  // The longer side of the blocks of cells that were made into one, 1 when none were. For telling
  // the reader that the picture is a summary.
  int reduction(view::Panel panel) const;

 private:
  struct Tensor {
    Block block;
    int rows = 0;
    int cols = 0;
    DataTexture values;
    DataTexture classes;
  };
  // As the shader names them.
  enum class Kind : GLint { kScores, kMask, kMasked, kProbabilities, kHeaderStrip, kNoNumbers };
  enum Uniform : uint8_t {
    kNdcFromCanvasPx,
    kCanvasPxFromCell,
    kCellFromCanvasPx,
    kCanvasHeight,
    kCells,
    kBlock,
    kCellPx,
    kGapPx,
    kRadiusPx,
    kScale,
    kLimit,
    kColorRow,
    kKind,
    kValues,
    kClasses,
    kMask,
    kColors,
    kCard,
    kChip,
    kHatch,
    kMuted,
    kText,
    kDanger,
    kDangerTint,
    kMaskedHeader,
    kOnMaskedHeader,
    kUniformCount,
  };
  static const std::array<const char*, kUniformCount> kUniformNames;

  Tensor& tensor(view::Panel panel) { return tensors_[static_cast<size_t>(panel)]; }
  const Tensor& tensor(view::Panel panel) const { return tensors_[static_cast<size_t>(panel)]; }
  Kind kind_of(const view::HeatmapDraw& draw) const;
  void upload_placeholders();
  void bind_textures(const Tensor& shown, bool header_strip) const;
  void set_uniforms(const view::HeatmapDraw& draw, Kind kind, int framebuffer_w,
                    int framebuffer_h) const;
  void set_palette(bool dark) const;
  void set_color(Uniform uniform, const view::Rgb& color) const;

  ShaderProgram program_;
  std::array<GLint, kUniformCount> locations_{};
  GLuint vertex_array_ = 0;
  DataTexture colors_;
  DataTexture mask_;
  DataTexture column_states_;
  // That of kMask holds the mask's shape and placeholders for the samplers.
  std::array<Tensor, view::kPanelCount> tensors_;
  core::Mask current_mask_;  // for reducing the values
};

}  // namespace softmask::gfx

#endif  // SOFTMASK_GFX_HEATMAP_RENDERER_H_
