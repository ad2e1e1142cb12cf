#include "view/notes.h"

#include <gtest/gtest.h>

#include <cmath>

#include "special_floats.h"
#include "view/base64url.h"
#include "view/derive.h"
#include "view/in_chinese.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

std::vector<std::string> notes_of(const State& state) {
  EXPECT_TRUE(check_state(state).ok()) << check_state(state).message;
  return derive(state).notes;
}

std::vector<std::string> notes_of(std::string_view link) {
  return notes_of(decode_link(link, nullptr));
}

std::vector<std::string> notes_of(std::string_view link, const std::vector<float>& scores) {
  return notes_of(
      decode_link(std::string(link) + "&scores=" + floats_to_base64url(scores), nullptr));
}

using Notes = std::vector<std::string>;

TEST(Notes, NothingToSayWhenAllIsNormal) {
  for (const char* link : {"", "fill=-inf", "fill=-1e4", "fill=finfo.min", "mask=none",
                           "mask=causal", "order=renorm", "rows=64&cols=64&mask=padding:9",
                           "temperature=2", "dtype=float16&fill=-inf&rows=1&cols=2&mask=01"}) {
    EXPECT_EQ(notes_of(link), Notes{}) << link;
  }
}

TEST(Notes, PyTorchsErrorComesFirst) {
  EXPECT_EQ(notes_of("dtype=float16"),
            (Notes{"value cannot be converted to type c10::Half without overflow",
                   "-1e9 does not fit float16, whose largest number is 65504; -inf, -1e4 and "
                   "finfo.min do"}));
  EXPECT_EQ(notes_of("fill=-1e39")[0], "value cannot be converted to type float without overflow");
}

TEST(Notes, RowsThatAreNan) {
  EXPECT_EQ(notes_of("fill=-inf&mask=11111"),
            Notes{"rows 0–3 are NaN: every cell there is masked with -inf, so softmax divides 0 "
                  "by 0"});
  EXPECT_EQ(notes_of("rows=3&cols=3&fill=-inf&mask=000111000")[0].substr(0, 12), "row 1 is NaN");
  EXPECT_EQ(notes_of("fill=-inf&dim=0")[0],
            "columns 1, 2, 4 are NaN: every cell there is masked with -inf, so softmax divides 0 "
            "by 0");
  EXPECT_EQ(notes_of("order=renorm&mask=11111"),
            Notes{"rows 0–3 are NaN: every cell there is masked, so the sum to divide by is 0, and "
                  "0 / 0 is NaN"});
  EXPECT_EQ(notes_of("fill=finfo.min&mask=11111&temperature=0.5"),
            Notes{"rows 0–3 are NaN: divided by the temperature 0.5, every score there becomes "
                  "-inf, so softmax divides 0 by 0"});
}

TEST(Notes, EveryReasonHasItsRows) {
  const Notes notes = notes_of("rows=4&cols=2&mask=none", {kNan, 1, kInf, 1, -kInf, -kInf, 1, 2});
  ASSERT_EQ(notes.size(), 3U);
  EXPECT_EQ(notes[0],
            "row 0 is NaN: a score there is NaN, and NaN spreads through the sum to "
            "every cell");
  EXPECT_EQ(notes[1], "row 1 is NaN: a score there is +inf, and inf − inf is NaN");
  EXPECT_EQ(notes[2], "row 2 is NaN: every score there is -inf, so softmax divides 0 by 0");
  EXPECT_EQ(notes_of("rows=1&cols=2&mask=none&fill=-inf&dtype=float16", {70000, 1}),
            Notes{"row 0 is NaN: a score there is too large for float16 and becomes inf, and inf "
                  "− inf is NaN"});
  EXPECT_EQ(notes_of("rows=1&cols=2&mask=none&temperature=0.1", {3e38F, 1}),
            Notes{"row 0 is NaN: divided by the temperature 0.1, a score there becomes +inf, and "
                  "inf − inf is NaN"});
}

TEST(Notes, UnderflowBesideAMaximumThatIsMaskedLater) {
  const std::vector<float> scores = {1, 1, 200};
  EXPECT_EQ(notes_of("rows=1&cols=3&mask=001&order=renorm", scores)[0],
            "row 0 is NaN: beside the larger scores that are masked only afterwards, the kept "
            "cells underflow to exactly 0, and 0 / 0 is NaN");
  EXPECT_EQ(notes_of("rows=1&cols=3&mask=001&order=zero", scores),
            (Notes{"the kept cells of row 0 are exactly 0: softmax subtracts a maximum that is "
                   "masked only afterwards, and beside it they underflow",
                   "row 0 loses 1.000 of its mass: zeroing after softmax does not rescale, so it "
                   "sums to 0.000"}));
  EXPECT_EQ(notes_of("rows=1&cols=3&mask=001", scores), Notes{});
}

TEST(Notes, LeakedMass) {
  EXPECT_EQ(notes_of("fill=1e-9"),
            Notes{"the masked cells of rows 0–3 keep up to 0.727 of a row's mass: the fill 1e-9 is "
                  "almost 0, a score like any other; -1e9 masks"});
  EXPECT_EQ(notes_of("fill=0"),
            Notes{"the masked cells of rows 0–3 keep up to 0.727 of a row's mass: filling with 0 "
                  "is not masking, as exp(0) = 1"});
  EXPECT_EQ(notes_of("fill=-5"),
            Notes{"the masked cells of rows 0–3 keep up to 0.018 of a row's mass: the fill -5 is "
                  "not far enough below the scores"});
  EXPECT_EQ(notes_of("fill=3"),
            Notes{"the masked cells of rows 0–3 keep up to 0.982 of a row's mass: the fill 3 lies "
                  "above the kept scores, so it attracts mass"});
  EXPECT_EQ(notes_of("rows=1&cols=2&mask=01&fill=-20", {0, 5}),
            Notes{"the masked cells of row 0 keep 2e-9 of its mass: the fill -20 is not far enough "
                  "below the scores"});
  EXPECT_EQ(notes_of("fill=0&order=renorm"), Notes{}) << "the other orders do not leak";
  EXPECT_EQ(notes_of("rows=1&cols=2&mask=01&dtype=float16&fill=-1e4", {-10000, 5}),
            (Notes{"the masked cells of row 0 keep 0.500 of its mass: the fill -1e4 is not far "
                   "enough below the scores"}));
}

TEST(Notes, FullyMaskedRowsAreUniform) {
  EXPECT_EQ(notes_of("mask=11111"),
            Notes{"rows 0–3 are fully masked: the fill -1e9 is finite, so softmax gives each of "
                  "their 5 cells 1/5 = 0.200, not 0"});
  EXPECT_EQ(notes_of("rows=2&cols=2&mask=1101"),
            Notes{"row 0 is fully masked: the fill -1e9 is finite, so softmax gives each of its 2 "
                  "cells 1/2 = 0.500, not 0"});
  EXPECT_EQ(notes_of("dim=0&rows=2&cols=2&mask=10")[0],
            "column 0 is fully masked: the fill -1e9 is finite, so softmax down the column gives "
            "each of its 2 cells 1/2 = 0.500, not 0");
  EXPECT_EQ(notes_of("rows=1&cols=1&mask=1"),
            Notes{"row 0 is fully masked: the fill -1e9 is finite, so softmax gives its one cell "
                  "1.000, not 0"});
}

TEST(Notes, InChinese) {
  const InChinese chinese;
  EXPECT_EQ(notes_of("fill=-inf&mask=11111000000000000000"),
            Notes{"第 0 行是 NaN：其中每个单元格都用 -inf 掩去，softmax 就成了 0 除以 0"});
  EXPECT_EQ(notes_of("order=zero"),
            Notes{"第 0–3 行损失至多 0.860 的概率质量：softmax 之后置零不会重新缩放，"
                  "所以各行之和为 0.140 … 0.850"});
}

TEST(Notes, LostMass) {
  EXPECT_EQ(notes_of("order=zero"),
            Notes{"rows 0–3 lose up to 0.860 of their mass: zeroing after softmax does not "
                  "rescale, so they sum to 0.140 … 0.850"});
  EXPECT_EQ(notes_of("order=zero&mask=none"), Notes{});
}

TEST(Notes, TheOtherDim) {
  EXPECT_EQ(notes_of("dim=0&mask=none"),
            Notes{"softmax runs down the columns (dim 0): rows are not distributions, they sum to "
                  "0.550 … 1.836"});
}

TEST(Notes, ReducedPrecision) {
  EXPECT_EQ(notes_of("dtype=bfloat16")[0], "bfloat16 stores the fill -1e9 as -998244352");
  EXPECT_EQ(notes_of("dtype=bfloat16&mask=none&rows=1&cols=1"), Notes{});
  const Notes half = notes_of("dtype=float16&fill=1e-9");
  EXPECT_EQ(half[1], "float16 stores the fill 1e-9 as 0");
  EXPECT_EQ(notes_of("dtype=float16&fill=-1e4"),
            Notes{"float16 rounds every probability: rows sum to 0.99976 … 1"});
}

TEST(Notes, ABaselineThatIsNan) {
  EXPECT_EQ(notes_of("rows=1&cols=3&mask=100", {kNan, 1, 2}),
            Notes{"without the mask row 0 would be NaN, so how much mass moved cannot be told"});
}

TEST(Notes, ManyRowsShareOneNote) {
  const Notes notes = notes_of("rows=4096&cols=3&fill=-inf&mask=111");
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].substr(0, 20), "rows 0–4095 are Na");
}

}  // namespace
}  // namespace softmask::view
