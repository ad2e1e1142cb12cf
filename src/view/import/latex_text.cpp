#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "view/import/table_rows.h"
#include "view/import/table_text.h"
#include "view/import/text_place.h"
#include "view/percent_coding.h"

namespace softmask::view {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The length of `\name` or of `\` and one other character.
std::size_t command_length(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && is_letter(text[length])) ++length;
  return length == 1 && text.size() > 1 ? 2 : length;
}

bool is_table_line(std::string_view command) {
  return command == "\\hline" || command == "\\toprule" || command == "\\midrule" ||
         command == "\\bottomrule" || command == "\\centering";
}

bool is_wrapper(std::string_view command) {
  return command == "\\textbf" || command == "\\mathbf" || command == "\\text" ||
         command == "\\mathrm" || command == "\\textit" || command == "\\mathit" ||
         command == "\\texttt" || command == "\\num";
}

// The value inside $…$, {…} and \textbf{…}.
std::string_view unwrapped(std::string_view cell) {
  for (;;) {
    cell = trimmed(cell);
    if (cell.size() >= 2 && cell.front() == '$' && cell.back() == '$') {
      cell = cell.substr(1, cell.size() - 2);
      continue;
    }
    std::string_view inner = cell;
    if (!cell.empty() && cell.front() == '\\') {
      const std::string_view command = cell.substr(0, command_length(cell));
      if (is_wrapper(command)) inner.remove_prefix(command.size());
    }
    if (inner.size() < 2 || inner.front() != '{' || inner.back() != '}') return cell;
    cell = inner.substr(1, inner.size() - 2);
  }
}

// The next one of a character, of places that never go back: each is looked for once, so that a
// text of nothing but beginnings takes no longer than another.
class NextOf {
 public:
  explicit NextOf(char character) : character_(character) {}
  std::size_t from(std::string_view text, std::size_t at) {
    if (!is_known_ || found_ < at) found_ = text.find(character_, at);
    is_known_ = true;
    return found_;
  }

 private:
  char character_;
  bool is_known_ = false;
  std::size_t found_ = 0;
};

class LatexParser : public TextParser {
 public:
  explicit LatexParser(std::string_view text) : text_(text), rows_(text) {}

  bool read_to(std::size_t until) override {
    if (is_done_) return false;
    bool is_fine = true;
    while (is_fine && !ended_ && at_ < text_.size()) {
      if (at_ >= until) return true;
      is_fine = step();
    }
    is_done_ = true;
    // The last row needs no \\ after it.
    if (is_fine && !ended_ && end_row() && !environment_.empty()) {
      rows_.fail(text_.data() + text_.size(), found_but({}, end_of(environment_)));
    }
    return false;
  }

  ImportResult take() override { return rows_.take(); }

 private:
  bool step() {
    const char c = text_[at_];
    if (c == '%') {
      // To the end of the line; what is before it in the cell is the cell.
      if (!cell_so_far().empty()) comment_at_ = comment_at_ == kNone ? at_ : comment_at_;
      at_ = std::min(text_.find('\n', at_), text_.size());
      if (comment_at_ == kNone) cell_start_ = at_;
      return true;
    }
    if (c == '&') {
      end_cell();
      cell_start_ = ++at_;
      return true;
    }
    if (c != '\\') {
      ++at_;
      return true;
    }
    return command();
  }

  bool command() {
    const std::string_view command = text_.substr(at_, command_length(text_.substr(at_)));
    const std::size_t start = at_;
    at_ += command.size();
    if (command == "\\\\" || command == "\\cr" || command == "\\tabularnewline") {
      cell_end_ = start;
      const bool fine = end_row();
      if (!fine) return false;
      skip_optional();
      cell_start_ = at_;
      return true;
    }
    if (command == "\\begin" || command == "\\left" || command == "\\[" || command == "\\(") {
      if (command == "\\begin") {
        environment_ = group_here();
        skip_groups();
      }
      if (command == "\\left" && at_ < text_.size()) at_ += text_[at_] == '\\' ? 2 : 1;
      at_ = std::min(at_, text_.size());
      // What stands before the table is no part of it.
      if (cells_.empty()) cell_start_ = at_;
      return true;
    }
    if (command == "\\end" || command == "\\right" || command == "\\]" || command == "\\)") {
      cell_end_ = start;
      ended_ = true;
      if (!end_row()) return false;
      // Whatever stands in brackets of its own is within what was begun.
      if (environment_.empty() || (command == "\\end" && group_here() == environment_)) return true;
      const std::size_t length = command == "\\end" ? group_here().size() + 2 : 0;
      return rows_.fail(
          text_.data() + start,
          found_but(text_.substr(start, command.size() + length), end_of(environment_)));
    }
    if (is_table_line(command) && cells_.empty() &&
        trimmed(text_.substr(cell_start_, start - cell_start_)).empty()) {
      cell_start_ = at_;
    }
    return true;
  }

  // {matrix} of \begin{matrix}, without its braces; empty where there is none.
  std::string_view group_here() {
    if (at_ >= text_.size() || text_[at_] != '{') return {};
    const std::size_t close = brace_.from(text_, at_);
    return close == std::string_view::npos ? std::string_view{}
                                           : text_.substr(at_ + 1, close - at_ - 1);
  }

  static std::string end_of(std::string_view environment) {
    return "\\end{" + printable_excerpt(environment, 40) + "}";
  }

  // \begin{array}[t]{rrr}: the groups right after the command.
  void skip_groups() {
    while (at_ < text_.size() && (text_[at_] == '{' || text_[at_] == '[')) {
      const std::size_t close = (text_[at_] == '{' ? brace_ : bracket_).from(text_, at_);
      if (close == std::string_view::npos) return;
      at_ = close + 1;
    }
  }

  // \\[2pt] and \\*: only a length in the brackets, a row may begin with one.
  void skip_optional() {
    if (at_ < text_.size() && text_[at_] == '*') ++at_;
    if (at_ >= text_.size() || text_[at_] != '[') return;
    const std::size_t close = bracket_.from(text_, at_);
    if (close != std::string_view::npos && close - at_ < 16) at_ = close + 1;
  }

  std::string_view cell_so_far() const {
    return trimmed(text_.substr(cell_start_, at_ - cell_start_));
  }

  void end_cell() {
    std::size_t end = cell_end_ == kNone ? at_ : cell_end_;
    if (comment_at_ != kNone) end = comment_at_;
    if (cells_.size() < kMostCells) {
      cells_.push_back(unwrapped(text_.substr(cell_start_, end - cell_start_)));
    }
    cell_end_ = kNone;
    comment_at_ = kNone;
  }

  bool end_row() {
    end_cell();
    const bool nothing =
        cells_.size() == 1 && (cells_[0].empty() || cells_[0] == "$" || cells_[0] == "$$");
    const bool fine = nothing || rows_.add(cells_);
    cells_.clear();
    cell_start_ = at_;
    return fine;
  }

  static constexpr std::size_t kNone = std::string_view::npos;

  std::string_view text_;
  TableRows rows_;
  std::vector<std::string_view> cells_;
  std::size_t at_ = 0;
  std::size_t cell_start_ = 0;
  std::size_t cell_end_ = kNone;    // before the command that ends it
  std::size_t comment_at_ = kNone;  // where a comment cuts it
  NextOf brace_{'}'};
  NextOf bracket_{']'};
  std::string_view environment_;  // that was begun last
  bool ended_ = false;
  bool is_done_ = false;
};

}  // namespace

std::unique_ptr<TextParser> latex_parser(std::string_view text) {
  return std::make_unique<LatexParser>(text);
}

}  // namespace softmask::view
