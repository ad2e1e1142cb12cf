#include <algorithm>
#include <cstddef>
#include <memory>
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
  while (cells.size() < kMostCells) {
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

class MarkdownParser : public TextParser {
 public:
  explicit MarkdownParser(std::string_view text) : text_(text), rest_(text), rows_(text) {}

  bool read_to(std::size_t until) override {
    while (is_fine_ && !rest_.empty()) {
      if (text_.size() - rest_.size() >= until) return true;
      is_fine_ = line();
    }
    return false;
  }

  ImportResult take() override { return rows_.take(); }

 private:
  bool line() {
    const std::string_view line = take_line(rest_);
    if (line.empty() || is_header_rule(line)) return true;
    split_at_bars(line, cells_);
    std::string_view ahead = rest_;
    const bool heads = is_first_ && is_header_rule(take_line(ahead));
    is_first_ = false;
    if (!heads) return rows_.add(cells_);
    rows_.add_header(cells_);
    return true;
  }

  std::string_view text_;
  std::string_view rest_;
  TableRows rows_;
  std::vector<std::string_view> cells_;
  bool is_first_ = true;
  bool is_fine_ = true;
};

}  // namespace

std::unique_ptr<TextParser> markdown_parser(std::string_view text) {
  return std::make_unique<MarkdownParser>(text);
}

}  // namespace softmask::view
