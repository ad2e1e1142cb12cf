#include "core/column_sums.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <random>
#include <vector>

namespace softmask::core {
namespace {

// Every number of rows around what is taken at once, and widths around a vector's.
TEST(ColumnSums, AreThoseOfOneRowAfterTheOther) {
  std::mt19937 random(11);
  std::normal_distribution<float> normal;
  for (size_t rows = 0; rows < 11; ++rows) {
    for (const size_t cols : {1u, 3u, 4u, 17u, 64u}) {
      std::vector<float> values(rows * cols), scales(rows), sums(cols);
      for (std::vector<float>* all : {&values, &scales, &sums}) {
        for (float& value : *all) value = normal(random);
      }
      std::vector<float> expected = sums;
      for (size_t row = 0; row < rows; ++row) {
        for (size_t col = 0; col < cols; ++col) {
          const float product = values[row * cols + col] * scales[row];
          expected[col] = expected[col] + product;
        }
      }
      add_scaled_rows(values, scales, sums);
      EXPECT_EQ(sums, expected) << rows << " rows of " << cols;
    }
  }
}

}  // namespace
}  // namespace softmask::core
