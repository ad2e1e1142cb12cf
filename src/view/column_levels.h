// For each row of a matrix, which of 4, 16, 64 … neighbouring cells stands for them all.
#ifndef SOFTMASK_VIEW_COLUMN_LEVELS_H_
#define SOFTMASK_VIEW_COLUMN_LEVELS_H_

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace softmask::view {

// How the cells that share a pixel become one.
enum class Reduction : uint8_t {
  kMax,   // the one that stands out: no cell that is hot is hidden, none that is not looks so
  kMean,  // their mean
};

// Which cell stands out among several.
enum class Prominence : uint8_t {
  kKeptMagnitude,  // scores: the kept one farthest from zero; a masked one only if all are masked
  kLargest,        // probabilities: the largest, masked or not, so that leaked mass is seen too
};

// A cell, or what stands for several.
struct Standing {
  float value = 0;
  bool masked = false;  // all of them are
};

// Whether `b` takes the place of `a`. NaN comes before every number.
inline bool stands_before(const Standing& b, const Standing& a, Prominence prominence) {
  if (prominence == Prominence::kKeptMagnitude && a.masked != b.masked) return a.masked;
  if (std::isnan(a.value) || std::isnan(b.value)) {
    return std::isnan(b.value) && !std::isnan(a.value);
  }
  return prominence == Prominence::kLargest ? b.value > a.value
                                            : std::fabs(b.value) > std::fabs(a.value);
}

// Rows are not reduced: each may be scaled by itself, and a column that changed is O(rows). About
// a third of the matrix's memory.
class ColumnLevels {
 public:
  static constexpr int kFactor = 4;  // cells of a level that one of the next stands for

  struct Level {
    int step = 1;  // columns of the matrix that one value stands for
    int cols = 0;
    std::vector<float> values;    // rows * cols
    std::vector<uint8_t> masked;  // as many; 1 = all that it stands for is masked
  };

  // Forgets everything. add_row() for every row, from the first to the last, makes it whole.
  void reset(int rows, int cols, Prominence prominence);
  // `values` and `masked` have one entry a column. O(cols).
  void add_row(std::span<const float> values, std::span<const uint8_t> masked);
  // One cell of the row, whose values are now these. O(log cols).
  void update(int row, int col, std::span<const float> values, std::span<const uint8_t> masked);

  // The first has step kFactor, the last one column; none where the matrix has one column.
  const std::vector<Level>& levels() const { return levels_; }
  // What stands for the whole row.
  Standing of_row(int row, std::span<const float> values, std::span<const uint8_t> masked) const;

 private:
  Standing over(std::span<const float> values, std::span<const uint8_t> masked, int first) const;

  Prominence prominence_ = Prominence::kLargest;
  std::vector<Level> levels_;
  // The row that is added, of one level: appended as a whole, since zeros for all rows at once take
  // longer than a page may stand still.
  std::vector<float> row_values_;
  std::vector<uint8_t> row_masked_;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_COLUMN_LEVELS_H_
