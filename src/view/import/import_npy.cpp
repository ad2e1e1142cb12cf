#include "view/import/import_npy.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "view/import/refusal_texts.h"
#include "view/import/text_place.h"
#include "view/number_parse.h"
#include "view/percent_coding.h"

namespace softmask::view {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kBeforeLength = 8;
// A structured type could need more.
constexpr std::size_t kLongestHeader = kLongestNpyHeader - kBeforeLength - 4;

std::optional<StoredType> type_of(std::string_view descr) {
  if (descr.size() != 3) return std::nullopt;
  StoredType type;
  type.big_endian = descr[0] == '>';
  type.size = descr[2] - '0';
  const bool power = type.size == 1 || type.size == 2 || type.size == 4 || type.size == 8;
  // "|" is for types of one byte, "=" no file should have.
  const bool ordered = descr[0] == '<' || descr[0] == '>' || (descr[0] == '|' && type.size == 1);
  if (!power || !ordered) return std::nullopt;
  switch (descr[1]) {
    case 'b':
      type.kind = StoredKind::kBool;
      break;
    case 'i':
      type.kind = StoredKind::kSigned;
      break;
    case 'u':
      type.kind = StoredKind::kUnsigned;
      break;
    case 'f':
      type.kind = StoredKind::kFloat;
      break;
    default:
      return std::nullopt;
  }
  if (type.kind == StoredKind::kBool && type.size != 1) return std::nullopt;
  if (type.kind == StoredKind::kFloat && type.size == 1) return std::nullopt;
  return type;
}

// The header: a Python dict of exactly 'descr', 'fortran_order' and 'shape'.
class HeaderParser {
 public:
  HeaderParser(std::string_view header, std::size_t offset) : text_(header), offset_(offset) {}

  // Where the type alone is refused, the shape is there all the same.
  core::Result<StoredArray> parse() {
    const bool whole = dict();
    if (!has_shape_) array_.shape.clear();
    if (whole && type_status_.ok()) return {std::move(array_), {}};
    return {std::move(array_), std::move(type_status_.ok() ? status_ : type_status_)};
  }

  std::string_view descr() const { return descr_; }

 private:
  bool refuse(std::size_t at, std::string_view problem) {
    status_ = refused_at_byte(offset_ + at, problem);
    return false;
  }
  bool refuse(std::size_t at, RefusalText problem) { return refuse(at, refusal_text(problem)); }
  bool refuse_found(std::size_t at, std::string_view allowed) {
    const std::string_view rest = text_.substr(at, 1);
    return refuse(at, rest.empty() ? refusal_words(RefusalText::kFoundHeaderEnd, {allowed})
                                   : refusal_words(RefusalText::kFound,
                                                   {printable_excerpt(rest, 4), allowed}));
  }
  bool refuse_found(std::size_t at, RefusalText allowed) {
    return refuse_found(at, refusal_text(allowed));
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  bool take(char c) {
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool dict() {
    if (!take('{')) return refuse_found(at_, RefusalText::kAllowedHeader);
    while (!take('}')) {
      if (!entry()) return false;
      if (!take(',') && (at_ == text_.size() || text_[at_] != '}')) {
        return refuse_found(at_, RefusalText::kAllowedCommaOrBrace);
      }
    }
    skip_blanks();
    if (at_ < text_.size()) return refuse_found(at_, RefusalText::kAllowedSpaces);
    if (!has_type_ || !has_order_ || !has_shape_) {
      return refuse(0, RefusalText::kNpyLacksEntry);
    }
    return true;
  }

  bool entry() {
    std::string_view key;
    if (!string(key)) return false;
    if (!take(':')) return refuse_found(at_, ":");
    skip_blanks();
    if (key == "descr" && !has_type_) return has_type_ = type();
    if (key == "fortran_order" && !has_order_) return has_order_ = order();
    if (key == "shape" && !has_shape_) return has_shape_ = shape();
    return refuse(at_, refusal_words(RefusalText::kNpyEntry, {printable_excerpt(key, 40)}));
  }

  bool string(std::string_view& out) {
    skip_blanks();
    const char quote = at_ < text_.size() ? text_[at_] : '\0';
    if (quote != '\'' && quote != '"') return refuse_found(at_, RefusalText::kAllowedString);
    const std::size_t close = text_.find(quote, at_ + 1);
    if (close == std::string_view::npos) return refuse(at_, RefusalText::kNpyStringOpen);
    out = text_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
    return true;
  }

  bool type() {
    const std::size_t start = at_;
    if (at_ < text_.size() && text_[at_] == '[') {
      const bool has_end = fields();
      if (has_end) descr_ = text_.substr(start, at_ - start);
      type_status_ = refused_at_byte(offset_ + start, RefusalText::kNpyFields);
      return has_end;
    }
    if (!string(descr_)) return false;
    const std::optional<StoredType> type = type_of(descr_);
    if (!type) {
      type_status_ = refused_at_byte(
          offset_ + start, refusal_words(RefusalText::kNpyType, {printable_excerpt(descr_, 40)}));
      return true;
    }
    array_.type = *type;
    return true;
  }

  // Past the list of a structured type, whose strings may hold brackets. False where it has no end.
  bool fields() {
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\'' || c == '"') {
        std::string_view skipped;
        if (!string(skipped)) return false;
        continue;
      }
      ++at_;
      if (c == '[' || c == '(') ++depth;
      if ((c == ']' || c == ')') && --depth == 0) return true;
    }
    return false;
  }

  bool order() {
    for (const bool value : {true, false}) {
      const std::string_view word = value ? "True" : "False";
      if (text_.substr(at_, word.size()) != word) continue;
      at_ += word.size();
      array_.fortran_order = value;
      return true;
    }
    return refuse_found(at_, RefusalText::kAllowedTrueOrFalse);
  }

  bool shape() {
    if (!take('(')) return refuse_found(at_, RefusalText::kAllowedShape);
    while (!take(')')) {
      skip_blanks();
      const std::size_t start = at_;
      while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
      const std::string_view digits = text_.substr(start, at_ - start);
      if (digits.empty()) return refuse_found(start, RefusalText::kAllowedSize);
      const std::optional<uint64_t> size = parse_unsigned(digits);
      if (!size) {
        return refuse(start, refusal_words(RefusalText::kNpySize, {printable_excerpt(digits, 40)}));
      }
      // Python 2 wrote (3L, 4L).
      if (at_ < text_.size() && text_[at_] == 'L') ++at_;
      if (array_.shape.size() == kMostDims) {
        return refuse(start, RefusalText::kNpyTooManyDims);
      }
      array_.shape.push_back(*size);
      if (!take(',') && (at_ == text_.size() || text_[at_] != ')')) {
        return refuse_found(at_, RefusalText::kAllowedCommaOrBracket);
      }
    }
    return true;
  }

  std::string_view text_;
  std::size_t offset_;  // of text_ in the file
  std::size_t at_ = 0;
  StoredArray array_;
  core::Status status_;
  core::Status type_status_;  // a type that is not read
  std::string_view descr_;
  bool has_type_ = false;
  bool has_order_ = false;
  bool has_shape_ = false;
};

core::Result<StoredArray> no_header(std::size_t at, std::string_view problem) {
  return {{}, refused_at_byte(at, problem)};
}
core::Result<StoredArray> no_header(std::size_t at, RefusalText problem) {
  return no_header(at, refusal_text(problem));
}

}  // namespace

core::Result<StoredArray> read_npy_header(Bytes file, std::string* descr) {
  const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
  if (text.substr(0, kMagic.size()) != kMagic) {
    return no_header(0, RefusalText::kNpyOther);
  }
  if (text.size() < kBeforeLength) return no_header(text.size(), RefusalText::kHeaderEnds);
  const int version = file[6];
  if (version < 1 || version > 3 || file[7] != 0) {
    return no_header(6, refusal_words(RefusalText::kNpyVersion,
                                      {std::to_string(version), std::to_string(file[7])}));
  }
  const std::size_t length_size = version == 1 ? 2 : 4;
  const std::size_t start = kBeforeLength + length_size;
  if (text.size() < start) return no_header(text.size(), RefusalText::kHeaderEnds);
  std::size_t length = 0;
  for (std::size_t i = 0; i < length_size; ++i) {
    length |= static_cast<std::size_t>(file[kBeforeLength + i]) << (8 * i);
  }
  if (length > kLongestHeader) {
    return no_header(kBeforeLength,
                     refusal_words(RefusalText::kHeaderTooLong,
                                   {std::to_string(length), std::to_string(kLongestHeader)}));
  }
  if (length > text.size() - start) {
    return no_header(kBeforeLength,
                     refusal_words(RefusalText::kHeaderCutOff,
                                   {std::to_string(length), std::to_string(text.size() - start)}));
  }
  HeaderParser parser(text.substr(start, length), start);
  core::Result<StoredArray> array = parser.parse();
  if (descr != nullptr) *descr = parser.descr();
  array.value.offset = start + length;
  return array;
}

std::size_t npy_header_end(Bytes beginning) {
  constexpr std::size_t kFirst = kBeforeLength + 4;
  if (beginning.size() < kFirst) return kFirst;
  const uint8_t* const length = beginning.data() + kBeforeLength;
  if (beginning[6] == 1) return kBeforeLength + 2 + (length[0] | length[1] << 8);
  // A length that is refused anyway is not waited for.
  const bool is_long = (length[2] | length[3]) != 0;
  return is_long ? kFirst : kFirst + (length[0] | length[1] << 8);
}

ImportResult import_npy(Bytes file, std::span<const uint64_t> slice) {
  core::Result<StoredArray> array = read_npy_header(file);
  if (!array.ok()) return refused(std::move(array.status));
  return read_matrix(file, array.value, slice);
}

}  // namespace softmask::view
