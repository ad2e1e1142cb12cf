#include "view/import/matrix_builder.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "core/types.h"
#include "view/import/refusal_texts.h"

namespace softmask::view {
namespace {

constexpr size_t kFirstCapacity = 256;
constexpr auto kMost = static_cast<size_t>(core::kMaxElements);

}  // namespace

bool MatrixBuilder::grow() {
  const size_t wanted = std::min(std::max(kFirstCapacity, capacity_ * 2), kMost);
  void* memory = std::realloc(values_.get(), wanted * sizeof(float));
  if (memory == nullptr) return false;
  static_cast<void>(values_.release());
  values_.reset(static_cast<float*>(memory));
  capacity_ = wanted;
  return true;
}

std::string MatrixBuilder::add(TextValue value) {
  if (in_row_ == core::kMaxCols) {
    return refusal_words(RefusalText::kRowTooLong, {std::to_string(core::kMaxCols)});
  }
  if (count_ == kMost) {
    return refusal_words(RefusalText::kTooManyValues, {std::to_string(kMost)});
  }
  if (in_row_ == 0 && rows_ == core::kMaxRows) {
    return refusal_words(RefusalText::kTooManyRows, {std::to_string(core::kMaxRows)});
  }
  if (count_ == capacity_ && !grow()) return no_memory_for(static_cast<int64_t>(count_)).message;
  const auto narrow = static_cast<float>(value.number);
  if (std::isinf(narrow) && value.in_digits) ++overflowed_;
  values_[count_++] = narrow;
  ++in_row_;
  all_bool_ = all_bool_ && value.kind == TextValue::Kind::kBool;
  all_integer_ = all_integer_ && value.kind == TextValue::Kind::kInteger;
  return {};
}

std::string MatrixBuilder::end_row() {
  if (in_row_ == 0) return refusal_text(RefusalText::kRowEmpty);
  if (rows_ > 0 && in_row_ != cols_) {
    return refusal_words(RefusalText::kRowsDiffer,
                         {std::to_string(in_row_), std::to_string(cols_)});
  }
  cols_ = in_row_;
  in_row_ = 0;
  ++rows_;
  return {};
}

ImportedMatrix MatrixBuilder::take() {
  ImportedMatrix matrix;
  matrix.rows = rows_;
  matrix.cols = cols_;
  matrix.values = std::move(values_);
  matrix.overflowed = overflowed_;
  matrix.type_is_written = false;
  if (all_bool_) matrix.type = ElementType::kBool;
  if (all_integer_) matrix.type = ElementType::kInteger;
  return matrix;
}

}  // namespace softmask::view
