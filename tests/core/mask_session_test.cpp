// A session after any history of changes against a softmax in float64 of the scores as they are
// now.
#include "core/mask_session.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <random>
#include <span>
#include <vector>

#include "core/softmax_contract.h"
#include "special_floats.h"

namespace softmask::core {
namespace {

// A session, and what it has been told.
struct ToldSession {
  ToldSession(const std::vector<float>& all, int row_count, int col_count)
      : scores(all),
        rows(static_cast<size_t>(row_count)),
        cols(static_cast<size_t>(col_count)),
        mask(cols, 0),
        session(MaskSession::create(row_count, col_count)) {
    // In blocks of three rows, the last one shorter.
    for (int first = 0; first < row_count; first += 3) {
      session->set_rows(first, std::min(3, row_count - first), all.data() + first * col_count);
    }
  }

  void set_column(size_t col, bool masked) {
    mask[col] = masked ? 1 : 0;
    session->set_column(static_cast<int>(col), masked);
  }
  void set_fill(double value) {
    fill = static_cast<float>(value);
    ASSERT_TRUE(session->set_fill(value).ok());
  }

  std::vector<float> filled_row(size_t row) const {
    const auto begin = scores.begin() + static_cast<ptrdiff_t>(row * cols);
    std::vector<float> x(begin, begin + static_cast<ptrdiff_t>(cols));
    for (size_t col = 0; col < cols; ++col) x[col] = mask[col] != 0 ? fill : x[col];
    return x;
  }

  void expect_right() const {
    std::vector<float> scales(rows);
    session->row_scale(scales.data());
    for (size_t row = 0; row < rows; ++row) {
      const std::span<const float> own = std::span(scores).subspan(row * cols, cols);
      ASSERT_EQ(row_scale_problem(own, filled_row(row), scales[row]), "") << "row " << row;
    }
  }

  void expect_probabilities(size_t first, size_t count) const {
    std::vector<float> p(count * cols);
    session->probabilities(static_cast<int>(first), static_cast<int>(count), p.data());
    for (size_t i = 0; i < count; ++i) {
      const auto begin = p.begin() + static_cast<ptrdiff_t>(i * cols);
      ASSERT_NO_FATAL_FAILURE(expect_contract(
          filled_row(first + i), std::vector<float>(begin, begin + static_cast<ptrdiff_t>(cols))))
          << "row " << first + i;
    }
  }
  void expect_all() const {
    ASSERT_NO_FATAL_FAILURE(expect_right());
    ASSERT_NO_FATAL_FAILURE(expect_probabilities(0, rows));
  }

  std::vector<float> scores;
  size_t rows;
  size_t cols;
  std::vector<uint8_t> mask;
  float fill = -1e9f;
  std::unique_ptr<MaskSession> session;
};

TEST(MaskSession, BeginsWithNothingMasked) {
  Rows source(1);
  for (const auto& [rows, cols] :
       std::vector<std::pair<int, int>>{{1, 1}, {4, 5}, {7, 33}, {17, 16}, {20, 130}}) {
    const ToldSession told(source.normal(rows * cols, 2.0f), rows, cols);
    ASSERT_NO_FATAL_FAILURE(told.expect_all());
  }
}

TEST(MaskSession, TenThousandTogglesLeaveNoTrace) {
  const uint64_t seed = fresh_seed();
  SCOPED_TRACE(seed);
  Rows source(seed);
  std::mt19937 random(static_cast<uint32_t>(seed));
  for (const float scale : {1.0f, 12.0f}) {
    const int rows = 9;
    const int cols = 61;
    ToldSession told(source.normal(rows * cols, scale), rows, cols);
    for (int i = 0; i < 10000; ++i) {
      const size_t col = random() % cols;
      told.set_column(col, told.mask[col] == 0);
      if (i % 97 == 0) {
        told.set_fill(std::array{-1e9, -kInf * 1.0, 0.0, 1e-9, -5.0}[random() % 5]);
      }
      if (i % 50 == 0) {
        ASSERT_NO_FATAL_FAILURE(told.expect_right()) << "change " << i;
      }
      if (i % 500 == 0) {
        ASSERT_NO_FATAL_FAILURE(told.expect_all()) << "change " << i;
      }
    }
    ASSERT_NO_FATAL_FAILURE(told.expect_all());

    // Exactly what a session has that never saw the changes.
    for (size_t col = 0; col < told.cols; ++col) told.set_column(col, false);
    const ToldSession fresh(told.scores, rows, cols);
    std::vector<float> after(rows), before(rows);
    told.session->row_scale(after.data());
    fresh.session->row_scale(before.data());
    EXPECT_EQ(after, before);
  }
}

// Scores far above the others leave and come back: sums in floating point would have lost the rest.
TEST(MaskSession, TheLargestLeavesAndReturns) {
  Rows source(3);
  const int rows = 6;
  const int cols = 40;
  for (const float above : {5.0f, 20.0f, 60.0f, 87.0f, 95.0f, 120.0f, 140.0f, 1e6f, 3e38f}) {
    std::vector<float> scores = source.normal(rows * cols, 1.0f);
    for (int row = 0; row < rows; ++row) {
      scores[static_cast<size_t>(row * cols + row)] += above;
      scores[static_cast<size_t>(row * cols + 17)] += above / 2;
    }
    ToldSession told(scores, rows, cols);
    for (int again = 0; again < 200; ++again) {
      for (const size_t col : {size_t{0}, size_t{1}, size_t{5}, size_t{17}}) {
        told.set_column(col, told.mask[col] == 0);
        if (again < 10) {
          ASSERT_NO_FATAL_FAILURE(told.expect_all()) << "above " << above;
        }
      }
    }
    ASSERT_NO_FATAL_FAILURE(told.expect_all()) << "above " << above;
  }
}

TEST(MaskSession, RowsThatBecomeEmptyComeBack) {
  Rows source(4);
  ToldSession told(source.normal(5 * 7, 1.0f), 5, 7);
  for (const double fill : {-1e9, static_cast<double>(-kInf), 0.0, 1e9, 3.4e38}) {
    told.set_fill(fill);
    for (const bool masked : {true, false}) {
      for (size_t col = 0; col < told.cols; ++col) {
        told.set_column(col, masked);
        ASSERT_NO_FATAL_FAILURE(told.expect_all()) << "fill " << fill << " column " << col;
      }
    }
  }
}

TEST(MaskSession, SpecialScoresAndFills) {
  Rows source(5);
  const float nan = std::nanf("");
  for (const float special : {nan, kInf, -kInf, 3.4e38f, -3.4e38f, 1e-45f}) {
    std::vector<float> scores = source.normal(4 * 9, 1.0f);
    scores[3] = special;
    scores[9 + 3] = scores[9 + 4] = special;
    std::fill(scores.begin() + 18, scores.begin() + 27, special);
    ToldSession told(scores, 4, 9);
    for (const double fill : {-1e9, static_cast<double>(-kInf), static_cast<double>(kInf),
                              std::nan(""), std::nan("0x80000000"), 2.0}) {
      told.set_fill(fill);
      for (size_t col = 0; col < told.cols; ++col) {
        told.set_column(col, true);
        ASSERT_NO_FATAL_FAILURE(told.expect_all()) << special << " fill " << fill << " " << col;
      }
      for (size_t col = told.cols; col-- > 0;) {
        told.set_column(col, false);
        ASSERT_NO_FATAL_FAILURE(told.expect_all()) << special << " fill " << fill << " " << col;
      }
    }
  }
}

// The bins have room for the longest row.
TEST(MaskSession, TheLongestRows) {
  Rows source(6);
  std::vector<float> scores = source.uniform(2 * 65536, -0.3f, 0.0f);
  ToldSession told(scores, 2, 65536);
  ASSERT_NO_FATAL_FAILURE(told.expect_all());
  for (size_t col = 0; col < told.cols; col += 3) told.set_column(col, true);
  ASSERT_NO_FATAL_FAILURE(told.expect_all());
}

TEST(MaskSession, SomeRows) {
  Rows source(7);
  ToldSession told(source.normal(40 * 21, 2.0f), 40, 21);
  for (const size_t col : {size_t{2}, size_t{3}, size_t{20}}) told.set_column(col, true);
  for (const auto& [first, count] :
       std::vector<std::pair<size_t, size_t>>{{0, 1}, {39, 1}, {5, 17}, {23, 17}, {40, 0}}) {
    ASSERT_NO_FATAL_FAILURE(told.expect_probabilities(first, count));
  }
}

TEST(MaskSession, SettingWhatIsSetChangesNothing) {
  Rows source(8);
  ToldSession told(source.normal(3 * 8, 1.0f), 3, 8);
  for (int i = 0; i < 3; ++i) told.set_column(5, true);
  ASSERT_NO_FATAL_FAILURE(told.expect_all());
  for (int i = 0; i < 3; ++i) told.set_column(5, false);
  ASSERT_NO_FATAL_FAILURE(told.expect_all());
}

TEST(MaskSession, RefusesAFillBeyondFloat32) {
  Rows source(9);
  ToldSession told(source.normal(6, 1.0f), 2, 3);
  const Status status = told.session->set_fill(1e39);
  EXPECT_EQ(status.kind, ErrorKind::kRange);
  EXPECT_EQ(status.message, "value cannot be converted to type float without overflow");
  told.set_column(1, true);
  ASSERT_NO_FATAL_FAILURE(told.expect_all());
}

}  // namespace
}  // namespace softmask::core
