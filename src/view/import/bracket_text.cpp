#include "view/import/bracket_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "view/import/matrix_builder.h"
#include "view/import/refusal_texts.h"
#include "view/import/text_place.h"
#include "view/import/value_text.h"

namespace softmask::view {
namespace {

// Deeper than any tensor of NumPy's, which has 32 dims at most.
constexpr std::size_t kDeepest = 32;
// "const scores = torch.nn.Parameter(torch.tensor(" is shorter.
constexpr std::size_t kLongestBeginning = 200;

constexpr std::string_view kLeftOut = "\xE2\x80\xA6";

bool is_open(char c) { return c == '[' || c == '('; }
bool is_close(char c) { return c == ']' || c == ')'; }
char closing(char open) { return open == '[' ? ']' : ')'; }

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.';
}

// Names of calls that a matrix may stand in, without their modules.
bool is_maker(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot != std::string_view::npos) name.remove_prefix(dot + 1);
  constexpr std::array kMakers = {"tensor", "Tensor",    "FloatTensor", "BoolTensor",
                                  "array",  "Array",     "DeviceArray", "asarray",
                                  "matrix", "Parameter", "list",        "as_tensor"};
  return std::find(kMakers.begin(), kMakers.end(), name) != kMakers.end();
}

std::optional<ElementType> type_named(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot != std::string_view::npos) name.remove_prefix(dot + 1);
  if (name == "bool" || name == "bool_") return ElementType::kBool;
  if (name == "float16" || name == "half") return ElementType::kFloat16;
  if (name == "bfloat16") return ElementType::kBFloat16;
  if (name == "float32" || name == "float") return ElementType::kFloat32;
  if (name == "float64" || name == "double") return ElementType::kFloat64;
  if (name.substr(0, 3) == "int" || name.substr(0, 4) == "uint") return ElementType::kInteger;
  return std::nullopt;
}

class BracketParser : public TextParser {
 public:
  explicit BracketParser(std::string_view text) : text_(text) {}

  bool read_to(std::size_t until) override {
    if (is_done_) return false;
    is_fine_ = has_begun_ ? is_fine_ : beginning();
    has_begun_ = true;
    bool is_within = true;
    while (is_fine_ && is_within) {
      is_fine_ = item();
      is_within = depth_ > 0;
      if (is_fine_ && is_within && at_ >= until && !at_end()) return true;
    }
    is_fine_ = is_fine_ && ending();
    is_done_ = true;
    return false;
  }

  ImportResult take() override {
    if (is_fine_) {
      ImportedMatrix matrix = builder_.take();
      if (written_type_) {
        matrix.type = *written_type_;
        matrix.type_is_written = true;
      }
      return {std::move(matrix), {}};
    }
    return refused(std::move(status_));
  }

 private:
  // What is wrong, at a place. Always false, so that callers can return it.
  bool refuse(std::size_t offset, std::string_view problem) {
    status_ = refused_at(text_, offset, problem);
    return false;
  }
  bool refuse(std::size_t offset, RefusalText problem) {
    return refuse(offset, refusal_text(problem));
  }
  bool refuse_found(std::size_t offset, std::string_view allowed) {
    return refuse(offset, found_but(piece(offset), allowed));
  }
  bool refuse_found(std::size_t offset, RefusalText allowed) {
    return refuse_found(offset, refusal_text(allowed));
  }

  // The word or the single character at an offset, for messages.
  std::string_view piece(std::size_t offset) const {
    std::size_t end = offset;
    while (end < text_.size() && !is_blank(text_[end]) && text_[end] != ',' &&
           !is_open(text_[end]) && !is_close(text_[end])) {
      ++end;
    }
    return text_.substr(offset, end == offset ? 1 : end - offset);
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  bool at_end() const { return at_ == text_.size(); }

  std::string_view take_name() {
    const std::size_t start = at_;
    while (at_ < text_.size() && is_name_character(text_[at_])) ++at_;
    return text_.substr(start, at_ - start);
  }

  // Up to the outermost list: names with "=" or ":" after them, and calls.
  bool beginning() {
    for (skip_blanks();; skip_blanks()) {
      const std::size_t start = at_;
      const std::string_view name = take_name();
      if (name.empty() && !at_end() && is_open(text_[at_])) return true;
      if (name.empty() || at_ > kLongestBeginning) {
        return refuse_found(start, RefusalText::kAllowedBracket);
      }
      if (!at_end() && text_[at_] == '(') {
        if (!is_maker(name)) return refuse_found(start, RefusalText::kAllowedMaker);
        ++at_;
        ++calls_;
        continue;
      }
      const bool number = calls_ > 0 && parse_value(name).has_value();
      if (number) return refuse(start, RefusalText::kSingleNumber);
      skip_blanks();
      if (!at_end() && (text_[at_] == '=' || text_[at_] == ':')) ++at_;
    }
  }

  // Of the lists: a bracket, a comma or a value.
  bool item() {
    skip_blanks();
    if (at_end()) return refuse(at_, RefusalText::kBracketOpen);
    const char c = text_[at_];
    return is_open(c) ? open() : is_close(c) ? close() : c == ',' ? comma() : value();
  }

  // Before a value or a list: separators are all commas or all blanks.
  bool check_separator() {
    if (depth_ == 0 || !has_item_[depth_ - 1]) return true;
    if (!separated_by_comma_) separated_by_comma_ = after_comma_;
    if (*separated_by_comma_ == after_comma_) return true;
    return refuse_found(
        at_, *separated_by_comma_ ? RefusalText::kAllowedComma : RefusalText::kAllowedNoComma);
  }

  bool open() {
    if (!check_separator()) return false;
    if (depth_ == kDeepest) return refuse(at_, RefusalText::kBracketsTooDeep);
    if (value_depth_ != 0 && depth_ == value_depth_) {
      return refuse(at_, RefusalText::kListForValue);
    }
    if (value_depth_ > 2 && depth_ + 2 <= value_depth_) {
      return refuse(at_, refusal_words(RefusalText::kSecondMatrix, {std::to_string(value_depth_)}));
    }
    if (depth_ > 0) has_item_[depth_ - 1] = true;
    brackets_[depth_] = text_[at_];
    has_item_[depth_] = false;
    after_comma_ = false;
    ++depth_;
    ++at_;
    return true;
  }

  bool close() {
    if (text_[at_] != closing(brackets_[depth_ - 1])) {
      return refuse_found(at_, std::string(1, closing(brackets_[depth_ - 1])));
    }
    if (!has_item_[depth_ - 1]) return refuse(at_, RefusalText::kListEmpty);
    if (depth_ == value_depth_) {
      const std::string problem = builder_.end_row();
      if (!problem.empty()) return refuse(at_, problem);
    }
    after_comma_ = false;
    --depth_;
    ++at_;
    return true;
  }

  bool comma() {
    if (after_comma_ || !has_item_[depth_ - 1]) {
      return refuse_found(at_, RefusalText::kAllowedValues);
    }
    after_comma_ = true;
    ++at_;
    return true;
  }

  // The text of a value: up to a blank, comma or bracket, float('inf') with its brackets.
  std::string_view value_text() const {
    std::size_t end = at_;
    while (end < text_.size() && !is_blank(text_[end]) && text_[end] != ',' && text_[end] != '[' &&
           !is_close(text_[end])) {
      if (text_[end] == '(') {
        const std::size_t close = text_.substr(0, std::min(text_.size(), end + 64)).find(')', end);
        if (close == std::string_view::npos) break;
        end = close;
      }
      ++end;
    }
    return text_.substr(at_, end - at_);
  }

  bool value() {
    const std::string_view word = value_text();
    if (word == "..." || word == kLeftOut) {
      return refuse(at_, RefusalText::kListLeftOut);
    }
    const std::optional<TextValue> value = parse_value(word);
    if (!value) {
      return refuse(at_, found_but(word.empty() ? piece(at_) : word, RefusalText::kAllowedValues));
    }
    if (!check_separator()) return false;
    if (value_depth_ == 0) value_depth_ = depth_;
    if (depth_ != value_depth_) return refuse(at_, RefusalText::kValueForList);
    const std::string problem = builder_.add(*value);
    if (!problem.empty()) return refuse(at_, problem);
    has_item_[depth_ - 1] = true;
    after_comma_ = false;
    at_ += word.size();
    return true;
  }

  // The keywords of the call, its bracket, and nothing more but a semicolon.
  bool ending() {
    for (; calls_ > 0; --calls_) {
      skip_blanks();
      while (!at_end() && text_[at_] == ',') {
        ++at_;
        if (!keyword()) return false;
      }
      if (at_end() || text_[at_] != ')') return refuse_found(at_, RefusalText::kAllowedCallEnd);
      ++at_;
    }
    skip_blanks();
    if (!at_end() && (text_[at_] == ';' || text_[at_] == ',')) ++at_;
    skip_blanks();
    return at_end() || refuse_found(at_, RefusalText::kAllowedNothing);
  }

  bool keyword() {
    skip_blanks();
    const std::size_t start = at_;
    const std::string_view name = take_name();
    skip_blanks();
    if (name.empty() && !at_end() && text_[at_] == ')') return true;
    if (name.empty() || at_end() || text_[at_] != '=') {
      return refuse_found(start, RefusalText::kAllowedKeyword);
    }
    ++at_;
    skip_blanks();
    const std::size_t value_start = at_;
    int inside = 0;
    for (; !at_end(); ++at_) {
      const char c = text_[at_];
      if (inside == 0 && (c == ',' || c == ')')) break;
      if (c == '(' || c == '[' || c == '<') ++inside;
      if ((c == ')' || c == ']' || c == '>') && inside > 0) --inside;
    }
    std::string_view word = trimmed(text_.substr(value_start, at_ - value_start));
    if (word.size() >= 2 && word.front() == word.back() && (word[0] == '\'' || word[0] == '"')) {
      word = word.substr(1, word.size() - 2);
    }
    if (name != "dtype") return true;
    written_type_ = type_named(word);
    return written_type_.has_value() ||
           refuse(value_start, found_but(word, RefusalText::kAllowedDtypes));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  core::Status status_;
  MatrixBuilder builder_;
  std::optional<ElementType> written_type_;
  int calls_ = 0;
  std::array<char, kDeepest> brackets_{};
  std::array<bool, kDeepest> has_item_{};
  std::size_t depth_ = 0;
  std::size_t value_depth_ = 0;  // 0: no value yet
  bool after_comma_ = false;
  std::optional<bool> separated_by_comma_;
  bool has_begun_ = false;
  bool is_fine_ = true;
  bool is_done_ = false;
};

}  // namespace

bool is_bracket_text(std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return false;
  if (is_open(text.front())) return true;
  // A name first; then, past blanks and further names, "(", "[" or "=".
  if (!is_name_character(text.front()) || (text.front() >= '0' && text.front() <= '9'))
    return false;
  for (const char c : text.substr(0, kLongestBeginning)) {
    if (is_open(c) || c == '=') return true;
    if (!is_name_character(c) && !is_blank(c) && c != ':') return false;
  }
  return false;
}

std::unique_ptr<TextParser> bracket_parser(std::string_view text) {
  return std::make_unique<BracketParser>(text);
}

}  // namespace softmask::view
