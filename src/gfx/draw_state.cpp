#include "gfx/draw_state.h"

#include <GLES3/gl3.h>

#include <algorithm>
#include <cmath>

namespace softmask::gfx {

bool set_scissor(const view::Rect& clip, int framebuffer_w, int framebuffer_h) {
  const auto whole = [](float px, int most) {
    return static_cast<int>(std::clamp(std::round(px), 0.0f, static_cast<float>(most)));
  };
  const int left = whole(clip.x, framebuffer_w), right = whole(clip.right(), framebuffer_w);
  const int top = whole(clip.y, framebuffer_h), bottom = whole(clip.bottom(), framebuffer_h);
  if (right <= left || bottom <= top) return false;
  glEnable(GL_SCISSOR_TEST);
  glScissor(left, framebuffer_h - bottom, right - left, bottom - top);
  return true;
}

void set_blending() {
  glEnable(GL_BLEND);
  glBlendEquation(GL_FUNC_ADD);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glDisable(GL_CULL_FACE);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_STENCIL_TEST);
}

}  // namespace softmask::gfx
