#include "view/import/imported_matrix.h"

#include "core/types.h"

namespace softmask::view {

core::Status no_memory_for(int64_t elements) {
  return core::Status::range("there is no memory for " + std::to_string(elements) + " values");
}

core::Status check_import_size(uint64_t rows, uint64_t cols) {
  const std::string size = std::to_string(rows) + " rows of " + std::to_string(cols) + " values";
  if (rows == 0 || cols == 0) {
    return core::Status::range(size + ": it is empty; allowed: at least one value");
  }
  if (rows > core::kMaxRows || cols > core::kMaxCols ||
      rows * cols > static_cast<uint64_t>(core::kMaxElements)) {
    return core::Status::range(size + "; allowed: up to " + std::to_string(core::kMaxRows) +
                               " rows, " + std::to_string(core::kMaxCols) + " columns and " +
                               std::to_string(core::kMaxElements) + " values together");
  }
  return {};
}

}  // namespace softmask::view
