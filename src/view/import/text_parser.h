// What parses a text a part at a time, so that a page lives on between the parts of a long one.
#ifndef SOFTMASK_VIEW_IMPORT_TEXT_PARSER_H_
#define SOFTMASK_VIEW_IMPORT_TEXT_PARSER_H_

#include <cstddef>

#include "core/types.h"
#include "view/import/imported_matrix.h"

namespace softmask::view {

// Cells of one row that are looked at: a label, the columns, and the one that is too many.
inline constexpr std::size_t kMostCells = static_cast<std::size_t>(core::kMaxCols) + 2;

class TextParser {
 public:
  TextParser() = default;
  TextParser(const TextParser&) = delete;
  TextParser& operator=(const TextParser&) = delete;
  virtual ~TextParser() = default;

  // Reads on to the text's byte `until`, or to the end of what stands there: a row, a value. False
  // once there is no more to read, or something was refused. O(what is read).
  virtual bool read_to(std::size_t until) = 0;

  // The matrix, or the refusal, once read_to was false.
  virtual ImportResult take() = 0;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_TEXT_PARSER_H_
