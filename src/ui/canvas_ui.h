// Where panels draw: the draw list of Dear ImGui, and beside it a view::Drawing where one is
// wanted.
#ifndef SOFTMASK_UI_CANVAS_UI_H_
#define SOFTMASK_UI_CANVAS_UI_H_

#include <imgui.h>

#include <string_view>

#include "ui/fonts_ui.h"
#include "view/drawing.h"

namespace softmask::ui {

// Positions and thicknesses are physical pixels; the middle of a pixel is at .5.
class Canvas {
 public:
  Canvas(ImDrawList* list, const Fonts& fonts, view::Drawing* drawing)
      : list_(list), fonts_(fonts), drawing_(drawing) {}

  ImDrawList* list() const { return list_; }

  // The left top corner of the line.
  void words(ImFont* font, ImVec2 at, ImU32 color, std::string_view words, float width);
  void fill_rect(ImVec2 min, ImVec2 max, ImU32 color, float radius = 0);
  void rect(ImVec2 min, ImVec2 max, ImU32 color, float radius, float thickness);
  void shade(ImVec2 min, ImVec2 max, ImU32 left, ImU32 right);
  void line(ImVec2 from, ImVec2 to, ImU32 color, float thickness);
  void triangle(ImVec2 a, ImVec2 b, ImVec2 c, ImU32 color, float thickness);
  void fill_triangle(ImVec2 a, ImVec2 b, ImVec2 c, ImU32 color);
  void ellipse(ImVec2 center, float rx, float ry, ImU32 color, float thickness);
  void fill_circle(ImVec2 center, float radius, ImU32 color);
  void clip(ImVec2 min, ImVec2 max);
  void unclip();

  // A path, to be ended by one of the last two.
  void line_to(ImVec2 at) { list_->PathLineTo(at); }
  void arc_to(ImVec2 center, float radius, float from, float to) {
    list_->PathArcTo(center, radius, from, to);
  }
  void stroke(ImU32 color, float thickness);
  void fill_convex(ImU32 color);

 private:
  void note(view::Drawing::Op op, ImU32 color, float a = 0, float b = 0, float c = 0, float d = 0,
            float e = 0, float f = 0);
  void note_path(ImU32 color, float thickness, const ImVec2* points, int count);

  ImDrawList* list_;
  const Fonts& fonts_;
  view::Drawing* drawing_;  // null: nobody wants it
};

}  // namespace softmask::ui

#endif  // SOFTMASK_UI_CANVAS_UI_H_
