#include "core/softmax_backward.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/generator.h"
#include "core/golden.h"
#include "core/mask.h"

namespace softmask::core {
namespace {

struct Program {
  int rows = 0, cols = 0;
  std::vector<float> scores, upstream;
  std::vector<uint8_t> mask;
  MaskedSoftmaxOptions options;
};

struct Gradients {
  std::vector<float> input, scores;
  std::vector<double> dot;
};

Gradients backward(const Program& program) {
  Gradients out;
  out.input.resize(program.scores.size());
  out.scores.resize(program.scores.size());
  out.dot.resize(static_cast<size_t>(program.options.dim == 0 ? program.cols : program.rows));
  const Status status = masked_softmax_backward(
      program.scores, program.rows, program.cols, program.mask.data(),
      program.mask.empty() ? 0 : static_cast<int>(program.mask.size()) / program.cols,
      program.options, program.upstream, out.input, out.scores, out.dot);
  EXPECT_TRUE(status.ok()) << status.message;
  return out;
}

Program program_from(const Json& c, Cpu cpu) {
  Program program;
  program.rows = c["rows"];
  program.cols = c["cols"];
  Generator generator(seed_from(c["seed"]), cpu);
  program.scores.resize(static_cast<size_t>(program.rows * program.cols));
  program.upstream.resize(program.scores.size());
  generator.randn(program.scores);
  program.mask = mask_random(generator, program.cols).bits;
  if (c["all_masked"]) program.mask.assign(program.mask.size(), 1);
  generator.randn(program.upstream);
  MaskedSoftmaxOptions& options = program.options;
  options.fill = fill_from(c["fill"]);
  options.order = c["order"] == "fill"   ? Order::kFill
                  : c["order"] == "zero" ? Order::kZero
                                         : Order::kRenorm;
  options.dim = c["dim"];
  options.temperature = c["temperature"];
  options.cpu = cpu;
  options.method = Method::kTorch;
  if (c["loss"] == "cross_entropy") {
    const Softmaxed result =
        softmaxed(program.scores, program.rows, program.cols, program.mask, options);
    const int target = c["target"];
    for (size_t i = 0; i < program.upstream.size(); ++i) {
      const bool at_target = static_cast<int>(i % static_cast<size_t>(program.cols)) == target;
      program.upstream[i] = at_target ? -1.0f / result.probabilities[i] : 0.0f;
    }
  }
  return program;
}

class GradientGolden : public testing::TestWithParam<std::string> {};

TEST_P(GradientGolden, HasTheBitsOfPyTorch) {
  const Json document = golden_file("torch-1.13-gradients.json");
  ASSERT_FALSE(document.is_null());
  const Json& cases = document[GetParam()];
  ASSERT_GT(cases.size(), 200U);
  int failures = 0;
  for (const Json& c : cases) {
    const Gradients actual = backward(program_from(c, cpu_from(GetParam())));
    const std::string stored = c["gradient"];
    bool same = false;
    if (actual.scores.size() <= 80) {
      same = static_cast<bool>(same_bits(actual.scores, floats_from(c["gradient"])));
    } else {
      same = fnv1a_64(actual.scores) == std::stoull(stored, nullptr, 16);
    }
    if (!same && ++failures < 20) ADD_FAILURE() << c.dump().substr(0, 220);
  }
  EXPECT_EQ(failures, 0) << "of " << cases.size();
}

INSTANTIATE_TEST_SUITE_P(BothCpuPaths, GradientGolden, testing::Values("avx2", "default"),
                         [](const auto& tested) { return tested.param; });

Program article() {
  Program program;
  program.rows = 4;
  program.cols = 5;
  Generator generator(333512);
  program.scores.resize(20);
  generator.randn(program.scores);
  program.mask = mask_random(generator, 5).bits;
  program.upstream.assign(20, 0);
  for (size_t row = 0; row < 4; ++row) program.upstream[row * 5 + 3] = 1;
  return program;
}

TEST(SoftmaxBackward, MaskedCellsGetExactlyZero) {
  for (const double fill : {-1e9, double{-INFINITY}, 1e-9, 0.0}) {
    Program program = article();
    program.options.fill = fill;
    const Gradients g = backward(program);
    for (size_t i = 0; i < 20; ++i) {
      if (program.mask[i % 5] != 0) {
        EXPECT_EQ(g.scores[i], 0) << fill;
        EXPECT_FALSE(std::signbit(g.scores[i]));
      } else {
        EXPECT_EQ(g.scores[i], g.input[i]);
        EXPECT_NE(g.scores[i], 0);
      }
    }
  }
}

TEST(SoftmaxBackward, ANaNRowIsNaNButForItsMaskedCells) {
  Program program = article();
  program.mask.assign(20, 0);
  std::fill_n(program.mask.begin(), 5, uint8_t{1});
  program.options.fill = -INFINITY;
  const Gradients g = backward(program);
  for (size_t i = 0; i < 5; ++i) {
    EXPECT_TRUE(std::isnan(g.input[i]));
    EXPECT_EQ(g.scores[i], 0);
  }
  program.scores[7] = NAN;
  const Gradients with_nan = backward(program);
  for (size_t i = 5; i < 10; ++i) EXPECT_TRUE(std::isnan(with_nan.scores[i]));
}

// The gradient of a sum that is always 1.
TEST(SoftmaxBackward, OfTheRowSumIsNothing) {
  Program program = article();
  program.upstream.assign(20, 1);
  for (const float v : backward(program).scores) EXPECT_NEAR(v, 0, 1e-7);
}

// Against differences of the forward pass in double steps of the float32 program.
TEST(SoftmaxBackward, AgreesWithDifferences) {
  for (const Order order : {Order::kFill, Order::kZero, Order::kRenorm}) {
    for (const int dim : {-1, 0}) {
      Program program = article();
      program.options.order = order;
      program.options.dim = dim;
      program.options.temperature = 2;
      Generator generator(7);
      generator.randn(program.upstream);
      const Gradients g = backward(program);
      const auto loss = [&](size_t cell, float step) {
        std::vector<float> moved = program.scores;
        moved[cell] += step;
        const Softmaxed result = softmaxed(moved, 4, 5, program.mask, program.options);
        double out = 0;
        for (size_t i = 0; i < 20; ++i) {
          if (std::isnan(result.probabilities[i])) continue;  // renorm of a fully masked column
          out += static_cast<double>(result.probabilities[i]) *
                 static_cast<double>(program.upstream[i]);
        }
        return out;
      };
      for (size_t cell = 0; cell < 20; ++cell) {
        const double slope = (loss(cell, 0.01f) - loss(cell, -0.01f)) / 0.02;
        EXPECT_NEAR(g.scores[cell], slope, 2e-4);
      }
    }
  }
}

TEST(SoftmaxBackward, RefusesWhatTheForwardPassRefuses) {
  Program program = article();
  std::vector<float> a(20, 7), b(20, 7);
  const auto status = [&](std::span<const float> upstream, MaskedSoftmaxOptions options) {
    return masked_softmax_backward(program.scores, 4, 5, program.mask.data(), 1, options, upstream,
                                   a, b, {});
  };
  EXPECT_FALSE(status(std::span(program.upstream).first(19), {}).ok());
  EXPECT_FALSE(status(program.upstream, {.temperature = 0}).ok());
  for (const Order order : {Order::kFill, Order::kZero}) {
    const Status overflow = status(program.upstream, {.dtype = Dtype::kFloat16, .order = order});
    EXPECT_NE(overflow.message.find("c10::Half"), std::string::npos);
  }
  EXPECT_EQ(a, std::vector<float>(20, 7));
  EXPECT_EQ(b, std::vector<float>(20, 7));
  EXPECT_TRUE(status(program.upstream, {}).ok());
}

}  // namespace
}  // namespace softmask::core
