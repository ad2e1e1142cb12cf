#include "view/sentences.h"

#include <gtest/gtest.h>

#include <cmath>

#include "view/base64url.h"
#include "view/in_chinese.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

std::string sentence(std::string_view link, const std::vector<float>& scores = {}) {
  std::string full(link);
  if (!scores.empty()) full += "&scores=" + floats_to_base64url(scores);
  std::vector<FieldProblem> problems;
  const State state = decode_link(full, &problems);
  EXPECT_TRUE(problems.empty()) << problems[0].message();
  return plain_text(mass_sentence(state, derive(state), state.row));
}

TEST(Sentences, TheArticlesRow) {
  const State state;
  const auto runs = mass_sentence(state, derive(state), 0);
  EXPECT_EQ(plain_text(runs),
            "0.860 of the mass left columns 1, 2, 4: column 3 took 0.661, column 0 took 0.198.");
  const std::vector<TextRun> expected = {
      {"0.860", true}, {" of the mass left columns 1, 2, 4: column 3 took ", false},
      {"0.661", true}, {", column 0 took ", false},
      {"0.198", true}, {".", false}};
  EXPECT_EQ(runs, expected);
}

TEST(Sentences, OrderRenormSaysTheSame) { EXPECT_EQ(sentence("order=renorm"), sentence("")); }

TEST(Sentences, ManyColumnsAreSummedUp) {
  EXPECT_EQ(sentence("cols=20&mask=padding:7&row=2"),
            "0.170 of the mass left columns 13–19: column 8 took 0.049, column 4 took 0.048, "
            "column 6 took 0.022, column 2 took 0.009 and 9 more took 0.042.");
  EXPECT_EQ(sentence("rows=1&cols=2&mask=10", {0, 0}),
            "0.500 of the mass left column 0: column 1 took 0.500.");
}

TEST(Sentences, NothingMasked) {
  EXPECT_EQ(sentence("mask=none&row=2"), "Nothing is masked in row 2, so no mass moved.");
  EXPECT_EQ(sentence("mask=causal&row=0").substr(0, 5), "0.968");
}

TEST(Sentences, NothingMoved) {
  EXPECT_EQ(sentence("rows=1&cols=2&mask=01", {0, -1000}), "Nothing moved: column 1 held no mass.");
  EXPECT_EQ(sentence("rows=1&cols=2&mask=01", {0, -20}),
            "Next to nothing moved: column 1 held only 2e-9 of the mass.");
}

TEST(Sentences, LeakedAndAttractedMass) {
  EXPECT_EQ(sentence("fill=-5"),
            "0.850 of the mass left columns 1, 2, 4: column 3 took 0.654, column 0 took 0.196. "
            "Masked columns still hold 0.010.");
  EXPECT_EQ(sentence("rows=1&cols=3&mask=011&fill=0", {0, 4, -4}),
            "0.648 of the mass left column 1: column 2 (masked) took 0.333, column 0 took 0.315. "
            "Masked columns still hold 0.667.");
  EXPECT_EQ(sentence("fill=3"),
            "The masked columns 1, 2, 4 gained mass: 0.860 before, 0.968 after.");
}

TEST(Sentences, OneColumnOrMany) {
  EXPECT_EQ(sentence("rows=1&cols=3&mask=010&fill=0", {0, 4, -4}),
            "0.486 of the mass left column 1: column 0 took 0.477, column 2 took 0.009. "
            "The masked column still holds 0.495.");
  EXPECT_EQ(sentence("rows=1&cols=1&mask=1"),
            "The only column of row 0 is masked: softmax sees only the fill and gives it 1.000.");
  EXPECT_EQ(sentence("dim=0&mask=01000"),
            "Softmax runs down the columns (dim 0): row 0 sums to 1.513, of which its masked "
            "column 1 holds 0.250.");
}

TEST(Sentences, InChinese) {
  const InChinese chinese;
  EXPECT_EQ(sentence(""),
            "0.860 的概率质量从第 1、2、4 列移出：第 3 列得到 0.661，第 0 列得到 0.198。");
  EXPECT_EQ(sentence("row=none"), "选中一行，看它的概率质量去了哪里。");
}

TEST(Sentences, LostMass) {
  EXPECT_EQ(sentence("order=zero"),
            "0.860 of the mass left columns 1, 2, 4 and is lost: row 0 sums to 0.140.");
  EXPECT_EQ(sentence("order=zero&mask=11111"),
            "1.000 of the mass left columns 0–4 and is lost: row 0 sums to 0.000.");
  EXPECT_EQ(sentence("dtype=bfloat16").find("lost"), std::string::npos);
}

TEST(Sentences, FullyMaskedRows) {
  EXPECT_EQ(sentence("mask=11111"),
            "Every column of row 0 is masked: softmax sees only the fill and gives each of the 5 "
            "columns 0.200.");
}

TEST(Sentences, NaN) {
  EXPECT_EQ(sentence("fill=-inf&mask=11111"),
            "Row 0 is NaN: every cell there is masked with -inf, so softmax divides 0 by 0.");
  EXPECT_EQ(sentence("rows=1&cols=2&mask=10", {std::nanf(""), 1}),
            "Without the mask row 0 would be NaN, so how much mass moved cannot be told.");
}

TEST(Sentences, Errors) {
  EXPECT_EQ(sentence("dtype=float16"),
            "PyTorch stops here: value cannot be converted to type c10::Half without overflow");
}

TEST(Sentences, NoRow) {
  const std::string none = "Select a row to see where its mass goes.";
  EXPECT_EQ(sentence("row=none"), none);
  const State state;
  EXPECT_EQ(plain_text(mass_sentence(state, derive(state), 4)), none);
  EXPECT_EQ(plain_text(mass_sentence(state, derive(state), -7)), none);
}

TEST(Sentences, TheOtherDim) {
  EXPECT_EQ(sentence("dim=0&mask=none"),
            "Softmax runs down the columns (dim 0): row 0 sums to 1.836.");
  EXPECT_EQ(sentence("dim=0"),
            "Softmax runs down the columns (dim 0): row 0 sums to 1.046, of which its masked "
            "columns 1, 2, 4 hold 0.750.");
  EXPECT_EQ(sentence("dim=0&fill=-inf"),
            "Softmax runs down the columns (dim 0): row 0 is NaN in columns 1, 2, 4.");
}

TEST(Sentences, ANoteThatOnlyRepeatsTheSentence) {
  const State one = decode_link("fill=-inf&mask=11111111111111100000", nullptr);
  const Derived d = derive(one);
  State first = decode_link("fill=-inf&mask=11111000000000000000", nullptr);
  const Derived of_first = derive(first);
  ASSERT_EQ(of_first.notes.size(), 1U);
  EXPECT_TRUE(says_the_same(mass_sentence(first, of_first, 0), of_first.notes[0]));
  ASSERT_FALSE(d.notes.empty());
  EXPECT_FALSE(says_the_same(mass_sentence(one, d, 0), d.notes[0])) << "three rows are more";
  EXPECT_FALSE(says_the_same({}, ""));
  const InChinese chinese;
  EXPECT_TRUE(says_the_same(mass_sentence(first, of_first, 0), derive(first).notes[0]));
}

}  // namespace
}  // namespace softmask::view
