// Columns that come and go in a large matrix: O(rows) for each of them instead of O(rows * cols).
#ifndef SOFTMASK_VIEW_COLUMN_TOGGLE_H_
#define SOFTMASK_VIEW_COLUMN_TOGGLE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "view/derived.h"
#include "view/picture_levels.h"
#include "view/state.h"

namespace softmask::view {

// More columns at once are computed anew.
inline constexpr int kMostToggled = 64;

// Empty levels for `derived`, whose numbers but for the levels are there (`scores` are its own,
// wherever they are). They say whether probabilities are scaled (see PictureLevels): float32, along
// the rows, a mask of whole columns with something kept, a fill so far below the scores that
// masked cells are exactly 0, and scores so near each other that no kept cell underflows.
PictureLevels begin_levels(const State& state, const Derived& derived,
                           std::span<const float> scores);

// Each row once, in any order. All spans have one entry a column. O(cols).
void add_row_to_levels(int row, std::span<const float> scores, std::span<const float> baseline,
                       std::span<const float> probabilities, std::span<const uint8_t> masked,
                       bool keeps_sums, PictureLevels& levels);

// The columns that differ, where `derived`, which is derive(before), can be brought to `after` by
// toggle_columns(): only the mask differs, by at most kMostToggled whole columns, and probabilities
// are scaled before and after. Else nothing.
std::vector<int> toggled_columns(const State& after, const State& before, const Derived& derived);

// Brings `derived` from derive(before) to derive(after). `columns` is toggled_columns(), not empty.
// Every number is what derive(after) gives, bit for bit (the rows of the probabilities are computed
// when they are read), but for the sums in mass, facts and moved: these are kept up in double
// precision, within 4e-7 of the sum of the float32 values. Sums of which hardly anything is left
// are summed anew, so that errors do not grow. O(rows * columns.size()).
void toggle_columns(const State& after, const std::vector<int>& columns, Derived& derived);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_COLUMN_TOGGLE_H_
