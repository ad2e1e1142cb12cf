#include "view/mask_convention.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>

namespace softmask::view {
namespace {

TEST(MaskConvention, TwoOfThemMeanTheOpposite) {
  EXPECT_EQ(convention_cell(MaskConvention::kMaskedFill, true), "True");
  EXPECT_EQ(convention_cell(MaskConvention::kScaledDot, true), "False");
  EXPECT_EQ(convention_cell(MaskConvention::kAttentionMask, true), "0");
  EXPECT_EQ(convention_cell(MaskConvention::kAdditive, true), "-inf");
  for (const MaskConvention c : kMaskConventions) {
    EXPECT_NE(convention_cell(c, true), convention_cell(c, false));
  }
}

TEST(MaskConvention, EachHasItsWords) {
  std::set<std::string> names, meanings, programs;
  for (const MaskConvention c : kMaskConventions) {
    names.insert(convention_name(c));
    meanings.insert(convention_meaning(c));
    programs.insert(convention_program(c, State{}));
  }
  EXPECT_EQ(names.size(), 4U);
  EXPECT_EQ(meanings.size(), 4U);
  EXPECT_EQ(programs.size(), 4U);
}

TEST(MaskConvention, ProgramsFillAsTheStateDoes) {
  State state;
  for (const char* fill : {"-inf", "finfo.min", "1e-9"}) {
    state.fill = *parse_fill(fill);
    for (const MaskConvention c : kMaskConventions) {
      std::istringstream lines(convention_program(c, state));
      for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 42U) << line;
    }
  }
  EXPECT_NE(convention_program(MaskConvention::kMaskedFill, state).find("masked, 1e-9"),
            std::string::npos);
}

}  // namespace
}  // namespace softmask::view
