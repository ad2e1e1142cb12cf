// The state of OpenGL that a renderer needs inside of a Dear ImGui draw list.
#ifndef SOFTMASK_GFX_DRAW_STATE_H_
#define SOFTMASK_GFX_DRAW_STATE_H_

#include "gfx/draw_target.h"
#include "view/geometry.h"

namespace softmask::gfx {

// Texture unit 0 is Dear ImGui's.
inline constexpr unsigned kDearImGuiTextureUnit = 0;

// The part of the target that may be drawn on, in whole pixels; false when there is none.
bool set_scissor(const view::Rect& clip, const DrawTarget& target);

// Straight alpha over what is there; no culling, depth or stencil.
void set_blending();

}  // namespace softmask::gfx

#endif  // SOFTMASK_GFX_DRAW_STATE_H_
