// A column mask in the form in which the SIMD kernel works off its rows.
#ifndef SOFTMASK_CORE_KEPT_COLUMNS_H_
#define SOFTMASK_CORE_KEPT_COLUMNS_H_

#include <cstddef>
#include <cstdint>

namespace softmask::core {

// Four neighbouring columns are a group, the floats of one vector. The kept elements of a row are
// gathered into a packed row, in this order:
//
//   pairs    two groups of which one keeps exactly the lanes that the other masks, merged into one
//            vector: every element stays in its lane, so that two bitwise operations gather and
//            scatter it
//   whole    groups of which every column is kept
//   single   the columns of all other groups, one by one
//
// With random masks of half of the columns nearly all groups find a partner; with runs (padding)
// groups that are kept whole pair with groups that are masked.
class KeptColumns {
 public:
  static constexpr size_t kGroup = 4;

  // Offsets in bytes into a row; `lanes` into a table of 16 masks, by the lanes that `first` keeps.
  struct Pair {
    uint32_t first;
    uint32_t second;
    uint32_t lanes;
  };

  // 32-bit words of memory that the lists need at most.
  static size_t words(size_t cols) { return 2 * cols + cols / kGroup; }

  // mask: cols bytes, non-zero = masked. `memory` has words(cols) words and outlives this.
  // Cost: one pass over the mask.
  KeptColumns(const uint8_t* mask, size_t cols, uint32_t* memory);

  const Pair* pairs() const { return pairs_; }
  size_t pair_count() const { return pair_count_; }

  // Offsets in bytes, of groups and of columns.
  const uint32_t* whole() const { return whole_; }
  size_t whole_count() const { return whole_count_; }
  const uint32_t* single() const { return single_; }
  size_t single_count() const { return single_count_; }
  // Groups that hold masked columns and are in no pair: offsets in bytes. Beyond the last whole
  // group a row may have up to three columns more.
  const uint32_t* unpaired() const { return unpaired_; }
  size_t unpaired_count() const { return unpaired_count_; }

  // How many columns are kept.
  size_t kept() const { return kGroup * (pair_count_ + whole_count_) + single_count_; }

 private:
  const Pair* pairs_;
  const uint32_t* whole_;
  const uint32_t* single_;
  const uint32_t* unpaired_;
  size_t pair_count_ = 0;
  size_t whole_count_ = 0;
  size_t single_count_ = 0;
  size_t unpaired_count_ = 0;
};

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_KEPT_COLUMNS_H_
