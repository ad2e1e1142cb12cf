#include "gfx/draw_state.h"

#include <GLES3/gl3.h>

#include <algorithm>
#include <cmath>

namespace softmask::gfx {

bool set_scissor(const view::Rect& clip, const DrawTarget& target) {
  const auto whole = [](float px, int from, int most) {
    const float inside = std::round(px) - static_cast<float>(from);
    return static_cast<int>(std::clamp(inside, 0.0f, static_cast<float>(most)));
  };
  const int left = whole(clip.x, target.left, target.width);
  const int right = whole(clip.right(), target.left, target.width);
  const int top = whole(clip.y, target.top, target.height);
  const int bottom = whole(clip.bottom(), target.top, target.height);
  if (right <= left || bottom <= top) return false;
  glEnable(GL_SCISSOR_TEST);
  glScissor(left, target.height - bottom, right - left, bottom - top);
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
