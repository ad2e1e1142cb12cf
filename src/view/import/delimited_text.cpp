#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "view/import/refusal_texts.h"
#include "view/import/table_rows.h"
#include "view/import/table_text.h"
#include "view/import/text_place.h"

namespace softmask::view {
namespace {

constexpr char kBlanks = ' ';

// The first line that is neither blank nor a comment.
std::string_view first_line(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    if (!line.empty() && line.front() != '#') return text.substr(0, end);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return {};
}

char delimiter_of(std::string_view line) {
  // An indentation is no delimiter; an empty first cell is.
  for (const char delimiter : {'\t', ';', ','}) {
    if (line.find(delimiter) != std::string_view::npos) return delimiter;
  }
  return kBlanks;
}

class DelimitedParser {
 public:
  explicit DelimitedParser(std::string_view text)
      : text_(text), delimiter_(delimiter_of(first_line(text))), rows_(text, delimiter_ != ',') {}

  ImportResult parse() {
    while (at_ < text_.size() && line()) {
    }
    return rows_.take();
  }

 private:
  bool line() {
    std::size_t end = text_.find('\n', at_);
    if (end == std::string_view::npos) end = text_.size();
    const std::string_view line = text_.substr(at_, end - at_);
    const std::string_view content = trimmed(line);
    const std::size_t next = end == text_.size() ? end : end + 1;
    if (content.empty() || content.front() == '#') {
      at_ = next;
      return true;
    }
    cells_.clear();
    const bool fine = delimiter_ == kBlanks ? split_at_blanks(content) : split(line);
    at_ = next;
    return fine && rows_.add(cells_);
  }

  bool split_at_blanks(std::string_view line) {
    while (!line.empty()) {
      std::size_t length = 0;
      while (length < line.size() && !is_blank(line[length])) ++length;
      cells_.push_back(line.substr(0, length));
      line = line.substr(length);
      while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
    }
    return true;
  }

  bool split(std::string_view line) {
    for (;;) {
      std::string_view rest = line;
      while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
      std::size_t length = line.find(delimiter_);
      if (!rest.empty() && rest.front() == '"') {
        const std::size_t close = rest.find('"', 1);
        if (close == std::string_view::npos) {
          return rows_.fail(rest.data(), refusal_text(RefusalText::kQuoteNotClosed));
        }
        const std::string_view after = rest.substr(close + 1);
        length = after.find(delimiter_);
        const std::string_view between = trimmed(after.substr(0, length));
        if (!between.empty()) {
          return rows_.fail(between.data(), found_but(between, RefusalText::kAllowedDelimiter));
        }
        cells_.push_back(trimmed(rest.substr(1, close - 1)));
        line = after;
      } else {
        // trimmed() of nothing but blanks ends at the delimiter, where the message points.
        cells_.push_back(trimmed(line.substr(0, length)));
      }
      if (length == std::string_view::npos) return true;
      line = line.substr(length + 1);
      // A delimiter at the end of the line, as some programs write it, begins no cell.
      if (cells_.size() > 1 && trimmed(line).empty() && !cells_.front().empty()) return true;
    }
  }

  std::string_view text_;
  char delimiter_;
  TableRows rows_;
  std::size_t at_ = 0;
  std::vector<std::string_view> cells_;
};

}  // namespace

ImportResult import_delimited_text(std::string_view text) { return DelimitedParser(text).parse(); }

}  // namespace softmask::view
