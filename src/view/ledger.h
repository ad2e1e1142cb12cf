// The mass of all rows: in which order they are listed, and what they come to together.
#ifndef SOFTMASK_VIEW_LEDGER_H_
#define SOFTMASK_VIEW_LEDGER_H_

#include <cstdint>
#include <vector>

#include "view/derive.h"

namespace softmask::view {

enum class LedgerSort : uint8_t { kByRow, kByMoved };

// Row indices in the order of the list. By moved mass: the most first, equal ones by index, rows
// that are NaN last. O(rows log rows).
std::vector<int> ledger_order(const Derived& derived, LedgerSort sort);

// Sums over the rows that are not NaN.
struct LedgerTotal {
  double moved = 0;
  double leaked = 0;
  double lost = 0;
  double sum = 0;
  int nan_rows = 0;
};
LedgerTotal ledger_total(const Derived& derived);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_LEDGER_H_
