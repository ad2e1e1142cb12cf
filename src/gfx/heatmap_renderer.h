#ifndef SOFTMASK_GFX_HEATMAP_RENDERER_H_
#define SOFTMASK_GFX_HEATMAP_RENDERER_H_

#include <GLES3/gl3.h>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/mask.h"
#include "gfx/data_texture.h"
#include "gfx/draw_target.h"
#include "gfx/heatmap_program.h"
#include "gfx/reduced_matrix.h"
#include "gfx/window_texels.h"
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
  // To be drawn with `program`, which has to be ready and to stay. Before it draw() draws nothing.
  void init(const HeatmapProgram& program);
  bool is_ready() const { return program_ != nullptr; }
  // Deletes everything that it has in the context.
  void release();
  // The context was lost: after the next init() mask and values have to be set again.
  void forget();

  // What `panel` shows: rows * cols numbers, row-major; none where the program would raise, and the
  // cells are drawn empty. kMask has no numbers. A larger matrix than a texture is
  // reduced with the mask in force, so set the mask first and then all the values.
  // O(rows * cols), uploads at most 5 MB.
  void set_values(view::Panel panel, std::span<const float> values, int rows, int cols);
  // `mask` fits a matrix of rows by cols. O(mask.bits.size()).
  void set_mask(const core::Mask& mask, int rows, int cols);

  // Instead of the two above, where only a part of a matrix is in sight: its numbers, with the mask
  // in them. For kMask the `masked` alone, as masked_shares gives it.
  void set_window(view::Panel panel, const WindowTexels& texels);
  // The texel columns first … end-1 of what set_window() took.
  void set_window_columns(view::Panel panel, const WindowTexels& texels, int first, int end);
  // The header strip of these columns.
  void set_header_window(const Sight& sight, const std::vector<uint8_t>& shares);
  // The panel has no numbers.
  void clear(view::Panel panel);

  // Meant for a callback in the middle of a Dear ImGui draw list: of the state of OpenGL it changes
  // only what ImDrawCallback_ResetRenderState and the next command of the list set again.
  void draw(const view::HeatmapDraw& draw, const DrawTarget& target);

  // The longer side of the blocks of cells that were made into one, 1 when none were. For telling
  // the reader that the picture is a summary.
  int reduction(view::Panel panel) const;

 private:
  struct Tensor {
    Block block;
    int first_row = 0;  // of the part that the textures hold
    int first_col = 0;
    int rows = 0;  // of that part
    int cols = 0;
    bool has_own_mask = false;  // else that of set_mask
    DataTexture values;
    DataTexture classes;
    DataTexture mask;

    void clear();
    void stand_at(const Sight& sight);
  };
  // As the shader names them.
  enum class Kind : GLint { kScores, kMask, kMasked, kProbabilities, kHeaderStrip, kNoNumbers };

  Tensor& tensor(view::Panel panel) { return tensors_[static_cast<size_t>(panel)]; }
  const Tensor& tensor(view::Panel panel) const { return tensors_[static_cast<size_t>(panel)]; }
  template <class Act>
  void for_each_tensor(Act act) {
    for (Tensor& tensor : tensors_) act(tensor);
    act(header_);
  }
  const Tensor& shape_of(const view::HeatmapDraw& draw) const;
  Kind kind_of(const view::HeatmapDraw& draw) const;
  void upload_placeholders();
  void bind_textures(const Tensor& shown) const;
  void set_uniforms(const view::HeatmapDraw& draw, Kind kind, const DrawTarget& target) const;

  const HeatmapProgram* program_ = nullptr;
  DataTexture mask_;
  Tensor header_;
  // That of kMask holds the mask's shape and placeholders for the samplers.
  std::array<Tensor, view::kPanelCount> tensors_;
  core::Mask current_mask_;  // for reducing the values
};

}  // namespace softmask::gfx

#endif  // SOFTMASK_GFX_HEATMAP_RENDERER_H_
