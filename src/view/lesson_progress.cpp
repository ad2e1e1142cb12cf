#include "view/lesson_progress.h"

#include <string>
#include <utility>

#include "view/lesson.h"
#include "view/state_codec.h"
#include "view/strings.h"

namespace softmask::view {
namespace {

const Lesson* lesson_of(const Document& document) {
  return document.lesson ? find_lesson(document.state.lesson) : nullptr;
}

const LessonStep& step_of(const Lesson& lesson, const Document& document) {
  return lesson.steps[static_cast<size_t>(document.lesson->step)];
}

core::Status refused(const char* what, int value, std::string allowed) {
  return core::Status::range(
      FieldProblem{what, std::to_string(value), std::move(allowed)}.message());
}

// What belongs to the reader and not to the lesson.
void keep_surroundings(const State& from, State& to) {
  to.theme = from.theme;
  to.lang = from.lang;
  to.animate = from.animate;
  to.hide = from.hide;
}

void show_step(const Lesson& lesson, int step, Document& document) {
  State state = lesson_state(lesson, step);
  keep_surroundings(document.state, state);
  document.state = std::move(state);
  document.lesson->step = step;
  document.pinned.reset();
  for (int at = 1; at <= step; ++at) {
    if (lesson.steps[static_cast<size_t>(at)].pin) {
      document.pinned = lesson_state(lesson, at - 1);
      document.pinned->lesson.clear();
    }
  }
}

// Null, and no lesson open, where the state names none that there is.
const Lesson* begin_lesson(Document& document, const Document& before) {
  const Lesson* lesson = find_lesson(document.state.lesson);
  if (lesson == nullptr) {
    document.state.lesson.clear();
    document.lesson.reset();
    return nullptr;
  }
  LessonProgress progress;
  progress.answers.assign(lesson->steps.size(), kNotAnswered);
  progress.own = before.lesson ? before.lesson->own : before.state;
  progress.own_pinned = before.lesson ? before.lesson->own_pinned : before.pinned;
  progress.own.lesson.clear();
  document.lesson = std::move(progress);
  return lesson;
}

}  // namespace

void open_lesson(Document& document, const Document& before) {
  const Lesson* lesson = begin_lesson(document, before);
  if (lesson != nullptr) show_step(*lesson, 0, document);
}

void join_lesson(Document& document, const Document& before) {
  const bool open = before.lesson && before.state.lesson == document.state.lesson;
  const Lesson* lesson = open ? find_lesson(document.state.lesson) : begin_lesson(document, before);
  if (lesson == nullptr) return;
  State given = document.state;
  int step = open ? before.lesson->step : 0;
  for (int at = 0; at < static_cast<int>(lesson->steps.size()); ++at) {
    if (!same_numbers(lesson_state(*lesson, at), given)) continue;
    step = at;
    break;
  }
  show_step(*lesson, step, document);
  document.state = std::move(given);
}

void leave_lesson(Document& document) {
  if (document.lesson) {
    State own = std::move(document.lesson->own);
    keep_surroundings(document.state, own);
    document.state = std::move(own);
    document.pinned = std::move(document.lesson->own_pinned);
  }
  document.lesson.reset();
  document.state.lesson.clear();
}

core::Status go_to_lesson_step(Document& document, int step) {
  const Lesson* lesson = lesson_of(document);
  if (lesson == nullptr) return refused("step", step, text(Text::kAllowedNoLesson));
  const int last = static_cast<int>(lesson->steps.size()) - 1;
  if (step < 0 || step > last) {
    return refused("step", step, fill_in(Text::kAllowedInteger, {"0", std::to_string(last)}));
  }
  show_step(*lesson, step, document);
  return {};
}

core::Status answer_lesson(Document& document, int choice) {
  const Lesson* lesson = lesson_of(document);
  if (lesson == nullptr) return refused("choice", choice, text(Text::kAllowedNoLesson));
  const LessonStep& step = step_of(*lesson, document);
  if (!step.asks()) return refused("choice", choice, text(Text::kAllowedNoQuestion));
  const int last = static_cast<int>(step.choices.size()) - 1;
  if (choice < 0 || choice > last) {
    return refused("choice", choice, fill_in(Text::kAllowedInteger, {"0", std::to_string(last)}));
  }
  document.lesson->answers[static_cast<size_t>(document.lesson->step)] = choice;
  return {};
}

bool awaits_answer(const Document& document) {
  const Lesson* lesson = lesson_of(document);
  if (lesson == nullptr || !step_of(*lesson, document).asks()) return false;
  return document.lesson->answers[static_cast<size_t>(document.lesson->step)] == kNotAnswered;
}

}  // namespace softmask::view
