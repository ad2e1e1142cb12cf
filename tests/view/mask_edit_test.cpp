#include "view/mask_edit.h"

#include <gtest/gtest.h>

#include "view/derive.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

TEST(MaskEdit, MasksMatchWhatIsDerived) {
  for (const char* link :
       {"", "rows=2&cols=20", "mask=none", "mask=causal", "mask=padding:2", "mask=padding:0",
        "mask=window:1", "mask=01101", "rows=1&mask=11111", "rows=2&cols=2&mask=0110"}) {
    const State state = decode_link(link, nullptr);
    EXPECT_EQ(mask_of(state), derive(state).mask) << link;
  }
}

TEST(MaskEdit, WhatAMaskIsMadeOf) {
  const auto bits = [](const char* link) { return mask_of(decode_link(link, nullptr)).bits; };
  EXPECT_EQ(bits("rows=2&cols=3&mask=causal"), (std::vector<uint8_t>{0, 1, 1, 0, 0, 1}));
  EXPECT_EQ(bits("rows=2&cols=3&mask=padding:2"), (std::vector<uint8_t>{0, 1, 1}));
  EXPECT_EQ(bits("rows=2&cols=3&mask=window:0"), (std::vector<uint8_t>{0, 1, 1, 1, 0, 1}));
}

TEST(MaskEdit, PaintingIsIdempotent) {
  State state;
  paint_column(state, 0, true);
  const State once = state;
  paint_column(state, 0, true);
  EXPECT_EQ(state, once);
  EXPECT_EQ(field_text(state, "mask"), "11101");
  paint_column(state, 4, false);
  EXPECT_EQ(field_text(state, "mask"), "11100");
}

TEST(MaskEdit, CellsMakeAGridAndComeBack) {
  State state = decode_link("rows=3&cols=2&mask=10", nullptr);
  toggle_cell(state, 1, 1);
  EXPECT_EQ(field_text(state, "mask"), "101110");
  toggle_cell(state, 1, 1);
  EXPECT_EQ(field_text(state, "mask"), "10");
  EXPECT_TRUE(check_state(state).ok());
}

TEST(MaskEdit, AHalfMaskedColumnIsMaskedFirst) {
  State state = decode_link("rows=2&cols=2&mask=0010", nullptr);
  toggle_column(state, 0);
  EXPECT_EQ(field_text(state, "mask"), "10");
  toggle_column(state, 0);
  EXPECT_EQ(field_text(state, "mask"), "00");
}

TEST(MaskEdit, WhetherAMaskIsOneRowIsKnownWithoutIt) {
  for (const char* link :
       {"mask=random", "mask=none", "mask=padding:2", "mask=causal", "mask=window:1", "mask=01001",
        "rows=1&mask=causal", "rows=1&mask=window:0", "rows=2&cols=2&mask=0010"}) {
    const State state = decode_link(link, nullptr);
    EXPECT_EQ(has_column_mask(state), mask_of(state).is_column_mask()) << link;
  }
}

}  // namespace
}  // namespace softmask::view
