// The open lesson: what it says, what it asks, and the way on.
#include <algorithm>
#include <cmath>

#include "ui/panels_ui.h"
#include "view/lesson_view.h"
#include "view/number_text.h"
#include "view/text_lists.h"

namespace softmask::ui {
namespace {

using view::LessonView;
using view::Rect;
using view::Text;

float button_width(const Painter& p, Text words) {
  return p.text_width(p.fonts.strong, view::text(words)) + p.px(28);
}

// A lesson is read from the last row of a class room.
Painter::Faces faces_of(const Painter& p) {
  if (p.transient.projector) return {p.fonts.large, p.fonts.wordmark};
  return {p.fonts.body, p.fonts.strong};
}

void apply_step(view::Transient& t, const LessonView& v) {
  if (t.lesson_seen == v.lesson->id && t.lesson_step_seen == v.at) return;
  t.lesson_seen = v.lesson->id;
  t.lesson_step_seen = v.at;
  t.lens = v.step->lens;
  t.walk_stage = v.step->stage;
  t.subtract_max = v.step->subtract_max;
  t.upstream = v.step->upstream;
  t.convention = v.step->convention;
  t.table_first_col = 0;
}

// Position and the buttons of the card's head. Returns the height used.
float head(Painter& p, const LessonView& v, float x, float y, float w) {
  const float h = p.px(28);
  const std::string where = view::fill_in(
      Text::kLessonPosition, {std::to_string(v.index + 1), std::to_string(view::lessons().size())});
  p.text_in(p.fonts.caption, {x, y, 0, h}, Align::kLeft, color(p.palette.muted), where);
  const float leave_w = p.text_width(p.fonts.body, view::text(Text::kLessonLeave)) + p.px(24);
  if (p.chip("leave lesson", {x + w - leave_w, y, leave_w, h}, view::text(Text::kLessonLeave),
             false)) {
    p.patch("lesson", "");
  }
  if (p.transient.projector) {  // the title bar is not there to end teaching mode
    if (p.icon_button("projector", {x + w - leave_w - p.px(6) - h, y, h, h}, Icon::kProjector, true,
                      {}, view::text(Text::kTipProjectorEnd))) {
      p.transient.projector = false;
    }
    return h;
  }
  const float list_w = p.text_width(p.fonts.body, view::text(Text::kLessons)) + p.px(24);
  if (p.chip("all lessons", {x + w - leave_w - list_w - p.px(6), y, list_w, h},
             view::text(Text::kLessons), false)) {
    open_lessons_menu(p);
  }
  return h;
}

// One bar a step, the ones behind and the present one filled.
void progress(Painter& p, const LessonView& v, float x, float y, float w) {
  const auto count = static_cast<int>(v.lesson->steps.size());
  const float gap = p.px(4),
              each = (w - gap * static_cast<float>(count - 1)) / static_cast<float>(count);
  for (int i = 0; i < count; ++i) {
    const Rect bar = {std::floor(x + static_cast<float>(i) * (each + gap)), y, std::floor(each),
                      p.px(4)};
    p.fill(bar, color(i <= v.at ? p.palette.accent : p.palette.line), p.px(2));
  }
}

// What a choice of width `w` leaves for its words, beside its number and the mark behind them.
float choice_text_width(const Painter& p, float w) {
  return w - p.px(22) - 2 * p.px(10) - p.px(20);
}

// One choice: its number, its words, and once it is answered whether it is right.
void choice(Painter& p, const LessonView& v, int index, const Rect& r) {
  const view::LessonChoiceView& c = v.choices[static_cast<size_t>(index)];
  const bool answered = v.answer != view::kNotAnswered, taken = v.answer == index;
  const float pad = p.px(10), number_w = p.px(22);
  const float text_w = choice_text_width(p, r.w);
  const float text_h = p.wrapped_height(faces_of(p).strong, text_w, c.text);
  ImGui::PushID(index);
  bool hovered = false;
  if (p.hit_area("choice", r, &hovered)) p.command(view::AnswerLesson{index});
  ImGui::PopID();
  const bool marked = answered && (taken || c.right);
  const view::Rgb ink = !marked ? p.palette.line : c.right ? p.palette.success : p.palette.danger;
  p.fill(r, color(hovered ? p.palette.chip : p.palette.card), p.px(8));
  p.frame(r, color(hovered && !marked ? p.palette.accent : ink), p.px(8),
          marked ? std::max(1.5f, p.scale * 1.5f) : std::max(1.0f, std::floor(p.scale)));
  p.text_in(p.fonts.strong_cell, {r.x + pad, r.y, number_w, r.h}, Align::kLeft,
            color(p.palette.muted), std::to_string(index + 1));
  // The room between lines is also below the last one.
  const float leading = faces_of(p).plain->FontSize * 0.1f;
  p.wrapped(taken ? faces_of(p).strong : faces_of(p).plain, r.x + pad + number_w,
            r.y + std::floor((r.h - text_h) * 0.5f + leading), text_w, color(p.palette.text),
            c.text);
  if (marked) {
    p.icon(c.right ? Icon::kDone : Icon::kClose, {r.right() - p.px(26), r.y, p.px(20), r.h},
           color(ink));
  }
}

// Side by side where there is room, else one below the other. Returns the height used.
float choices(Painter& p, const LessonView& v, float x, float y, float w) {
  const int count = static_cast<int>(v.choices.size());
  const float gap = p.px(6), start = y;
  const bool beside = w >= p.px(600);
  const float each =
      beside ? std::floor((w - gap * static_cast<float>(count - 1)) / static_cast<float>(count))
             : w;
  const auto height = [&](int i) {
    const std::string& words = v.choices[static_cast<size_t>(i)].text;
    const float text_h = p.wrapped_height(faces_of(p).strong, choice_text_width(p, each), words);
    return std::max(text_h + 2 * p.px(p.transient.projector ? 6.0f : 8.0f), p.control_height());
  };
  float tallest = 0;
  for (int i = 0; i < count; ++i) tallest = std::max(tallest, height(i));
  for (int i = 0; i < count; ++i) {
    const float h = beside ? tallest : height(i);
    choice(p, v, i, {beside ? x + static_cast<float>(i) * (each + gap) : x, y, each, h});
    if (!beside) y += h + gap;
  }
  return beside ? tallest + gap : y - start;
}

// Returns the height used.
float question(Painter& p, const LessonView& v, float x, float y, float w) {
  const float start = y;
  y += p.sentence(x, y, w, v.question, {faces_of(p).strong, faces_of(p).strong}) + p.px(8);
  y += choices(p, v, x, y, w);
  if (v.answer == view::kNotAnswered) return y - start;
  y += p.px(6);
  const bool right = v.answered_right();
  ImFont* verdict = faces_of(p).strong;
  p.text(verdict, x, y, color(right ? p.palette.success : p.palette.danger),
         view::text(right ? Text::kLessonRight : Text::kLessonWrong));
  y += p.line_height(verdict);
  y += p.sentence(x, y, w, v.reveal, faces_of(p)) + p.px(2);
  if (v.changed) {
    y += p.wrapped(p.fonts.caption, x, y, w, color(p.palette.muted),
                   view::text(Text::kLessonChanged)) +
         p.px(4);
  }
  return y - start;
}

// Back and on; from the last step to the next lesson. Returns the height used.
float way_on(Painter& p, const LessonView& v, float x, float y, float w) {
  const float h = p.control_height();
  const int last = static_cast<int>(v.lesson->steps.size()) - 1;
  const float back_w = button_width(p, Text::kLessonBack);
  if (v.at > 0 && p.button("lesson back", {x, y, back_w, h}, view::text(Text::kLessonBack))) {
    p.command(view::GoToLessonStep{v.at - 1});
  }
  const bool more_lessons = v.index + 1 < static_cast<int>(view::lessons().size());
  if (v.at == last && !more_lessons) return h;
  const Text words = v.at < last ? Text::kLessonNext : Text::kLessonNextLesson;
  const float next_w = button_width(p, words);
  const bool pressed = p.button("lesson next", {x + w - next_w, y, next_w, h}, view::text(words),
                                !v.awaits_answer());
  if (pressed) next_lesson_step(p, v);
  return h;
}

}  // namespace

void next_lesson_step(Painter& p, const LessonView& v) {
  if (v.at + 1 < static_cast<int>(v.lesson->steps.size())) {
    p.command(view::GoToLessonStep{v.at + 1});
  } else if (v.index + 1 < static_cast<int>(view::lessons().size())) {
    p.patch("lesson", view::lessons()[static_cast<size_t>(v.index) + 1].id);
  }
}

void previous_lesson_step(Painter& p, const LessonView& v) {
  if (v.at > 0) p.command(view::GoToLessonStep{v.at - 1});
}

void lesson_ui(Painter& p, const LessonView& v) {
  if (v.lesson == nullptr) {
    p.transient.lesson_seen.clear();
    return;
  }
  apply_step(p.transient, v);
  const Rect card = p.in.scene.lesson;
  p.card(card);
  const float pad = p.in.scene.padding;
  const float x = card.x + pad, w = card.w - 2 * pad;
  float y = card.y + pad - p.px(4);
  y += head(p, v, x, y, w) + p.px(8);
  y += p.wrapped(p.fonts.wordmark, x, y, w, color(p.palette.text), v.lesson->title.now()) + p.px(6);
  progress(p, v, x, y, w);
  y += p.px(16);
  y += p.sentence(x, y, w, v.text, faces_of(p)) + p.px(12);
  if (!v.question.empty()) y += question(p, v, x, y, w) + p.px(4);
  if (!v.lesson->seen.empty() && !p.transient.projector) {
    const std::vector<std::string> threads(v.lesson->seen.begin(), v.lesson->seen.end());
    const std::string words =
        view::fill_in(Text::kLessonSeen, {view::joined(threads, Text::kListComma)});
    if (w >= p.px(600)) {  // on the line of the buttons
      p.text_in(p.fonts.caption, {x, y, w, p.control_height()}, Align::kCenter,
                color(p.palette.muted), words);
    } else {
      y += p.wrapped(p.fonts.caption, x, y, w, color(p.palette.muted), words) + p.px(10);
    }
  }
  y += way_on(p, v, x, y, w);
  p.transient.lesson_height_px = y + pad - card.y;
}

}  // namespace softmask::ui
