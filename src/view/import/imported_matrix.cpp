#include "view/import/imported_matrix.h"

#include "core/types.h"
#include "view/import/refusal_texts.h"

namespace softmask::view {

core::Status no_memory_for(int64_t elements) {
  return core::Status::range(
      refusal_words(RefusalText::kNoMemoryForValues, {std::to_string(elements)}));
}

core::Status check_import_size(uint64_t rows, uint64_t cols) {
  if (rows == 0 || cols == 0) {
    return core::Status::range(
        refusal_words(RefusalText::kMatrixEmpty, {std::to_string(rows), std::to_string(cols)}));
  }
  if (rows > core::kMaxRows || cols > core::kMaxCols ||
      rows * cols > static_cast<uint64_t>(core::kMaxElements)) {
    return core::Status::range(
        refusal_words(RefusalText::kMatrixTooLarge,
                      {std::to_string(rows), std::to_string(cols), std::to_string(core::kMaxRows),
                       std::to_string(core::kMaxCols), std::to_string(core::kMaxElements)}));
  }
  return {};
}

}  // namespace softmask::view
