#include "ui/canvas_ui.h"

#include <iterator>

namespace softmask::ui {

using Op = view::Drawing::Op;

namespace {

// Dear ImGui draws lines through the middles of pixels.
constexpr float kMiddle = 0.5f;

}  // namespace

void Canvas::words(ImFont* font, ImVec2 at, ImU32 color, std::string_view words, float width) {
  list_->AddText(font, font->FontSize, at, color, words.data(), words.data() + words.size());
  if (drawing_ == nullptr || words.empty()) return;
  const ImFont* const faces[] = {fonts_.body,        fonts_.caption,    fonts_.cell,  fonts_.strong,
                                 fonts_.strong_cell, fonts_.wordmark,   fonts_.large, fonts_.mono,
                                 fonts_.mono_small,  fonts_.mono_strong};
  float face = 0;
  for (std::size_t i = 0; i < std::size(faces); ++i) {
    if (faces[i] == font) face = static_cast<float>(i);
  }
  drawing_->add_words(color, face, font->FontSize, at.x, at.y + font->Ascent, width, words);
}

void Canvas::note(Op op, ImU32 color, float a, float b, float c, float d, float e, float f) {
  if (drawing_ != nullptr) drawing_->add(op, color, a, b, c, d, e, f);
}

void Canvas::fill_rect(ImVec2 min, ImVec2 max, ImU32 color, float radius) {
  list_->AddRectFilled(min, max, color, radius);
  note(Op::kRect, color, min.x, min.y, max.x - min.x, max.y - min.y, radius);
}

void Canvas::rect(ImVec2 min, ImVec2 max, ImU32 color, float radius, float thickness) {
  list_->AddRect(min, max, color, radius, 0, thickness);
  note(Op::kRect, color, min.x + kMiddle, min.y + kMiddle, max.x - min.x - 2 * kMiddle,
       max.y - min.y - 2 * kMiddle, radius, thickness);
}

void Canvas::shade(ImVec2 min, ImVec2 max, ImU32 left, ImU32 right) {
  list_->AddRectFilledMultiColor(min, max, left, right, right, left);
  note(Op::kShade, left, min.x, min.y, max.x - min.x, max.y - min.y);
  if (drawing_ != nullptr) drawing_->append(right);
}

void Canvas::note_path(ImU32 color, float thickness, const ImVec2* points, int count) {
  if (drawing_ == nullptr) return;
  note(Op::kPath, color, 0, 0, 0, 0, static_cast<float>(count), thickness);
  for (int i = 0; i < count; ++i) drawing_->append({points[i].x, points[i].y});
}

void Canvas::line(ImVec2 from, ImVec2 to, ImU32 color, float thickness) {
  line_to({from.x + kMiddle, from.y + kMiddle});
  line_to({to.x + kMiddle, to.y + kMiddle});
  stroke(color, thickness);
}

void Canvas::triangle(ImVec2 a, ImVec2 b, ImVec2 c, ImU32 color, float thickness) {
  const ImVec2 points[] = {a, b, c, a};
  list_->AddTriangle(a, b, c, color, thickness);
  note_path(color, thickness, points, 4);
}

void Canvas::fill_triangle(ImVec2 a, ImVec2 b, ImVec2 c, ImU32 color) {
  const ImVec2 points[] = {a, b, c};
  list_->AddTriangleFilled(a, b, c, color);
  note_path(color, 0, points, 3);
}

void Canvas::ellipse(ImVec2 center, float rx, float ry, ImU32 color, float thickness) {
  list_->AddEllipse(center, rx, ry, color, 0, 0, thickness);
  note(Op::kEllipse, color, center.x, center.y, rx, ry, 0, thickness);
}

void Canvas::fill_circle(ImVec2 center, float radius, ImU32 color) {
  list_->AddCircleFilled(center, radius, color);
  note(Op::kEllipse, color, center.x, center.y, radius, radius);
}

void Canvas::clip(ImVec2 min, ImVec2 max) {
  list_->PushClipRect(min, max, true);
  note(Op::kClip, 0, min.x, min.y, max.x - min.x, max.y - min.y);
}

void Canvas::unclip() {
  list_->PopClipRect();
  note(Op::kUnclip, 0);
}

void Canvas::stroke(ImU32 color, float thickness) {
  note_path(color, thickness, list_->_Path.Data, list_->_Path.Size);
  list_->PathStroke(color, 0, thickness);
}

void Canvas::fill_convex(ImU32 color) {
  note_path(color, 0, list_->_Path.Data, list_->_Path.Size);
  list_->PathFillConvex(color);
}

}  // namespace softmask::ui
