#include "view/column_levels.h"

#include <algorithm>

namespace softmask::view {
namespace {

std::span<const float> row_of(const std::vector<float>& values, int row, int cols) {
  return std::span(values).subspan(static_cast<std::size_t>(row) * static_cast<std::size_t>(cols),
                                   static_cast<std::size_t>(cols));
}

std::span<const uint8_t> row_of(const std::vector<uint8_t>& values, int row, int cols) {
  return std::span(values).subspan(static_cast<std::size_t>(row) * static_cast<std::size_t>(cols),
                                   static_cast<std::size_t>(cols));
}

}  // namespace

void ColumnLevels::reset(int rows, int cols, Prominence prominence) {
  prominence_ = prominence;
  levels_.clear();
  for (int step = 1, width = cols; width > 1;) {
    step *= kFactor;
    width = (width + kFactor - 1) / kFactor;
    const std::size_t size = static_cast<std::size_t>(rows) * static_cast<std::size_t>(width);
    levels_.push_back({step, width, {}, {}});
    levels_.back().values.reserve(size);
    levels_.back().masked.reserve(size);
  }
}

Standing ColumnLevels::over(std::span<const float> values, std::span<const uint8_t> masked,
                            int first) const {
  const std::size_t end = std::min(static_cast<std::size_t>(first) + kFactor, values.size());
  std::size_t at = static_cast<std::size_t>(first);
  Standing best = {values[at], masked[at] != 0};
  for (++at; at < end; ++at) {
    const Standing next = {values[at], masked[at] != 0};
    const bool all_masked = best.masked && next.masked;
    if (stands_before(next, best, prominence_)) best = next;
    best.masked = all_masked;
  }
  return best;
}

void ColumnLevels::add_row(std::span<const float> values, std::span<const uint8_t> masked) {
  for (Level& level : levels_) {
    const auto cols = static_cast<std::size_t>(level.cols);
    row_values_.resize(cols);
    row_masked_.resize(cols);
    for (int col = 0; col < level.cols; ++col) {
      const Standing best = over(values, masked, col * kFactor);
      row_values_[static_cast<std::size_t>(col)] = best.value;
      row_masked_[static_cast<std::size_t>(col)] = best.masked ? 1 : 0;
    }
    level.values.insert(level.values.end(), row_values_.begin(), row_values_.end());
    level.masked.insert(level.masked.end(), row_masked_.begin(), row_masked_.end());
    values = std::span(level.values).last(cols);
    masked = std::span(level.masked).last(cols);
  }
}

void ColumnLevels::update(int row, int col, std::span<const float> values,
                          std::span<const uint8_t> masked) {
  for (Level& level : levels_) {
    col /= kFactor;
    const Standing best = over(values, masked, col * kFactor);
    const std::size_t at = static_cast<std::size_t>(row) * static_cast<std::size_t>(level.cols) +
                           static_cast<std::size_t>(col);
    level.values[at] = best.value;
    level.masked[at] = best.masked ? 1 : 0;
    values = row_of(level.values, row, level.cols);
    masked = row_of(level.masked, row, level.cols);
  }
}

Standing ColumnLevels::of_row(int row, std::span<const float> values,
                              std::span<const uint8_t> masked) const {
  if (levels_.empty()) return {values[0], masked[0] != 0};
  const auto at = static_cast<std::size_t>(row);
  return {levels_.back().values[at], levels_.back().masked[at] != 0};
}

}  // namespace softmask::view
