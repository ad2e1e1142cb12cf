#include "view/drawing.h"

#include <gtest/gtest.h>

#include <string>

#include "core/bit_cast.h"
#include "special_floats.h"

namespace softmask::view {
namespace {

TEST(Drawing, AShapeIsItsLengthItsColorAndSixNumbers) {
  Drawing drawing;
  drawing.add(Drawing::Op::kRect, 0xFF0000FFu, 1, 2, 3, 4, 5);
  ASSERT_EQ(drawing.words().size(), 9u);
  EXPECT_EQ(drawing.words()[0], static_cast<uint32_t>(Drawing::Op::kRect));
  EXPECT_EQ(drawing.words()[1], 7u);
  EXPECT_EQ(drawing.words()[2], 0xFF0000FFu);
  EXPECT_EQ(core::bit_cast<float>(drawing.words()[7]), 5);
  EXPECT_EQ(drawing.words()[8], 0u);
  drawing.append(7u);
  EXPECT_EQ(drawing.words()[1], 8u);
}

TEST(Drawing, WordsAreBytesInTheirOrder) {
  Drawing drawing;
  drawing.add_words(0, 1, 12, 0, 0, 40, "scores");
  ASSERT_EQ(drawing.words().size(), 9u + 2);
  EXPECT_EQ(core::bit_cast<float>(drawing.words()[8]), 6);
  EXPECT_EQ(drawing.words()[9], 0x726F6373u);  // "scor"
  EXPECT_EQ(drawing.words()[10], 0x7365u);
}

TEST(Drawing, ColorsAreRounded) { EXPECT_EQ(packed_color({1, 0.5f, 0}), 0xFF0080FFu); }

TEST(Drawing, AFlowIsClippedAndHasNoBandWithoutAPlace) {
  FlowDraw flow;
  flow.clip = {1, 2, 3, 4};
  RibbonDraw ribbon;
  ribbon.top_x1 = ribbon.bottom_x1 = 5;
  ribbon.alpha = 0.5f;
  flow.ribbons = {ribbon, ribbon};
  flow.ribbons[1].top_x0 = kNan;
  Drawing drawing;
  drawing.add_flow(flow);
  const auto& words = drawing.words();
  ASSERT_EQ(words.size(), 9u + 13 + 9);
  EXPECT_EQ(words[0], static_cast<uint32_t>(Drawing::Op::kClip));
  EXPECT_EQ(words[9], static_cast<uint32_t>(Drawing::Op::kRibbon));
  EXPECT_EQ(core::bit_cast<float>(words[13]), kFlowStrength[0] * 0.5f);
  EXPECT_EQ(words[22], static_cast<uint32_t>(Drawing::Op::kUnclip));
}

}  // namespace
}  // namespace softmask::view
