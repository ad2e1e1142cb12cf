// The lessons: a preset of the state and a few steps each, made at build time from assets/lessons.
#ifndef SOFTMASK_VIEW_LESSON_H_
#define SOFTMASK_VIEW_LESSON_H_

#include <optional>
#include <span>
#include <string_view>

#include "view/gradient.h"
#include "view/lens.h"
#include "view/mask_convention.h"
#include "view/state.h"
#include "view/strings.h"

namespace softmask::view {

// One text in both languages, with {facts} (view/lesson_facts.h) and *bold* pieces.
struct LessonText {
  std::string_view english = {};
  std::string_view chinese = {};

  std::string_view in(Language language) const {
    return language == Language::kChinese ? chinese : english;
  }
  // In the language of the texts at this moment.
  std::string_view now() const { return in(text_language()); }
};

struct LessonChoice {
  LessonText text;
  std::string_view when;  // the condition under which this choice is right
};

struct LessonStep {
  std::string_view patch;  // strict, for apply_patch; empty: the state stays
  LessonText text;
  std::span<const std::string_view> points;  // the parts of the screen that it speaks of
  Lens lens = Lens::kMass;
  std::optional<Stage> stage = {};  // of the step lens
  bool subtract_max = true;
  Upstream upstream = {};                                   // of the gradient lens
  MaskConvention convention = MaskConvention::kMaskedFill;  // of the conventions lens
  bool pin = false;                                         // the state of the step before is A
  LessonText question = {};                                 // empty: this step only tells
  std::span<const LessonChoice> choices = {};
  LessonText reveal = {};  // once it is answered, right or wrong

  bool asks() const { return !question.english.empty(); }
};

struct Lesson {
  std::string_view id;
  LessonText title;
  LessonText summary;                      // a line for the list
  std::span<const std::string_view> seen;  // threads in which people met this
  std::string_view preset;                 // strict, over the default State
  std::span<const LessonStep> steps;       // 3 … 6
};

// In the order of the list.
std::span<const Lesson> lessons();
const Lesson* find_lesson(std::string_view id);  // null: there is none of that name
int lesson_index(std::string_view id);           // or -1

// The state that `step` shows: defaults, the preset, and the patches of the steps up to this one.
// `lesson` is set; what belongs to the reader (theme, lang, animate, hide) has its default. A step
// beyond the last counts as the last. O(steps).
State lesson_state(const Lesson& lesson, int step);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_LESSON_H_
