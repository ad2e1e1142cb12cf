#include "view/column_toggle.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "core/column_sums.h"
#include "core/masked_softmax.h"
#include "core/mass_flow.h"
#include "view/derive_job.h"
#include "view/mask_edit.h"
#include "view/notes.h"

namespace softmask::view {
namespace {

// exp(-104) is below half the smallest float32: a masked cell this far below its row is exactly 0.
constexpr double kVanishes = 110;
// Kept cells as far apart as this still have a probability of 1e-31, a normal float32.
constexpr double kFarthestApart = 60;
// A sum below this part of what was added up since it was taken anew is taken anew: the double
// precision that cancellation ate is 2^-53 / 1e-4 of it.
constexpr double kLeast = 1e-4;

bool has_scaled_probabilities(const State& state, const Derived& derived) {
  const core::Mask& mask = derived.mask;
  if (has_own_scores(state) || state.dim != -1 || state.dtype != core::Dtype::kFloat32 ||
      !mask.is_column_mask() || derived.nan_cells > 0) {
    return false;
  }
  if (std::find(mask.bits.begin(), mask.bits.end(), uint8_t{0}) == mask.bits.end()) return false;
  const double largest = static_cast<double>(derived.largest_score) / state.temperature;
  if (!(2 * largest <= kFarthestApart)) return false;
  if (state.order != core::Order::kFill) return true;
  return fill_value(state.fill, state.dtype) / state.temperature <= -largest - kVanishes;
}

std::size_t cell_at(const Derived& derived, int row, int col) {
  return static_cast<std::size_t>(row) * static_cast<std::size_t>(derived.cols) +
         static_cast<std::size_t>(col);
}

template <class Values>
auto row_of(const Values& values, const Derived& derived, int row) {
  return std::span(values).subspan(cell_at(derived, row, 0),
                                   static_cast<std::size_t>(derived.cols));
}

// Keeps up everything that is per row.
class RowToggler {
 public:
  RowToggler(const State& after, const std::vector<int>& columns, Derived& derived)
      : state_(after),
        columns_(columns),
        d_(derived),
        levels_(*derived.levels),
        fill_(static_cast<float>(fill_value(after.fill, after.dtype))) {
    for (int col = 0; col < d_.cols; ++col) {
      if (d_.mask.bits[static_cast<std::size_t>(col)] == 0) kept_.push_back(col);
    }
  }

  void toggle(int row) {
    const auto at = static_cast<std::size_t>(row);
    double& kept = levels_.kept[at];
    LineFacts& facts = d_.facts[at];
    for (const int col : columns_) {
      const std::size_t cell = cell_at(d_, row, col);
      const bool masked = d_.mask.bits[static_cast<std::size_t>(col)] != 0;
      const float score = d_.scores[cell];
      d_.mask_bits[cell] = masked ? 1 : 0;
      d_.masked_scores[cell] = masked ? fill_ : score;
      const double p = static_cast<double>(d_.baseline[cell]);
      kept += masked ? -p : p;
      facts.masked += masked ? 1 : -1;
      if (!masked) facts.kept_max = std::max(facts.kept_max, score);
      if (masked && score >= facts.kept_max) facts.kept_max = largest_kept(row);
    }
    levels_.peak[at] = std::max(levels_.peak[at], kept);
    if (kept < kLeast * levels_.peak[at]) kept = levels_.peak[at] = sum_of_kept(row);
    set_sums(row);
    update_levels(row);
  }

 private:
  float largest_kept(int row) const {
    float largest = -std::numeric_limits<float>::infinity();
    for (const int col : kept_) largest = std::max(largest, d_.scores[cell_at(d_, row, col)]);
    return largest;
  }

  double sum_of_kept(int row) const {
    double sum = 0;
    for (const int col : kept_) sum += static_cast<double>(d_.baseline[cell_at(d_, row, col)]);
    return sum;
  }

  void set_sums(int row) {
    const auto at = static_cast<std::size_t>(row);
    const bool zero = state_.order == core::Order::kZero;
    const double kept = levels_.kept[at];
    core::RowMass& mass = d_.mass[at];
    LineFacts& facts = d_.facts[at];
    mass.moved = std::max(mass.before_sum - kept, 0.0);
    mass.after_sum = zero ? kept : 1;
    const double missing = mass.before_sum - mass.after_sum;
    mass.lost = zero && missing > core::kFloatRoundingShare * mass.before_sum ? missing : 0;
    d_.moved[at] = static_cast<float>(mass.moved);
    facts.sum = mass.after_sum;
    levels_.row_scale[at] = zero ? 1 : static_cast<float>(1 / kept);
  }

  void update_levels(int row) {
    const auto scores = row_of(d_.scores, d_, row), baseline = row_of(d_.baseline, d_, row);
    const auto masked = row_of(d_.mask_bits, d_, row);
    for (const int col : columns_) {
      levels_.scores.update(row, col, scores, masked);
      levels_.probabilities.update(row, col, baseline, masked);
    }
  }

  const State& state_;
  const std::vector<int>& columns_;
  Derived& d_;
  PictureLevels& levels_;
  const float fill_;
  std::vector<int> kept_;
};

// The limits of the colours, from what the levels know.
void set_limits(Derived& d) {
  const PictureLevels& levels = *d.levels;
  float kept = 0, largest = 0;
  for (int col = 0; col < d.cols; ++col) {
    const auto at = static_cast<std::size_t>(col);
    if (d.mask.bits[at] == 0) kept = std::max(kept, levels.column_largest[at]);
  }
  for (int row = 0; row < d.rows; ++row) {
    const Standing standing =
        levels.probabilities.of_row(row, row_of(d.baseline, d, row), row_of(d.mask_bits, d, row));
    const double p = levels.probability(row, standing.value, standing.masked);
    largest = std::max(largest, static_cast<float>(p));
  }
  d.scores_limit = kept > 0 ? kept : d.largest_score > 0 ? d.largest_score : 1;
  d.probability_limit = probability_limit_for(largest);
}

// Every row's scale may have changed: one pass over the baseline, in float32 over a few rows at a
// time and in double over these.
void set_column_totals(Derived& d) {
  constexpr int kRowsTogether = 64;
  PictureLevels& levels = *d.levels;
  levels.column_totals.assign(static_cast<std::size_t>(d.cols), 0);
  std::vector<float> sums(static_cast<std::size_t>(d.cols));
  for (int first = 0; first < d.rows; first += kRowsTogether) {
    std::fill(sums.begin(), sums.end(), 0.0f);
    const auto count = static_cast<std::size_t>(std::min(kRowsTogether, d.rows - first));
    core::add_scaled_rows(
        std::span(d.baseline).subspan(cell_at(d, first, 0), count * sums.size()),
        std::span(levels.row_scale).subspan(static_cast<std::size_t>(first), count), sums);
    for (std::size_t col = 0; col < sums.size(); ++col) {
      if (d.mask.bits[col] == 0) levels.column_totals[col] += static_cast<double>(sums[col]);
    }
  }
}

}  // namespace

PictureLevels begin_levels(const State& state, const Derived& derived,
                           std::span<const float> scores) {
  PictureLevels levels;
  levels.scaled = has_scaled_probabilities(state, derived);
  levels.scores.reset(derived.rows, derived.cols, Prominence::kKeptMagnitude);
  // Scaled, a masked cell is 0 whatever its baseline: it stands for others only if all are masked.
  levels.probabilities.reset(derived.rows, derived.cols,
                             levels.scaled ? Prominence::kKeptMagnitude : Prominence::kLargest);
  levels.column_totals.resize(scores.size() / static_cast<std::size_t>(derived.rows));
  levels.column_largest.resize(scores.size() / static_cast<std::size_t>(derived.rows));
  levels.column_masked.resize(scores.size() / static_cast<std::size_t>(derived.rows));
  if (levels.scaled) {
    const auto rows = static_cast<std::size_t>(derived.rows);
    levels.row_scale.resize(rows);
    levels.kept.resize(rows);
    levels.peak.resize(rows);
  }
  return levels;
}

void add_row_to_levels(int row, std::span<const float> scores, std::span<const float> baseline,
                       std::span<const float> probabilities, std::span<const uint8_t> masked,
                       bool keeps_sums, PictureLevels& levels) {
  for (std::size_t col = 0; col < scores.size(); ++col) {
    const float size = std::fabs(scores[col]);
    levels.column_totals[col] += static_cast<double>(probabilities[col]);
    levels.column_masked[col] += masked[col] != 0 ? 1 : 0;
    if (std::isfinite(size)) {
      levels.column_largest[col] = std::max(levels.column_largest[col], size);
    }
  }
  levels.scores.add_row(scores, masked);
  if (!levels.scaled) {
    levels.probabilities.add_row(probabilities, masked);
    return;
  }
  levels.probabilities.add_row(baseline, masked);
  double kept = 0;
  for (std::size_t col = 0; col < baseline.size(); ++col) {
    if (masked[col] == 0) kept += static_cast<double>(baseline[col]);
  }
  const auto at = static_cast<std::size_t>(row);
  levels.kept[at] = levels.peak[at] = kept;
  levels.row_scale[at] = keeps_sums ? 1 : static_cast<float>(1 / kept);
}

std::vector<int> toggled_columns(const State& after, const State& before, const Derived& derived) {
  if (!derived.levels || !derived.levels->scaled) return {};
  State other_mask = after;
  other_mask.mask = before.mask;
  if (!same_numbers(other_mask, before)) return {};
  if (!has_column_mask(after)) return {};  // another one has as many bits as cells
  const core::Mask mask = mask_of(after, &derived.random_mask);
  std::vector<int> columns;
  bool keeps_one = false;
  for (int col = 0; col < derived.cols; ++col) {
    const auto at = static_cast<std::size_t>(col);
    keeps_one = keeps_one || mask.bits[at] == 0;
    if (mask.bits[at] != derived.mask.bits[at]) columns.push_back(col);
  }
  if (!keeps_one || static_cast<int>(columns.size()) > kMostToggled) return {};
  return columns;
}

void toggle_columns(const State& after, const std::vector<int>& columns, Derived& derived) {
  for (const int col : columns) {
    uint8_t& bit = derived.mask.bits[static_cast<std::size_t>(col)];
    bit = bit == 0 ? 1 : 0;
    derived.masked_cells += bit != 0 ? derived.rows : -derived.rows;
    derived.levels->column_masked[static_cast<std::size_t>(col)] = bit != 0 ? derived.rows : 0;
  }
  RowToggler toggler(after, columns, derived);
  for (int row = 0; row < derived.rows; ++row) toggler.toggle(row);
  set_limits(derived);
  set_column_totals(derived);
  make_rows_lazy(after, derived);
  derived.notes = notes(after, derived);
}

}  // namespace softmask::view
