// Live numbers in a lesson's texts, and conditions on them.
#ifndef SOFTMASK_VIEW_LESSON_FACTS_H_
#define SOFTMASK_VIEW_LESSON_FACTS_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "view/derive.h"
#include "view/state.h"

namespace softmask::view {

// What facts are taken from; `derived` is derive(state). Without `pinned` no fact begins with
// "pinned.", without `gradient` (rows*cols, at scores) there is no gradient[r,c].
struct LessonNumbers {
  const State& state;
  const Derived& derived;
  const Derived* pinned = nullptr;
  std::span<const float> gradient = {};
};

// The number behind a fact; nothing for an unknown name, an index out of range or a result that
// is not there. docs/lessons.md lists them:
//   scores[r,c] masked_scores[r,c] p[r,c] before[r,c] mask[r,c] gradient[r,c] exp_no_max[r,c]
//   moved[r] leaked[r] lost[r] row_sum[r] row_max[r] sum_no_max[r] col_sum[c]
//   nan_cells nan_rows masked_cells masked_cols rows cols error max_difference
//   and "pinned." before p, masked_scores, moved, leaked, lost, row_sum, nan_cells.
std::optional<double> fact(std::string_view name, const LessonNumbers& numbers);

// `text` with every {fact} replaced: as a cell of the heatmap shows it, {fact:6} with that many
// decimals, {fact:g} as the shortest decimal that reads back as the same float. {fill}, {dtype} and
// {error_message} are texts. A number that is not there, as where PyTorch raises, is a dash.
std::string with_facts(std::string_view text, const LessonNumbers& numbers);

// `condition`: comparisons joined by " and ", each a number or fact, one of == != < <= > >= and ~
// (equal to within 0.0005), a number or fact. "nan", "inf" and "-inf" are numbers, and nan == nan
// holds. False for a condition that cannot be read.
bool holds(std::string_view condition, const LessonNumbers& numbers);

// Whether every fact that `text` or `condition` names is known: for checking lessons.
bool facts_known(std::string_view text, const LessonNumbers& numbers);
bool condition_readable(std::string_view condition, const LessonNumbers& numbers);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_LESSON_FACTS_H_
