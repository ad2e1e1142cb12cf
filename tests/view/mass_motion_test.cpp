#include "view/mass_motion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace softmask::view {
namespace {

using Floats = std::vector<float>;

Floats shown(const MassMotion& motion, double now) {
  Floats out;
  motion.sample(now, out);
  return out;
}

TEST(MassMotion, TheFirstTargetIsThereAtOnce) {
  MassMotion motion;
  EXPECT_TRUE(shown(motion, 0).empty());
  motion.retarget(Floats{0.25F, 0.75F}, 1, 2, 100);
  EXPECT_FALSE(motion.moving(100));
  EXPECT_EQ(motion.end_ms(), 0);
  EXPECT_EQ(shown(motion, 100), (Floats{0.25F, 0.75F}));
}

TEST(MassMotion, EasesAndEndsExactly) {
  MassMotion motion;
  motion.retarget(Floats{1, 0}, 1, 2, 0);
  motion.retarget(Floats{0.25F, 0.75F}, 1, 2, 1000);
  EXPECT_TRUE(motion.moving(1000));
  EXPECT_EQ(motion.end_ms(), 1400);
  EXPECT_EQ(shown(motion, 1000), (Floats{1, 0}));
  EXPECT_FLOAT_EQ(shown(motion, 1200)[1], 0.75F * 0.875F);  // 1 - (1/2)^3
  EXPECT_EQ(shown(motion, 1400), (Floats{0.25F, 0.75F}));
  EXPECT_FALSE(motion.moving(1400));
  EXPECT_EQ(shown(motion, 990), (Floats{1, 0}));  // an input a little after the frame's time
}

TEST(MassMotion, EveryFrameIsADistribution) {
  std::mt19937 random(2);
  std::uniform_real_distribution<float> uniform(0, 1);
  constexpr int kRows = 3;
  constexpr int kCols = 7;
  MassMotion motion;
  double now = 0;
  for (int step = 0; step < 50; ++step) {
    Floats target(kRows * kCols);
    for (int row = 0; row < kRows; ++row) {
      float sum = 0;
      for (int col = 0; col < kCols; ++col) {
        sum += target[static_cast<std::size_t>(row * kCols + col)] = uniform(random);
      }
      for (int col = 0; col < kCols; ++col) {
        target[static_cast<std::size_t>(row * kCols + col)] /= sum;
      }
    }
    const Floats before = shown(motion, now);
    motion.retarget(target, kRows, kCols, now);
    if (step > 0) {
      EXPECT_EQ(shown(motion, now), before) << "retargeting must not jump";
    }
    for (int frame = 0; frame < 10; ++frame, now += 16) {
      const Floats cells = shown(motion, now);
      for (int row = 0; row < kRows; ++row) {
        double sum = 0;
        for (int col = 0; col < kCols; ++col) {
          const float cell = cells[static_cast<std::size_t>(row * kCols + col)];
          EXPECT_GE(cell, 0);
          sum += static_cast<double>(cell);
        }
        EXPECT_NEAR(sum, 1, 1e-6);
      }
    }
  }
}

TEST(MassMotion, JumpsWhereThereIsNoWayBetween) {
  const Floats nan = {std::nanf(""), std::nanf("")};
  MassMotion motion;
  motion.retarget(Floats{1, 0}, 1, 2, 0);
  motion.retarget(nan, 1, 2, 10);
  EXPECT_FALSE(motion.moving(10));
  motion.retarget(Floats{1, 0}, 1, 2, 20);
  EXPECT_FALSE(motion.moving(20));
  motion.retarget(Floats{1, 0}, 2, 1, 30);
  EXPECT_FALSE(motion.moving(30));
  motion.retarget(Floats{}, 0, 0, 40);
  EXPECT_FALSE(motion.moving(40));
  EXPECT_TRUE(shown(motion, 40).empty());
}

TEST(MassMotion, TheSameTargetDoesNotMove) {
  MassMotion motion;
  motion.retarget(Floats{1, 0}, 1, 2, 0);
  motion.retarget(Floats{1, 0}, 1, 2, 10);
  EXPECT_FALSE(motion.moving(10));
}

TEST(MassMotion, ReducedMotion) {
  MassMotion motion;
  motion.retarget(Floats{1, 0}, 1, 2, 0);
  motion.retarget(Floats{0, 1}, 1, 2, 0);
  motion.set_reduced_motion(true);
  EXPECT_EQ(shown(motion, 1), (Floats{0, 1}));
  motion.retarget(Floats{1, 0}, 1, 2, 2);
  EXPECT_FALSE(motion.moving(2));
}

TEST(MassMotion, BadClocksEndIt) {
  MassMotion motion;
  motion.retarget(Floats{1, 0}, 1, 2, 1e6);
  motion.retarget(Floats{0, 1}, 1, 2, 1e6);
  EXPECT_FALSE(motion.moving(0));
  EXPECT_FALSE(motion.moving(std::nan("")));
  EXPECT_FALSE(motion.moving(std::numeric_limits<double>::infinity()));
  EXPECT_EQ(shown(motion, -1e300), (Floats{0, 1}));
}

}  // namespace
}  // namespace softmask::view
