// What is drawn on: the canvas, or a piece of a larger one.
#ifndef SOFTMASK_GFX_DRAW_TARGET_H_
#define SOFTMASK_GFX_DRAW_TARGET_H_

namespace softmask::gfx {

// In canvas pixels; width and height are positive. The framebuffer's lower left corner has it.
struct DrawTarget {
  int width = 1;
  int height = 1;
  int left = 0;
  int top = 0;
};

}  // namespace softmask::gfx

#endif  // SOFTMASK_GFX_DRAW_TARGET_H_
