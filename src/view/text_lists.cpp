#include "view/text_lists.h"

#include <iterator>
#include <utility>

namespace softmask::view {
namespace {

constexpr std::size_t kMostItems = 6;
constexpr std::size_t kShortestRun = 3;
constexpr std::size_t kColumnsListedOneByOne = 4;

// How many consecutive integers start at `at`.
std::size_t run_length(std::span<const int> indices, std::size_t at) {
  std::size_t length = 1;
  while (at + length < indices.size() && indices[at + length] == indices[at + length - 1] + 1) {
    ++length;
  }
  return length;
}

}  // namespace

std::string joined(const std::vector<std::string>& pieces, Text comma) {
  std::string out;
  for (const std::string& piece : pieces) {
    if (!out.empty()) out += text(comma);
    out += piece;
  }
  return out;
}

std::string index_list(std::span<const int> indices, std::size_t all_up_to) {
  std::vector<std::string> items;
  std::size_t at = 0;
  while (at < indices.size() && (items.size() < kMostItems || indices.size() <= all_up_to)) {
    const std::size_t run = indices.size() > all_up_to ? run_length(indices, at) : 1;
    const std::string first = std::to_string(indices[at]);
    if (run >= kShortestRun) {
      items.push_back(fill_in(Text::kRange, {first, std::to_string(indices[at + run - 1])}));
      at += run;
    } else {
      items.push_back(first);
      ++at;
    }
  }
  const std::string listed = joined(items, Text::kListComma);
  if (at == indices.size()) return listed;
  return fill_in(Text::kListAndMore, {listed, std::to_string(indices.size() - at)});
}

std::string columns_text(std::span<const int> columns) {
  return fill_in(by_count(std::ssize(columns), Text::kOneColumn, Text::kManyColumns),
                 {index_list(columns, kColumnsListedOneByOne)});
}

std::vector<TextRun> fill_in_runs(Text pattern, std::initializer_list<std::string_view> values) {
  std::vector<TextRun> runs;
  const std::string filled = fill_in(pattern, values);
  bool strong = false;
  std::string piece;
  const auto flush = [&] {
    if (!piece.empty()) runs.push_back({std::move(piece), strong});
    piece.clear();
  };
  for (const char c : filled) {
    if (c == '*') {
      flush();
      strong = !strong;
    } else {
      piece += c;
    }
  }
  flush();
  return runs;
}

}  // namespace softmask::view
