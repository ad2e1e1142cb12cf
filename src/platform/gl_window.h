// The SDL window with its OpenGL ES 3 context: one canvas of physical pixels.
#ifndef SOFTMASK_PLATFORM_GL_WINDOW_H_
#define SOFTMASK_PLATFORM_GL_WINDOW_H_

#include <cstdint>
#include <string>

struct SDL_Window;

namespace softmask::platform {

class GlWindow {
 public:
  GlWindow() = default;
  ~GlWindow() { close(); }
  GlWindow(const GlWindow&) = delete;
  GlWindow& operator=(const GlWindow&) = delete;

  // Empty, or in words why there is no window or context. `title` may be null: the page keeps its
  // own.
  std::string open(const char* title, int width_px, int height_px);
  void close();
  bool is_open() const { return context_ != nullptr; }

  // Clears what was drawn where the size differs.
  void resize(int width_px, int height_px);
  // While it is held, the canvas stays as it is and pieces are drawn of a larger one, of the size
  // that width_px() and height_px() tell; afterwards they tell the canvas's again.
  void hold(bool held);
  bool is_held() const { return held_; }
  int width_px() const { return width_px_; }
  int height_px() const { return height_px_; }
  // The largest side that the context can draw into; of what is drawn in pieces, the largest that
  // browsers make pictures of.
  int max_side_px() const { return held_ ? kMaxPictureSide : max_side_px_; }
  double max_pixels() const;

  // Everything in one colour, 0xRRGGBB.
  void clear(unsigned rgb);
  void swap();
  // RGBA of the lower left corner of what was drawn just now, the top row first.
  void read(int width, int height, uint8_t* rgba) const;

  SDL_Window* sdl() const { return window_; }
  void* context() const { return context_; }

 private:
  SDL_Window* window_ = nullptr;
  void* context_ = nullptr;
  static constexpr int kMaxPictureSide = 16384;

  int width_px_ = 0;
  int height_px_ = 0;
  int canvas_width_ = 0;
  int canvas_height_ = 0;
  bool held_ = false;
  int max_side_px_ = 4096;
};

}  // namespace softmask::platform

#endif  // SOFTMASK_PLATFORM_GL_WINDOW_H_
