// Commands: the only way to change state. Mouse, keys, scripts and the URL all end here.
#ifndef SOFTMASK_VIEW_COMMAND_H_
#define SOFTMASK_VIEW_COMMAND_H_

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "view/state.h"

namespace softmask::view {

// A strict patch ("rows=8&fill=0"): setState, text entry, chips. See apply_patch. "lesson=…" opens
// a lesson and shows its first step; "lesson=" leaves it and brings back what was there before.
struct SetFields {
  std::string fragment;
};

// Masks a column, or unmasks it when every cell of it is masked. The mask becomes bits, shown as
// they are: a column mask stays one. Range: 0 … cols-1.
struct ToggleColumn {
  int col = 0;
};

// Flips one cell; the mask becomes rows*cols bits, unless all rows end up alike.
struct ToggleCell {
  int row = 0;
  int col = 0;
};

// Sets a whole column, for painting across headers between BeginGesture and EndGesture.
struct PaintColumn {
  int col = 0;
  bool masked = true;
};

// Everything between the two is one undo step. A second BeginGesture, Undo or Redo ends the first.
struct BeginGesture {};
struct EndGesture {};

// 0 … rows-1 or kNoRow. Not an undo step.
struct SelectRow {
  int row = kNoRow;
};

// seed + delta modulo 2^64.
struct StepSeed {
  int64_t delta = 1;
};

// A new seed from random bits of the caller: below a million, so that it can be read out in class,
// and never the present one.
struct NewSeed {
  uint64_t entropy = 0;
};

// Another size. Own scores are dropped, the mask is adapted (see apply_patch).
struct SetRows {
  int rows = 1;
};
struct SetCols {
  int cols = 1;
};

// The reader's own scores, of rows * cols values, row-major, within the limits of core/types.h. The
// mask is adapted as to another size. Up to kMaxOwnScores a link carries them, more last as long as
// the page. Refused where the sizes do not agree.
struct SetOwnScores {
  int rows = 0;
  int cols = 0;
  std::shared_ptr<const std::vector<float>> values;
};
// A mask as it is: cols bits, or rows * cols; 1 = masked. Refused where there is another number.
struct SetMaskBits {
  std::vector<uint8_t> bits;
};

// Nothing to undo or redo: nothing happens, and that is no error.
struct Undo {};
struct Redo {};

// The URL changed: takes over a whole valid state. Undoable like any other change.
struct ReplaceState {
  State state;
};

// Keeps the present state as A, to compare with. A second one replaces the first.
struct PinState {};
// Forgets A; nothing pinned: nothing happens.
struct Unpin {};
// The pinned state comes on the screen and the present one becomes A. Nothing pinned: nothing.
struct SwapPinned {};

// Another step of the open lesson, 0 … steps-1: its state replaces the present one.
struct GoToLessonStep {
  int step = 0;
};
// Takes a choice of the present step's question; answering again changes the answer. Refused
// without a lesson, a question or that choice.
struct AnswerLesson {
  int choice = 0;
};

using Command =
    std::variant<SetFields, ToggleColumn, ToggleCell, PaintColumn, BeginGesture, EndGesture,
                 SelectRow, StepSeed, NewSeed, SetRows, SetCols, SetOwnScores, SetMaskBits, Undo,
                 Redo, ReplaceState, PinState, Unpin, SwapPinned, GoToLessonStep, AnswerLesson>;

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_COMMAND_H_
