// Everything in tests/golden, bit for bit.
#include "core/golden.h"

#include <gtest/gtest.h>

#include <sstream>

#include "core/generator.h"
#include "core/mask.h"
#include "core/tensor_text.h"

namespace softmask::core {
namespace {

std::string described(const Json& entry) {
  std::ostringstream text;
  for (const char* key : {"seed", "rows", "cols", "fill", "dtype", "order", "dim", "temperature"}) {
    if (entry.contains(key)) text << key << " " << entry[key] << " ";
  }
  return text.str();
}

// The tensors that a golden entry starts from.
struct Drawn {
  int rows;
  int cols;
  std::vector<float> scores;
  Mask mask;
};

Drawn draw(const Json& entry, Cpu cpu) {
  Drawn drawn{entry["rows"].get<int>(), entry["cols"].get<int>(), {}, {}};
  Generator generator(seed_from(entry["seed"]), cpu);
  drawn.scores.resize(static_cast<size_t>(drawn.rows) * static_cast<size_t>(drawn.cols));
  generator.randn(drawn.scores);
  drawn.mask = mask_random(generator, drawn.cols);
  return drawn;
}

Softmaxed softmaxed(const Drawn& drawn, const MaskedSoftmaxOptions& options) {
  return softmaxed(drawn.scores, drawn.rows, drawn.cols, drawn.mask.bits, options);
}

class GoldenTest : public ::testing::TestWithParam<const char*> {
 protected:
  Json file_ = golden_file(GetParam());
  Cpu cpu_ = cpu_from(file_["cpu"].get<std::string>());
};

TEST_P(GoldenTest, Cases) {
  ASSERT_EQ(file_["cases"].size(), 55u);
  for (const Json& entry : file_["cases"]) {
    SCOPED_TRACE(described(entry));
    const Drawn drawn = draw(entry, cpu_);
    EXPECT_TRUE(same_bits(drawn.scores, floats_from(entry["scores"])));
    EXPECT_EQ(drawn.mask.bits, bytes_from(entry["mask"]));

    MaskedSoftmaxOptions options;
    options.fill = fill_from(entry["fill"]);
    options.cpu = cpu_;
    const Softmaxed rows = softmaxed(drawn, options);
    EXPECT_TRUE(same_bits(rows.masked_scores, floats_from(entry["masked_scores"])));
    EXPECT_TRUE(same_bits(rows.probabilities, floats_from(entry["softmax"])));
    options.dim = 0;
    EXPECT_TRUE(
        same_bits(softmaxed(drawn, options).probabilities, floats_from(entry["softmax_dim0"])));
  }
}

// A call such as "randint(0,1000,6)".
struct Call {
  std::string name;
  std::vector<double> arguments;

  explicit Call(const std::string& text) {
    const size_t open = text.find('(');
    name = text.substr(0, open);
    std::istringstream list(text.substr(open + 1));
    double argument = 0;
    char comma = 0;
    while (list >> argument) {
      arguments.push_back(argument);
      list >> comma;
    }
  }
};

void expect_step(Generator& generator, const Json& step) {
  const Call call(step["op"].get<std::string>());
  SCOPED_TRACE(call.name);
  const auto n = static_cast<size_t>(call.arguments.back());
  if (step["dtype"] == "int64") {
    std::vector<int64_t> values(n);
    if (call.name == "randperm") {
      generator.randperm(values);
    } else {
      ASSERT_EQ(call.name, "randint");
      EXPECT_TRUE(generator
                      .randint(static_cast<int64_t>(call.arguments[0]),
                               static_cast<int64_t>(call.arguments[1]), values)
                      .ok());
    }
    EXPECT_EQ(values, integers_from(step["data"]));
    return;
  }
  std::vector<float> values(n);
  if (call.name == "rand") {
    generator.rand(values);
  } else if (call.name == "randn") {
    generator.randn(values);
  } else {
    ASSERT_EQ(call.name, "bernoulli");
    EXPECT_TRUE(generator.bernoulli(call.arguments[0], values).ok());
  }
  EXPECT_TRUE(same_bits(values, floats_from(step["data"])));
}

TEST_P(GoldenTest, Streams) {
  ASSERT_EQ(file_["streams"].size(), 6u);
  for (const Json& stream : file_["streams"]) {
    SCOPED_TRACE(described(stream));
    Generator generator(seed_from(stream["seed"]), cpu_);
    for (const Json& step : stream["steps"]) expect_step(generator, step);
  }
}

TEST_P(GoldenTest, LowPrecision) {
  ASSERT_EQ(file_["low_precision"].size(), 72u);
  for (const Json& entry : file_["low_precision"]) {
    SCOPED_TRACE(described(entry));
    Drawn drawn = draw(entry, cpu_);
    MaskedSoftmaxOptions options;
    options.fill = fill_from(entry["fill"]);
    options.dtype = dtype_from(entry["dtype"].get<std::string>());
    options.cpu = cpu_;
    const Softmaxed result = softmaxed(drawn, options);
    EXPECT_TRUE(same_bits(result.masked_scores, floats_from(entry["masked_scores"])));
    EXPECT_TRUE(same_bits(result.probabilities, floats_from(entry["softmax"])));
    drawn.mask = mask_none(drawn.cols);
    EXPECT_TRUE(
        same_bits(softmaxed(drawn, options).masked_scores, floats_from(entry["scores_rounded"])));
  }
}

TEST_P(GoldenTest, SpecialRows) {
  ASSERT_EQ(file_["special_rows"].size(), 14u);
  for (const Json& entry : file_["special_rows"]) {
    const std::vector<float> scores = floats_from(entry["scores"]);
    SCOPED_TRACE(::testing::PrintToString(scores));
    MaskedSoftmaxOptions options;
    options.cpu = cpu_;
    const int cols = entry["cols"].get<int>();
    EXPECT_TRUE(same_bits(softmaxed(scores, 1, cols, {}, options).probabilities,
                          floats_from(entry["softmax"])));
  }
}

INSTANTIATE_TEST_SUITE_P(Torch214, GoldenTest,
                         ::testing::Values("torch-avx2.json", "torch-default.json"),
                         [](const auto& test) { return test.index == 0 ? "avx2" : "default"; });

// ---- Printing -----------------------------------------------------------------------------------

void expect_texts(const std::string& file_name, PrintStyle style) {
  const Json file = golden_file(file_name);
  const Cpu cpu = cpu_from(file.value("cpu", "avx2"));
  ASSERT_EQ(file["texts"].size(), 64u);
  for (const Json& entry : file["texts"]) {
    SCOPED_TRACE(described(entry));
    const Drawn drawn = draw(entry, cpu);
    MaskedSoftmaxOptions options;
    options.fill = fill_from(entry["fill"]);
    options.cpu = cpu;
    const Softmaxed result = softmaxed(drawn, options);
    for (const char* key : {"precision3_no_sci", "default"}) {
      TensorTextOptions print;
      print.style = style;
      if (std::string(key) != "default") {
        print.precision = 3;
        print.sci_mode = false;
      }
      const auto text = [&](const std::vector<float>& data) {
        return tensor_text(data, drawn.rows, drawn.cols, print);
      };
      EXPECT_EQ(text(drawn.scores), entry[key][0]);
      EXPECT_EQ(tensor_text(drawn.mask.bits, 1, drawn.cols, print), entry[key][1]);
      EXPECT_EQ(text(result.masked_scores), entry[key][2]);
      EXPECT_EQ(text(result.probabilities), entry[key][3]);
    }
  }
}

TEST(GoldenTexts, Torch214) {
  expect_texts("torch-avx2.json", PrintStyle::k2_10);
  expect_texts("torch-default.json", PrintStyle::k2_10);
}

TEST(GoldenTexts, Torch113) { expect_texts("torch-1.13-texts.json", PrintStyle::k1_13); }

// ---- Orders, dims, temperatures -----------------------------------------------------------------

Order order_from(const std::string& name) {
  if (name == "zero") return Order::kZero;
  return name == "renorm" ? Order::kRenorm : Order::kFill;
}

void expect_order_case(const Json& entry, Cpu cpu) {
  const Drawn drawn = draw(entry, cpu);
  MaskedSoftmaxOptions options;
  options.fill = fill_from(entry["fill"]);
  options.dtype = dtype_from(entry["dtype"].get<std::string>());
  options.order = order_from(entry["order"].get<std::string>());
  options.dim = entry["dim"].get<int>();
  options.temperature = entry["temperature"].get<double>();
  options.method = Method::kTorch;
  options.cpu = cpu;
  const std::vector<float> actual = softmaxed(drawn, options).probabilities;
  if (entry.contains("probabilities")) {
    EXPECT_TRUE(same_bits(actual, floats_from(entry["probabilities"])));
  } else {
    const uint64_t expected =
        std::strtoull(entry["fnv1a64"].get<std::string>().c_str(), nullptr, 16);
    EXPECT_EQ(fnv1a_64(actual), expected);
  }
}

TEST(GoldenOrders, Torch113) {
  const Json file = golden_file("torch-1.13-orders.json");
  for (const char* cpu : {"avx2", "default"}) {
    ASSERT_EQ(file[cpu].size(), 31u * 12u);
    for (const Json& entry : file[cpu]) {
      SCOPED_TRACE(std::string(cpu) + " " + described(entry));
      expect_order_case(entry, cpu_from(cpu));
    }
  }
}

}  // namespace
}  // namespace softmask::core
