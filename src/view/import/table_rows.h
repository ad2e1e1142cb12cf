// Cells of a table to a matrix: headers and labels aside, errors with their places.
#ifndef SOFTMASK_VIEW_IMPORT_TABLE_ROWS_H_
#define SOFTMASK_VIEW_IMPORT_TABLE_ROWS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/status.h"
#include "view/import/imported_matrix.h"
#include "view/import/matrix_builder.h"
#include "view/import/value_text.h"

namespace softmask::view {

class TableRows {
 public:
  // `text`: what every cell given is a piece of.
  explicit TableRows(std::string_view text) : text_(text) {}

  // From now on 0,5 is 0.5.
  void allow_decimal_commas() { decimal_comma_ = true; }

  // The next row; cells may be empty. False once something was refused.
  bool add(const std::vector<std::string_view>& cells);
  // The next row is a header: nothing is added.
  void add_header(const std::vector<std::string_view>& cells);
  // Refuses at a place in the text. Always false, so that callers can return it.
  bool fail(const char* where, std::string_view problem);

  ImportResult take();

 private:
  std::optional<TextValue> value_of(std::string_view cell) const;

  std::string_view text_;
  bool decimal_comma_ = false;
  bool first_ = true;
  bool has_header_ = false;
  std::string_view header_;  // its first cell
  bool may_label_ = false;   // below a header, before the first row
  bool labelled_ = false;
  MatrixBuilder builder_;
  core::Status status_;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_TABLE_ROWS_H_
