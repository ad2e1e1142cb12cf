// Commands: the only way to change state. Mouse, keys, scripts and the URL all end here.
#ifndef SOFTMASK_VIEW_COMMAND_H_
#define SOFTMASK_VIEW_COMMAND_H_

#include <cstdint>
#include <string>
#include <variant>

#include "view/state.h"

namespace softmask::view {

// A strict patch ("rows=8&fill=0"): setState, text entry, chips. See apply_patch.
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

// Nothing to undo or redo: nothing happens, and that is no error.
struct Undo {};
struct Redo {};

// The URL changed: takes over a whole valid state. Undoable like any other change.
struct ReplaceState {
  State state;
};

using Command =
    std::variant<SetFields, ToggleColumn, ToggleCell, PaintColumn, BeginGesture, EndGesture,
                 SelectRow, StepSeed, NewSeed, SetRows, SetCols, Undo, Redo, ReplaceState>;

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_COMMAND_H_
