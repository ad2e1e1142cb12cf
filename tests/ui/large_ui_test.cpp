// Large matrices on the screen: keys, drags and words of what is in sight.
#include <gtest/gtest.h>

#include <algorithm>

#include "imgui.h"
#include "ui/screen_ui.h"
#include "view/live_model.h"
#include "view/state_codec.h"

namespace softmask::ui {
namespace {

class LargeScreenTest : public testing::Test {
 protected:
  LargeScreenTest() {
    context_ = ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    fonts_ = load_fonts(io.Fonts, 1);
    unsigned char* pixels = nullptr;
    int w = 0, h = 0;
    io.Fonts->GetTexDataAsRGBA32(&pixels, &w, &h);
    live_.start(view::decode_link("rows=640&cols=700&mask=none", nullptr));
    live_.finish();
  }
  ~LargeScreenTest() override { ImGui::DestroyContext(context_); }

  view::Scene scene() const {
    view::SceneInput input;
    input.width_px = 1440;
    input.rows = live_.shown().state().rows;
    input.cols = live_.shown().state().cols;
    input.zoom = transient_.zoom;
    return view::layout_scene(input);
  }
  void frame() {
    const view::Scene now = scene();
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {1440, now.height_px};
    io.DeltaTime = 1.0f / 60;
    ImGui::NewFrame();
    FrameInput input{live_.shown(), now, {}, {}, fonts_};
    input.keyboard_focus = true;
    input.work = work_;
    input.draw_heatmap = [this](ImDrawList*, const view::HeatmapDraw& draw) {
      if (draw.figure == view::Figure::kProgram) draws_.push_back(draw);
    };
    draws_.clear();
    last_ = draw_screen(input, transient_);
    ImGui::Render();
    for (const view::Command& command : last_.commands) {
      ++commands_;
      EXPECT_TRUE(live_.dispatch(command).ok());
    }
    live_.do_short_work();
    stopped_ = stopped_ || last_.cancel_work;
    left_ = left_ || last_.leave_focus;
  }
  void settle() {
    for (int i = 0; i < 4; ++i) frame();
  }
  void type(char c) {
    ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(c));
    settle();
  }
  void move(float x, float y) {
    ImGui::GetIO().AddMousePosEvent(x, y);
    settle();
  }
  void button(bool down) {
    ImGui::GetIO().AddMouseButtonEvent(0, down);
    settle();
  }
  const view::HeatmapLayout& map() {
    scene_ = scene();
    return scene_.heatmap(view::Panel::kScores);
  }

  ImGuiContext* context_ = nullptr;
  Fonts fonts_;
  view::LiveModel live_;
  view::Transient transient_;
  view::Scene scene_;
  FrameOutput last_;
  std::optional<WorkShown> work_;
  std::vector<view::HeatmapDraw> draws_;
  int commands_ = 0;
  bool stopped_ = false;
  bool left_ = false;
};

TEST_F(LargeScreenTest, KeysComeNearerAndGoBack) {
  settle();
  EXPECT_FALSE(map().numbers_fit);
  for (int i = 0; i < 12; ++i) type('i');
  EXPECT_TRUE(map().numbers_fit);
  for (const view::HeatmapDraw& draw : draws_) {
    EXPECT_EQ(draw.first_col, map().first_col);
    EXPECT_EQ(draw.reduction, view::Reduction::kMax);
  }
  type('q');
  EXPECT_EQ(draws_.back().reduction, view::Reduction::kMean);
  type('f');
  EXPECT_EQ(transient_.zoom, view::Zoom{});
  EXPECT_EQ(commands_, 0);
}

TEST_F(LargeScreenTest, ADragMovesBySoMuchAndClicksNothing) {
  for (int i = 0; i < 12; ++i) type('i');
  const view::Rect before = map().whole_cell_rect(300, 340);
  const float x = map().cells.center_x(), y = map().cells.center_y();
  move(x, y);
  button(true);
  for (const float step : {10.0f, 40.0f, 90.0f}) move(x + step, y - step);
  button(false);
  const view::Rect after = map().whole_cell_rect(300, 340);
  EXPECT_NEAR(after.x - before.x, 90, 1);
  EXPECT_NEAR(after.y - before.y, -90, 1);
  EXPECT_EQ(commands_, 0);
  // A press that does not travel is a click.
  button(true);
  button(false);
  EXPECT_EQ(commands_, 1);
}

TEST_F(LargeScreenTest, ADragThatIsOverBeforeAFrameMovesAsFar) {
  for (int i = 0; i < 12; ++i) type('i');
  const view::Rect before = map().whole_cell_rect(300, 340);
  const float x = map().cells.center_x(), y = map().cells.center_y();
  move(x, y);
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseButtonEvent(0, true);
  for (const float step : {10.0f, 40.0f}) io.AddMousePosEvent(x + step, y - step);
  io.AddMouseButtonEvent(0, false);
  settle();
  const view::Rect after = map().whole_cell_rect(300, 340);
  EXPECT_NEAR(after.x - before.x, 40, 1);
  EXPECT_NEAR(after.y - before.y, -40, 1);
  EXPECT_FALSE(transient_.panning);
  EXPECT_EQ(commands_, 0);
}

TEST_F(LargeScreenTest, TheCursorStaysInSight) {
  for (int i = 0; i < 12; ++i) type('i');
  ImGuiIO& io = ImGui::GetIO();
  for (const ImGuiKey key : {ImGuiKey_DownArrow, ImGuiKey_End}) {
    io.AddKeyEvent(key, true);
    io.AddKeyEvent(key, false);
    settle();
  }
  EXPECT_EQ(transient_.cursor_col, 699);
  EXPECT_FALSE(map().cell_rect(transient_.cursor_row, 699).empty());
}

TEST_F(LargeScreenTest, EscapeStopsTheWorkBeforeItLeaves) {
  work_ = WorkShown{4096, 4096, 0.25, view::DeriveJob::Phase::kScores, true};
  settle();
  ImGuiIO& io = ImGui::GetIO();
  io.AddKeyEvent(ImGuiKey_Escape, true);
  io.AddKeyEvent(ImGuiKey_Escape, false);
  settle();
  EXPECT_TRUE(stopped_);
  EXPECT_FALSE(left_);
  work_.reset();
  io.AddKeyEvent(ImGuiKey_Escape, true);
  io.AddKeyEvent(ImGuiKey_Escape, false);
  settle();
  EXPECT_TRUE(left_);
}

}  // namespace
}  // namespace softmask::ui
