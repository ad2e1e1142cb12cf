// The kernels' masked rows: the contract holds for masked_fill(x, mask, fill), whatever the mask,
// the fill, and the values that the mask hides.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "core/kept_columns.h"
#include "core/softmax_contract.h"
#include "core/softmax_kernel.h"
#include "special_floats.h"

namespace softmask::core {
namespace {

using MaskBytes = std::vector<uint8_t>;

constexpr std::array<float, 11> kEveryFill = {-1e9f, -kInf, kInf,  1e-9f,    0.0f,   -1e4f,
                                              -5.0f, 4.0f,  -88.f, -103.97f, 3.4e38f};

MaskBytes random_mask(size_t n, double masked, std::mt19937& random) {
  MaskBytes mask(n);
  std::bernoulli_distribution is_masked(masked);
  // Any byte but 0 means masked.
  for (uint8_t& byte : mask)
    byte = is_masked(random) ? static_cast<uint8_t>(1 + random() % 255) : 0;
  return mask;
}

// Some rows of one mask, each against the contract, and in place.
void expect_masked(const std::vector<float>& x, const MaskBytes& mask, float fill, int rows) {
  const size_t cols = mask.size();
  for (const SoftmaxKernel* kernel : {&scalar_softmax_kernel(), simd128_softmax_kernel()}) {
    if (kernel == nullptr) continue;
    SCOPED_TRACE(kernel->name);
    std::vector<float> p(x.size(), -1.0f);
    kernel->masked_rows(x.data(), mask.data(), fill, rows, static_cast<int>(cols), p.data());
    for (size_t begin = 0; begin < x.size(); begin += cols) {
      std::vector<float> row(x.begin() + static_cast<ptrdiff_t>(begin),
                             x.begin() + static_cast<ptrdiff_t>(begin + cols));
      for (size_t i = 0; i < cols; ++i) row[i] = mask[i] != 0 ? fill : row[i];
      const std::vector<float> result(p.begin() + static_cast<ptrdiff_t>(begin),
                                      p.begin() + static_cast<ptrdiff_t>(begin + cols));
      ASSERT_NO_FATAL_FAILURE(expect_contract(row, result)) << "fill " << fill;
    }
    std::vector<float> in_place = x;
    kernel->masked_rows(in_place.data(), mask.data(), fill, rows, static_cast<int>(cols),
                        in_place.data());
    for (size_t i = 0; i < p.size(); ++i) {
      ASSERT_TRUE(in_place[i] == p[i] || (std::isnan(in_place[i]) && std::isnan(p[i]))) << i;
    }
  }
}

TEST(MaskedRows, EveryLengthAndDensity) {
  const uint64_t seed = fresh_seed();
  SCOPED_TRACE(seed);
  Rows rows(seed);
  std::mt19937 random(static_cast<uint32_t>(seed));
  for (int n = 1; n <= 67; ++n) {
    for (const double density : {0.0, 0.1, 0.5, 0.5, 0.9, 1.0}) {
      const MaskBytes mask = random_mask(static_cast<size_t>(n), density, random);
      for (const float fill : kEveryFill) {
        const float scale = std::array{0.01f, 1.0f, 5.0f, 40.0f}[random() % 4];
        ASSERT_NO_FATAL_FAILURE(expect_masked(rows.normal(3 * n, scale), mask, fill, 3));
      }
    }
  }
}

TEST(MaskedRows, LongRowsAndRuns) {
  const uint64_t seed = fresh_seed();
  SCOPED_TRACE(seed);
  Rows rows(seed);
  std::mt19937 random(static_cast<uint32_t>(seed));
  for (const int n : {1000, 4096, 30001, 65536}) {
    const auto size = static_cast<size_t>(n);
    MaskBytes padding(size, 0);
    std::fill(padding.begin() + n / 3, padding.end(), uint8_t{1});
    for (const MaskBytes& mask : {random_mask(size, 0.5, random), random_mask(size, 0.02, random),
                                  random_mask(size, 0.98, random), padding}) {
      for (const float fill : {-1e9f, -6.0f, 1e-9f}) {
        ASSERT_NO_FATAL_FAILURE(expect_masked(rows.normal(n, 3.0f), mask, fill, 1));
      }
    }
  }
}

// The masked elements never count, the kept ones always do: a special value at every place.
TEST(MaskedRows, SpecialValuesInEveryPlace) {
  Rows rows(5);
  std::mt19937 random(5);
  for (int n = 1; n <= 21; ++n) {
    for (int at = 0; at < n; ++at) {
      for (const float special : {kInf, -kInf, std::nanf(""), 3.4e38f, -3.4e38f, -104.0f, 50.0f}) {
        std::vector<float> x = rows.normal(2 * n, 1.0f);
        x[static_cast<size_t>(at)] = special;
        const MaskBytes mask = random_mask(static_cast<size_t>(n), 0.5, random);
        ASSERT_NO_FATAL_FAILURE(expect_masked(x, mask, -1e9f, 2));
        ASSERT_NO_FATAL_FAILURE(expect_masked(x, mask, std::nanf(""), 2));
        ASSERT_NO_FATAL_FAILURE(expect_masked(x, mask, -kInf, 2));
      }
    }
  }
}

// Every column is in exactly one place of the lists, and pairs complement each other.
TEST(KeptColumns, ListEveryColumnOnce) {
  std::mt19937 random(7);
  for (size_t cols = 1; cols <= 200; ++cols) {
    const MaskBytes mask = random_mask(cols, std::array{0.2, 0.5, 0.8}[cols % 3], random);
    std::vector<uint32_t> memory(KeptColumns::words(cols));
    const KeptColumns columns(mask.data(), cols, memory.data());
    MaskBytes kept(cols, 0);
    MaskBytes seen(cols, 0);
    const auto group = [&](uint32_t offset, uint32_t lanes) {
      for (uint32_t i = 0; i < 4; ++i) {
        ++seen[offset / 4 + i];
        if ((lanes >> i & 1) != 0) ++kept[offset / 4 + i];
      }
    };
    for (size_t i = 0; i < columns.pair_count(); ++i) {
      const KeptColumns::Pair& pair = columns.pairs()[i];
      group(pair.first, pair.lanes / 16);
      group(pair.second, 15 - pair.lanes / 16);
    }
    for (size_t i = 0; i < columns.whole_count(); ++i) group(columns.whole()[i], 15);
    for (size_t i = 0; i < columns.unpaired_count(); ++i) group(columns.unpaired()[i], 0);
    for (size_t col = cols / 4 * 4; col < cols; ++col) ++seen[col];
    for (size_t i = 0; i < columns.single_count(); ++i) ++kept[columns.single()[i] / 4];
    size_t count = 0;
    for (size_t col = 0; col < cols; ++col) {
      ASSERT_EQ(seen[col], 1) << col << " of " << cols;
      ASSERT_EQ(kept[col], mask[col] == 0 ? 1 : 0) << col << " of " << cols;
      count += kept[col];
    }
    EXPECT_EQ(columns.kept(), count);
  }
}

}  // namespace
}  // namespace softmask::core
