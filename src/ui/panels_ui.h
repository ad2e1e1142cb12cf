// The panels of the screen, each in a file of its own. Every one draws into the rectangle that the
// scene gives it and reports the height it needed through the transient state.
#ifndef SOFTMASK_UI_PANELS_UI_H_
#define SOFTMASK_UI_PANELS_UI_H_

#include "ui/painter_ui.h"
#include "view/lesson_view.h"

namespace softmask::ui {

// From English to Chinese and back.
void toggle_language(Painter& p);
void title_bar_ui(Painter& p);
void notices_ui(Painter& p);
void quick_ui(Painter& p);  // seed and fill above the heatmaps of a narrow page
void stage_ui(Painter& p);
void lens_card_ui(Painter& p);
void controls_ui(Painter& p);
void program_ui(Painter& p);
void tensors_ui(Painter& p);
void zoom_bar_ui(Painter& p);  // what of a large matrix is in sight, with buttons to change it
// Nearer by `factor` about the middle, or so many parts of what is in sight to the side.
void zoom_by(Painter& p, double factor);
void pan_by(Painter& p, float across, float down);
void toggle_reduction(Painter& p);
void cell_tip_ui(Painter& p);
void work_ui(Painter& p);  // how far numbers under way are, over the heatmaps
void help_ui(Painter& p);
void lesson_ui(Painter& p,
               const view::LessonView& v);  // the open lesson's text, question and buttons
void next_lesson_step(Painter& p, const view::LessonView& v);
void previous_lesson_step(Painter& p, const view::LessonView& v);
void open_lessons_menu(Painter& p);
void lessons_menu_ui(Painter& p);  // the list of lessons, over everything
void lessons_menu_keys(Painter& p);

// Keyboard, read after the panels: the keys that help_ui lists.
void keys_ui(Painter& p, const view::LessonView& lesson);

}  // namespace softmask::ui

#endif  // SOFTMASK_UI_PANELS_UI_H_
