#include "view/ledger.h"

#include <gtest/gtest.h>

namespace softmask::view {
namespace {

TEST(Ledger, ListsTheMostMovedMassFirst) {
  const Derived d = derive(State{});
  EXPECT_EQ(ledger_order(d, LedgerSort::kByRow), (std::vector<int>{0, 1, 2, 3}));
  EXPECT_EQ(ledger_order(d, LedgerSort::kByMoved), (std::vector<int>{0, 2, 1, 3}));
}

TEST(Ledger, NaNRowsComeLast) {
  State state;
  state.fill = *parse_fill("-inf");
  state.mask.kind = MaskSpec::Kind::kBits;
  state.mask.bits = {1, 1, 1, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 0, 0, 0};
  const Derived d = derive(state);
  const std::vector<int> order = ledger_order(d, LedgerSort::kByMoved);
  EXPECT_EQ(order[2], 0);
  EXPECT_EQ(order[3], 2);
  const LedgerTotal total = ledger_total(d);
  EXPECT_EQ(total.nan_rows, 2);
  EXPECT_NEAR(total.sum, 2, 1e-6);
}

TEST(Ledger, SumsUp) {
  State state;
  state.order = core::Order::kZero;
  const Derived d = derive(state);
  double moved = 0, lost = 0;
  for (const core::RowMass& row : d.mass) {
    moved += row.moved;
    lost += row.lost;
  }
  const LedgerTotal total = ledger_total(d);
  EXPECT_DOUBLE_EQ(total.moved, moved);
  EXPECT_DOUBLE_EQ(total.lost, lost);
  EXPECT_NEAR(total.sum + total.lost, 4, 1e-6);
}

}  // namespace
}  // namespace softmask::view
