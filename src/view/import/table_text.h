// Rows of cells: CSV, TSV and their kin, Markdown and LaTeX tables.
#ifndef SOFTMASK_VIEW_IMPORT_TABLE_TEXT_H_
#define SOFTMASK_VIEW_IMPORT_TABLE_TEXT_H_

#include <memory>
#include <string_view>

#include "view/import/text_parser.h"

namespace softmask::view {

// All take UTF-8, which has to outlive them, and are O(length). A first row whose first cell is
// empty, or of which no cell is a value, is a header; below one, a first column that begins with a
// word or has an empty head is labels. Neither is part of the matrix. Blank lines are skipped.

// Cells by tabs where the first line has one, else semicolons, else commas, else blanks
// (np.savetxt). Cells may be in double quotes. Not between commas, "0,5" is 0.5. Lines that begin
// with # are comments.
std::unique_ptr<TextParser> delimited_parser(std::string_view text);

// | a | b |, with or without the outer bars. The row above |---|---| is a header in any case.
std::unique_ptr<TextParser> markdown_parser(std::string_view text);

// a & b \\ in any environment (tabular, pmatrix …) or none. Rules, $, \left[, \textbf{…} and
// comments are skipped.
std::unique_ptr<TextParser> latex_parser(std::string_view text);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_TABLE_TEXT_H_
