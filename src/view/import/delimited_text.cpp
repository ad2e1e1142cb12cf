#include <cstddef>
#include <memory>
#include <optional>
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

char delimiter_of(std::string_view line) {
  // An indentation is no delimiter; an empty first cell is.
  for (const char delimiter : {'\t', ';', ','}) {
    if (line.find(delimiter) != std::string_view::npos) return delimiter;
  }
  return kBlanks;
}

class DelimitedParser : public TextParser {
 public:
  explicit DelimitedParser(std::string_view text) : text_(text), rows_(text) {}

  bool read_to(std::size_t until) override {
    while (is_fine_ && at_ < text_.size()) {
      if (at_ >= until) return true;
      is_fine_ = line();
    }
    return false;
  }

  ImportResult take() override { return rows_.take(); }

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
    // The first line that is neither blank nor a comment says how all are written.
    if (!delimiter_) {
      delimiter_ = delimiter_of(line);
      if (*delimiter_ != ',') rows_.allow_decimal_commas();
    }
    cells_.clear();
    const bool fine = *delimiter_ == kBlanks ? split_at_blanks(content) : split(line);
    at_ = next;
    return fine && rows_.add(cells_);
  }

  bool split_at_blanks(std::string_view line) {
    while (!line.empty() && cells_.size() < kMostCells) {
      std::size_t length = 0;
      while (length < line.size() && !is_blank(line[length])) ++length;
      cells_.push_back(line.substr(0, length));
      line = line.substr(length);
      while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
    }
    return true;
  }

  bool split(std::string_view line) {
    while (cells_.size() < kMostCells) {
      std::string_view rest = line;
      while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
      std::size_t length = line.find(*delimiter_);
      if (!rest.empty() && rest.front() == '"') {
        const std::size_t close = rest.find('"', 1);
        if (close == std::string_view::npos) {
          return rows_.fail(rest.data(), refusal_text(RefusalText::kQuoteNotClosed));
        }
        const std::string_view after = rest.substr(close + 1);
        length = after.find(*delimiter_);
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
    return true;  // and refused for its length
  }

  std::string_view text_;
  std::optional<char> delimiter_;
  TableRows rows_;
  std::size_t at_ = 0;
  std::vector<std::string_view> cells_;
  bool is_fine_ = true;
};

}  // namespace

std::unique_ptr<TextParser> delimited_parser(std::string_view text) {
  return std::make_unique<DelimitedParser>(text);
}

}  // namespace softmask::view
