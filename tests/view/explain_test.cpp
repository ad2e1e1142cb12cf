#include "view/explain.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "view/base64url.h"
#include "view/number_text.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

std::string lines(std::string_view link, int row, int col) {
  const State state = decode_link(link, nullptr);
  std::string out;
  for (const ExplainLine& line : explain(state, derive(state), row, col)) {
    out += (line.result ? "*" : "") + line.label + ": " + line.value + "\n";
  }
  return out;
}

TEST(Explain, AKeptCell) {
  EXPECT_EQ(lines("", 0, 0),
            "x: -0.78648\n"
            "row max: 0.41748 (column 3)\n"
            "x − max: -0.78648 − 0.41748 = -1.204\n"
            "exp: exp(-1.204) = 0.3\n"
            "row sum: 0.3 + 1 = 1.3\n"
            "*exp / sum: 0.3 / 1.3 = 0.23077\n");
}

TEST(Explain, AMaskedCell) {
  EXPECT_EQ(lines("", 0, 1),
            "x: 1.1359\n"
            "filled with: -1e9\n"
            "row max: 0.41748 (column 3)\n"
            "x − max: -1e9 − 0.41748 = -1e9\n"
            "exp: exp(-1e9) = 0\n"
            "row sum: 0.3 + 1 = 1.3\n"
            "*exp / sum: 0 / 1.3 = 0\n");
}

TEST(Explain, ANanCell) {
  EXPECT_EQ(lines("fill=-inf&mask=11111", 0, 0),
            "x: -0.78648\n"
            "filled with: -inf\n"
            "row max: -inf (column 0)\n"
            "x − max: -inf − (-inf) = nan\n"
            "exp: exp(nan) = nan\n"
            "row sum: nan\n"
            "*exp / sum: nan / nan = nan\n");
}

TEST(Explain, TemperatureAndManyTerms) {
  EXPECT_EQ(lines("temperature=0.5&mask=none", 0, 0),
            "x: -0.78648\n"
            "x / temperature: -0.78648 / 0.5 = -1.573\n"
            "row max: 3.2488 (column 2)\n"
            "x − max: -1.573 − 3.2488 = -4.8218\n"
            "exp: exp(-4.8218) = 0.0080522\n"
            "row sum: 2.0702 (5 terms)\n"
            "*exp / sum: 0.0080522 / 2.0702 = 0.0038896\n");
}

TEST(Explain, TheOtherDim) {
  const std::string text = lines("dim=0", 0, 0);
  EXPECT_NE(text.find("column max: 2.2521 (row 3)\n"), std::string::npos) << text;
  EXPECT_NE(text.find("column sum: 0.047903 + 0.062514 + 0.041229 + 1 = 1.1516\n"),
            std::string::npos)
      << text;
}

TEST(Explain, TheOtherOrders) {
  EXPECT_NE(lines("order=zero", 0, 1).find("\n*masked, so set to: 0\n"), std::string::npos);
  EXPECT_NE(lines("order=zero", 0, 0).find("\n*exp / sum: "), std::string::npos);
  const std::string text = lines("order=renorm", 0, 0);
  EXPECT_NE(text.find("sum of what is kept: 0.14015\n*divided by it: 0.032342 / 0.14015 = 0.23077"),
            std::string::npos)
      << text;
}

TEST(Explain, LowPrecision) {
  EXPECT_NE(lines("dtype=float16&fill=-inf", 0, 0).find("\n*rounded to float16: 0.23071\n"),
            std::string::npos);
}

TEST(Explain, ErrorsAndPlacesOutside) {
  EXPECT_EQ(lines("dtype=float16", 0, 0),
            "*PyTorch: value cannot be converted to type c10::Half without overflow\n");
  EXPECT_EQ(lines("", -1, 0), "");
  EXPECT_EQ(lines("", 0, 5), "");
  EXPECT_EQ(lines("", 4, 0), "");
}

// The last number of the result line is the probability on the screen, in every kind of state.
TEST(Explain, EndsWithTheProbability) {
  for (const char* link :
       {"", "fill=0", "order=zero", "order=renorm", "dim=0", "dim=0&order=renorm", "temperature=3",
        "dtype=bfloat16", "dtype=float16&fill=-1e4&order=renorm", "rows=9&cols=8&mask=window:1",
        "dtype=bfloat16&order=zero&temperature=0.3", "fill=-inf&mask=10111&dim=0"}) {
    const State state = decode_link(link, nullptr);
    const Derived derived = derive(state);
    for (int row = 0; row < state.rows; ++row) {
      for (int col = 0; col < state.cols; ++col) {
        const auto explained = explain(state, derived, row, col);
        ASSERT_FALSE(explained.empty());
        EXPECT_TRUE(explained.back().result);
        const std::string& value = explained.back().value;
        const std::size_t space = value.rfind(' ');
        const auto cell = static_cast<std::size_t>(row * state.cols + col);
        EXPECT_EQ(value.substr(space == std::string::npos ? 0 : space + 1),
                  significant_text(static_cast<double>(derived.probabilities[cell]), 5))
            << link << " at " << row << ", " << col;
      }
    }
  }
}

}  // namespace
}  // namespace softmask::view
