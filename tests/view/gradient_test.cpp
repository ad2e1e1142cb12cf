#include "view/gradient.h"

#include <gtest/gtest.h>

#include <cmath>

#include "view/derive.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

TEST(Upstream, OwnValuesStayInTheirRange) {
  Upstream upstream;
  EXPECT_EQ(upstream.own_at(3), 0);
  upstream.set_own(3, 100);
  EXPECT_EQ(upstream.own_at(3), Upstream::kMostOwn);
  upstream.set_own(0, -100);
  EXPECT_EQ(upstream.own_at(0), -Upstream::kMostOwn);
  EXPECT_EQ(upstream.own_at(1), 0);
  EXPECT_EQ(upstream.own_at(65535), 0);
}

// g arrives unchanged in every row, and what leaves is (g − Σ g·p)·p, 0 where the mask stands.
TEST(Gradient, OfTheReadersOwnUpstream) {
  const State state = decode_link("", nullptr);
  const Derived d = derive(state);
  Upstream upstream;
  upstream.kind = Upstream::Kind::kOwn;
  const int own[] = {2, -3, 0, 1, 5};
  for (int col = 0; col < d.cols; ++col) upstream.set_own(col, own[col]);
  const Gradient g = gradient_of(state, d, upstream);
  ASSERT_TRUE(g.error.empty());
  for (int row = 0; row < d.rows; ++row) {
    double dot = 0;
    for (int col = 0; col < d.cols; ++col) {
      const auto i = static_cast<size_t>(row * d.cols + col);
      EXPECT_EQ(g.upstream[i], static_cast<float>(own[col]));
      dot += static_cast<double>(own[col]) * d.probabilities[i];
    }
    for (int col = 0; col < d.cols; ++col) {
      const auto i = static_cast<size_t>(row * d.cols + col);
      if (d.mask.at(row, col)) {
        EXPECT_EQ(g.scores[i], 0.0f);
        EXPECT_FALSE(std::signbit(g.scores[i]));
      } else {
        EXPECT_NEAR(g.scores[i], (own[col] - dot) * d.probabilities[i], 1e-6);
      }
    }
  }
}

}  // namespace
}  // namespace softmask::view
