// What the golden texts do not cover: summaries, integers, special values. The expected texts are
// PyTorch's.
#include "core/tensor_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "special_floats.h"

namespace softmask::core {
namespace {

std::string text(const std::vector<float>& data, int rows, int cols,
                 const TensorTextOptions& options = {}) {
  return tensor_text(data, rows, cols, options);
}

std::vector<float> counting(int count) {
  std::vector<float> data;
  for (int i = 0; i < count; ++i) data.push_back(static_cast<float>(i));
  return data;
}

TEST(TensorText, Integers) {
  EXPECT_EQ(text({1, -20, 3}, 1, 3), "tensor([[  1., -20.,   3.]])");
  EXPECT_EQ(text({0, 0}, 2, 1), "tensor([[0.],\n        [0.]])");
  EXPECT_EQ(text({0, -0.0f}, 1, 2), "tensor([[0., -0.]])");
  EXPECT_EQ(text({1, 2000}, 1, 2), "tensor([[1.0000e+00, 2.0000e+03]])");
}

TEST(TensorText, NanAndInfinityDoNotWiden) {
  EXPECT_EQ(text({1, kInf, -kInf, kNan}, 1, 4), "tensor([[1., inf, -inf, nan]])");
  EXPECT_EQ(text({0.5f, kInf, -kInf, kNan}, 1, 4), "tensor([[0.5000,    inf,   -inf,    nan]])");
  EXPECT_EQ(text({kNan, kNan}, 1, 2), "tensor([[nan, nan]])");
}

TEST(TensorText, ChoosesScientificNotation) {
  EXPECT_EQ(text({1.5f, 1501.5f}, 1, 2), "tensor([[1.5000e+00, 1.5015e+03]])");
  EXPECT_EQ(text({1.5f, 1500.0f}, 1, 2), "tensor([[   1.5000, 1500.0000]])");
  EXPECT_EQ(text({5e-5f, 6e-5f}, 1, 2), "tensor([[5.0000e-05, 6.0000e-05]])");
  EXPECT_EQ(text({2e8f, 2e8f}, 1, 2), "tensor([[2.0000e+08, 2.0000e+08]])");
}

TEST(TensorText, StylesDifferInTheWidthOnly) {
  TensorTextOptions options;
  options.sci_mode = false;
  options.precision = 3;
  const std::vector<float> data = {1.5f, -1e9f};
  EXPECT_EQ(text(data, 1, 2, options), "tensor([[          1.500, -1000000000.000]])");
  options.style = PrintStyle::k1_13;
  EXPECT_EQ(text(data, 1, 2, options), "tensor([[     1.500, -1000000000.000]])");
  options.sci_mode.reset();
  EXPECT_EQ(text(data, 1, 2, options), "tensor([[ 1.500e+00, -1.000e+09]])");
}

TEST(TensorText, BreaksLinesAt80Columns) {
  EXPECT_EQ(text(counting(30), 1, 30),
            "tensor([[ 0.,  1.,  2.,  3.,  4.,  5.,  6.,  7.,  8.,  9., 10., 11., 12., 13.,\n"
            "         14., 15., 16., 17., 18., 19., 20., 21., 22., 23., 24., 25., 26., 27.,\n"
            "         28., 29.]])");
}

TEST(TensorText, SummarisesMoreThan1000Elements) {
  EXPECT_EQ(text(counting(1001), 1, 1001),
            "tensor([[   0.,    1.,    2.,  ...,  998.,  999., 1000.]])");
  EXPECT_EQ(text(counting(1102), 1, 1102),
            "tensor([[0.0000e+00, 1.0000e+00, 2.0000e+00,  ..., 1.0990e+03, 1.1000e+03,\n"
            "         1.1010e+03]])");
  EXPECT_EQ(text(std::vector<float>(2000, 1), 1000, 2),
            "tensor([[1., 1.],\n        [1., 1.],\n        [1., 1.],\n        ...,\n"
            "        [1., 1.],\n        [1., 1.],\n        [1., 1.]])");
  EXPECT_EQ(text(std::vector<float>(1400, 1), 7, 200),
            "tensor([[1., 1., 1.,  ..., 1., 1., 1.],\n        [1., 1., 1.,  ..., 1., 1., 1.],\n"
            "        [1., 1., 1.,  ..., 1., 1., 1.],\n        ...,\n"
            "        [1., 1., 1.,  ..., 1., 1., 1.],\n        [1., 1., 1.,  ..., 1., 1., 1.],\n"
            "        [1., 1., 1.,  ..., 1., 1., 1.]])");
  EXPECT_EQ(text(counting(1000), 1, 1000).find("..."), std::string::npos);
}

TEST(TensorText, OnlyShownElementsEnterTheWidth) {
  std::vector<float> data(2000, 1);
  data[1000] = 1e9f;
  EXPECT_EQ(text(data, 1, 2000), "tensor([[1., 1., 1.,  ..., 1., 1., 1.]])");
}

TEST(TensorText, SmallDimensionsAreNotShortened) {
  EXPECT_EQ(text(std::vector<float>(1200, 1), 200, 6).substr(0, 43),
            "tensor([[1., 1., 1., 1., 1., 1.],\n        [");
}

TEST(TensorText, PrecisionIsClamped) {
  TensorTextOptions options;
  options.precision = -3;
  EXPECT_EQ(text({0.5f, 1.5f}, 1, 2, options), "tensor([[0, 2]])");
  options.precision = 1000;
  EXPECT_EQ(text({0.5f}, 1, 1, options).size(), std::string("tensor([[0.]])").size() + 100);
}

TEST(TensorText, Bool) {
  const std::vector<uint8_t> bits = {1, 0, 2};
  EXPECT_EQ(tensor_text(bits, 1, 3, {}), "tensor([[ True, False,  True]])");
  const std::vector<uint8_t> all_true(2, 1);
  EXPECT_EQ(tensor_text(all_true, 2, 1, {}), "tensor([[True],\n        [True]])");
}

}  // namespace
}  // namespace softmask::core
