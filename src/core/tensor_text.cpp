#include "core/tensor_text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/decimal_text.h"

namespace softmask::core {
namespace {

constexpr size_t kLineWidth = 80;
constexpr std::string_view kPrefix = "tensor(";
constexpr int kMaxPrecision = 100;

// Which of `count` rows or columns are shown: all, or the three first and three last.
std::vector<int> shown_indices(int count, bool summarize) {
  std::vector<int> shown;
  for (int i = 0; i < count; ++i) {
    if (summarize && count > 2 * kEdgeItems && i == kEdgeItems) i = count - kEdgeItems;
    shown.push_back(i);
  }
  return shown;
}

// The part of the matrix that is printed.
struct Page {
  int rows;
  int cols;
  std::vector<int> shown_rows;
  std::vector<int> shown_cols;

  Page(int row_count, int col_count) : rows(row_count), cols(col_count) {
    const bool summarize = int64_t{rows} * cols > kSummaryThreshold;
    shown_rows = shown_indices(rows, summarize);
    shown_cols = shown_indices(cols, summarize);
  }

  size_t index(int row, int col) const {
    return static_cast<size_t>(row) * static_cast<size_t>(cols) + static_cast<size_t>(col);
  }

  // visit(index into the data) for every shown item.
  template <class Visit>
  void for_each(Visit visit) const {
    for (int row : shown_rows) {
      for (int col : shown_cols) visit(index(row, col));
    }
  }
};

// The bracketed text of a whole matrix. `item_text` gives an item without its padding.
template <class ItemText>
std::string layout(const Page& page, size_t width, ItemText item_text) {
  const size_t row_indent = kPrefix.size() + 1;
  const size_t item_room = width + 2;  // a comma and a space
  const size_t per_line = std::max<size_t>(1, (kLineWidth - row_indent) / item_room);
  const std::string row_break = ",\n" + std::string(row_indent, ' ');
  const auto has_gap_before = [](int index, size_t count_shown, int count) {
    return count_shown < static_cast<size_t>(count) && index == count - kEdgeItems;
  };

  std::string text(kPrefix);
  text += '[';
  for (int row : page.shown_rows) {
    if (row > 0) text += row_break;
    if (has_gap_before(row, page.shown_rows.size(), page.rows)) text += "..." + row_break;
    text += '[';
    size_t items = 0;
    const auto append = [&](std::string_view item) {
      if (items > 0) text += items % per_line == 0 ? row_break + " " : ", ";
      if (item.size() < width) text.append(width - item.size(), ' ');
      text += item;
      ++items;
    };
    for (int col : page.shown_cols) {
      if (has_gap_before(col, page.shown_cols.size(), page.cols)) {
        text += items % per_line == 0 ? row_break + "  ..." : ",  ...";
        ++items;
      }
      append(item_text(page.index(row, col)));
    }
    text += ']';
  }
  return text + "])";
}

enum class Notation { kInteger, kFixed, kScientific };

struct ItemFormat {
  Notation notation = Notation::kInteger;
  int precision = 4;
  size_t width = 1;

  // Without padding. Python appends the point to finite integers only.
  std::string text(float value) const {
    switch (notation) {
      case Notation::kScientific:
        return scientific_text(value, precision);
      case Notation::kFixed:
        return fixed_text(value, precision);
      case Notation::kInteger:
        break;
    }
    return fixed_text(value, 0) + (std::isfinite(value) ? "." : "");
  }
};

// What decides the format: the finite values other than 0 among the shown ones.
struct Extent {
  bool any = false;
  bool all_integers = true;
  double min = 0;
  double max = 0;

  void add(float value) {
    const double magnitude = std::abs(static_cast<double>(value));
    min = any ? std::min(min, magnitude) : magnitude;
    max = std::max(max, magnitude);
    all_integers = all_integers && value == std::ceil(value);
    any = true;
  }

  bool wants_scientific() const {
    return max / min > 1000.0 || max > 1.0e8 || (!all_integers && min < 1.0e-4);
  }
};

bool is_counted(float value) { return std::isfinite(value) && value != 0.0f; }

ItemFormat choose_format(std::span<const float> data, const Page& page,
                         const TensorTextOptions& options) {
  Extent extent;
  page.for_each([&](size_t i) {
    if (is_counted(data[i])) extent.add(data[i]);
  });
  ItemFormat format;
  format.precision = std::clamp(options.precision, 0, kMaxPrecision);
  if (!extent.any) return format;  // and sci_mode is not looked at

  const auto notation = [&](bool scientific) {
    if (scientific) return Notation::kScientific;
    return extent.all_integers ? Notation::kInteger : Notation::kFixed;
  };
  const bool automatic = extent.wants_scientific();
  const bool wanted = options.sci_mode.value_or(automatic);
  format.notation = notation(options.style == PrintStyle::k1_13 ? automatic : wanted);
  page.for_each([&](size_t i) {
    if (is_counted(data[i])) format.width = std::max(format.width, format.text(data[i]).size());
  });
  format.notation = notation(wanted);
  return format;
}

}  // namespace

std::string tensor_text(std::span<const float> data, int rows, int cols,
                        const TensorTextOptions& options) {
  const Page page(rows, cols);
  const ItemFormat format = choose_format(data, page, options);
  return layout(page, format.width, [&](size_t i) { return format.text(data[i]); });
}

std::string tensor_text(std::span<const uint8_t> data, int rows, int cols,
                        const TensorTextOptions& /*options*/) {
  const Page page(rows, cols);
  const auto text = [&](size_t i) { return std::string_view(data[i] != 0 ? "True" : "False"); };
  size_t width = 1;
  page.for_each([&](size_t i) { width = std::max(width, text(i).size()); });
  return layout(page, width, text);
}

}  // namespace softmask::core
