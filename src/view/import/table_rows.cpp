#include "view/import/table_rows.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "view/import/refusal_texts.h"
#include "view/import/text_place.h"

namespace softmask::view {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_left_out(std::string_view cell) { return cell == "..." || cell == "\xE2\x80\xA6"; }

// What begins as a number does and is none: 1.2.3, 12%, -4x. A column of that name would take the
// row of a broken number with it unseen; 1st and 10th token are names.
bool is_broken_number(std::string_view cell) {
  while (!cell.empty() && (cell.front() == '-' || cell.front() == '+' || cell.front() == '.')) {
    cell.remove_prefix(1);
  }
  if (cell.empty() || !is_digit(cell.front())) return false;
  while (!cell.empty() && is_digit(cell.front())) cell.remove_prefix(1);
  return cell.size() < 2 || !is_name_letter(cell[0]) || !is_name_letter(cell[1]);
}

}  // namespace

std::optional<TextValue> TableRows::value_of(std::string_view cell) const {
  if (decimal_comma_ && cell.size() <= 64 && std::count(cell.begin(), cell.end(), ',') == 1 &&
      cell.find('.') == std::string_view::npos) {
    std::string with_point(cell);
    with_point[with_point.find(',')] = '.';
    return parse_value(with_point);
  }
  return parse_value(cell);
}

bool TableRows::fail(const char* where, std::string_view problem) {
  status_ = refused_at(text_, static_cast<std::size_t>(where - text_.data()), problem);
  return false;
}

void TableRows::add_header(const std::vector<std::string_view>& cells) {
  first_ = false;
  has_header_ = true;
  may_label_ = true;
  header_ = cells.front();
  labelled_ = cells.size() > 1 && cells.front().empty();
}

bool TableRows::add(const std::vector<std::string_view>& cells) {
  if (first_) {
    first_ = false;
    const bool are_names = std::none_of(cells.begin(), cells.end(), [this](std::string_view cell) {
      return value_of(cell).has_value() || is_left_out(cell) || is_broken_number(cell);
    });
    const bool several = cells.size() > 1;
    if ((several && cells.front().empty()) || are_names) {
      add_header(cells);
      return true;
    }
  }
  if (may_label_) {
    may_label_ = false;
    labelled_ = labelled_ || (cells.size() > 1 && !value_of(cells.front()));
  }
  for (std::size_t i = labelled_ ? 1 : 0; i < cells.size(); ++i) {
    const std::optional<TextValue> value = value_of(cells[i]);
    if (!value) {
      return fail(cells[i].data(), is_left_out(cells[i]) ? refusal_text(RefusalText::kTableLeftOut)
                                   : cells[i].empty()
                                       ? refusal_words(RefusalText::kFoundEmptyCell,
                                                       {refusal_text(RefusalText::kAllowedValues)})
                                       : found_but(cells[i], RefusalText::kAllowedValues));
    }
    const std::string problem = builder_.add(*value);
    if (!problem.empty()) return fail(cells[i].data(), problem);
  }
  const std::string problem = builder_.end_row();
  return problem.empty() || fail(cells.front().data(), problem);
}

ImportResult TableRows::take() {
  if (!status_.ok()) return refused(std::move(status_));
  if (builder_.rows() == 0) {
    if (!has_header_) {
      return refused(refused_at(text_, 0, RefusalText::kTextEmpty));
    }
    const auto at = static_cast<std::size_t>(header_.data() - text_.data());
    return refused(refused_at(text_, at, found_but(header_, RefusalText::kAllowedNumbers)));
  }
  return {builder_.take(), {}};
}

}  // namespace softmask::view
