// The application in a page: what C++ asks of the page goes through web_host.js.
#include <emscripten/html5.h>

#include <cstdint>
#include <string>

#include "platform/web_application.h"

extern "C" {
void softmask_host_request_frame();
void softmask_host_canvas_resized(int width_px, int height_px, float scale);
void softmask_host_state_changed(int kind);
void softmask_host_copy_text(const char* what, const char* text);
void softmask_host_open_share();
void softmask_host_open_import();
void softmask_host_edit_text(const char* key, const char* prefix, const char* label,
                             const char* value, float x, float y, float w, float h);
void softmask_host_leave_focus();
uint32_t softmask_host_random_bits();
void softmask_host_report_error(const char* message);
}

namespace softmask::platform {
namespace {

class WebHost : public Host {
 public:
  void request_frame() override { softmask_host_request_frame(); }
  void canvas_resized(int width_px, int height_px, float scale) override {
    softmask_host_canvas_resized(width_px, height_px, scale);
  }
  void state_changed(ChangeKind kind) override {
    softmask_host_state_changed(static_cast<int>(kind));
  }
  void copy_text(const ui::CopyRequest& request) override {
    softmask_host_copy_text(request.what.c_str(), request.text.c_str());
  }
  void open_share() override { softmask_host_open_share(); }
  void open_import() override { softmask_host_open_import(); }
  void edit_text(const ui::TextEntry& entry, float scale) override {
    softmask_host_edit_text(entry.key.c_str(), entry.prefix.c_str(), entry.label.c_str(),
                            entry.value.c_str(), entry.rect_px.x / scale, entry.rect_px.y / scale,
                            entry.rect_px.w / scale, entry.rect_px.h / scale);
  }
  void leave_focus() override { softmask_host_leave_focus(); }
  uint64_t random_bits() override {
    const uint64_t high = softmask_host_random_bits();
    return (high << 32) | softmask_host_random_bits();
  }
  void report_error(const std::string& message) override {
    softmask_host_report_error(message.c_str());
  }
};

}  // namespace

Application& web_application() {
  static WebHost host;
  static Application application(host);
  return application;
}

std::string start_web_application(const char* link, float width_px, float scale) {
  std::string reason = web_application().start(link, nullptr, width_px, scale);
  if (!reason.empty()) return reason;
  // SDL would stop every touch from becoming the browser's own scroll or tap. Without it a tap
  // arrives as a mouse click and a swipe scrolls the page.
  emscripten_set_touchstart_callback("#canvas", nullptr, false, nullptr);
  emscripten_set_touchend_callback("#canvas", nullptr, false, nullptr);
  emscripten_set_touchmove_callback("#canvas", nullptr, false, nullptr);
  emscripten_set_touchcancel_callback("#canvas", nullptr, false, nullptr);
  // It would also keep the page out of the browser's back-forward cache.
  emscripten_set_beforeunload_callback(nullptr, nullptr);
  return reason;
}

}  // namespace softmask::platform

// The page starts the application when it has a canvas: softmask_start.
int main() { return 0; }
