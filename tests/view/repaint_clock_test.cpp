#include "view/repaint_clock.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace softmask::view {
namespace {

// Draws at 60 frames a second from `now` until rest, and counts the frames.
int frames_until_rest(RepaintClock& clock, double now) {
  int frames = 0;
  for (; clock.wants_frame(now) && frames < 10000; ++frames, now += 1000.0 / 60) clock.drawn(now);
  return frames;
}

TEST(RepaintClock, StartsWithItsFirstFrames) {
  RepaintClock clock;
  EXPECT_EQ(frames_until_rest(clock, 0), RepaintClock::kSettleFrames);
  EXPECT_FALSE(clock.wants_frame(1e9));
  EXPECT_TRUE(clock.at_rest());
}

TEST(RepaintClock, WakingSettlesAgain) {
  RepaintClock clock;
  clock.rest();
  EXPECT_EQ(frames_until_rest(clock, 0), 0);
  clock.wake();
  clock.drawn(1);
  clock.wake();
  EXPECT_EQ(frames_until_rest(clock, 2), RepaintClock::kSettleFrames);
}

TEST(RepaintClock, AnimatesAndDrawsTheEnd) {
  RepaintClock clock;
  clock.rest();
  clock.animate_until(1400);
  double now = 1000;
  double last = 0;
  while (clock.wants_frame(now)) {
    clock.drawn(now);
    last = now;
    now += 16;
  }
  EXPECT_GE(last, 1400);
  EXPECT_LT(last, 1416);
}

TEST(RepaintClock, AnEarlierEndChangesNothing) {
  RepaintClock clock;
  clock.rest();
  clock.animate_until(400);
  clock.animate_until(100);
  clock.drawn(200);
  EXPECT_TRUE(clock.wants_frame(216));
  clock.animate_until(600);
  clock.drawn(500);
  EXPECT_TRUE(clock.wants_frame(516));
  clock.drawn(600);
  EXPECT_TRUE(clock.at_rest());
}

TEST(RepaintClock, AnOldEndIsForgotten) {
  RepaintClock clock;
  clock.rest();
  clock.animate_until(5000);
  clock.rest();
  clock.animate_until(400);
  clock.drawn(450);
  EXPECT_TRUE(clock.at_rest());
}

TEST(RepaintClock, SurvivesJumpingClocks) {
  for (const double jump : {1e12, -1e12, 1e6, -1e6, 1e300, -1e300}) {
    RepaintClock clock;
    clock.rest();
    clock.animate_until(1400);
    clock.drawn(1000);
    clock.drawn(1016);
    EXPECT_LE(frames_until_rest(clock, jump), 305) << jump;
  }
  RepaintClock clock;
  clock.rest();
  clock.animate_until(std::numeric_limits<double>::infinity());
  EXPECT_LE(frames_until_rest(clock, 0), 305);
  clock.animate_until(std::nan(""));
  EXPECT_TRUE(clock.at_rest());
  clock.animate_until(100);
  clock.drawn(std::nan(""));
  EXPECT_TRUE(clock.at_rest());
}

}  // namespace
}  // namespace softmask::view
