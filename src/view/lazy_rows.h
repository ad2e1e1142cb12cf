// A matrix of which a change that touches every row need not compute every row at once.
#ifndef SOFTMASK_VIEW_LAZY_ROWS_H_
#define SOFTMASK_VIEW_LAZY_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace softmask::view {

// Row-major. Whatever is read is current: a stale row is computed when it is first looked at, and
// all of them when the whole matrix is asked for by all(), which nothing does by itself.
class LazyRows {
 public:
  // Gives one row; called at most once a row. It must not outlive what it reads.
  using Compute = std::function<void(int row, std::span<float> out)>;

  LazyRows() = default;
  LazyRows(LazyRows&&) = default;
  LazyRows& operator=(LazyRows&&) = default;
  // A copy is whole: what would compute the rest belongs to the original.
  LazyRows(const LazyRows& other) : values_(other.all()) {}
  LazyRows& operator=(const LazyRows& other) {
    if (this != &other) *this = LazyRows(other);
    return *this;
  }

  std::size_t size() const { return values_.size(); }
  bool empty() const { return values_.empty(); }

  // O(columns) where the row is stale.
  std::span<const float> row(int row, int cols) const {
    refresh(static_cast<std::size_t>(row));
    return std::span(values_).subspan(
        static_cast<std::size_t>(row) * static_cast<std::size_t>(cols),
        static_cast<std::size_t>(cols));
  }
  float operator[](std::size_t i) const {
    if (!stale_.empty()) refresh(i / cols_);
    return values_[i];
  }
  // The whole, of which `at_ends` rows at the top and at the bottom are current: for whoever reads
  // these alone.
  const std::vector<float>& current_at_ends(int at_ends) const {
    const std::size_t rows = stale_.size(), ends = static_cast<std::size_t>(at_ends);
    for (std::size_t row = 0; row < rows; ++row) {
      if (row < ends || row + ends >= rows) refresh(row);
    }
    return values_;
  }
  // O(stale rows * columns).
  const std::vector<float>& all() const {
    for (std::size_t row = 0; row < stale_.size(); ++row) refresh(row);
    stale_.clear();
    return values_;
  }

  // For whoever fills it: all rows count as current from here on.
  std::vector<float>& values() {
    stale_.clear();
    return values_;
  }
  void clear() { values().clear(); }

  // Every row has to be computed anew before it is read. The memory stays.
  void make_stale(int cols, Compute compute) {
    cols_ = static_cast<std::size_t>(cols);
    compute_ = std::move(compute);
    stale_.assign(values_.size() / cols_, 1);
  }
  bool has_stale_rows() const { return !stale_.empty(); }

 private:
  void refresh(std::size_t row) const {
    if (stale_.empty() || stale_[row] == 0) return;
    stale_[row] = 0;
    compute_(static_cast<int>(row), std::span(values_).subspan(row * cols_, cols_));
  }

  mutable std::vector<float> values_;
  mutable std::vector<uint8_t> stale_;  // one a row; empty: none is
  std::size_t cols_ = 1;
  Compute compute_;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_LAZY_ROWS_H_
