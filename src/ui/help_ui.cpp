#include <algorithm>
#include <cmath>

#include "ui/panels_ui.h"

namespace softmask::ui {

using view::Rect;
using view::Text;

void help_ui(Painter& p) {
  struct Line {
    Text keys, does;
  };
  static constexpr Line kLines[] = {
      {Text::kHelpClick, Text::kHelpClickDoes},
      {Text::kHelpShiftClick, Text::kHelpShiftClickDoes},
      {Text::kHelpDrag, Text::kHelpDragDoes},
      {Text::kHelpRow, Text::kHelpRowDoes},
      {Text::kHelpArrows, Text::kHelpArrowsDoes},
      {Text::kHelpSpace, Text::kHelpSpaceDoes},
      {Text::kHelpZoom, Text::kHelpZoomDoes},
      {Text::kHelpZoomWheel, Text::kHelpZoomWheelDoes},
      {Text::kHelpPan, Text::kHelpPanDoes},
      {Text::kHelpReduction, Text::kHelpReductionDoes},
      {Text::kHelpSeed, Text::kHelpSeedDoes},
      {Text::kHelpNewSeed, Text::kHelpNewSeedDoes},
      {Text::kHelpFill, Text::kHelpFillDoes},
      {Text::kHelpCycle, Text::kHelpCycleDoes},
      {Text::kHelpTheme, Text::kHelpThemeDoes},
      {Text::kHelpLanguage, Text::kHelpLanguageDoes},
      {Text::kHelpSteps, Text::kHelpStepsDoes},
      {Text::kHelpViews, Text::kHelpViewsDoes},
      {Text::kHelpViewKeys, Text::kHelpViewKeysDoes},
      {Text::kHelpUpstream, Text::kHelpUpstreamDoes},
      {Text::kHelpPin, Text::kHelpPinDoes},
      {Text::kHelpLessons, Text::kHelpLessonsDoes},
      {Text::kHelpLessonKeys, Text::kHelpLessonKeysDoes},
      {Text::kHelpProjector, Text::kHelpProjectorDoes},
      {Text::kHelpOpen, Text::kHelpOpenDoes},
      {Text::kHelpShare, Text::kHelpShareDoes},
      {Text::kHelpUndo, Text::kHelpUndoDoes},
      {Text::kHelpLeave, Text::kHelpLeaveDoes},
  };
  const float line_h = p.px(28), pad = p.px(20), head = p.px(48);
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float w = std::min(p.px(460), screen.x - p.px(24));
  const float key_w = p.px(112), gap = p.px(14), words_w = w - 2 * pad - key_w - gap;
  const auto words_h = [&](const Line& line) {
    return p.wrapped_height(p.fonts.body, words_w, view::text(line.does));
  };
  float h = head + pad;
  for (const Line& line : kLines) h += std::max(line_h, words_h(line) + p.px(6));
  // The page may be far taller than the window: the list opens where its button is, at the top.
  const Rect box = {std::floor((screen.x - w) * 0.5f), p.px(72), w, h};
  p.fill({0, 0, screen.x, screen.y}, color(p.palette.page, 0.72f));
  p.card(box);
  p.text_in(p.fonts.strong, {box.x + pad, box.y, 0, head}, Align::kLeft, color(p.palette.text),
            view::text(Text::kHelpTitle));
  const float close = p.px(32);
  const bool closed = p.icon_button(
      "close help", {box.right() - close - p.px(12), box.y + p.px(8), close, close}, Icon::kClose);
  float y = box.y + head;
  for (const Line& line : kLines) {
    const Rect key = {box.x + pad, y + p.px(2), key_w, line_h - p.px(4)};
    p.fill(key, color(p.palette.chip), p.px(6));
    p.text_in(p.fonts.mono, key, Align::kCenter, color(p.palette.text), view::text(line.keys));
    const float text_h = words_h(line), row_h = std::max(line_h, text_h + p.px(6));
    // The room between lines is also below the last one.
    const float leading = p.fonts.body->FontSize * 0.1f;
    p.wrapped(p.fonts.body, key.right() + gap, y + (row_h - text_h) * 0.5f + leading, words_w,
              color(p.palette.text), view::text(line.does));
    y += row_h;
  }
  const bool outside = p.hit_area("help backdrop", {0, 0, screen.x, screen.y});
  if (closed || (outside && !box.contains(ImGui::GetMousePos().x, ImGui::GetMousePos().y))) {
    p.transient.help_open = false;
  }
}

}  // namespace softmask::ui
