// Opening, moving through and leaving a lesson, without losing the reader's own state.
#ifndef SOFTMASK_VIEW_LESSON_PROGRESS_H_
#define SOFTMASK_VIEW_LESSON_PROGRESS_H_

#include "core/status.h"
#include "view/document.h"

namespace softmask::view {

// `document.state.lesson` names a lesson that was not open in `before`: its first step's state
// comes on the screen, and what `before` showed is kept for the way back. From one lesson to
// another the first reader's state stays the one that is kept.
void open_lesson(Document& document, const Document& before);

// The same where the whole state was given, by an address: it stays as it is, and the lesson stands
// at the step whose state it is, at the first where it is that of none. Also for an open lesson.
void join_lesson(Document& document, const Document& before);

// The reader's own state and A again, as they were when the lesson was opened.
void leave_lesson(Document& document);

// Refused where no lesson is open or it has no such step.
core::Status go_to_lesson_step(Document& document, int step);

// Refused where the present step does not ask, or has no such choice.
core::Status answer_lesson(Document& document, int choice);

// Whether the present step asks something that is not answered yet: the result is hidden until
// then.
bool awaits_answer(const Document& document);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_LESSON_PROGRESS_H_
