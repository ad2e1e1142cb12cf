#include "view/program_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "view/base64url.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

std::string program(std::string_view link, const std::vector<float>& scores = {}) {
  std::string full(link);
  if (!scores.empty()) full += "&scores=" + floats_to_base64url(scores);
  std::vector<FieldProblem> problems;
  const State state = decode_link(full, &problems);
  EXPECT_TRUE(problems.empty()) << problems[0].message();
  return program_text(state);
}

void expect_line(std::string_view link, const std::string& lines) {
  const std::string text = program(link);
  EXPECT_NE(text.find("\n" + lines + "\n"), std::string::npos) << lines << "\nin\n" << text;
}

TEST(ProgramText, TheArticle) {
  EXPECT_EQ(program(""),
            "import torch\n"
            "import torch.nn.functional as F\n"
            "\n"
            "torch.manual_seed(333512)\n"
            "scores = torch.randn(4, 5)\n"
            "masked = torch.randint(\n"
            "    0, 2, (1, 5)).to(torch.bool)\n"
            "masked_scores = scores.masked_fill(\n"
            "    masked, -1e9)\n"
            "scores_softmax = F.softmax(\n"
            "    masked_scores, dim=-1)\n");
}

TEST(ProgramText, Masks) {
  expect_line("mask=none", "masked = torch.zeros(\n    1, 5, dtype=torch.bool)");
  expect_line("mask=causal", "masked = torch.ones(4, 5).triu(1).bool()");
  expect_line("mask=padding:2", "masked = torch.arange(5) >= 3");
  expect_line("mask=window:1",
              "i = torch.arange(4)[:, None]\nj = torch.arange(5)\nmasked = (i - j).abs() > 1");
  expect_line("mask=01101", "masked = torch.tensor(\n    [[False, True, True, False, True]])");
  expect_line("rows=2&cols=3&mask=010101",
              "masked = torch.tensor([\n    [0, 1, 0],\n    [1, 0, 1]]).bool()");
  expect_line("cols=12&mask=010101000111",
              "masked = torch.tensor([\n    [0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1,\n     1]]).bool()");
}

TEST(ProgramText, AMaskOfMoreThan4096CellsIsLoaded) {
  expect_line("cols=5000&mask=" + std::string(5000, '1'),
              "masked = torch.from_numpy(\n    numpy.load(\"mask.npy\"))");
  const std::string most = "rows=64&cols=64&mask=" + std::string(64 * 64, '1');
  EXPECT_EQ(program(most).find("numpy"), std::string::npos);
  const std::string more = program("rows=65&cols=64&mask=" + std::string(65 * 64, '1'));
  EXPECT_EQ(more.find("import numpy\nimport torch\n"), 0U) << more;
  EXPECT_NE(more.find("\nmasked = "), std::string::npos) << more;
}

TEST(ProgramText, Fills) {
  expect_line("fill=-inf", "masked_scores = scores.masked_fill(\n    masked, float(\"-inf\"))");
  expect_line("fill=finfo.min",
              "masked_scores = scores.masked_fill(\n    masked, torch.finfo(scores.dtype).min)");
  expect_line("fill=0", "masked_scores = scores.masked_fill(\n    masked, 0)");
}

TEST(ProgramText, OrdersDimTemperatureDtype) {
  expect_line("order=zero",
              "scores_softmax = F.softmax(scores, dim=-1)\n"
              "scores_softmax = (\n    scores_softmax.masked_fill(masked, 0))");
  expect_line("order=renorm&dim=0",
              "scores_softmax /= scores_softmax.sum(\n    dim=0, keepdim=True)");
  expect_line("dim=0", "torch.set_num_threads(1)");
  expect_line("temperature=0.5", "scores_softmax = F.softmax(\n    masked_scores / 0.5, dim=-1)");
  expect_line("dtype=bfloat16", "scores = scores.to(torch.bfloat16)");
  EXPECT_EQ(program("cpu=default").substr(0, 40), "# run with ATEN_CPU_CAPABILITY=default\ni");
}

TEST(ProgramText, OwnScores) {
  const std::vector<float> scores = {1, -0.1F, 1e20F, std::nanf(""), -INFINITY, -0.0F};
  const std::string text = program("rows=2&cols=3&mask=none", scores);
  EXPECT_NE(text.find("scores = torch.tensor([\n"
                      "    [1.0, -0.1, 1e20],\n"
                      "    [float(\"nan\"), float(\"-inf\"), -0.0]])\n"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("manual_seed"), std::string::npos) << "nothing is drawn";
  EXPECT_NE(program("rows=1&cols=1&mask=random", {1}).find("manual_seed"), std::string::npos);
}

TEST(ProgramText, LinesFitTheCard) {
  const char* const parts[] = {"dim=0",
                               "order=zero",
                               "order=renorm",
                               "dtype=bfloat16",
                               "temperature=0.123456789",
                               "fill=finfo.min",
                               "mask=causal",
                               "mask=window:4096",
                               "cpu=default",
                               "rows=4096&cols=4096",
                               "seed=18446744073709551615"};
  std::mt19937 random(23);
  for (int i = 0; i < 500; ++i) {
    std::string link;
    for (const char* part : parts) {
      if (random() % 2 == 0) link += std::string(part) + "&";
    }
    const std::string text = program(link);
    std::size_t width = 0;
    for (const char c : text) {
      width = c == '\n' ? 0 : width + 1;
      ASSERT_LE(width, 50U) << text;
    }
    EXPECT_EQ(text.back(), '\n');
  }
}

TEST(TensorsText, TheArticlesBlocks) {
  const std::string text = tensors_text(derive({}), core::PrintStyle::k1_13);
  EXPECT_EQ(
      text,
      "scores\n"
      "tensor([[-0.786,  1.136,  1.624,  0.417,  1.366],\n"
      "        [-0.520, -0.127, -0.219, -0.489,  0.276],\n"
      "        [-0.937, -0.734,  1.221, -0.305,  1.020],\n"
      "        [ 2.252, -0.042, -1.098,  1.135, -0.075]])\n"
      "\n"
      "masked\n"
      "tensor([[False,  True,  True, False,  True]])\n"
      "\n"
      "masked_scores\n"
      "tensor([[    -0.786, -1000000000.000, -1000000000.000,      0.417, -1000000000.000],\n"
      "        [    -0.520, -1000000000.000, -1000000000.000,     -0.489, -1000000000.000],\n"
      "        [    -0.937, -1000000000.000, -1000000000.000,     -0.305, -1000000000.000],\n"
      "        [     2.252, -1000000000.000, -1000000000.000,      1.135, -1000000000.000]])\n"
      "\n"
      "scores_softmax\n"
      "tensor([[0.231, 0.000, 0.000, 0.769, 0.000],\n"
      "        [0.492, 0.000, 0.000, 0.508, 0.000],\n"
      "        [0.347, 0.000, 0.000, 0.653, 0.000],\n"
      "        [0.754, 0.000, 0.000, 0.246, 0.000]])\n");
}

TEST(TensorsText, PyTorchsErrorStandsForTheLastTwo) {
  const State state = decode_link("dtype=float16", nullptr);
  const std::string text = tensors_text(derive(state), core::PrintStyle::k2_10);
  EXPECT_NE(text.find("\n\nvalue cannot be converted to type c10::Half without overflow\n"),
            std::string::npos);
  EXPECT_EQ(text.find("masked_scores"), std::string::npos);
}

}  // namespace
}  // namespace softmask::view
