#ifndef SOFTMASK_GFX_FLOW_RENDERER_H_
#define SOFTMASK_GFX_FLOW_RENDERER_H_

#include <GLES3/gl3.h>

#include <string>

#include "gfx/draw_target.h"
#include "gfx/ribbon_mesh.h"
#include "gfx/shader_program.h"
#include "view/flow_draw.h"

namespace softmask::gfx {

// Draws bands of moving mass between two bars. Moved, staying, leaked and lost mass differ in their
// drawing (see view::RibbonDraw::Pattern), not in colour alone.
//
// Every function but forget() needs the context of init() to be current. Neither the destructor nor
// forget() calls OpenGL.
class FlowRenderer {
 public:
  // Compiles the shaders. Empty text means success; with any other outcome, in the driver's words,
  // draw() draws nothing.
  std::string init();
  // Deletes everything that it has in the context.
  void release();
  // The context was lost.
  void forget();

  // Meant for a callback in the middle of a Dear ImGui draw list: of the state of OpenGL it changes
  // only what ImDrawCallback_ResetRenderState and the next command of the list set again.
  // O(bands); uploads about 2 KB a band.
  void draw(const view::FlowDraw& flow, const DrawTarget& target);

 private:
  void upload(const RibbonMesh& mesh);

  ShaderProgram program_;
  GLint ndc_from_canvas_px_ = -1;
  GLint canvas_origin_ = -1;
  GLint scale_ = -1;
  GLint strength_ = -1;
  GLuint vertex_array_ = 0;
  GLuint vertices_ = 0;
  GLuint indices_ = 0;
};

}  // namespace softmask::gfx

#endif  // SOFTMASK_GFX_FLOW_RENDERER_H_
