#include "platform/gl_window.h"

#include <GLES3/gl3.h>
#include <SDL.h>

#include <algorithm>
#include <cstddef>

#include "view/strings.h"

namespace softmask::platform {

std::string GlWindow::open(const char* title, int width_px, int height_px) {
  SDL_SetMainReady();
  // The hint has to be there before the window: SDL would listen to the whole page's keys.
  SDL_SetHint("SDL_EMSCRIPTEN_KEYBOARD_ELEMENT", "#canvas");
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return SDL_GetError();
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 0);
  SDL_GL_SetAttribute(SDL_GL_ALPHA_SIZE, 0);
  SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
  SDL_GL_SetAttribute(SDL_GL_STENCIL_SIZE, 0);
  SDL_GL_SetAttribute(SDL_GL_MULTISAMPLEBUFFERS, 0);
  SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
  window_ = SDL_CreateWindow(title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width_px,
                             height_px, SDL_WINDOW_OPENGL);
  context_ = window_ ? SDL_GL_CreateContext(window_) : nullptr;
  if (!context_) {
    std::string reason = SDL_GetError();
    close();
    return reason.empty() ? view::text(view::Text::kNoGlContext) : reason;
  }
  width_px_ = canvas_width_ = width_px;
  height_px_ = canvas_height_ = height_px;
  // The host has a field for text; SDL's own text input is on from the start on a desktop.
  SDL_StopTextInput();
  SDL_EventState(SDL_TEXTINPUT, SDL_DISABLE);
  // The wheel belongs to the page around.
  SDL_EventState(SDL_MOUSEWHEEL, SDL_DISABLE);
  GLint texture = 0;
  GLint viewport[2] = {0, 0};
  GLint renderbuffer = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &texture);
  glGetIntegerv(GL_MAX_VIEWPORT_DIMS, viewport);
  glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &renderbuffer);
  max_side_px_ = std::max(std::min({texture, viewport[0], viewport[1], renderbuffer}), 2048);
  return {};
}

void GlWindow::close() {
  if (context_) SDL_GL_DeleteContext(context_);
  if (window_) SDL_DestroyWindow(window_);
  if (context_ || window_) SDL_Quit();
  context_ = nullptr;
  window_ = nullptr;
}

void GlWindow::resize(int width_px, int height_px) {
  width_px_ = width_px;
  height_px_ = height_px;
  if (held_ || (canvas_width_ == width_px && canvas_height_ == height_px)) return;
  canvas_width_ = width_px;
  canvas_height_ = height_px;
  SDL_SetWindowSize(window_, width_px, height_px);
}

void GlWindow::hold(bool held) {
  held_ = held;
  // What was laid out meanwhile is none of the canvas's business.
  width_px_ = canvas_width_;
  height_px_ = canvas_height_;
}

double GlWindow::max_pixels() const {
  // Of a canvas with more pixels Chromium draws a part, and does not tell (seen in 156).
  constexpr double kMaxCanvas = 5760.0 * 5760.0;
  constexpr double kMaxPicture = static_cast<double>(kMaxPictureSide) * kMaxPictureSide;
  return held_ ? kMaxPicture : kMaxCanvas;
}

void GlWindow::clear(unsigned rgb) {
  const auto part = [rgb](int shift) { return static_cast<float>((rgb >> shift) & 255u) / 255.0f; };
  glViewport(0, 0, width_px_, height_px_);
  glDisable(GL_SCISSOR_TEST);
  glClearColor(part(16), part(8), part(0), 1);
  glClear(GL_COLOR_BUFFER_BIT);
}

void GlWindow::read(int width, int height, uint8_t* rgba) const {
  glPixelStorei(GL_PACK_ALIGNMENT, 4);
  glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, rgba);
  const auto row = static_cast<size_t>(width) * 4;
  uint8_t* bottom = rgba + row * static_cast<size_t>(height);
  for (uint8_t* top = rgba; top + row < bottom; top += row) {
    bottom -= row;
    std::swap_ranges(top, top + row, bottom);
  }
}

void GlWindow::swap() { SDL_GL_SwapWindow(window_); }

}  // namespace softmask::platform
