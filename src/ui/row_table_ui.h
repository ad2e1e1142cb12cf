// Lines of numbers under the columns of one row: the table of the step and gradient lenses.
#ifndef SOFTMASK_UI_ROW_TABLE_UI_H_
#define SOFTMASK_UI_ROW_TABLE_UI_H_

#include <cstdint>
#include <span>
#include <string>

#include "ui/painter_ui.h"

namespace softmask::ui {

struct RowTableLine {
  enum class Colors : uint8_t {
    kNone,        // plain cells
    kDiverging,   // over ±limit
    kSequential,  // over 0 … limit
  };
  std::string label;
  std::span<const float> values;  // one a column of the row
  Colors colors = Colors::kNone;
  float limit = 1;
  bool current = false;  // the line that the reader is at
  bool hatched = false;  // masked cells are hatched
  int marked_col = -1;   // outlined
  std::string right;     // what was found in this line, at its end
};

// Where rows have more columns than fit, a part of them is shown; Transient::table_first_col says
// from which on.
class RowTable {
 public:
  // `count` columns, `masked` as long; O(1).
  RowTable(Painter& painter, float x, float w, int count, std::span<const uint8_t> masked);

  // Each returns the height used. O(columns shown).
  float header(float y);
  float line(float y, const RowTableLine& line);
  float pager(float y);  // 0 where all columns are shown

 private:
  view::Rect cell(int col, float y, float h) const;
  void number(const view::Rect& r, int col, const RowTableLine& line);

  Painter& p_;
  float x_, w_, label_w_, cell_w_, right_w_;
  int count_, shown_, first_;
  std::span<const uint8_t> masked_;
  bool labels_above_;
};

}  // namespace softmask::ui

#endif  // SOFTMASK_UI_ROW_TABLE_UI_H_
