#include "view/import/import_text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "special_floats.h"
#include "view/import/imported.h"
#include "view/import/matrix_builder.h"

namespace softmask::view {
namespace {

TEST(ImportText, EveryFormHoldsTheSameMatrix) {
  for (const char* text : {
           "[[1, 2, 3], [4, 5, 6]]",
           "((1, 2, 3), (4, 5, 6),)",
           "[[1., 2., 3.],\n [4., 5., 6.],]\n",
           "[[1. 2. 3.]\n [4. 5. 6.]]",
           "[[1 2 3]\n [4 5 6]]\n",
           "tensor([[1., 2., 3.],\n        [4., 5., 6.]])",
           "tensor([[1., 2., 3.],\n        [4., 5., 6.]], device='cuda:0', dtype=torch.float16)",
           "tensor([[1., 2., 3.],\n        [4., 5., 6.]], grad_fn=<SoftmaxBackward0>)",
           "tensor([[[[1., 2., 3.],\n          [4., 5., 6.]]]])",
           "Parameter containing:\ntensor([[1., 2., 3.],\n        [4., 5., 6.]], "
           "requires_grad=True)",
           "array([[1., 2., 3.],\n       [4., 5., 6.]], dtype=float32)",
           "Array([[1., 2., 3.],\n       [4., 5., 6.]], dtype=float32)",
           "scores = torch.tensor([[1, 2, 3], [4, 5, 6]], dtype=torch.float)",
           "const scores = [[1, 2, 3], [4, 5, 6]];",
           "[[np.float32(1.0), np.float32(2.0), np.float32(3.0)], [4, 5, 6]]",
           "1,2,3\n4,5,6\n",
           "1,2,3\r\n4,5,6\r\n",
           "\xEF\xBB\xBF"
           "1,2,3\n4,5,6",
           "\"1\",\"2\",\"3\"\n\"4\",\"5\",\"6\"\n",
           "the,cat,sat\n1,2,3\n4,5,6\n",
           ",the,cat,sat\nmy,1,2,3\ndog,4,5,6\n",
           ",0,1,2\n0,1,2,3\n1,4,5,6\n",
           "# by np.savetxt\n1.000e+00 2.000e+00 3.000e+00\n4.000e+00 5.000e+00 6.000e+00\n",
           "1\t2\t3\n\n4\t5\t6\n",
           "1;2;3\n4;5;6\n",
           "1,0;2,0;3,0\n4,0;5,0;6,0\n",
           "| a | b | c |\n|---|--:|:-:|\n| 1 | **2** | 3 |\n| 4 | 5 | `6` |\n",
           "a | b | c\n--|--|--\n1 | 2 | 3\n4 | 5 | 6",
           "|   | a | b | c |\n|---|---|---|---|\n| x | 1 | 2 | 3 |\n| y | 4 | 5 | 6 |",
           "\\begin{pmatrix}1 & 2 & 3 \\\\ 4 & 5 & 6\\end{pmatrix}",
           "\\begin{tabular}{rrr}\n\\toprule\n1 & 2 & 3 \\\\\n\\midrule 4 & \\textbf{5} & $6$ "
           "\\\\[2pt]\n\\bottomrule\n\\end{tabular}\n",
           "$$\\left[\\begin{array}{ccc} 1 & 2 & 3 \\\\ % first\n 4 & 5 & 6 \\\\ "
           "\\end{array}\\right]$$",
           "\\begin{tabular}{lrrr}\n & a & b & c \\\\ \\hline\nx & 1 & 2 & 3 \\\\\ny & 4 & 5 & 6 "
           "\\\\\n\\end{tabular}",
           "1 & 2 & 3 \\\\ 4 & 5 & 6",
       }) {
    SCOPED_TRACE(text);
    expect_matrix(import_text(text), 2, kSix);
    for (const std::size_t bytes : {1, 5, 40}) {
      TextImport parts(text);
      double done = 0;
      while (parts.read_on(bytes)) {
        EXPECT_GE(parts.done(), done);
        done = parts.done();
      }
      EXPECT_LE(parts.done(), 1);
      expect_matrix(parts.take(), 2, kSix);
    }
  }
}

TEST(ImportText, APartIsNoLongerThanItIsSaidToBe) {
  const auto parts_of = [](const std::string& text) {
    TextImport parts(text);
    int count = 0;
    while (parts.read_on(100)) ++count;
    EXPECT_TRUE(parts.take().ok());
    return count;
  };
  std::string brackets = "[";
  std::string commas;
  std::string latex;
  std::string bars;
  for (int i = 0; i < 1000; ++i) {
    brackets += "[1, 2, 3],";
    commas += "1, 2, 3\n";
    latex += "1 & 2 & 3\\\\\n";
    bars += "| 1 | 2 | 3 |\n";
  }
  for (const std::string& text : {brackets + "]", commas, latex, bars}) {
    EXPECT_GE(parts_of(text), static_cast<int>(text.size()) / 100) << text.substr(0, 10);
  }
}

TEST(ImportText, RankOneIsOneRow) {
  expect_matrix(import_text("[1, 2, 3]"), 1, {1.0f, 2.0f, 3.0f});
  expect_matrix(import_text("tensor([1.5000])"), 1, {1.5f});
  expect_matrix(import_text("7"), 1, {7.0f});
}

TEST(ImportText, SpellingsOfWhatIsNotFinite) {
  const std::vector<float> wanted = {kNan, kInf, -kInf, -0.0f};
  for (const char* text : {
           "[nan, inf, -inf, -0.0]",
           "[NaN, Infinity, -Infinity, -0]",
           "[float('nan'), float(\"inf\"), -float('inf'), -0.]",
           "[float('NaN'), float('+inf'), float('-Infinity'), -0e5]",
           "[np.nan, np.inf, -np.inf, -0.0]",
           "[math.nan, math.inf, -torch.inf, -.0]",
           "tensor([nan, inf, -inf, -0.])",
           "[nan inf -inf -0.]",
           "NAN,INF,-INF,-0",
           "[\"NaN\", \"inf\", \"-inf\", -0.0]",
           "['nan', 'inf', '-inf', '-0']",
           "nan;+inf;-inf;-0,0",
           "$nan$ & \\infty & -\\infty & -0",
           "\\text{NaN} & $\\infty$ & $-\\infty$ & -0 \\\\",
           "| nan | \xE2\x88\x9E | -\xE2\x88\x9E | -0 |",
           "nan inf \xE2\x88\x92inf \xE2\x88\x92"
           "0",
       }) {
    SCOPED_TRACE(text);
    expect_matrix(import_text(text), 1, wanted);
  }
}

TEST(ImportText, ValuesRoundAsPyTorchRoundsThem) {
  expect_matrix(import_text("[0.1, 16777217, 1e-45, 1e-60, 3.4028235e38]"), 1,
                {0.1f, 16777216.0f, 1e-45f, 0.0f, 3.4028235e38f});
}

TEST(ImportText, LatexWritesPowersOfTen) {
  expect_matrix(
      import_text("-1 \\cdot 10^{9} & $1.5\\times 10^{-3}$ & 2 \\cdot 10^3 & 1\\cdot10^{+2} \\\\"),
      1, {-1e9f, 1.5e-3f, 2e3f, 1e2f});
  for (const char* cell : {"1 \\cdot 10^12", "1e2 \\cdot 10^{2}", "\\cdot 10^{2}",
                           "1 \\cdot 10^{x}", "1 \\cdot 9^{2}", "1 \\div 10^{2}"}) {
    expect_refused(import_text("1 & " + std::string(cell)), {"line 1, column 5", "decimal"});
  }
}

TEST(ImportText, BeyondTheRangeIsInfiniteAndCounted) {
  const ImportResult result = import_text("[1e308, -1e39, 1e999, inf, 1]");
  expect_matrix(result, 1, {kInf, -kInf, kInf, kInf, 1.0f});
  EXPECT_EQ(result.value.overflowed, 3);
}

TEST(ImportText, TypesAreKept) {
  EXPECT_EQ(import_text("tensor([[ True, False]])").value.type, ElementType::kBool);
  EXPECT_EQ(import_text("[[ True False]\n [False True]]").value.type, ElementType::kBool);
  EXPECT_EQ(import_text("true,FALSE").value.type, ElementType::kBool);
  EXPECT_EQ(import_text("[[1, 0]]").value.type, ElementType::kInteger);
  EXPECT_EQ(import_text("[[1, 0.0]]").value.type, ElementType::kFloat32);
  EXPECT_FALSE(import_text("[[1, 0.0]]").value.type_is_written);
  const ImportResult half = import_text("tensor([[1.]], dtype=torch.bfloat16)");
  EXPECT_EQ(half.value.type, ElementType::kBFloat16);
  EXPECT_TRUE(half.value.type_is_written);
  expect_matrix(import_text("[[True, False]]"), 1, {1.0f, 0.0f});
}

TEST(ImportText, RefusalsNamePlaceAndWhatIsAllowed) {
  const struct {
    const char* text;
    std::vector<std::string> pieces;
  } cases[] = {
      {"", {"empty"}},
      {" \n\t\n", {"empty"}},
      {"[]", {"line 1, column 2", "empty", "at least one value"}},
      {"[[]]", {"line 1, column 3", "empty"}},
      {"[[1, 2],\n [3]]",
       {"line 2, column 4", "values in this row: 1, in the rows before it: 2", "every row"}},
      {"[[1, 2],\n [3, 4, 5]]", {"line 2", "values in this row: 3, in the rows before it: 2"}},
      {"[[1, 2], 3]", {"line 1, column 10", "allowed: a list"}},
      {"[1, [2]]", {"line 1, column 5", "allowed: a value"}},
      {"[[1, 2", {"line 1, column 7", "ends within the matrix"}},
      {"[[1, 2]", {"line 1, column 8", "ends within the matrix"}},
      {"[[1, 2)]", {"line 1, column 7", "found \")\"", "allowed: ]"}},
      {"[[1, 2]] x", {"line 1, column 10", "found \"x\"", "nothing after"}},
      {"[[1,, 2]]", {"line 1, column 5", "found \",\""}},
      {"[[1, 2 3]]", {"line 1, column 8", "comma before it"}},
      {"[[1 2, 3]]", {"line 1, column 8", "no comma"}},
      {"[[1, abc]]", {"line 1, column 6", "found \"abc\"", "a decimal number, nan"}},
      {"[[1, 0x10]]", {"found \"0x10\""}},
      {"[[1, null]]", {"found \"null\""}},
      {"[[1, 1_000]]", {"found \"1_000\""}},
      {"[[1, 1+2j]]", {"found \"1+2j\""}},
      {"tensor([[1., ..., 2.]])", {"line 1, column 14", "left out", "set_printoptions"}},
      {"[[0. 1. ... 3.]\n ...\n [0. 1. ... 3.]]", {"line 1, column 9", "left out"}},
      {"[[[1, 2]],\n [[3, 4]]]", {"line 2, column 2", "3 dims", "x[0]"}},
      {"tensor(5.)", {"line 1, column 8", "single number"}},
      {"foo([[1]])", {"line 1, column 1", "found \"foo\"", "tensor("}},
      {"tensor([[1]]", {"line 1, column 13", "end of the text"}},
      {"tensor([[1]], dtype=torch.complex64)", {"line 1, column 21", "complex64", "bfloat16"}},
      {"tensor([[1]], 5)", {"line 1, column 15", "keyword"}},
      {"1,2\n3,x\n", {"line 2, column 3", "found \"x\""}},
      {"1,2\n3\n", {"line 2, column 1", "values in this row: 1, in the rows before it: 2"}},
      {"1,2\n3,\n", {"line 2, column 3", "empty cell"}},
      {"1,2\n,3\n", {"line 2, column 1", "empty cell"}},
      {"1,\"2\n", {"line 1, column 3", "quote is not closed"}},
      {"1,\"2\"x\n", {"line 1, column 6", "after the quote"}},
      {"hello world", {"line 1, column 1", "found \"hello\""}},
      {"a,b\n", {"line 1, column 1", "found \"a\""}},
      {"| 1 | 2 |\n| 3 | é! |", {"line 2, column 7", "found \"é!\""}},
      {"| a |\n|---|\n", {"line 1, column 3"}},
      {"1 & 2 \\\\ 3 & q", {"line 1, column 14", "found \"q\""}},
      {"1 & 2 \\\\ 3 \\\\", {"values in this row: 1, in the rows before it: 2"}},
      {"é,1\n1,2\n\xFF,3", {"line 3, column 1", "UTF-8"}},
      {"[[1, \xC3", {"line 1, column 6", "UTF-8"}},
      {"\xFF\xFE[\0", {"UTF-8"}},
  };
  for (const auto& [text, pieces] : cases) {
    SCOPED_TRACE(text);
    expect_refused(import_text(text), pieces);
  }
  using std::string_literals::operator""s;
  expect_refused(import_text("1,2\n3,\0"s), {"line 2, column 3", "zero byte"});
}

// A first row of names is passed over; one whose numbers are broken is not taken for names.
TEST(ImportText, AFirstRowIsAHeaderOfNamesAlone) {
  for (const char* text : {"a, b\n1, 2", "key 1;key 2\n1;2", "1st, 10th token\n1, 2",
                           "x.y\tz-w\n1\t2", "\"0th token\",\"\"\n1,2"}) {
    SCOPED_TRACE(text);
    expect_matrix(import_text(text), 1, {1, 2});
  }
  expect_refused(import_text("1.2.3, 4..5\n1, 2"), {"line 1, column 1", "found \"1.2.3\""});
  expect_refused(import_text("12% 30%\n1 2"), {"line 1, column 1", "found \"12%\""});
  expect_refused(import_text("a, --4\n1, 2"), {"line 1, column 1", "found \"a\""});
  expect_refused(import_text("..., ...\n1, 2"), {"line 1, column 1", "left out"});
}

TEST(ImportText, LimitsAreThoseOfEveryMatrix) {
  std::string row = "1";
  for (int i = 1; i < 65536; ++i) row += " 1";
  EXPECT_EQ(import_text(row).value.cols, 65536);
  expect_refused(import_text(row + " 1"), {"line 1, column 131073", "65536"});
  std::string column;
  for (int i = 0; i < 4096; ++i) column += "1\n";
  EXPECT_EQ(import_text(column).value.rows, 4096);
  expect_refused(import_text(column + "1"), {"line 4097, column 1", "4096"});
  MatrixBuilder full;
  for (int i = 0; i < 256; ++i) {
    for (int j = 0; j < 65536; ++j) ASSERT_EQ(full.add({}), "");
    ASSERT_EQ(full.end_row(), "");
  }
  EXPECT_NE(full.add({}).find("16777216"), std::string::npos);
  expect_refused(import_text(std::string(100000, '[')), {"line 1, column 33", "32 brackets"});
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

// No more cells of it are kept than one that is too many, and nothing is looked for again and
// again.
TEST(ImportText, ARowWithoutEndIsRefused) {
  for (const char* cell : {"1 ", "1,", "1&", "1|", "\"1\","}) {
    expect_refused(import_text(repeated(cell, 2'000'000)), {"line 1, column", "65536 columns"});
  }
  expect_refused(import_text(repeated("\\begin{", 300'000)), {"line 1, column"});
  expect_refused(import_text(repeated("\\begin[", 300'000)), {"line 1, column"});
}

TEST(ImportText, WhatLatexBeginsHasToEnd) {
  expect_matrix(import_text("\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}"), 2, {1, 2, 3, 4});
  expect_matrix(import_text("\\[\\left(\\begin{array}{cc} 1 & 2 \\end{array}\\right)\\]"), 1,
                {1, 2});
  expect_matrix(import_text("1 & 2 \\\\ 3 & 4"), 2, {1, 2, 3, 4});
  expect_refused(import_text("\\begin{bmatrix} 1 & 2 \\\\ 3 & 4"),
                 {"line 1, column 31", "the end of the text", "\\end{bmatrix}"});
  expect_refused(import_text("\\begin{bmatrix} 1 & 2 \\\\\n3 & 4 \\end{pmatrix}"),
                 {"line 2, column 7", "found \"\\end{pmatrix}\"", "allowed: \\end{bmatrix}"});
  expect_refused(import_text("\\begin{bmatrix} 1 & 2 \\right]"),
                 {"line 1, column 23", "found \"\\right\"", "allowed: \\end{bmatrix}"});
  const std::string name(5000, 'a');
  EXPECT_LT(import_text("\\begin{" + name + "} 1 & 2").status.message.size(), 200U);
  EXPECT_LT(import_text("\\begin{a} 1 & 2 \\end{" + name + "}").status.message.size(), 200U);
}

}  // namespace
}  // namespace softmask::view
