#include "ui/screen_ui.h"

#include <imgui.h>

#include "ui/panels_ui.h"

namespace softmask::ui {

std::span<const float> FrameInput::probability_row(int row) const {
  const view::Derived& d = model.derived();
  if (displayed_probabilities.empty()) return d.probabilities.row(row, d.cols);
  return displayed_probabilities.subspan(static_cast<size_t>(row) * static_cast<size_t>(d.cols),
                                         static_cast<size_t>(d.cols));
}

std::span<const float> FrameInput::baseline_row(int row) const {
  const view::Derived& d = model.derived();
  const std::span<const float> all = displayed_baseline.empty() ? d.baseline : displayed_baseline;
  return all.subspan(static_cast<size_t>(row) * static_cast<size_t>(d.cols),
                     static_cast<size_t>(d.cols));
}

FrameOutput draw_screen(const FrameInput& input, view::Transient& transient) {
  FrameOutput output;
  const ImGuiIO& io = ImGui::GetIO();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(io.DisplaySize);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::Begin("screen", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse |
                   ImGuiWindowFlags_NoBringToFrontOnFocus);
  Painter p(input, transient, output, ImGui::GetWindowDrawList());
  p.fill({0, 0, io.DisplaySize.x, io.DisplaySize.y}, color(p.palette.page));
  p.interactive = !transient.help_open && !transient.lessons_open;
  const view::LessonView lesson = view::lesson_view(input.model);
  p.concealed = lesson.awaits_answer();
  if (lesson.step != nullptr) p.points = lesson.step->points;
  const view::Scene& scene = input.scene;
  if (input.work) {
    // Over the heatmaps, whose clicks it has to have first.
    p.draw.list()->ChannelsSplit(2);
    p.draw.list()->ChannelsSetCurrent(1);
    work_ui(p);
    p.draw.list()->ChannelsSetCurrent(0);
  }
  if (!scene.title_bar.empty()) title_bar_ui(p);
  notices_ui(p);
  const bool controls = (input.hide & view::kHideControls) == 0;
  const bool program = (input.hide & view::kHideCode) == 0;
  if (controls && scene.arrangement == view::Arrangement::kNarrow) quick_ui(p);
  stage_ui(p);
  lesson_ui(p, lesson);
  if ((input.hide & view::kHideLedger) == 0) {
    lens_card_ui(p);
    p.part("ledger", scene.ledger);
  }
  if (controls) controls_ui(p);
  if (program) {
    program_ui(p);
    p.part("program", scene.program);
    tensors_ui(p);
    p.part("tensors", scene.tensors);
  }
  cell_tip_ui(p);
  if (input.work) p.draw.list()->ChannelsMerge();
  if (transient.help_open) {
    p.interactive = true;
    help_ui(p);
  }
  if (transient.lessons_open) {
    p.interactive = true;
    lessons_menu_ui(p);
  }
  p.draw_tip();
  keys_ui(p, lesson);
  ImGui::End();
  ImGui::PopStyleVar(3);
  return output;
}

}  // namespace softmask::ui
