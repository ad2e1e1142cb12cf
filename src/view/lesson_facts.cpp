#include "view/lesson_facts.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "core/decimal_text.h"
#include "view/number_parse.h"
#include "view/number_text.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// "p[0,3]" in its parts.
struct FactName {
  std::string_view name;
  int indices = 0;
  int at[2] = {0, 0};
};

std::optional<int> index_from(std::string_view text) { return parse_int(text, 0, core::kMaxCols); }

std::optional<FactName> parse_name(std::string_view text) {
  FactName out;
  const size_t open = text.find('[');
  out.name = text.substr(0, open);
  if (open == std::string_view::npos) return out;
  if (text.back() != ']') return std::nullopt;
  std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  while (out.indices < 2) {
    const size_t comma = inside.find(',');
    const std::optional<int> index = index_from(inside.substr(0, comma));
    if (!index) return std::nullopt;
    out.at[out.indices++] = *index;
    if (comma == std::string_view::npos) return out;
    inside = inside.substr(comma + 1);
  }
  return std::nullopt;
}

std::optional<double> cell(std::span<const float> matrix, const Derived& d, const FactName& f) {
  if (f.indices != 2 || f.at[0] >= d.rows || f.at[1] >= d.cols) return std::nullopt;
  const size_t i =
      static_cast<size_t>(f.at[0]) * static_cast<size_t>(d.cols) + static_cast<size_t>(f.at[1]);
  if (i >= matrix.size()) return std::nullopt;
  return static_cast<double>(matrix[i]);
}

// exp in float32, as the step lens shows it.
double exp_of(float x) {
  return static_cast<double>(static_cast<float>(std::exp(static_cast<double>(x))));
}

std::optional<double> cell_fact(const FactName& f, const LessonNumbers& n, const Derived& d) {
  if (f.name == "p") return cell(d.probabilities.all(), d, f);
  if (f.name == "masked_scores") return cell(d.masked_scores, d, f);
  if (f.name == "scores") return cell(d.scores, d, f);
  if (f.name == "before") return cell(d.baseline, d, f);
  if (f.name == "gradient") return cell(n.gradient, d, f);
  if (f.name == "exp_no_max") {
    const auto x = cell(d.masked_scores, d, f);
    if (!x) return x;
    return exp_of(static_cast<float>(*x));
  }
  if (f.name != "mask" || f.at[0] >= d.rows || f.at[1] >= d.cols) return std::nullopt;
  return d.mask.at(f.at[0], f.at[1]) ? 1 : 0;
}

std::optional<double> row_fact(const FactName& f, const Derived& d) {
  const auto row = static_cast<size_t>(f.at[0]);
  const auto cols = static_cast<size_t>(d.cols);
  const auto sum = [&](auto value, size_t from, size_t step, size_t count) {
    double out = 0;
    for (size_t i = 0; i < count; ++i) out += value(from + i * step);
    return out;
  };
  const auto p = [&](size_t i) { return static_cast<double>(d.probabilities[i]); };
  if (f.name == "col_sum") {
    if (f.at[0] >= d.cols || d.probabilities.empty()) return std::nullopt;
    return sum(p, row, cols, static_cast<size_t>(d.rows));
  }
  if (f.at[0] >= d.rows || d.mass.empty()) return std::nullopt;
  const core::RowMass& mass = d.mass[row];
  if (f.name == "moved") return mass.nan ? kNan : mass.moved;
  if (f.name == "leaked") return mass.nan ? kNan : mass.leaked;
  if (f.name == "lost") return mass.nan ? kNan : mass.lost;
  if (f.name == "row_sum") return sum(p, row * cols, 1, cols);
  if (f.name == "sum_no_max") {
    return sum([&](size_t i) { return exp_of(d.masked_scores[i]); }, row * cols, 1, cols);
  }
  if (f.name == "row_max") {
    const auto line = std::span(d.masked_scores).subspan(row * cols, cols);
    return static_cast<double>(*std::max_element(line.begin(), line.end()));
  }
  return std::nullopt;
}

double largest_difference(const Derived& a, const Derived& b) {
  double largest = 0;
  for (size_t i = 0; i < std::min(a.probabilities.size(), b.probabilities.size()); ++i) {
    const double size = std::fabs(static_cast<double>(a.probabilities[i]) -
                                  static_cast<double>(b.probabilities[i]));
    if (size > largest) largest = size;
  }
  return largest;
}

std::optional<double> whole_fact(std::string_view name, const LessonNumbers& n, const Derived& d) {
  const auto nans = [&](size_t from, size_t count) {
    return std::count_if(d.probabilities.all().begin() + static_cast<std::ptrdiff_t>(from),
                         d.probabilities.all().begin() + static_cast<std::ptrdiff_t>(from + count),
                         [](float v) { return std::isnan(v); });
  };
  const auto cols = static_cast<size_t>(d.cols);
  if (name == "rows") return d.rows;
  if (name == "cols") return d.cols;
  if (name == "error") return d.error.empty() ? 0 : 1;
  if (name == "masked_cells") {
    return static_cast<double>(std::count(d.mask_bits.begin(), d.mask_bits.end(), uint8_t{1}));
  }
  if (name == "masked_cols") {
    double out = 0;
    for (int col = 0; col < d.cols; ++col) {
      bool all = true;
      for (int row = 0; row < d.rows; ++row) all = all && d.mask.at(row, col);
      out += all ? 1 : 0;
    }
    return out;
  }
  if (d.probabilities.empty()) return std::nullopt;
  if (name == "nan_cells") return static_cast<double>(nans(0, d.probabilities.size()));
  if (name == "nan_rows") {
    double out = 0;
    for (size_t row = 0; row < static_cast<size_t>(d.rows); ++row) {
      out += nans(row * cols, cols) > 0 ? 1 : 0;
    }
    return out;
  }
  if (name == "max_difference" && n.pinned != nullptr) return largest_difference(d, *n.pinned);
  return std::nullopt;
}

std::optional<double> number_from(std::string_view text, const LessonNumbers& numbers) {
  if (text == "nan") return kNan;
  if (text == "inf") return std::numeric_limits<double>::infinity();
  if (text == "-inf") return -std::numeric_limits<double>::infinity();
  if (const std::optional<double> value = parse_decimal(text)) return value;
  return fact(text, numbers);
}

struct Compared {
  double left = 0, right = 0;
  std::string_view op;
};

bool compares(const Compared& c) {
  const bool both_nan = std::isnan(c.left) && std::isnan(c.right);
  if (c.op == "==") return both_nan || c.left == c.right;
  if (c.op == "!=") return !both_nan && !(c.left == c.right);
  if (c.op == "~") return std::fabs(c.left - c.right) <= 0.0005;
  if (c.op == "<") return c.left < c.right;
  if (c.op == "<=") return c.left <= c.right;
  if (c.op == ">") return c.left > c.right;
  return c.left >= c.right;
}

// The comparisons of a condition; nothing where one of them cannot be read.
std::optional<std::vector<Compared>> comparisons(std::string_view condition,
                                                 const LessonNumbers& numbers) {
  constexpr std::string_view kAnd = " and ";
  std::vector<Compared> out;
  while (true) {
    const size_t end = condition.find(kAnd);
    const std::string_view part = condition.substr(0, end);
    const size_t first = part.find(' ');
    const size_t second = first == std::string_view::npos ? first : part.find(' ', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const auto left = number_from(part.substr(0, first), numbers);
    const auto right = number_from(part.substr(second + 1), numbers);
    const std::string_view op = part.substr(first + 1, second - first - 1);
    const auto known = {"==", "!=", "~", "<", "<=", ">", ">="};
    if (!left || !right || std::find(known.begin(), known.end(), op) == known.end()) {
      return std::nullopt;
    }
    out.push_back({*left, *right, op});
    if (end == std::string_view::npos) return out;
    condition = condition.substr(end + kAnd.size());
  }
}

// Counts and what is a whole number by nature.
bool is_count(std::string_view name) {
  constexpr std::string_view kCounts[] = {"rows",         "cols",        "nan_cells", "nan_rows",
                                          "masked_cells", "masked_cols", "error",     "mask"};
  return std::find(std::begin(kCounts), std::end(kCounts), name.substr(0, name.find('['))) !=
         std::end(kCounts);
}

// One {placeholder} without its braces; nothing when it is no fact.
std::optional<std::string> replaced(std::string_view inside, const LessonNumbers& n) {
  if (inside == "fill" || inside == "dtype") return field_text(n.state, inside);
  if (inside == "error_message") return n.derived.error;
  const size_t colon = inside.find(':');
  const std::string_view name = inside.substr(0, colon);
  const std::optional<double> value = fact(name, n);
  if (!value) return std::nullopt;
  if (colon == std::string_view::npos) {
    if (is_count(name)) return count_text(static_cast<int64_t>(*value));
    return cell_text(static_cast<float>(*value));
  }
  const std::string_view format = inside.substr(colon + 1);
  if (format == "g") return float_text(static_cast<float>(*value));
  const std::optional<int> digits = index_from(format);
  if (!digits || *digits > 9) return std::nullopt;
  return core::fixed_text(static_cast<float>(*value), *digits);
}

// Calls `piece(text, is placeholder)` along the text.
template <class Piece>
void pieces_of(std::string_view text, Piece piece) {
  while (!text.empty()) {
    const size_t open = text.find('{');
    const size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    piece(text.substr(0, open), false);
    piece(text.substr(open + 1, close - open - 1), true);
    text = text.substr(close + 1);
  }
  piece(text, false);
}

}  // namespace

std::optional<double> fact(std::string_view name, const LessonNumbers& numbers) {
  constexpr std::string_view kPinned = "pinned.";
  const Derived* d = &numbers.derived;
  if (name.substr(0, kPinned.size()) == kPinned) {
    d = numbers.pinned;
    name = name.substr(kPinned.size());
    if (d == nullptr) return std::nullopt;
  }
  const std::optional<FactName> parsed = parse_name(name);
  if (!parsed) return std::nullopt;
  if (parsed->indices == 2) return cell_fact(*parsed, numbers, *d);
  if (parsed->indices == 1) return row_fact(*parsed, *d);
  return whole_fact(parsed->name, numbers, *d);
}

std::string with_facts(std::string_view text, const LessonNumbers& numbers) {
  std::string out;
  pieces_of(text, [&](std::string_view piece, bool placeholder) {
    if (!placeholder) {
      out += piece;
      return;
    }
    const std::optional<std::string> value = replaced(piece, numbers);
    out += value.value_or("\u2013");
  });
  return out;
}

bool facts_known(std::string_view text, const LessonNumbers& numbers) {
  bool known = true;
  pieces_of(text, [&](std::string_view piece, bool placeholder) {
    if (placeholder && !replaced(piece, numbers)) known = false;
  });
  return known;
}

bool holds(std::string_view condition, const LessonNumbers& numbers) {
  const auto all = comparisons(condition, numbers);
  return all && std::all_of(all->begin(), all->end(), compares);
}

bool condition_readable(std::string_view condition, const LessonNumbers& numbers) {
  return comparisons(condition, numbers).has_value();
}

}  // namespace softmask::view
