// What the picture of a large matrix is drawn from, so that neither zooming nor a toggled column
// has to look at every cell.
#ifndef SOFTMASK_VIEW_PICTURE_LEVELS_H_
#define SOFTMASK_VIEW_PICTURE_LEVELS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "view/column_levels.h"

namespace softmask::view {

struct PictureLevels {
  ColumnLevels scores;  // kKeptMagnitude
  // kLargest: of the probabilities, or where they are `scaled` of the baseline with 0 in masked
  // cells.
  ColumnLevels probabilities;

  // Masked cells have no mass at all, so that a kept cell's probability is its baseline times one
  // number for the row: 1 / (Σ of the kept baseline), or 1 with order zero. A column that comes or
  // goes then changes one number a row.
  bool scaled = false;
  std::vector<float> row_scale;
  std::vector<double> kept;  // per row: Σ of the kept baseline
  std::vector<double> peak;  // its largest since it was summed anew: what cancellation is told by

  std::vector<double> column_totals;  // per column: Σ of its probabilities, within 1e-5 of it
  std::vector<float> column_largest;  // per column: the largest |finite score|
  std::vector<int> column_masked;     // per column: how many of its cells are masked

  double probability(int row, float baseline, bool masked) const {
    return masked ? 0
                  : static_cast<double>(baseline) *
                        static_cast<double>(row_scale[static_cast<std::size_t>(row)]);
  }
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_PICTURE_LEVELS_H_
