#include "view/text_lists.h"

#include <gtest/gtest.h>

#include <numeric>

namespace softmask::view {
namespace {

std::string list(const std::vector<int>& indices, std::size_t all_up_to = 4) {
  return index_list(indices, all_up_to);
}

TEST(TextLists, ShortListsNameEveryone) {
  EXPECT_EQ(list({}), "");
  EXPECT_EQ(list({3}), "3");
  EXPECT_EQ(list({1, 2, 4}), "1, 2, 4");
  EXPECT_EQ(list({0, 1, 2, 3}), "0, 1, 2, 3");
}

TEST(TextLists, LongListsUseRuns) {
  EXPECT_EQ(list({1, 2, 3, 4, 5, 6, 7}), "1–7");
  EXPECT_EQ(list({0, 1, 4, 5, 6, 9}), "0, 1, 4–6, 9");
  EXPECT_EQ(list({0, 1, 2, 3}, 2), "0–3");
  EXPECT_EQ(list({0, 1}, 2), "0, 1");
}

TEST(TextLists, VeryLongListsCountTheRest) {
  EXPECT_EQ(list({0, 2, 4, 6, 8, 10, 12, 14}), "0, 2, 4, 6, 8, 10 and 2 more");
  std::vector<int> many(1000);
  std::iota(many.begin(), many.end(), 5);
  EXPECT_EQ(list(many), "5–1004");
}

TEST(TextLists, Columns) {
  EXPECT_EQ(columns_text(std::vector<int>{3}), "column 3");
  EXPECT_EQ(columns_text(std::vector<int>{1, 2, 4}), "columns 1, 2, 4");
}

TEST(TextLists, RunsFollowTheBoldMarks) {
  const auto runs = fill_in_runs(Text::kSentenceHeldLittle, {"column 2", "3e-8"});
  ASSERT_EQ(runs.size(), 3U);
  EXPECT_FALSE(runs[0].strong);
  EXPECT_EQ(runs[1], (TextRun{"3e-8", true}));
  EXPECT_EQ(runs[2], (TextRun{" of the mass.", false}));
}

}  // namespace
}  // namespace softmask::view
