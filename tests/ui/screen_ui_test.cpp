// The screen without a window: Dear ImGui builds its draw lists, nothing draws them. Input is what
// a backend would report.
#include "ui/screen_ui.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "imgui.h"
#include "view/lesson.h"
#include "view/state_codec.h"

namespace softmask::ui {
namespace {

class ScreenTest : public testing::Test {
 protected:
  ScreenTest() {
    context_ = ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    fonts_ = load_fonts(io.Fonts, 1);
    unsigned char* pixels = nullptr;
    int w = 0, h = 0;
    io.Fonts->GetTexDataAsRGBA32(&pixels, &w, &h);
  }
  ~ScreenTest() override { ImGui::DestroyContext(context_); }

  view::Scene scene() const {
    return view::layout_scene({.width_px = width_,
                               .scale = 1,
                               .rows = model_.state().rows,
                               .cols = model_.state().cols,
                               .mask_grid = !model_.derived().mask.is_column_mask(),
                               .lesson = !model_.state().lesson.empty(),
                               .zoom = transient_.zoom,
                               .hide = model_.state().hide,
                               .notices_height_px = transient_.notices_height_px,
                               .quick_height_px = transient_.quick_height_px,
                               .controls_height_px = transient_.controls_height_px,
                               .ledger_height_px = transient_.ledger_height_px,
                               .program_height_px = transient_.program_height_px,
                               .tensors_height_px = transient_.tensors_height_px,
                               .lesson_height_px = transient_.lesson_height_px});
  }

  FrameOutput frame() {
    const view::Scene now = scene();
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {width_, std::max(now.height_px, 100.0f)};
    io.DeltaTime = 1.0f / 60;
    ImGui::NewFrame();
    const FrameInput input = {
        .model = model_,
        .scene = now,
        .displayed_probabilities = model_.derived().probabilities.all(),
        .displayed_baseline = model_.derived().baseline,
        .fonts = fonts_,
        .hide = model_.state().hide,
        .dark = false,
        .coarse_pointer = false,
        .keyboard_focus = keyboard_,
        .can_share = true,
        .now_ms = 0,
        .draw_heatmap = [&](ImDrawList*, const view::HeatmapDraw&) { ++heatmaps_drawn_; }};
    FrameOutput output = draw_screen(input, transient_);
    ImGui::Render();
    for (const view::Command& command : output.commands) {
      EXPECT_TRUE(model_.dispatch(command).ok());
    }
    if (output.copy) last_copy_ = output.copy;
    if (output.text_entry) last_entry_ = output.text_entry;
    seeds_wanted_ += output.new_seed ? 1 : 0;
    return output;
  }
  void settle() {
    for (int i = 0; i < 4; ++i) frame();
  }
  void move(float x, float y) { ImGui::GetIO().AddMousePosEvent(x, y); }
  void button(bool down) { ImGui::GetIO().AddMouseButtonEvent(0, down); }
  void click(const view::Rect& r) {
    move(r.center_x(), r.center_y());
    button(true);
    button(false);
    settle();
  }
  void key(ImGuiKey k, bool shift = false, bool ctrl = false) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddKeyEvent(ImGuiMod_Shift, shift);
    io.AddKeyEvent(ImGuiMod_Ctrl, ctrl);
    io.AddKeyEvent(k, true);
    io.AddKeyEvent(k, false);
    settle();
    io.AddKeyEvent(ImGuiMod_Shift, false);
    io.AddKeyEvent(ImGuiMod_Ctrl, false);
    settle();
  }
  void type(char c) {
    ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(c));
    settle();
  }
  std::string field(const char* name) const { return view::field_text(model_.state(), name); }

  ImGuiContext* context_ = nullptr;
  Fonts fonts_;
  float width_ = 1440;
  bool keyboard_ = false;
  view::Model model_;
  view::Transient transient_;
  int heatmaps_drawn_ = 0;
  int seeds_wanted_ = 0;
  std::optional<CopyRequest> last_copy_;
  std::optional<TextEntry> last_entry_;
};

TEST_F(ScreenTest, ClicksOnEveryPanelToggleTheColumn) {
  settle();
  for (const view::Panel panel :
       {view::Panel::kScores, view::Panel::kMasked, view::Panel::kProbabilities}) {
    for (const int row : {-1, 2}) {
      click(scene().cell_rect(panel, row, 0));
      EXPECT_EQ(field("mask"), "11101");
      click(scene().cell_rect(panel, row, 0));
      EXPECT_EQ(field("mask"), "01101");
    }
  }
}

TEST_F(ScreenTest, ADragAcrossHeadersPaintsAndIsOneUndoStep) {
  settle();
  const view::Rect first = scene().cell_rect(view::Panel::kScores, -1, 0);
  const view::Rect last = scene().cell_rect(view::Panel::kScores, -1, 3);
  move(first.center_x(), first.center_y());
  button(true);
  settle();
  move(last.center_x(), last.center_y());
  settle();
  button(false);
  settle();
  EXPECT_EQ(field("mask"), "11111");
  EXPECT_TRUE(model_.dispatch(view::Undo{}).ok());
  EXPECT_EQ(field("mask"), "random");
}

TEST_F(ScreenTest, APressThatIsDraggedAwayIsNoClick) {
  settle();
  const view::Rect cell = scene().cell_rect(view::Panel::kScores, 1, 0);
  const view::Rect other = scene().cell_rect(view::Panel::kScores, 3, 4);
  move(cell.center_x(), cell.center_y());
  button(true);
  settle();
  move(other.center_x(), other.center_y());
  settle();
  button(false);
  settle();
  EXPECT_EQ(field("mask"), "random");
}

TEST_F(ScreenTest, ShiftClickTakesOneCell) {
  settle();
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, true);
  settle();
  click(scene().cell_rect(view::Panel::kScores, 1, 0));
  EXPECT_EQ(field("mask"), "01101111010110101101");
}

TEST_F(ScreenTest, RowNumbersSelect) {
  settle();
  click(scene().heatmap(view::Panel::kMasked).row_label_rect(2));
  EXPECT_EQ(field("row"), "2");
}

TEST_F(ScreenTest, KeysActOnlyWithTheFocus) {
  settle();
  type(']');
  EXPECT_EQ(field("seed"), "333512");
  keyboard_ = true;
  type(']');
  EXPECT_EQ(field("seed"), "333513");
  type('[');
  type('[');
  EXPECT_EQ(field("seed"), "333511");
  type('r');
  EXPECT_EQ(seeds_wanted_, 1);
}

TEST_F(ScreenTest, DigitsPickTheFill) {
  settle();
  keyboard_ = true;
  for (int i = 0; i < 6; ++i) {
    type(static_cast<char>('1' + i));
    EXPECT_EQ(field("fill"), view::kFillPresets[i]);
  }
}

TEST_F(ScreenTest, ArrowsMoveAndSpaceToggles) {
  settle();
  keyboard_ = true;
  key(ImGuiKey_RightArrow);  // shows the cursor at [0, 0]
  EXPECT_TRUE(transient_.cursor_shown);
  key(ImGuiKey_DownArrow);
  EXPECT_EQ(field("row"), "1");
  key(ImGuiKey_Space);
  EXPECT_EQ(field("mask"), "11101");
  key(ImGuiKey_End);
  EXPECT_EQ(transient_.cursor_col, 4);
  key(ImGuiKey_Space, true);
  EXPECT_EQ(field("mask").size(), 20U);
  key(ImGuiKey_Z, false, true);
  EXPECT_EQ(field("mask"), "11101");
  key(ImGuiKey_Z, true, true);
  EXPECT_EQ(field("mask").size(), 20U);
}

TEST_F(ScreenTest, HelpOpensAndClosesByKey) {
  settle();
  keyboard_ = true;
  type('?');
  EXPECT_TRUE(transient_.help_open);
  type(']');  // nothing behind the dialog acts
  EXPECT_EQ(field("seed"), "333512");
  key(ImGuiKey_Escape);
  EXPECT_FALSE(transient_.help_open);
}

// Whatever the state, the panels draw, stay inside the canvas' height and settle on their heights.
TEST_F(ScreenTest, EveryStateDrawsAndSettles) {
  const char* const states[] = {
      "",
      "fill=-inf&mask=11111",
      "dtype=float16",
      "dtype=bfloat16&order=renorm",
      "order=zero",
      "dim=0&mask=causal",
      "rows=16&cols=17&mask=window:2",
      "rows=64&cols=64&mask=padding:9",
      "rows=300&cols=1&row=299",
      "rows=1&cols=4096",
      "rows=1&cols=1&mask=1&fill=finfo.min",
      "row=none&hide=scores,masked",
      "hide=controls,code,ledger,scores,masked,title",
      "temperature=0.1&fill=1e-9&cpu=default",
  };
  for (const float width : {320.0f, 390.0f, 768.0f, 1024.0f, 1440.0f, 2000.0f}) {
    width_ = width;
    for (const char* const state : states) {
      SCOPED_TRACE(testing::Message() << state << " at " << width);
      std::vector<view::FieldProblem> problems;
      model_ = view::Model(view::decode_link(state, &problems));
      EXPECT_TRUE(problems.empty());
      settle();
      const float height = scene().height_px;
      heatmaps_drawn_ = 0;
      frame();
      EXPECT_EQ(scene().height_px, height);
      EXPECT_GE(heatmaps_drawn_, 1);
    }
  }
}

TEST_F(ScreenTest, TheListOfLessonsByKeyboard) {
  keyboard_ = true;
  settle();
  type('l');
  EXPECT_TRUE(transient_.lessons_open);
  key(ImGuiKey_DownArrow);
  key(ImGuiKey_RightArrow);
  key(ImGuiKey_UpArrow);
  EXPECT_EQ(field("row"), "0") << "the arrows are the list's";
  key(ImGuiKey_Enter);
  EXPECT_FALSE(transient_.lessons_open);
  EXPECT_EQ(field("lesson"), view::lessons()[8].id);
  type('l');
  EXPECT_EQ(transient_.lessons_cursor, 8) << "the list opens at the open lesson";
  key(ImGuiKey_End);
  type('l');
  EXPECT_FALSE(transient_.lessons_open);
  EXPECT_EQ(field("lesson"), view::lessons()[8].id);
}

TEST_F(ScreenTest, EveryViewOfTheCardByKeyboard) {
  keyboard_ = true;
  settle();
  for (const view::Lens lens : {view::Lens::kSteps, view::Lens::kGradient, view::Lens::kCompare,
                                view::Lens::kConventions, view::Lens::kMass}) {
    type('v');
    EXPECT_EQ(transient_.lens, lens);
  }
  type('w');
  EXPECT_EQ(transient_.lens, view::Lens::kSteps);
  EXPECT_FALSE(transient_.subtract_max);
  type('.');
  EXPECT_EQ(transient_.walk_step, 1);
  type('g');
  EXPECT_EQ(transient_.lens, view::Lens::kGradient);
  EXPECT_EQ(transient_.upstream.target, 0) << "what was not shown is shown first";
  type('g');
  EXPECT_EQ(transient_.upstream.target, 1);
  type('G');
  EXPECT_EQ(transient_.upstream.kind, view::Upstream::Kind::kOneHot);
  type('+');
  type('+');
  EXPECT_EQ(transient_.upstream.kind, view::Upstream::Kind::kOwn);
  EXPECT_EQ(transient_.upstream.own_at(1), 2) << "at the target";
  type('-');
  EXPECT_EQ(transient_.upstream.own_at(1), 1);
  type('c');
  EXPECT_EQ(transient_.lens, view::Lens::kConventions);
  EXPECT_EQ(transient_.convention, view::MaskConvention::kMaskedFill);
  type('c');
  EXPECT_EQ(transient_.convention, view::MaskConvention::kScaledDot);
  type('a');
  EXPECT_TRUE(model_.document().pinned);
  type('3');
  type('s');
  EXPECT_EQ(field("fill"), "-1e9");
  EXPECT_EQ(model_.document().pinned->fill.text, "1e-9");
  type('u');
  EXPECT_FALSE(model_.document().pinned);
}

// From a question over an answer to the next step, and out of the lesson.
TEST_F(ScreenTest, ALessonByMouse) {
  ASSERT_TRUE(model_.dispatch(view::SetFields{"seed=7"}).ok());
  ASSERT_TRUE(model_.dispatch(view::SetFields{"lesson=nan-row"}).ok());
  settle();
  const auto card = [&] { return scene().lesson; };
  const auto click_at = [&](float x, float y) { click({x, y, 0, 0}); };
  const auto answer = [&] { return model_.document().lesson->answers[0]; };
  // Down the card to the first choice.
  for (float y = card().y; answer() < 0 && y < card().bottom(); y += 8) {
    click_at(card().x + 40, y);
  }
  EXPECT_EQ(answer(), 0);
  click_at(card().right() - 40, card().bottom() - 30);
  EXPECT_EQ(model_.document().lesson->step, 1);
  EXPECT_EQ(transient_.lens, view::Lens::kSteps) << "the step's view of the row";
  click_at(card().x + 40, card().bottom() - 30);
  EXPECT_EQ(model_.document().lesson->step, 0);
  click_at(card().right() - 40, card().y + 28);
  EXPECT_FALSE(model_.document().lesson);
  EXPECT_EQ(field("seed"), "7");
}

}  // namespace
}  // namespace softmask::ui
