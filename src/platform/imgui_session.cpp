#include "platform/imgui_session.h"

#include <SDL.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>
#include <imgui_impl_sdl2.h>
#include <imgui_internal.h>

#include <utility>

#include "platform/drawn_picture.h"

namespace softmask::platform {
namespace {

// Moving and undoing go on while the key is held; what toggles does not.
bool repeats(SDL_Keycode key) {
  switch (key) {
    case SDLK_LEFT:
    case SDLK_RIGHT:
    case SDLK_UP:
    case SDLK_DOWN:
    case SDLK_z:
    case SDLK_y:
      return true;
    default:
      return false;
  }
}

}  // namespace

void ImGuiSession::open(const GlWindow& window) {
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigFlags &= ~ImGuiConfigFlags_NavEnableKeyboard;  // keys are commands, not widget focus
  ImGui_ImplSDL2_InitForOpenGL(window.sdl(), window.context());
  ImGui_ImplOpenGL3_Init("#version 300 es");
  open_ = true;
}

void ImGuiSession::close() {
  if (!open_) return;
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplSDL2_Shutdown();
  ImGui::DestroyContext();
  fonts_ = {};
  open_ = false;
}

void ImGuiSession::set_scale(float scale) {
  if (fonts_.scale == scale) return;
  release_gl();
  fonts_ = ui::load_fonts(ImGui::GetIO().Fonts, scale, {chinese_regular_, chinese_bold_});
  fonts_.scale = scale;
}

void ImGuiSession::set_chinese(std::vector<unsigned char> regular,
                               std::vector<unsigned char> bold) {
  chinese_regular_ = std::move(regular);
  chinese_bold_ = std::move(bold);
  fonts_.scale = 0;
}

void ImGuiSession::take_event(const SDL_Event& event) {
  // A held key acts again when the system repeats it. By ImGui's clock, a slow frame between press
  // and release would make two of one press.
  if (event.type == SDL_KEYDOWN && event.key.repeat != 0 && repeats(event.key.keysym.sym)) {
    SDL_Event released = event;
    released.type = SDL_KEYUP;
    ImGui_ImplSDL2_ProcessEvent(&released);
  }
  ImGui_ImplSDL2_ProcessEvent(&event);
}

bool ImGuiSession::input_waits() const {
  return ImGui::GetCurrentContext()->InputEventsQueue.Size > 0;
}

void ImGuiSession::begin_frame(const GlWindow& window) {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplSDL2_NewFrame();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(window.width_px()), static_cast<float>(window.height_px())};
  io.DisplayFramebufferScale = {1, 1};
  ImGui::NewFrame();
}

void ImGuiSession::end_frame(bool hand_cursor) {
  if (hand_cursor) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  ImGui::Render();
}

uint64_t ImGuiSession::shapes() const { return shapes_hash(*ImGui::GetDrawData()); }

void ImGuiSession::draw(const gfx::DrawTarget& target) {
  ImDrawData& data = *ImGui::GetDrawData();
  const ImVec2 place = data.DisplayPos, size = data.DisplaySize;
  data.DisplayPos = {static_cast<float>(target.left), static_cast<float>(target.top)};
  data.DisplaySize = {static_cast<float>(target.width), static_cast<float>(target.height)};
  ImGui_ImplOpenGL3_RenderDrawData(&data);
  data.DisplayPos = place;
  data.DisplaySize = size;
}

void ImGuiSession::release_gl() { ImGui_ImplOpenGL3_DestroyDeviceObjects(); }

}  // namespace softmask::platform
