#include "view/ledger.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace softmask::view {

std::vector<int> ledger_order(const Derived& derived, LedgerSort sort) {
  std::vector<int> order(derived.mass.size());
  std::iota(order.begin(), order.end(), 0);
  if (sort == LedgerSort::kByRow) return order;
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    const core::RowMass& x = derived.mass[static_cast<std::size_t>(a)];
    const core::RowMass& y = derived.mass[static_cast<std::size_t>(b)];
    if (x.nan != y.nan) return y.nan;
    return x.moved > y.moved;
  });
  return order;
}

LedgerTotal ledger_total(const Derived& derived) {
  LedgerTotal total;
  for (const core::RowMass& row : derived.mass) {
    total.nan_rows += row.nan ? 1 : 0;
    total.moved += row.moved;  // all figures of a NaN row are 0
    total.leaked += row.leaked;
    total.lost += row.lost;
    total.sum += row.after_sum;
  }
  return total;
}

}  // namespace softmask::view
