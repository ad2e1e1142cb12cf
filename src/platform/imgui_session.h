// Dear ImGui with its SDL2 and OpenGL backends, for one window.
#ifndef SOFTMASK_PLATFORM_IMGUI_SESSION_H_
#define SOFTMASK_PLATFORM_IMGUI_SESSION_H_

#include <vector>

#include "gfx/draw_target.h"
#include "platform/gl_window.h"
#include "ui/fonts_ui.h"

union SDL_Event;

namespace softmask::platform {

class ImGuiSession {
 public:
  ImGuiSession() = default;
  ~ImGuiSession() { close(); }
  ImGuiSession(const ImGuiSession&) = delete;
  ImGuiSession& operator=(const ImGuiSession&) = delete;

  void open(const GlWindow& window);
  void close();

  // Makes the fonts for this many physical pixels a CSS pixel; nothing where they are. Between
  // frames only.
  void set_scale(float scale);
  // From the next set_scale on every face has Chinese as well. Both are whole fonts.
  void set_chinese(std::vector<unsigned char> regular, std::vector<unsigned char> bold);
  const ui::Fonts& fonts() const { return fonts_; }

  void take_event(const SDL_Event& event);
  // Input comes in one change a frame; true while some of it waits for a further frame.
  bool input_waits() const;

  void begin_frame(const GlWindow& window);
  // Ends the frame; nothing is on the screen before draw().
  void end_frame(bool hand_cursor);
  // shapes_hash() of the frame that ended.
  uint64_t shapes() const;
  void draw(const gfx::DrawTarget& target);

  // Gives back everything that lives in the GL context; the next frame makes it anew. While the
  // context is lost this only forgets.
  void release_gl();

 private:
  bool open_ = false;
  ui::Fonts fonts_;
  std::vector<unsigned char> chinese_regular_, chinese_bold_;  // the atlas looks into them
};

}  // namespace softmask::platform

#endif  // SOFTMASK_PLATFORM_IMGUI_SESSION_H_
