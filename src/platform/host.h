// What the application asks of the place it runs in: a web page or a desktop.
#ifndef SOFTMASK_PLATFORM_HOST_H_
#define SOFTMASK_PLATFORM_HOST_H_

#include <cstdint>
#include <string>

#include "ui/screen_ui.h"

namespace softmask::platform {

// How a change of the state wants to be remembered by the host's history (the browser's Back).
enum class ChangeKind : uint8_t {
  kStep,          // a new view: Back leads to the one before
  kContinuation,  // goes on with the last step: a drag under way, one seed after the other
  kLook,          // nothing to go back to: the selected row, language, theme
  kHistory,       // the host's own history asked for it
};

class Host {
 public:
  virtual ~Host() = default;

  // Application::frame shall be called at the next repaint. Asked once until that call.
  virtual void request_frame() = 0;
  // The canvas now has this size, in physical pixels; `scale` of them make one CSS pixel.
  virtual void canvas_resized(int width_px, int height_px, float scale) = 0;
  // After the fact; several commands of one frame are one change.
  virtual void state_changed(ChangeKind kind) = 0;
  // Application::show_copied follows where it worked.
  virtual void copy_text(const ui::CopyRequest& request) = 0;
  // Offers links to the present state.
  virtual void open_share() = 0;
  // Takes the reader's own scores; they come back through Application::set_own_scores.
  virtual void open_import() = 0;
  // Lets the user type; a text that is accepted comes back through Application::set_state.
  virtual void edit_text(const ui::TextEntry& entry, float scale) = 0;
  virtual void leave_focus() = 0;
  virtual uint64_t random_bits() = 0;
  // The reader is told on the screen as well.
  virtual void report_error(const std::string& message) = 0;
};

}  // namespace softmask::platform

#endif  // SOFTMASK_PLATFORM_HOST_H_
