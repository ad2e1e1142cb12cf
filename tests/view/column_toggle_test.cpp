#include "view/column_toggle.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "view/derive.h"
#include "view/live_model.h"
#include "view/program_text.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

State from_link(const std::string& link) { return decode_link(link, nullptr); }

void expect_like_derived_anew(const State& state, const Derived& derived) {
  const Derived fresh = derive(state);
  EXPECT_EQ(derived.mask, fresh.mask);
  EXPECT_EQ(derived.mask_bits, fresh.mask_bits);
  EXPECT_TRUE(same_bits(derived.masked_scores, fresh.masked_scores));
  EXPECT_TRUE(same_bits(derived.probabilities.all(), fresh.probabilities.all()));
  EXPECT_EQ(derived.masked_cells, fresh.masked_cells);
  EXPECT_EQ(derived.scores_limit, fresh.scores_limit);
  EXPECT_EQ(derived.probability_limit, fresh.probability_limit);
  EXPECT_EQ(derived.notes, fresh.notes);
  for (size_t row = 0; row < fresh.mass.size(); ++row) {
    SCOPED_TRACE(row);
    ASSERT_NEAR(derived.mass[row].moved, fresh.mass[row].moved, 4e-7);
    ASSERT_NEAR(derived.mass[row].lost, fresh.mass[row].lost, 4e-7);
    ASSERT_NEAR(derived.mass[row].after_sum, fresh.mass[row].after_sum, 4e-7);
    ASSERT_EQ(derived.facts[row].masked, fresh.facts[row].masked);
    ASSERT_EQ(derived.facts[row].kept_max, fresh.facts[row].kept_max);
  }
  ASSERT_TRUE(derived.levels && fresh.levels);
  for (size_t k = 0; k < fresh.levels->scores.levels().size(); ++k) {
    const ColumnLevels::Level &a = derived.levels->scores.levels()[k],
                              &b = fresh.levels->scores.levels()[k];
    EXPECT_TRUE(same_bits(a.values, b.values)) << "level " << k;
    EXPECT_EQ(a.masked, b.masked) << "level " << k;
    EXPECT_TRUE(same_bits(derived.levels->probabilities.levels()[k].values,
                          fresh.levels->probabilities.levels()[k].values))
        << "level " << k;
  }
  for (size_t col = 0; col < fresh.levels->column_totals.size(); ++col) {
    const double total = fresh.levels->column_totals[col];
    ASSERT_NEAR(derived.levels->column_totals[col], total, 1e-5 * total) << "column " << col;
    ASSERT_EQ(derived.levels->column_masked[col], fresh.levels->column_masked[col]);
  }
  // What the picture shows of a probability is the probability.
  for (size_t cell = 0; cell < fresh.scores.size(); cell += 997) {
    const int row = static_cast<int>(cell) / fresh.cols;
    const double shown =
        derived.levels->probability(row, fresh.baseline[cell], fresh.mask_bits[cell] != 0);
    ASSERT_NEAR(shown, fresh.probabilities[cell],
                4e-6 * static_cast<double>(fresh.probabilities[cell]));
  }
}

TEST(ColumnToggle, GivesWhatDerivingAnewGives) {
  for (const char* link : {"rows=257&cols=1031&mask=random", "rows=5&cols=65000&mask=padding:9",
                           "rows=257&cols=1031&order=zero", "rows=257&cols=1031&order=renorm",
                           "rows=257&cols=1031&fill=-inf&temperature=0.4"}) {
    SCOPED_TRACE(link);
    LiveModel live;
    live.start(from_link(link));
    live.finish();
    for (const int col : {0, 700, 64, 700, 1030}) {
      ASSERT_TRUE(live.dispatch(ToggleColumn{col}).ok());
      ASSERT_TRUE(live.do_short_work()) << "took the long way";
    }
    const Derived& derived = live.shown().derived();
    EXPECT_TRUE(derived.probabilities.has_stale_rows());
    EXPECT_EQ(tensors_text(derived, core::PrintStyle::k2_10),
              tensors_text(derive(live.shown().state()), core::PrintStyle::k2_10));
    EXPECT_TRUE(derived.probabilities.has_stale_rows()) << "a print looks at its ends alone";
    expect_like_derived_anew(live.shown().state(), live.shown().derived());
  }
}

TEST(ColumnToggle, StaysExactWhenHardlyAnythingIsLeft) {
  LiveModel live;
  live.start(from_link("rows=40&cols=7001&mask=padding:6990"));
  live.finish();
  std::mt19937 random(7);
  // Between 3 and 14 columns of 7001 are kept: nearly all mass cancels, again and again.
  for (int round = 0; round < 2000; ++round) {
    const int col = static_cast<int>(random() % 14);
    const bool masked = live.shown().derived().mask.at(0, col);
    if (!masked && live.shown().derived().masked_cells / 40 >= 6998) continue;
    ASSERT_TRUE(live.dispatch(ToggleColumn{col}).ok());
    ASSERT_TRUE(live.do_short_work());
  }
  const Derived& derived = live.shown().derived();
  expect_like_derived_anew(live.shown().state(), derived);
  for (int row = 0; row < 40; ++row) {
    double kept = 0;
    for (int col = 0; col < 7001; ++col) {
      if (derived.mask.at(0, col)) continue;
      kept += static_cast<double>(derived.baseline[static_cast<size_t>(row * 7001 + col)]);
    }
    EXPECT_NEAR(derived.levels->kept[static_cast<size_t>(row)], kept, 1e-11 * kept);
  }
}

TEST(ColumnToggle, OnlyWhereMaskedCellsVanish) {
  for (const char* link :
       {"rows=512&cols=520&fill=0", "rows=512&cols=520&fill=-5", "rows=512&cols=520&dim=0",
        "rows=512&cols=520&dtype=bfloat16", "rows=512&cols=520&temperature=0.01",
        "rows=512&cols=520&mask=padding:519", "rows=512&cols=520&mask=causal"}) {
    SCOPED_TRACE(link);
    LiveModel live;
    live.start(from_link(link));
    live.finish();
    // The last kept column of padding:519, else any.
    ASSERT_TRUE(live.dispatch(ToggleColumn{0}).ok());
    EXPECT_FALSE(live.do_short_work());
    live.finish();
    EXPECT_TRUE(same_bits(live.shown().derived().probabilities.all(),
                          derive(live.shown().state()).probabilities.all()));
  }
}

TEST(ColumnToggle, ManyCommandsAreOneChangeAndUndoIsOneToo) {
  LiveModel live;
  live.start(from_link("rows=512&cols=520&mask=random"));
  live.finish();
  const core::Mask before = live.shown().derived().mask;
  ASSERT_TRUE(live.dispatch(BeginGesture{}).ok());
  for (int col = 100; col < 140; ++col) {
    ASSERT_TRUE(live.dispatch(PaintColumn{col, true}).ok());
  }
  ASSERT_TRUE(live.dispatch(EndGesture{}).ok());
  ASSERT_TRUE(live.do_short_work());
  EXPECT_GT(live.last_toggle().columns.size(), 10u);
  EXPECT_EQ(live.last_toggle().to, live.shown().numbers_revision());
  ASSERT_TRUE(live.dispatch(Undo{}).ok());
  ASSERT_TRUE(live.do_short_work());
  EXPECT_EQ(live.shown().derived().mask, before);
  expect_like_derived_anew(live.shown().state(), live.shown().derived());
}

TEST(LazyRows, AreComputedWhenTheyAreRead) {
  LazyRows rows;
  rows.values().resize(12);
  int computed = 0;
  rows.make_stale(4, [&computed](int row, std::span<float> out) {
    ++computed;
    for (float& value : out) value = static_cast<float>(row);
  });
  EXPECT_EQ(rows[5], 1);
  EXPECT_EQ(rows.row(1, 4)[3], 1);
  EXPECT_EQ(computed, 1);
  const LazyRows copy = rows;
  EXPECT_EQ(computed, 3);
  EXPECT_FALSE(copy.has_stale_rows());
  EXPECT_EQ(copy.all()[11], 2);
}

}  // namespace
}  // namespace softmask::view
