#include "view/lesson.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "lessons/lessons_data.inc"
#include "view/state_codec.h"

namespace softmask::view {

std::span<const Lesson> lessons() { return kLessons; }

int lesson_index(std::string_view id) {
  for (size_t i = 0; i < std::size(kLessons); ++i) {
    if (kLessons[i].id == id) return static_cast<int>(i);
  }
  return -1;
}

const Lesson* find_lesson(std::string_view id) {
  const int index = lesson_index(id);
  return index < 0 ? nullptr : &kLessons[index];
}

State lesson_state(const Lesson& lesson, int step) {
  State state;
  const auto apply = [&](std::string_view patch) {
    if (patch.empty()) return;
    core::Result<State> patched = apply_patch(state, patch);
    if (patched.ok()) state = std::move(patched.value);
  };
  apply(lesson.preset);
  const int last = static_cast<int>(lesson.steps.size()) - 1;
  for (int at = 0; at <= std::min(step, last); ++at) {
    apply(lesson.steps[static_cast<size_t>(at)].patch);
  }
  state.lesson = lesson.id;
  return state;
}

}  // namespace softmask::view
