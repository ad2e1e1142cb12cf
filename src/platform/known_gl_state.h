// Included before Dear ImGui's OpenGL backend on the web. The backend asks for the state that it
// changes, to set it back after each frame. A browser answers some of these questions only when its
// graphics process has finished the frame before: the page would stand still for so long. What our
// own drawing needs it sets itself (gfx/draw_state.h), so those get OpenGL's initial values.
#ifndef SOFTMASK_PLATFORM_KNOWN_GL_STATE_H_
#define SOFTMASK_PLATFORM_KNOWN_GL_STATE_H_

#include <GLES3/gl3.h>

static inline void softmask_known_gl_state(GLenum name, GLint* value) {
  switch (name) {
    case GL_SCISSOR_BOX:
      value[0] = value[1] = value[2] = value[3] = 0;
      break;
    case GL_BLEND_SRC_RGB:
    case GL_BLEND_SRC_ALPHA:
      *value = GL_ONE;
      break;
    case GL_BLEND_DST_RGB:
    case GL_BLEND_DST_ALPHA:
      *value = GL_ZERO;
      break;
    case GL_BLEND_EQUATION_RGB:
    case GL_BLEND_EQUATION_ALPHA:
      *value = GL_FUNC_ADD;
      break;
    default:
      glGetIntegerv(name, value);
  }
}
#define glGetIntegerv softmask_known_gl_state

#endif  // SOFTMASK_PLATFORM_KNOWN_GL_STATE_H_
