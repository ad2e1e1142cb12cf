// What SIMD computes four or eight at a time has the bits of the functions for one number. Natively
// and in the scalar module the same code runs on both sides but for its loops.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "core/avx2_exp.h"
#include "core/avx2_math.h"
#include "core/bit_cast.h"
#include "core/normal_block.h"
#include "core/softmax_contract.h"
#include "core/torch_softmax.h"
#include "special_floats.h"

namespace softmask::core {
namespace {

void expect_same_exps(const std::vector<float>& x) {
  std::vector<float> actual = x;
  avx2::exp_in_place(actual.data(), actual.size());
  for (size_t i = 0; i < x.size(); ++i) {
    const float expected = avx2::exp(x[i]);
    if (std::isnan(expected)) {
      ASSERT_TRUE(std::isnan(actual[i])) << i;
    } else {
      ASSERT_EQ(bit_cast<uint32_t>(actual[i]), bit_cast<uint32_t>(expected))
          << "exp(" << x[i] << "), place " << i << " of " << x.size();
    }
  }
}

TEST(ExactSimd, ExponentialsOfEveryKindOfNumber) {
  const uint64_t seed = fresh_seed();
  SCOPED_TRACE(seed);
  std::mt19937 random(static_cast<uint32_t>(seed));
  const std::array<float, 12> special = {0.0f,   -0.0f,    -1e-45f, -1e-38f, -86.999f, -87.0f,
                                         -87.1f, -103.97f, -104.0f, -104.1f, -1e9f,    -kInf};
  for (size_t n = 1; n <= 300; ++n) {
    for (const double share : {0.0, 0.1, 0.9}) {
      std::vector<float> x(n);
      for (float& value : x) {
        // Any bits of a negative number up to 128, or one of the special ones.
        value = bit_cast<float>(0x80000000u | static_cast<uint32_t>(random() % 0x43000000u));
        if (std::generate_canonical<double, 32>(random) < share) value = special[random() % 12];
      }
      ASSERT_NO_FATAL_FAILURE(expect_same_exps(x));
      x[random() % n] = std::nanf("");
      ASSERT_NO_FATAL_FAILURE(expect_same_exps(x));
    }
  }
}

TEST(ExactSimd, ExponentialsOfManyNumbers) {
  Rows rows(fresh_seed());
  for (const float low : {-1e-3f, -0.5f, -3.0f, -20.0f, -110.0f}) {
    ASSERT_NO_FATAL_FAILURE(expect_same_exps(rows.uniform(400000, low, 0.0f)));
  }
}

// Numbers for which the scalar fused_multiply_add takes its slow way, mostly because a sum in
// double lies between two floats. There are 1,946 of them from -87 to -1e-6, found by trying all
// numbers.
TEST(ExactSimd, SumsBetweenTwoFloats) {
  std::vector<float> x;
  for (const uint32_t bits : {
           0xbdc80000u, 0xbe4ce665u, 0xbe983c00u, 0xbea4b000u, 0xbeb31514u, 0xbebfc26fu,
           0xbee2e430u, 0xbeeac030u, 0xbf4a7218u, 0xbfb171bfu, 0xbfb1726bu, 0xbfd78118u,
           0xc031719eu, 0xc03171cbu, 0xc0317277u, 0xc05dce88u, 0xc08515a7u, 0xc0b171a5u,
           0xc0b171d2u, 0xc0b1727eu, 0xc0ddce80u, 0xc0f3fcefu, 0xc11b43c6u, 0xc13171adu,
           0xc1317259u, 0xc1317286u, 0xc152b775u, 0xc168e5c4u, 0xc1851581u, 0xc19b43ddu,
           0xc1b171aau, 0xc1b171d7u, 0xc1b17283u, 0xc1c7a04fu, 0xc1ddce8bu, 0xc1f3fcd6u,
           0xc20515a3u, 0xc2187e0eu, 0xc22be68au, 0xc23171c0u, 0xc231726cu, 0xc23437dfu,
           0xc247a068u, 0xc25dce89u, 0xc26e714du, 0xc280ece6u, 0xc28aa110u, 0xc29b43c9u,
       }) {
    x.push_back(bit_cast<float>(bits));
  }
  // And many in a row, where what is left after the reduction is tiny.
  for (uint32_t bits = 0xbf317100u; bits < 0xbf317300u; ++bits) x.push_back(bit_cast<float>(bits));
  ASSERT_NO_FATAL_FAILURE(expect_same_exps(x));
  for (const float value : x) ASSERT_NO_FATAL_FAILURE(expect_same_exps({value}));
  for (const float value : x) {
    ASSERT_NO_FATAL_FAILURE(expect_same_exps(std::vector<float>(8, value)));
  }
}

// Every number that randn draws, both as the radius and as the angle.
TEST(ExactSimd, EveryPairOfNormalNumbersThatThereIs) {
  constexpr uint32_t kNumbers = 1u << 24;
  constexpr uint32_t kPairs = kNormalBlock / 2;
  for (uint32_t first = 0; first < kNumbers; first += kPairs) {
    std::array<float, kNormalBlock> block;
    for (uint32_t i = 0; i < kPairs; ++i) {
      block[i] = block[i + kPairs] = static_cast<float>(first + i) * 0x1p-24f;
    }
    const std::array<float, kNormalBlock> uniform = block;
    normal_block(Cpu::kAvx2, block);
    for (uint32_t i = 0; i < kPairs; ++i) {
      const float radius = std::sqrt(-2.0f * avx2::log(1.0f - uniform[i]));
      const avx2::SinCos angle = avx2::sincos(6.283185307179586f * uniform[i]);
      const float cosine = radius * angle.cos + 0.0f;
      const float sine = radius * angle.sin + 0.0f;
      if (bit_cast<uint32_t>(block[i]) != bit_cast<uint32_t>(cosine) ||
          bit_cast<uint32_t>(block[i + kPairs]) != bit_cast<uint32_t>(sine)) {
        FAIL() << "uniform " << uniform[i] << ": " << block[i] << " " << block[i + kPairs];
      }
    }
  }
}

// Rows of softmax against the same sum of the same exponentials, in the order of eight lanes.
TEST(ExactSimd, RowsOfSoftmax) {
  const uint64_t seed = fresh_seed();
  SCOPED_TRACE(seed);
  Rows rows(seed);
  std::mt19937 random(static_cast<uint32_t>(seed));
  for (int n = 8; n <= 400; n += 7) {
    std::vector<float> x = rows.normal(n, 4.0f);
    for (float& value : x) value = random() % 2 == 0 ? -1e9f : value;
    x[0] = 1.0f;
    std::vector<float> p(x.size());
    torch_softmax(x.data(), 1, n, -1, Dtype::kFloat32, Cpu::kAvx2, p.data());
    const float max = *std::max_element(x.begin(), x.end());
    std::array<float, 8> lanes{};
    for (size_t i = 0; i < x.size(); ++i) {
      lanes[i % 8] = i < 8 ? avx2::exp(x[i] - max) : lanes[i % 8] + avx2::exp(x[i] - max);
    }
    for (size_t half = 4; half > 0; half /= 2) {
      for (size_t i = 0; i < half; ++i) lanes[i] += lanes[i + half];
    }
    const float scale = 1.0f / lanes[0];
    for (size_t i = 0; i < x.size(); ++i) {
      ASSERT_EQ(bit_cast<uint32_t>(p[i]), bit_cast<uint32_t>(avx2::exp(x[i] - max) * scale)) << i;
    }
  }
}

}  // namespace
}  // namespace softmask::core
