#include "core/mt19937.h"

#include <gtest/gtest.h>

#include <random>

namespace softmask::core {
namespace {

// The standard library's engine is the same algorithm, written by other people.
TEST(Mt19937, GivesTheStandardSequence) {
  for (const uint32_t seed : {0u, 1u, 5489u, 333512u, 0x80000000u, 0xffffffffu}) {
    Mt19937 engine(seed);
    std::mt19937 standard(seed);
    for (int i = 0; i < 3000; ++i) ASSERT_EQ(engine.random(), standard()) << seed << " " << i;
  }
}

TEST(Mt19937, TakesTheHighWordFirst) {
  Mt19937 wide(42);
  Mt19937 narrow(42);
  for (int i = 0; i < 1000; ++i) {
    const uint64_t high = narrow.random();
    const uint64_t low = narrow.random();
    ASSERT_EQ(wide.random64(), (high << 32) | low);
  }
}

TEST(Mt19937, StartsAgainWhenSeeded) {
  Mt19937 engine(7);
  for (int i = 0; i < 700; ++i) engine.random();
  engine.seed(8);
  EXPECT_EQ(engine.random(), Mt19937(8).random());
}

}  // namespace
}  // namespace softmask::core
