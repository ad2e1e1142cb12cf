#ifndef SOFTMASK_VIEW_TRANSIENT_H_
#define SOFTMASK_VIEW_TRANSIENT_H_

#include <optional>
#include <string>
#include <vector>

#include "core/tensor_text.h"
#include "view/column_levels.h"
#include "view/gradient.h"
#include "view/ledger.h"
#include "view/lens.h"
#include "view/mask_convention.h"
#include "view/scene.h"

namespace softmask::view {

// What the screen remembers between frames and no link carries: where the pointer is, what is
// unfolded. It never changes a number, so it needs neither commands nor undo.
struct Transient {
  Hit hover;
  // What of a large matrix is in sight, and how the cells of a pixel become one.
  Zoom zoom = {};
  Reduction reduction = Reduction::kMax;
  bool panning = false;  // a drag moves the view
  bool zoom_is_free() const { return !help_open && !lessons_open; }
  // The keyboard's cell; shown only while keys are in use.
  int cursor_row = 0;
  int cursor_col = 0;
  bool cursor_shown = false;
  // A drag across headers paints this value until the button comes up.
  std::optional<bool> painting;
  int painted_col = -1;
  // The card under the heatmaps.
  Lens lens = Lens::kMass;
  LedgerSort ledger_sort = LedgerSort::kByRow;
  int ledger_page = 0;
  int ledger_page_of_row = -1;  // the selection that the page was last turned for
  int table_first_col = 0;      // of the step and gradient tables, where not all columns fit
  int walk_step = 0;
  std::optional<Stage> walk_stage;  // where a lesson wants the walk to stand
  bool subtract_max = true;
  Upstream upstream;
  MaskConvention convention = MaskConvention::kMaskedFill;
  // The lesson's step that the fields above were last set for.
  std::string lesson_seen;
  int lesson_step_seen = -1;
  bool lessons_open = false;  // the list of lessons
  int lessons_cursor = 0;     // the keyboard's place in it
  bool projector = false;     // teaching mode: large type, controls folded away
  core::PrintStyle print_style = core::PrintStyle::k2_10;
  bool help_open = false;
  // Said once and dismissible: what a link got wrong, what could not be done.
  std::vector<std::string> notices;
  // Which copy button says "Copied", and until when.
  std::string copied_what;
  double copied_until_ms = 0;
  // Heights that the panels reported (see SceneInput).
  float notices_height_px = 0;
  float quick_height_px = 0;
  float controls_height_px = 0;
  float ledger_height_px = 0;
  float program_height_px = 0;
  float tensors_height_px = 0;
  float lesson_height_px = 0;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_TRANSIENT_H_
