#include "view/lesson_view.h"

#include <utility>

#include "view/lesson_facts.h"
#include "view/strings.h"

namespace softmask::view {

std::vector<TextRun> text_runs(std::string_view text) {
  std::vector<TextRun> runs;
  bool strong = false;
  while (!text.empty()) {
    const size_t star = text.find('*');
    const std::string_view piece = text.substr(0, star);
    if (!piece.empty()) runs.push_back({std::string(piece), strong});
    if (star == std::string_view::npos) break;
    strong = !strong;
    text = text.substr(star + 1);
  }
  return runs;
}

LessonView lesson_view(const Model& model) {
  const Document& document = model.document();
  LessonView out;
  out.lesson = document.lesson ? find_lesson(document.state.lesson) : nullptr;
  if (out.lesson == nullptr) return out;
  out.index = lesson_index(out.lesson->id);
  out.at = document.lesson->step;
  out.step = &out.lesson->steps[static_cast<size_t>(out.at)];
  const LessonNumbers numbers = {document.state, model.derived(), model.pinned_derived(),
                                 model.gradient(out.step->upstream).scores};
  out.text = text_runs(with_facts(out.step->text.now(), numbers));
  out.changed = !same_numbers(document.state, lesson_state(*out.lesson, out.at));
  if (!out.step->asks()) return out;
  out.question = text_runs(with_facts(out.step->question.now(), numbers));
  for (const LessonChoice& choice : out.step->choices) {
    out.choices.push_back({with_facts(choice.text.now(), numbers), holds(choice.when, numbers)});
  }
  out.answer = document.lesson->answers[static_cast<size_t>(out.at)];
  if (out.answer != kNotAnswered)
    out.reveal = text_runs(with_facts(out.step->reveal.now(), numbers));
  return out;
}

std::string lesson_speech(const LessonView& view) {
  if (view.lesson == nullptr) return {};
  const std::string step = fill_in(
      Text::kLessonStep, {std::to_string(view.at + 1), std::to_string(view.lesson->steps.size())});
  std::string out =
      fill_in(Text::kLessonSpoken, {view.lesson->title.now(), step, plain_text(view.text)});
  if (view.question.empty()) return out;
  out += " " + plain_text(view.question);
  for (size_t i = 0; i < view.choices.size(); ++i) {
    out += " " + fill_in(Text::kLessonChoiceSpoken, {std::to_string(i + 1), view.choices[i].text});
  }
  if (view.answer == kNotAnswered) return out;
  out += std::string(" ") + text(view.answered_right() ? Text::kLessonRight : Text::kLessonWrong);
  return out + " " + plain_text(view.reveal);
}

std::string lesson_text(const LessonView& view) {
  if (view.lesson == nullptr) return {};
  std::string out;
  const auto line = [&out](std::string_view name, std::string_view text) {
    out.append(name).append("\t").append(text).append("\n");
  };
  line("title", view.lesson->title.now());
  line("steps", std::to_string(view.lesson->steps.size()));
  line("at", std::to_string(view.at));
  line("text", plain_text(view.text));
  if (view.question.empty()) return out;
  line("question", plain_text(view.question));
  for (const LessonChoiceView& choice : view.choices) line("choice", choice.text);
  if (view.answer == kNotAnswered) return out;
  line("answer", std::to_string(view.answer));
  line("verdict", text(view.answered_right() ? Text::kLessonRight : Text::kLessonWrong));
  line("reveal", plain_text(view.reveal));
  return out;
}

std::string lesson_list_text() {
  std::string out;
  for (const Lesson& lesson : lessons()) {
    out.append(lesson.id).append("\t").append(lesson.title.now()).append("\n");
  }
  return out;
}

}  // namespace softmask::view
