#include "core/masked_softmax.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "core/generator.h"
#include "core/golden.h"
#include "core/low_precision.h"
#include "core/mask.h"
#include "special_floats.h"

namespace softmask::core {
namespace {

std::vector<float> random_scores(int rows, int cols, uint64_t seed) {
  Generator generator(seed);
  std::vector<float> scores(static_cast<size_t>(rows) * static_cast<size_t>(cols));
  generator.randn(scores);
  return scores;
}

// ---- Refusals -----------------------------------------------------------------------------------

// A call whose arguments a test spoils one at a time.
struct Call {
  std::vector<float> scores = {1, 2, 3, 4, 5, 6};
  int rows = 2;
  int cols = 3;
  std::vector<uint8_t> mask = {0, 1, 0};
  int mask_rows = 1;
  MaskedSoftmaxOptions options;
  std::vector<float> masked_scores = std::vector<float>(6, 77.0f);
  std::vector<float> probabilities = std::vector<float>(6, 77.0f);

  Status run() {
    return masked_softmax(scores, rows, cols, mask.data(), mask_rows, options, masked_scores,
                          probabilities);
  }
};

void expect_refusal(Call call, const std::string& said) {
  const std::vector<float> before = call.masked_scores;
  const Status status = call.run();
  EXPECT_EQ(status.kind, ErrorKind::kRange);
  EXPECT_NE(status.message.find(said), std::string::npos) << status.message;
  EXPECT_EQ(call.masked_scores, before) << "a refused call writes nothing";
  EXPECT_EQ(call.probabilities, std::vector<float>(call.probabilities.size(), 77.0f));
}

template <class Spoil>
void expect_refused(Spoil spoil, const std::string& said) {
  Call call;
  spoil(call);
  expect_refusal(call, said);
}

TEST(MaskedSoftmax, RefusesWrongShapes) {
  expect_refused([](Call& call) { call.rows = 0; }, "rows must be 1");
  expect_refused([](Call& call) { call.rows = 4097; }, "rows must be 1");
  expect_refused([](Call& call) { call.cols = -1; }, "cols must be 1");
  expect_refused([](Call& call) { call.cols = 65537; }, "cols must be 1");
  expect_refused([](Call& call) { call.rows = 4096, call.cols = 65536; }, "rows * cols");
  expect_refused([](Call& call) { call.scores.pop_back(); }, "scores must have");
  expect_refused([](Call& call) { call.masked_scores.push_back(77); }, "the results must");
  expect_refused([](Call& call) { call.probabilities.pop_back(); }, "the results must");
  expect_refused([](Call& call) { call.mask_rows = 3; }, "mask must have");
  expect_refused([](Call& call) { call.mask_rows = -1; }, "mask must have");
}

TEST(MaskedSoftmax, RefusesWrongOptions) {
  expect_refused([](Call& call) { call.options.dim = 1; }, "dim must be");
  expect_refused([](Call& call) { call.options.dim = -2; }, "dim must be");
  for (const double wrong : {0.0, -1.0, std::nan(""), HUGE_VAL}) {
    expect_refused([=](Call& call) { call.options.temperature = wrong; }, "temperature must be");
  }
}

TEST(MaskedSoftmax, RefusesFillsBeyondTheTypeInPyTorchsWords) {
  const auto with = [](Dtype dtype, double fill) {
    return [=](Call& call) {
      call.options.dtype = dtype;
      call.options.fill = fill;
    };
  };
  const std::string half = "value cannot be converted to type c10::Half without overflow";
  expect_refused(with(Dtype::kFloat16, -1e9), half);
  expect_refused(with(Dtype::kFloat16, 65504.1), half);
  expect_refused(with(Dtype::kBFloat16, finfo_min(Dtype::kFloat32)),
                 "value cannot be converted to type c10::BFloat16 without overflow");
  expect_refused(with(Dtype::kFloat32, -3.5e38),
                 "value cannot be converted to type float without overflow");
}

TEST(MaskedSoftmax, TakesFillsThatFit) {
  for (const Dtype dtype : {Dtype::kFloat32, Dtype::kFloat16, Dtype::kBFloat16}) {
    for (const double fill : {finfo_min(dtype), -finfo_min(dtype), -HUGE_VAL, HUGE_VAL,
                              std::nan(""), 0.0, 1e-300, -1e4}) {
      Call call;
      call.options.dtype = dtype;
      call.options.fill = fill;
      EXPECT_TRUE(call.run().ok()) << fill;
      const float stored = call.masked_scores[1];
      EXPECT_TRUE(same_bits(std::span(&stored, 1),
                            std::vector<float>{round_to(dtype, static_cast<float>(fill))}));
    }
  }
  Call call;  // nothing is filled, so the fill does not matter
  call.options.dtype = Dtype::kFloat16;
  call.mask_rows = 0;
  EXPECT_TRUE(call.run().ok());
}

TEST(MaskedSoftmax, KnowsTheLowestFiniteValues) {
  EXPECT_EQ(finfo_min(Dtype::kFloat32), -3.4028234663852886e38);
  EXPECT_EQ(finfo_min(Dtype::kFloat16), -65504.0);
  EXPECT_EQ(finfo_min(Dtype::kBFloat16), -3.3895313892515355e38);
}

// ---- Meaning ------------------------------------------------------------------------------------

TEST(MaskedSoftmax, MasksOfAllShapesMeanTheSame) {
  const std::vector<float> scores = random_scores(3, 4, 1);
  const std::vector<uint8_t> row = {0, 1, 0, 1};
  std::vector<uint8_t> full;
  for (int i = 0; i < 3; ++i) full.insert(full.end(), row.begin(), row.end());
  for (const int dim : {-1, 0}) {
    MaskedSoftmaxOptions options;
    options.dim = dim;
    const Softmaxed broadcast = softmaxed(scores, 3, 4, row, options);
    const Softmaxed written_out = softmaxed(scores, 3, 4, full, options);
    EXPECT_TRUE(same_bits(broadcast.probabilities, written_out.probabilities));
    EXPECT_TRUE(same_bits(broadcast.masked_scores, written_out.masked_scores));
  }
}

TEST(MaskedSoftmax, AnyByteButZeroMasks) {
  const std::vector<float> scores = random_scores(2, 3, 1);
  EXPECT_TRUE(
      same_bits(softmaxed(scores, 2, 3, std::vector<uint8_t>{0, 1, 1}, {}).probabilities,
                softmaxed(scores, 2, 3, std::vector<uint8_t>{0, 255, 2}, {}).probabilities));
}

TEST(MaskedSoftmax, ScoresAreRoundedToTheType) {
  const std::vector<float> scores = random_scores(2, 9, 3);
  MaskedSoftmaxOptions options;
  options.dtype = Dtype::kBFloat16;
  const Softmaxed result = softmaxed(scores, 2, 9, {}, options);
  for (size_t i = 0; i < scores.size(); ++i) {
    EXPECT_EQ(result.masked_scores[i], round_to(Dtype::kBFloat16, scores[i]));
    EXPECT_EQ(result.probabilities[i], round_to(Dtype::kBFloat16, result.probabilities[i]));
  }
}

TEST(MaskedSoftmax, MaskedScoresAreTheFilledTensorInEveryOrder) {
  const std::vector<float> scores = random_scores(4, 5, 9);
  const std::vector<uint8_t> mask = {0, 1, 1, 0, 1};
  const std::vector<float> expected = softmaxed(scores, 4, 5, mask, {}).masked_scores;
  for (const Order order : {Order::kZero, Order::kRenorm}) {
    MaskedSoftmaxOptions options;
    options.order = order;
    options.temperature = 3;
    EXPECT_TRUE(same_bits(softmaxed(scores, 4, 5, mask, options).masked_scores, expected));
  }
}

TEST(MaskedSoftmax, OrdersDifferAsTheyShould) {
  const std::vector<float> scores = random_scores(4, 5, 9);
  const std::vector<uint8_t> mask = {0, 1, 1, 0, 1};
  MaskedSoftmaxOptions options;
  const std::vector<float> plain = softmaxed(scores, 4, 5, {}, options).probabilities;
  options.fill = -HUGE_VAL;
  const std::vector<float> filled = softmaxed(scores, 4, 5, mask, options).probabilities;
  options.order = Order::kZero;
  const std::vector<float> zeroed = softmaxed(scores, 4, 5, mask, options).probabilities;
  options.order = Order::kRenorm;
  const std::vector<float> again = softmaxed(scores, 4, 5, mask, options).probabilities;
  for (size_t i = 0; i < plain.size(); ++i) {
    EXPECT_EQ(zeroed[i], mask[i % 5] != 0 ? 0.0f : plain[i]);
    EXPECT_NEAR(again[i], filled[i], 1e-6f) << "dividing gives the masked softmax back";
  }
}

TEST(MaskedSoftmax, AllMaskedIsUniformNaNOrNothing) {
  const std::vector<float> scores = random_scores(1, 4, 2);
  const std::vector<uint8_t> mask(4, 1);
  MaskedSoftmaxOptions options;
  EXPECT_EQ(softmaxed(scores, 1, 4, mask, options).probabilities, std::vector<float>(4, 0.25f));
  options.fill = -HUGE_VAL;
  EXPECT_TRUE(std::isnan(softmaxed(scores, 1, 4, mask, options).probabilities[0]));
  options.order = Order::kZero;
  EXPECT_EQ(softmaxed(scores, 1, 4, mask, options).probabilities, std::vector<float>(4, 0.0f));
  options.order = Order::kRenorm;
  EXPECT_TRUE(std::isnan(softmaxed(scores, 1, 4, mask, options).probabilities[0])) << "0 / 0";
}

TEST(MaskedSoftmax, ATemperatureOf1DividesNothing) {
  const std::vector<float> scores = random_scores(3, 7, 5);
  MaskedSoftmaxOptions options;
  const std::vector<float> plain = softmaxed(scores, 3, 7, {}, options).probabilities;
  options.temperature = std::nextafter(1.0, 2.0);  // 1 in float32
  EXPECT_TRUE(same_bits(softmaxed(scores, 3, 7, {}, options).probabilities, plain));
}

TEST(MaskedSoftmax, DimensionZeroIsTheTransposedSoftmaxUpToRounding) {
  const std::vector<float> scores = random_scores(6, 5, 8);
  std::vector<float> turned(scores.size());
  for (size_t i = 0; i < scores.size(); ++i) turned[i % 5 * 6 + i / 5] = scores[i];
  MaskedSoftmaxOptions options;
  const std::vector<float> rows = softmaxed(turned, 5, 6, {}, options).probabilities;
  options.dim = 0;
  const std::vector<float> columns = softmaxed(scores, 6, 5, {}, options).probabilities;
  for (size_t i = 0; i < scores.size(); ++i) EXPECT_NEAR(columns[i], rows[i % 5 * 6 + i / 5], 1e-7);
}

// ---- Memory and method --------------------------------------------------------------------------

TEST(MaskedSoftmax, MayWriteTheMaskedScoresOverTheScores) {
  const std::vector<uint8_t> mask = {0, 1, 0, 0, 1};
  for (const Order order : {Order::kFill, Order::kZero, Order::kRenorm}) {
    for (const double temperature : {1.0, 0.5}) {
      for (const int dim : {-1, 0}) {
        MaskedSoftmaxOptions options;
        options.order = order;
        options.temperature = temperature;
        options.dim = dim;
        std::vector<float> scores = random_scores(4, 5, 6);
        const Softmaxed apart = softmaxed(scores, 4, 5, mask, options);
        std::vector<float> probabilities(20);
        EXPECT_TRUE(
            masked_softmax(scores, 4, 5, mask.data(), 1, options, scores, probabilities).ok());
        EXPECT_TRUE(same_bits(scores, apart.masked_scores));
        EXPECT_TRUE(same_bits(probabilities, apart.probabilities));
      }
    }
  }
}

TEST(MaskedSoftmax, AutoIsTorchUpTo65536ElementsThenFast) {
  const auto result = [](int rows, int cols, Method method) {
    MaskedSoftmaxOptions options;
    options.method = method;
    return softmaxed(random_scores(rows, cols, 7), rows, cols, {}, options).probabilities;
  };
  EXPECT_TRUE(same_bits(result(16, 4096, Method::kAuto), result(16, 4096, Method::kTorch)));
  EXPECT_TRUE(same_bits(result(16, 4097, Method::kAuto), result(16, 4097, Method::kFast)));
  EXPECT_FALSE(same_bits(result(16, 4097, Method::kAuto), result(16, 4097, Method::kTorch)));
}

TEST(MaskedSoftmax, NarrowTypesAreAlwaysTorchs) {
  MaskedSoftmaxOptions options;
  options.dtype = Dtype::kFloat16;
  const std::vector<float> scores = random_scores(3, 100, 7);
  options.method = Method::kFast;
  const std::vector<float> fast = softmaxed(scores, 3, 100, {}, options).probabilities;
  options.method = Method::kTorch;
  EXPECT_TRUE(same_bits(fast, softmaxed(scores, 3, 100, {}, options).probabilities));
}

TEST(MaskedSoftmax, NamesItsFastKernel) {
#ifdef __wasm__
  EXPECT_TRUE(fast_kernel_name() == "simd128" || fast_kernel_name() == "scalar");
#else
  EXPECT_EQ(fast_kernel_name(), "scalar");
#endif
}

// Rows of every special value, in every dtype, dim, order and method: no trap, and NaN exactly
// where it belongs.
TEST(MaskedSoftmax, SurvivesSpecialValuesEverywhere) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const std::vector<float> special = {0.0f,   -0.0f,   1.0f,     -1e9f,   kInf,  -kInf,
                                      1e-45f, 3.4e38f, -3.4e38f, -104.0f, 88.8f, std::nanf("")};
  for (int round = 0; round < 2000; ++round) {
    const auto cols = static_cast<int>(1 + random() % 20);
    std::vector<float> scores(static_cast<size_t>(cols));
    for (float& x : scores) x = special[random() % special.size()];
    MaskedSoftmaxOptions options;
    options.dtype = static_cast<Dtype>(random() % 3);
    options.method = static_cast<Method>(random() % 3);
    options.cpu = static_cast<Cpu>(random() % 2);
    const Softmaxed result = softmaxed(scores, 1, cols, {}, options);
    const std::vector<float>& x = result.masked_scores;
    const bool has_nan = std::any_of(x.begin(), x.end(), [](float v) { return std::isnan(v); });
    const float max = *std::max_element(x.begin(), x.end());
    const bool expect_nan = has_nan || std::isinf(max);
    for (const float p : result.probabilities) {
      ASSERT_EQ(std::isnan(p), expect_nan) << ::testing::PrintToString(x);
      ASSERT_TRUE(expect_nan || (p >= 0 && p <= 1)) << p;
    }
  }
}

}  // namespace
}  // namespace softmask::core
