// What the tests of the importers look at.
#ifndef SOFTMASK_TESTS_VIEW_IMPORT_IMPORTED_H_
#define SOFTMASK_TESTS_VIEW_IMPORT_IMPORTED_H_

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "view/import/imported_matrix.h"

namespace softmask::view {

// What most of the small files hold.
inline const std::vector<float> kSix = {1, 2, 3, 4, 5, 6};

inline std::vector<float> values_of(const ImportedMatrix& matrix) {
  const float* first = matrix.values.get();
  return {first, first + static_cast<long>(matrix.rows) * matrix.cols};
}

// Equal bit for bit but for NaN, which equals NaN.
inline void expect_matrix(const ImportResult& result, int rows, const std::vector<float>& wanted) {
  ASSERT_TRUE(result.ok()) << result.status.message;
  ASSERT_EQ(result.value.rows, rows);
  ASSERT_EQ(result.value.rows * result.value.cols, static_cast<int>(wanted.size()));
  const std::vector<float> got = values_of(result.value);
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (std::isnan(wanted[i])) {
      EXPECT_TRUE(std::isnan(got[i])) << i;
    } else {
      EXPECT_EQ(got[i], wanted[i]) << i;
      EXPECT_EQ(std::signbit(got[i]), std::signbit(wanted[i])) << i;
    }
  }
}

// Refused, with every piece in the message.
inline void expect_refused(const ImportResult& result, const std::vector<std::string>& pieces) {
  ASSERT_FALSE(result.ok());
  for (const std::string& piece : pieces) {
    EXPECT_NE(result.status.message.find(piece), std::string::npos)
        << "no \"" << piece << "\" in: " << result.status.message;
  }
}

}  // namespace softmask::view

#endif  // SOFTMASK_TESTS_VIEW_IMPORT_IMPORTED_H_
