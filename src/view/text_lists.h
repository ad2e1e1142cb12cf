// Lists of rows and columns in words, short however long they are.
#ifndef SOFTMASK_VIEW_TEXT_LISTS_H_
#define SOFTMASK_VIEW_TEXT_LISTS_H_

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "view/sentences.h"
#include "view/strings.h"

namespace softmask::view {

// "1, 2, 4" for up to `all_up_to` indices; beyond that runs of three and more become "1–7", and
// after six items the rest is counted: "1–7, 9, 11, 13, 15, 17 and 12 more". `indices` rise.
std::string index_list(std::span<const int> indices, std::size_t all_up_to);

// "column 3", "columns 1, 2, 4" (runs when there are more than four).
std::string columns_text(std::span<const int> columns);

// Pieces joined by the language's comma: kListComma between things, kClauseComma between clauses.
std::string joined(const std::vector<std::string>& pieces, Text comma);

// `pattern` taken apart at its `*`, with {0} … {9} replaced (values may hold `*` of their own).
std::vector<TextRun> fill_in_runs(Text pattern, std::initializer_list<std::string_view> values);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_TEXT_LISTS_H_
