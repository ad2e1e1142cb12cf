// The application in a desktop window, for quick work without a browser: softmask_desktop [link],
// where link is a URL's fragment such as "seed=5&mask=01101". Esc or the window's button ends it.
#include <SDL.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "platform/application.h"

namespace {

using namespace softmask;

class DesktopHost : public platform::Host {
 public:
  bool wants_frame = true;
  bool wants_end = false;
  std::string link;  // to the present state

  void request_frame() override { wants_frame = true; }
  void canvas_resized(int, int, float) override {}
  void state_changed(platform::ChangeKind) override {}
  void copy_text(const ui::CopyRequest& request) override {
    SDL_SetClipboardText(request.text.c_str());
  }
  // For the address of any page: there is none here to name.
  void open_import() override {}  // a desktop window for quick work has the link for that
  void open_share() override { SDL_SetClipboardText(link.c_str()); }
  // Typing needs the page's fields; the keys step and pick values here.
  void edit_text(const ui::TextEntry&, float) override {}
  void leave_focus() override { wants_end = true; }
  uint64_t random_bits() override {
    std::random_device device;
    return (static_cast<uint64_t>(device()) << 32) | device();
  }
  void report_error(const std::string& message) override {
    std::fprintf(stderr, "%s\n", message.c_str());
  }
};

std::vector<unsigned char> contents(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

bool system_is_chinese() {
  SDL_Locale* preferred = SDL_GetPreferredLocales();
  const bool chinese = preferred != nullptr && preferred[0].language != nullptr &&
                       std::string_view(preferred[0].language) == "zh";
  SDL_free(preferred);
  return chinese;
}

}  // namespace

int main(int argc, char** argv) {
  DesktopHost host;
  platform::Application application(host);
  platform::Environment environment;
  environment.focused = true;
  environment.prefers_chinese = system_is_chinese();
  const std::string fonts = SOFTMASK_CHINESE_DIR;  // of the build; moved away, all is English
  application.add_chinese(contents(fonts + "/chinese-regular.otf"),
                          contents(fonts + "/chinese-bold.otf"));
  application.set_environment(environment);
  const std::string reason = application.start(argc > 1 ? argv[1] : "", "Softmask", 1440, 1);
  if (!reason.empty()) {
    std::fprintf(stderr, "softmask_desktop: %s\n", reason.c_str());
    return 1;
  }
  SDL_EventState(SDL_TEXTINPUT, SDL_ENABLE);
  SDL_StartTextInput();
  while (!host.wants_end && !SDL_QuitRequested()) {
    if (host.wants_frame) {
      host.wants_frame = false;
      host.link = view::encode_link(application.model().state());
      application.frame(static_cast<double>(SDL_GetTicks64()));
    } else {
      SDL_WaitEvent(nullptr);
    }
  }
  application.stop();
  return 0;
}
