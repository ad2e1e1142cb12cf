#include "view/flow_scene.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>
#include <span>
#include <vector>

#include "core/mass_flow.h"
#include "view/derive.h"
#include "view/mass_motion.h"
#include "view/model.h"

namespace softmask::view {
namespace {

using Kind = FlowRibbon::Kind;

FlowScene scene_of(const State& state, const Derived& d, int row, float x = 100,
                   float width = 500) {
  const auto cols = static_cast<size_t>(state.cols);
  const size_t start = static_cast<size_t>(row) * cols;
  return flow_scene(std::span(d.baseline).subspan(start, cols),
                    std::span(d.probabilities.all()).subspan(start, cols),
                    std::span(d.mask_bits).subspan(start, cols), state.dtype, x, width, 1);
}

std::vector<uint8_t> bits(std::initializer_list<int> values) {
  std::vector<uint8_t> out;
  for (const int v : values) out.push_back(static_cast<uint8_t>(v));
  return out;
}

double sum(const FlowScene& scene, Kind kind) {
  double total = 0;
  for (const FlowRibbon& r : scene.ribbons) total += r.kind == kind ? r.mass : 0;
  return total;
}

TEST(FlowScene, OfTheArticlesFirstRow) {
  const State state;
  const Derived d = derive(state);
  const FlowScene scene = scene_of(state, d, 0);
  ASSERT_FALSE(scene.nan);
  EXPECT_NEAR(sum(scene, Kind::kMoved), d.mass[0].moved, 1e-6);
  EXPECT_EQ(sum(scene, Kind::kLost), 0);
  EXPECT_EQ(sum(scene, Kind::kLeaked), 0);
  std::map<int, double> into;
  int bands = 0;
  for (const FlowRibbon& r : scene.ribbons) {
    if (r.kind != Kind::kMoved) continue;
    ++bands;
    into[r.to] += r.mass;
  }
  EXPECT_EQ(bands, 6);  // columns 1, 2, 4 to columns 0, 3
  EXPECT_NEAR(into[3], 0.661, 0.0005);
  EXPECT_NEAR(into[0], 0.198, 0.0005);
}

// Where a column of the article's matrix is on a bar from 100 to 600.
struct Segment {
  float x0, x1;
};

Segment segment_of(std::span<const float> values, int row, int col) {
  const auto first = values.begin() + row * 5;
  const float before = std::accumulate(first, first + col, 0.0f);
  return {100 + 500 * before, 100 + 500 * (before + first[col])};
}

TEST(FlowScene, WidthsAreMassAndBandsStayInsideTheirSegments) {
  State state;
  state.fill = *parse_fill("-1");  // leaks, so that every kind but lost is there
  const Derived d = derive(state);
  for (int row = 0; row < state.rows; ++row) {
    const FlowScene scene = scene_of(state, d, row);
    std::vector<double> top(5), bottom(5);
    for (const FlowRibbon& r : scene.ribbons) {
      EXPECT_NEAR(r.top_x1 - r.top_x0, 500 * r.mass, 1e-3);
      EXPECT_NEAR(r.bottom_x1 - r.bottom_x0, 500 * r.mass, 1e-3);
      const Segment from = segment_of(d.baseline, row, r.from);
      const Segment to = segment_of(d.probabilities.all(), row, r.to);
      EXPECT_GE(r.top_x0, from.x0 - 0.01f);
      EXPECT_LE(r.top_x1, from.x1 + 0.01f);
      EXPECT_GE(r.bottom_x0, to.x0 - 0.01f);
      EXPECT_LE(r.bottom_x1, to.x1 + 0.01f);
      top[static_cast<size_t>(r.from)] += r.mass;
      bottom[static_cast<size_t>(r.to)] += r.mass;
    }
    for (size_t col = 0; col < 5; ++col) {
      EXPECT_NEAR(top[col], d.baseline[static_cast<size_t>(row) * 5 + col], 1e-6);
      EXPECT_NEAR(bottom[col], d.probabilities[static_cast<size_t>(row) * 5 + col], 1e-6);
    }
  }
}

TEST(FlowScene, BandsOfOneSegmentDoNotOverlap) {
  const State state;
  const FlowScene scene = scene_of(state, derive(state), 0);
  for (const FlowRibbon& a : scene.ribbons) {
    for (const FlowRibbon& b : scene.ribbons) {
      if (&a == &b) continue;
      EXPECT_FALSE(a.top_x0 < b.top_x1 - 0.01f && b.top_x0 < a.top_x1 - 0.01f);
      EXPECT_FALSE(a.bottom_x0 < b.bottom_x1 - 0.01f && b.bottom_x0 < a.bottom_x1 - 0.01f);
    }
  }
}

TEST(FlowScene, LeakedMassIsItsOwnKind) {
  State state;
  state.fill = *parse_fill("1e-9");
  const Derived d = derive(state);
  const FlowScene scene = scene_of(state, d, 0);
  EXPECT_GT(sum(scene, Kind::kLeaked), 0.3);
  EXPECT_NEAR(sum(scene, Kind::kLeaked) + sum(scene, Kind::kMoved) + sum(scene, Kind::kStayed), 1.0,
              1e-6);
}

TEST(FlowScene, LostMassGoesNowhere) {
  State state;
  state.order = core::Order::kZero;
  const Derived d = derive(state);
  const FlowScene scene = scene_of(state, d, 0);
  EXPECT_NEAR(sum(scene, Kind::kLost), d.mass[0].lost, 1e-6);
  EXPECT_NEAR(scene.lost, d.mass[0].lost, 1e-6);
  EXPECT_EQ(sum(scene, Kind::kMoved), 0);
}

// Fill 3 lies above most scores: kept columns give to masked ones.
TEST(FlowScene, AFillAboveTheScoresAttracts) {
  State state;
  state.fill = *parse_fill("3");
  const FlowScene scene = scene_of(state, derive(state), 0);
  EXPECT_GT(sum(scene, Kind::kAttracted), 0.05);
}

TEST(FlowScene, NothingFlowsInANaNRow) {
  State state;
  state.fill = *parse_fill("-inf");
  state.mask.kind = MaskSpec::Kind::kPadding;
  state.mask.k = 5;
  const FlowScene scene = scene_of(state, derive(state), 0);
  EXPECT_TRUE(scene.nan);
  EXPECT_TRUE(scene.ribbons.empty());
}

TEST(FlowScene, AFloat16RowLosesNothingByRounding) {
  State state;
  state.dtype = core::Dtype::kFloat16;
  state.fill = *parse_fill("-inf");
  state.cols = 60;
  const Derived d = derive(state);
  for (int row = 0; row < state.rows; ++row) EXPECT_EQ(scene_of(state, d, row).lost, 0);
}

// Whatever changes into whatever, and wherever a motion is interrupted: what is drawn is a flow
// between two distributions of the same total.
TEST(FlowScene, EveryFrameOfAMotionConservesMass) {
  const char* const patches[] = {"fill=1e-9", "fill=-inf", "order=zero", "order=renorm",
                                 "seed=7",    "mask=none", "mask=10010", "order=fill"};
  Model model;
  MassMotion before, after;
  double now = 0;
  const auto retarget = [&] {
    before.retarget(model.derived().baseline, 4, 5, now);
    after.retarget(model.derived().probabilities.all(), 4, 5, now);
  };
  retarget();
  std::vector<float> p, q;
  for (int round = 0; round < 200; ++round) {
    ASSERT_TRUE(model.dispatch(SetFields{patches[round % 8]}).ok());
    retarget();
    // Odd rounds are interrupted half way.
    for (int frame = 0; frame < (round % 2 == 0 ? 5 : 2); ++frame) {
      now += 100;
      before.sample(now, p);
      after.sample(now, q);
      for (size_t row = 0; row < 4; ++row) {
        const auto line = [&](const std::vector<float>& m) {
          return std::span(m).subspan(row * 5, 5);
        };
        const auto mask = std::span(model.derived().mask_bits).subspan(row * 5, 5);
        const FlowScene scene =
            flow_scene(line(p), line(q), mask, core::Dtype::kFloat32, 0, 500, 1);
        ASSERT_FALSE(scene.nan);
        double total = 0, out = 0, into = 0;
        for (const FlowRibbon& r : scene.ribbons) {
          total += r.mass;
          out += r.top_x1 - r.top_x0;
          if (r.to != kNowhere) into += r.bottom_x1 - r.bottom_x0;
        }
        double q_sum = 0;
        for (const float v : line(q)) q_sum += static_cast<double>(v);
        ASSERT_NEAR(total, 1, 2e-6) << "all of the row is drawn, stayed, moved or lost";
        ASSERT_NEAR(out, 500, 1e-2);
        ASSERT_NEAR(into, 500 * q_sum, 1e-2);
        ASSERT_NEAR(scene.lost, 1 - q_sum, 2e-6);
      }
    }
  }
}

// A row of 65,536 columns is bands that can be drawn, and still all of its mass.
TEST(FlowScene, ManyColumnsTravelTogether) {
  State state;
  state.rows = 1;
  state.cols = 65536;
  const Derived d = derive(state);
  const FlowScene scene = scene_of(state, d, 0);
  int bands = 0, staying = 0, next = 0;
  for (const FlowRibbon& r : scene.ribbons) {
    EXPECT_GE(r.from_last, r.from);
    (r.kind == Kind::kMoved ? bands : staying) += 1;
    if (r.kind != Kind::kStayed) continue;
    EXPECT_GE(r.from, next) << "no column is in two of them";
    next = r.from_last + 1;
  }
  EXPECT_LE(bands, kMostFlowGroups * kMostFlowGroups);
  EXPECT_LE(staying, 4 * 500) << "500 pixels";
  EXPECT_NEAR(sum(scene, Kind::kMoved), d.mass[0].moved, 1e-6);
  double all = 0;
  for (const FlowRibbon& r : scene.ribbons) all += r.mass;
  EXPECT_NEAR(all, 1, 1e-6);
}

// Kept and masked columns alternate, and all of them keep mass: neither kind hinders the other.
TEST(FlowScene, WhatStaysAndWhatLeaksAreFewBandsBesideEachOther) {
  State state;
  state.rows = 1;
  state.cols = 65536;
  state.fill = *parse_fill("1e-9");
  const Derived d = derive(state);
  const FlowScene scene = scene_of(state, d, 0);
  int bands = 0;
  double left = 0;
  for (const FlowRibbon& r : scene.ribbons) {
    if (r.kind != Kind::kStayed && r.kind != Kind::kLeaked) continue;
    ++bands;
    left += r.mass;
  }
  EXPECT_GT(sum(scene, Kind::kLeaked), 0.1);
  EXPECT_LE(bands, 8 * 500) << "two kinds on 500 pixels";
  EXPECT_NEAR(left + sum(scene, Kind::kMoved) + sum(scene, Kind::kAttracted), 1, 1e-6);
}

TEST(FlowScene, AnEmptyMaskMovesNothing) {
  const std::vector<float> row = {0.25f, 0.75f};
  const FlowScene scene = flow_scene(row, row, bits({0, 0}), core::Dtype::kFloat32, 0, 100, 1);
  ASSERT_EQ(scene.ribbons.size(), 2u);
  for (const FlowRibbon& r : scene.ribbons) {
    EXPECT_EQ(r.kind, Kind::kStayed);
    EXPECT_EQ(r.top_x0, r.bottom_x0);
  }
}

TEST(FlowPoint, RunsFromTheUpperEndToTheLower) {
  FlowRibbon ribbon;
  ribbon.top_x0 = 10;
  ribbon.top_x1 = 20;
  ribbon.bottom_x0 = 50;
  ribbon.bottom_x1 = 60;
  EXPECT_FLOAT_EQ(flow_point(ribbon, 0).x, 15);
  EXPECT_FLOAT_EQ(flow_point(ribbon, 0).y, 0);
  EXPECT_FLOAT_EQ(flow_point(ribbon, 1).x, 55);
  EXPECT_FLOAT_EQ(flow_point(ribbon, 1).y, 1);
  EXPECT_FLOAT_EQ(flow_point(ribbon, 0.5f).x, 35);
  EXPECT_FLOAT_EQ(flow_point(ribbon, 0.5f).y, 0.5f);
}

}  // namespace
}  // namespace softmask::view
