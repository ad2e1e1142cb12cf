#ifndef SOFTMASK_GFX_HEATMAP_PROGRAM_H_
#define SOFTMASK_GFX_HEATMAP_PROGRAM_H_

#include <GLES3/gl3.h>

#include <array>
#include <cstdint>
#include <string>

#include "gfx/data_texture.h"
#include "gfx/draw_state.h"
#include "gfx/shader_program.h"

namespace softmask::gfx {

// What every heatmap of a context is drawn with: the shaders, which take long to compile and are
// therefore compiled once for all figures, and the colour maps as a texture.
//
// Every function but forget() needs the context of init() to be current. Neither the destructor nor
// forget() calls OpenGL.
class HeatmapProgram {
 public:
  enum Uniform : uint8_t {
    kNdcFromCanvasPx,
    kQuadPx,
    kCellFromCanvasPx,
    kCanvasOrigin,
    kCells,
    kBlock,
    kCellPx,
    kGapPx,
    kRadiusPx,
    kScale,
    kLimit,
    kColorRow,
    kKind,
    kMean,
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
  // Where the shaders look for a heatmap's own textures.
  enum Unit : uint8_t {
    kUnitDearImGui = kDearImGuiTextureUnit,
    kUnitValues,
    kUnitClasses,
    kUnitMask,
    kUnitColors,
  };

  // Compiles the shaders and makes the colour maps. Empty text means success, otherwise it is in
  // the driver's words.
  std::string init();
  bool is_ready() const { return program_.is_linked(); }
  // Deletes everything that it has in the context.
  void release();
  // The context was lost.
  void forget();

  // Makes the program, its vertex array and the colour maps current, and the palette of the theme.
  void use(bool dark) const;
  GLint location(Uniform uniform) const { return locations_[uniform]; }

 private:
  void set_palette(bool dark) const;

  ShaderProgram program_;
  std::array<GLint, kUniformCount> locations_{};
  GLuint vertex_array_ = 0;
  DataTexture colors_;
};

// Where the colour map of scores, or of probabilities, is in the texture, top to bottom 0 … 1.
float color_row(bool is_probabilities, bool dark);

}  // namespace softmask::gfx

#endif  // SOFTMASK_GFX_HEATMAP_PROGRAM_H_
