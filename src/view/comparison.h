// The pinned state A beside the present state B.
#ifndef SOFTMASK_VIEW_COMPARISON_H_
#define SOFTMASK_VIEW_COMPARISON_H_

#include <cstdint>
#include <string>
#include <vector>

#include "view/derive.h"
#include "view/state.h"

namespace softmask::view {

struct Comparison {
  // B − A, row-major, as large as both; empty where the shapes differ or one of them has no result.
  std::vector<float> difference;
  float limit = 1;       // colours span ±this: the largest finite |difference|, or 1
  double largest = 0;    // the largest finite |difference|
  int largest_row = -1;  // where it is; -1 where nothing differs
  int largest_col = -1;
  int64_t differing = 0;   // cells whose bits differ (any NaN equals any NaN)
  int64_t nan_in_one = 0;  // of them, NaN on one side only
  // The keys whose values differ, each as "fill -1e9 → 1e-9"; what is only looked at left out.
  std::vector<std::string> changed;
  std::string problem;  // in words, where there is no difference to show
};

// O(rows*cols).
Comparison compare(const State& a_state, const Derived& a, const State& b_state, const Derived& b);

// The same in slices: step() until it says true, then take(). The numbers are read until then.
class ComparisonJob {
 public:
  ComparisonJob(const State& a_state, const Derived& a, const State& b_state, const Derived& b);

  bool step();              // some milliseconds; true when nothing is left to do
  double progress() const;  // 0 … 1, never falling
  Comparison take();

 private:
  void compare_row(int row);

  const Derived& a_;
  const Derived& b_;
  int at_ = 0;  // rows that are done
  Comparison out_;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_COMPARISON_H_
