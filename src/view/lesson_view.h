// The open lesson as it stands: texts with the live numbers in them, and which choice is right.
#ifndef SOFTMASK_VIEW_LESSON_VIEW_H_
#define SOFTMASK_VIEW_LESSON_VIEW_H_

#include <string>
#include <vector>

#include "view/lesson.h"
#include "view/model.h"
#include "view/sentences.h"

namespace softmask::view {

struct LessonChoiceView {
  std::string text;
  bool right = false;  // by the live numbers
};

struct LessonView {
  const Lesson* lesson = nullptr;  // null: none is open
  const LessonStep* step = nullptr;
  int index = 0;  // of the lesson
  int at = 0;     // of the step
  std::vector<TextRun> text;
  std::vector<TextRun> question;  // empty: the step asks nothing
  std::vector<LessonChoiceView> choices;
  int answer = kNotAnswered;
  std::vector<TextRun> reveal;  // empty until it is answered
  bool changed = false;         // the reader's numbers are not the step's

  bool awaits_answer() const { return !question.empty() && answer == kNotAnswered; }
  bool answered_right() const {
    return answer != kNotAnswered && choices[static_cast<size_t>(answer)].right;
  }
};

// O(length of the texts, and of what their facts look at).
LessonView lesson_view(const Model& model);

// "a *b* c" as pieces: what stands between two * is strong.
std::vector<TextRun> text_runs(std::string_view text);

// Everything of the step that is to be read, for screen readers: text, question and choices with
// their numbers, and once it is answered whether that was right, and the reveal.
std::string lesson_speech(const LessonView& view);

// The step for a page that builds it of its own elements: a line for each part, its name, a tab and
// its text. title, steps (how many), at (from 0), text, and where it asks: question, choice (each),
// then answer (from 0), verdict and reveal once it is answered. Empty where no lesson is open.
std::string lesson_text(const LessonView& view);

// All lessons in the order of the list, a line each: id, tab, title.
std::string lesson_list_text();

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_LESSON_VIEW_H_
