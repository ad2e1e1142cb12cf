// The list of lessons, over everything: by pointer, or by arrows and Enter.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "ui/panels_ui.h"
#include "view/lesson.h"

namespace softmask::ui {
namespace {

using view::Rect;
using view::Text;

struct Menu {
  Rect box;
  float head_h, line_h, pad;
  int columns, lines;  // filled column by column

  Rect line(int index, float gap) const {
    const float each = (box.w - 2 * pad + gap) / static_cast<float>(columns);
    return {box.x + pad + static_cast<float>(index / lines) * each - gap * 0.5f,
            box.y + head_h + line_h * static_cast<float>(index % lines), each, line_h};
  }
};

Menu menu_for(const Painter& p) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const int count = static_cast<int>(view::lessons().size());
  Menu m = {
      .box = {}, .head_h = p.px(52), .line_h = p.px(48), .pad = p.px(20), .columns = 1, .lines = 1};
  const float w = std::min(p.px(760), screen.x - p.px(24));
  m.columns = w >= p.px(640) ? 2 : 1;
  m.lines = (count + m.columns - 1) / m.columns;
  m.box = {std::floor((screen.x - w) * 0.5f), p.px(64), w,
           m.head_h + m.line_h * static_cast<float>(m.lines) + m.pad};
  return m;
}

void open(Painter& p, int index) {
  p.patch("lesson", view::lessons()[static_cast<size_t>(index)].id);
  p.transient.lessons_open = false;
}

// One entry: number, title, and what it is about.
void entry(Painter& p, const Menu& m, int index) {
  const view::Lesson& lesson = view::lessons()[static_cast<size_t>(index)];
  Rect line = m.line(index, p.px(16));
  line.h -= p.px(2);
  const bool current = p.in.model.state().lesson == lesson.id;
  ImGui::PushID(index);
  bool hovered = false;
  if (p.hit_area("lesson", line, &hovered)) open(p, index);
  ImGui::PopID();
  if (current || hovered) {
    p.fill(line, color(current ? p.palette.accent_tint : p.palette.chip), p.px(8));
  }
  if (p.in.keyboard_focus && p.transient.lessons_cursor == index) {
    p.frame(line, color(p.palette.accent), p.px(8), std::max(2.0f, std::floor(p.scale * 2)));
  }
  const float tx = line.x + p.px(36);
  p.text_in(p.fonts.strong_cell, {line.x, line.y, p.px(26), line.h}, Align::kRight,
            color(p.palette.muted), std::to_string(index + 1));
  p.text(p.fonts.strong, tx, line.y + p.px(6), color(current ? p.palette.accent : p.palette.text),
         lesson.title.now());
  p.clipped(p.fonts.caption, tx, line.y + p.px(25), line.right() - tx - p.px(8),
            color(p.palette.muted), lesson.summary.now());
}

}  // namespace

void open_lessons_menu(Painter& p) {
  p.transient.lessons_open = true;
  p.transient.lessons_cursor = std::max(view::lesson_index(p.in.model.state().lesson), 0);
}

void lessons_menu_ui(Painter& p) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const Menu m = menu_for(p);
  p.fill({0, 0, screen.x, screen.y}, color(p.palette.page, 0.72f));
  p.card(m.box);
  const int count = static_cast<int>(view::lessons().size());
  p.text_in(p.fonts.strong, {m.box.x + m.pad, m.box.y, 0, m.head_h}, Align::kLeft,
            color(p.palette.text), view::fill_in(Text::kLessonsTitle, {std::to_string(count)}));
  const float close = p.px(32);
  const bool closed = p.icon_button(
      "close lessons", {m.box.right() - close - p.px(12), m.box.y + p.px(10), close, close},
      Icon::kClose);
  for (int i = 0; i < count; ++i) entry(p, m, i);
  const bool outside = p.hit_area("lessons backdrop", {0, 0, screen.x, screen.y});
  if (closed || (outside && !m.box.contains(ImGui::GetMousePos().x, ImGui::GetMousePos().y))) {
    p.transient.lessons_open = false;
  }
}

void lessons_menu_keys(Painter& p) {
  const Menu m = menu_for(p);
  const int count = static_cast<int>(view::lessons().size());
  int& at = p.transient.lessons_cursor;
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key, false); };
  if (pressed(ImGuiKey_UpArrow)) --at;
  if (pressed(ImGuiKey_DownArrow)) ++at;
  if (pressed(ImGuiKey_LeftArrow) && at >= m.lines) at -= m.lines;
  if (pressed(ImGuiKey_RightArrow) && at + m.lines < count) at += m.lines;
  if (pressed(ImGuiKey_Home)) at = 0;
  if (pressed(ImGuiKey_End)) at = count - 1;
  at = std::clamp(at, 0, count - 1);
  if (ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_Space, false)) {
    open(p, at);
  }
}

}  // namespace softmask::ui
