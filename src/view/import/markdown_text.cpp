#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "view/import/table_rows.h"
#include "view/import/table_text.h"
#include "view/import/text_place.h"

namespace softmask::view {
namespace {

// |:---|---:|
bool is_header_rule(std::string_view line) {
  return line.find('-') != std::string_view::npos && line.find('|') != std::string_view::npos &&
         line.find_first_not_of("|:- \t\r+") == std::string_view::npos;
}

// The cells between bars; `**0.5**` and `` `0.5` `` are 0.5.
void split_at_bars(std::string_view line, std::vector<std::string_view>& cells) {
  cells.clear();
  if (line.front() == '|') line.remove_prefix(1);
  if (!line.empty() && line.back() == '|') line.remove_suffix(1);
  for (;;) {
    const std::size_t length = line.find('|');
    std::string_view cell = trimmed(line.substr(0, length));
    while (cell.size() > 2 && cell.front() == cell.back() &&
           (cell.front() == '*' || cell.front() == '`' || cell.front() == '_')) {
      cell = cell.substr(1, cell.size() - 2);
    }
    cells.push_back(cell);
    if (length == std::string_view::npos) return;
    line.remove_prefix(length + 1);
  }
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = trimmed(text.substr(0, end));
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

}  // namespace

ImportResult import_markdown_text(std::string_view text) {
  TableRows rows(text, false);
  std::vector<std::string_view> cells;
  std::string_view rest = text;
  bool first = true;
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    if (line.empty() || is_header_rule(line)) continue;
    split_at_bars(line, cells);
    std::string_view ahead = rest;
    const bool heads = first && is_header_rule(take_line(ahead));
    first = false;
    if (heads) {
      rows.add_header(cells);
    } else if (!rows.add(cells)) {
      break;
    }
  }
  return rows.take();
}

}  // namespace softmask::view
