// A frame taken as shapes and words beside being drawn.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/bit_cast.h"
#include "imgui.h"
#include "ui/screen_ui.h"
#include "view/drawing.h"
#include "view/number_text.h"
#include "view/state_codec.h"

namespace softmask::ui {
namespace {

using Op = view::Drawing::Op;

class DrawingTest : public testing::Test {
 protected:
  DrawingTest() {
    context_ = ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    fonts_ = load_fonts(ImGui::GetIO().Fonts, 1);
    unsigned char* pixels = nullptr;
    int w = 0, h = 0;
    ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &w, &h);
  }
  ~DrawingTest() override { ImGui::DestroyContext(context_); }

  // The frame's vertices, as Dear ImGui has them.
  std::vector<unsigned char> frame(view::Drawing* drawing) {
    const view::Scene scene =
        view::layout_scene({.width_px = 1440,
                            .notices_height_px = transient_.notices_height_px,
                            .controls_height_px = transient_.controls_height_px,
                            .ledger_height_px = transient_.ledger_height_px,
                            .program_height_px = transient_.program_height_px,
                            .tensors_height_px = transient_.tensors_height_px});
    ImGui::GetIO().DisplaySize = {1440, std::max(scene.height_px, 100.0f)};
    ImGui::GetIO().DeltaTime = 1.0f / 60;
    ImGui::NewFrame();
    const view::Derived& derived = model_.derived();
    FrameInput input = {.model = model_,
                        .scene = scene,
                        .displayed_probabilities = derived.probabilities.all(),
                        .displayed_baseline = derived.baseline,
                        .fonts = fonts_,
                        .draw_heatmap = [](ImDrawList*, const view::HeatmapDraw&) {}};
    input.drawing = drawing;
    draw_screen(input, transient_);
    ImGui::Render();
    std::vector<unsigned char> bytes;
    for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists) {
      const auto* first = reinterpret_cast<const unsigned char*>(list->VtxBuffer.Data);
      bytes.insert(bytes.end(), first, first + list->VtxBuffer.size_in_bytes());
    }
    return bytes;
  }

  ImGuiContext* context_ = nullptr;
  Fonts fonts_;
  view::Model model_;
  view::Transient transient_;
};

struct Shape {
  Op op;
  std::vector<uint32_t> words;
  float number(size_t i) const { return core::bit_cast<float>(words[i]); }
  std::string text() const {
    std::string out;
    for (size_t i = 0; i < static_cast<size_t>(number(6)); ++i) {
      out += static_cast<char>(words[7 + i / 4] >> (8 * (i % 4)));
    }
    return out;
  }
};

std::vector<Shape> shapes_of(const view::Drawing& drawing) {
  std::vector<Shape> shapes;
  const auto& words = drawing.words();
  for (size_t at = 0; at < words.size(); at += 2 + words[at + 1]) {
    const auto first = words.begin() + static_cast<std::ptrdiff_t>(at) + 2;
    shapes.push_back({static_cast<Op>(words[at]), {first, first + words[at + 1]}});
  }
  return shapes;
}

TEST_F(DrawingTest, TakesTheFrameAndChangesNothingOfIt) {
  for (int i = 0; i < 4; ++i) frame(nullptr);
  const auto without = frame(nullptr);
  view::Drawing drawing;
  EXPECT_EQ(frame(&drawing), without);
  EXPECT_EQ(frame(nullptr), without);
  ASSERT_FALSE(drawing.words().empty());
  int open = 0;
  for (const Shape& shape : shapes_of(drawing)) {
    ASSERT_GE(shape.words.size(), 7u);
    open += shape.op == Op::kClip ? 1 : shape.op == Op::kUnclip ? -1 : 0;
    EXPECT_GE(open, 0);
  }
  EXPECT_EQ(open, 0);
}

TEST_F(DrawingTest, EveryNumberStandsInItAsWords) {
  for (int i = 0; i < 4; ++i) frame(nullptr);
  view::Drawing drawing;
  frame(&drawing);
  std::vector<std::string> texts;
  for (const Shape& shape : shapes_of(drawing)) {
    if (shape.op != Op::kWords) continue;
    texts.push_back(shape.text());
    EXPECT_GT(shape.number(5), 0) << texts.back();
    EXPECT_LT(shape.number(1), 10);
  }
  const auto count = [&texts](const std::string& text) {
    return std::count(texts.begin(), texts.end(), text);
  };
  for (const float value : model_.derived().probabilities.all()) {
    EXPECT_GE(count(view::cell_text(value)), 1) << value;
  }
  EXPECT_GE(count("scores_softmax"), 1);
  EXPECT_GE(count("masked_fill"), 1);
}

// In bfloat16 a row sums to 0.999 without the mask: what it lost is told from there, not from 1.
TEST_F(DrawingTest, TheLostMassOfTheBarIsThatOfTheLedger) {
  model_ = view::Model(view::decode_link(
      "rows=8&cols=8&mask=causal&order=zero&row=5&dtype=bfloat16&hide=controls", nullptr));
  for (int i = 0; i < 4; ++i) frame(nullptr);
  view::Drawing drawing;
  frame(&drawing);
  std::vector<std::string> lost;
  for (const Shape& shape : shapes_of(drawing)) {
    if (shape.op == Op::kWords && shape.text().starts_with("lost 0")) lost.push_back(shape.text());
  }
  const std::string amount = view::mass_text(model_.derived().mass[5].lost);
  EXPECT_EQ(amount, "0.232");
  ASSERT_FALSE(lost.empty());
  EXPECT_EQ(lost.back(), "lost " + amount);
  EXPECT_EQ(std::count(lost.begin(), lost.end(), "lost 0.233"), 0);
}

}  // namespace
}  // namespace softmask::ui
