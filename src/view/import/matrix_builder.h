// A matrix that grows value by value, for formats that do not say their size beforehand.
#ifndef SOFTMASK_VIEW_IMPORT_MATRIX_BUILDER_H_
#define SOFTMASK_VIEW_IMPORT_MATRIX_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/memory_block.h"
#include "view/import/imported_matrix.h"
#include "view/import/value_text.h"

namespace softmask::view {

// Takes no more memory than twice the values that it was given, and never more than the limits of
// core/types.h need.
class MatrixBuilder {
 public:
  // Each empty, or why it was refused; the place is the caller's to add. After a refusal the
  // builder is of no more use.
  std::string add(TextValue value);
  std::string end_row();  // ragged rows are refused here

  int rows() const { return rows_; }
  int values_in_row() const { return in_row_; }

  // The matrix of all rows ended; there must be one.
  ImportedMatrix take();

 private:
  bool grow();

  core::MemoryBlock<float> values_;
  size_t capacity_ = 0;
  size_t count_ = 0;
  int rows_ = 0;
  int cols_ = 0;
  int in_row_ = 0;
  int64_t overflowed_ = 0;
  bool all_bool_ = true;
  bool all_integer_ = true;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_MATRIX_BUILDER_H_
