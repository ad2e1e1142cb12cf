// Scores and masks that came from outside: commands, undo, links, and what drops them.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "view/model.h"
#include "view/program_text.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

SetOwnScores counted(int rows, int cols) {
  std::vector<float> values(static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols));
  std::iota(values.begin(), values.end(), 1.0f);
  return {rows, cols, std::make_shared<const std::vector<float>>(std::move(values))};
}

TEST(OwnScores, FewGoIntoTheLinkAndManyStayWithThePage) {
  Model model;
  ASSERT_TRUE(model.dispatch(counted(32, 32)).ok());
  EXPECT_EQ(model.state().scores.size(), 1024u);
  EXPECT_EQ(model.state().matrix, nullptr);
  EXPECT_EQ(model.state().mask.kind, MaskSpec::Kind::kNone);
  ASSERT_TRUE(model.dispatch(counted(32, 33)).ok());
  EXPECT_TRUE(model.state().scores.empty());
  EXPECT_EQ(model.derived().scores.size(), 32u * 33u);
  EXPECT_EQ(model.derived().scores.back(), 32 * 33);
  EXPECT_TRUE(check_state(model.state()).ok());
  EXPECT_EQ(encode_link(model.state()).find("scores="), std::string::npos);
  ASSERT_FALSE(model.derived().notes.empty());
  EXPECT_NE(model.derived().notes.back().find("too many for a link"), std::string::npos);
  EXPECT_NE(program_text(model.state()).find("numpy.load(\"scores.npy\")"), std::string::npos);
}

TEST(OwnScores, UndoAndBackKeepThem) {
  Model model;
  ASSERT_TRUE(model.dispatch(counted(40, 40)).ok());
  const auto matrix = model.state().matrix;
  const State link = decode_link(encode_link(model.state()), nullptr);
  ASSERT_TRUE(model.dispatch(ToggleColumn{3}).ok());
  ASSERT_TRUE(model.dispatch(ReplaceState{link}).ok());
  EXPECT_EQ(model.state().matrix, matrix) << "a link of this size has no scores of its own";
  ASSERT_TRUE(model.dispatch(ReplaceState{State{}}).ok());
  EXPECT_EQ(model.state().matrix, nullptr) << "one of another size has";
  ASSERT_TRUE(model.dispatch(Undo{}).ok());
  EXPECT_EQ(model.state().matrix, matrix);
}

TEST(OwnScores, AnotherSizeOrOtherScoresDropThem) {
  Model model;
  ASSERT_TRUE(model.dispatch(counted(40, 40)).ok());
  EXPECT_FALSE(model.dispatch(SetFields{"rows=7"}).ok());
  EXPECT_NE(model.state().matrix, nullptr);
  ASSERT_TRUE(model.dispatch(SetFields{"scores="}).ok());
  EXPECT_EQ(model.state().matrix, nullptr);
  ASSERT_TRUE(model.dispatch(counted(40, 40)).ok());
  ASSERT_TRUE(model.dispatch(SetRows{7}).ok());
  EXPECT_EQ(model.state().matrix, nullptr);
  EXPECT_EQ(model.state().rows, 7);
}

TEST(OwnScores, SizesThatDoNotAgreeAreRefused) {
  Model model;
  const State before = model.state();
  for (SetOwnScores wrong : {counted(4, 4), counted(4, 4), counted(4, 4)}) {
    static int turn = 0;
    if (turn == 0) wrong.rows = 5;
    if (turn == 1) wrong.rows = 0;
    if (turn == 2) wrong.values = nullptr;
    ++turn;
    EXPECT_FALSE(model.dispatch(wrong).ok());
    EXPECT_EQ(model.state(), before);
  }
}

TEST(OwnScores, HistoryHoldsAFewLargeMatricesAndSharesThem) {
  Model model;
  // 16 MB each: 16 of them are as much as is kept.
  std::vector<std::weak_ptr<const std::vector<float>>> matrices;
  for (int i = 0; i < 20; ++i) {
    SetOwnScores own = counted(1024, 4096);
    matrices.push_back(own.values);
    ASSERT_TRUE(model.dispatch(own).ok());
    // Steps of the same matrix cost nothing.
    ASSERT_TRUE(model.dispatch(SetFields{"fill=" + std::to_string(-10 - i)}).ok());
  }
  const auto kept = std::count_if(matrices.begin(), matrices.end(),
                                  [](const auto& matrix) { return !matrix.expired(); });
  EXPECT_EQ(kept, 16);
  for (int i = 0; i < 31; ++i) {
    ASSERT_TRUE(model.can_undo());
    ASSERT_TRUE(model.dispatch(Undo{}).ok());
  }
  EXPECT_FALSE(model.state().matrix == nullptr);
}

TEST(OwnScores, AMaskIsTakenAsItIs) {
  Model model;
  ASSERT_TRUE(model.dispatch(SetMaskBits{{1, 0, 0, 1, 0}}).ok());
  EXPECT_EQ(field_text(model.state(), "mask"), "10010");
  std::vector<uint8_t> cells(20, 0);
  cells[7] = 1;
  ASSERT_TRUE(model.dispatch(SetMaskBits{cells}).ok());
  EXPECT_EQ(field_text(model.state(), "mask"), "00000001000000000000");
  const core::Status refused = model.dispatch(SetMaskBits{{1, 0, 1}});
  EXPECT_NE(refused.message.find("5 bits"), std::string::npos) << refused.message;
}

}  // namespace
}  // namespace softmask::view
