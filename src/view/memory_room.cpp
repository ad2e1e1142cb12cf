#include "view/memory_room.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <string>

#include "view/column_levels.h"
#include "view/derived.h"
#include "view/strings.h"

namespace softmask::view {
namespace {

// Documents of the undo history, of the change under way and of the one before it.
constexpr std::size_t kCopiesOfState = 4;
// Columns that are gathered at a time with dim 0, at most twice those of a group.
constexpr std::size_t kGathered = 128;
// For panels, texts and events while the work is under way.
constexpr std::size_t kSpareBytes = std::size_t{4} << 20;

struct Free {
  void operator()(void* block) const { std::free(block); }
};

}  // namespace

bool has_room(std::span<const std::size_t> bytes) {
  std::vector<std::unique_ptr<void, Free>> blocks;
  blocks.reserve(bytes.size());
  for (const std::size_t size : bytes) {
    // Seen from outside: a compiler may leave out memory that nobody uses, and call it had.
    void* volatile block = std::malloc(std::max<std::size_t>(size, 1));
    blocks.emplace_back(block);
    if (blocks.back() == nullptr) return false;
  }
  return true;
}

std::vector<std::size_t> memory_of_numbers(const State& state, bool keeps_scores,
                                           bool keeps_baseline) {
  const auto rows = static_cast<std::size_t>(state.rows);
  const auto cols = static_cast<std::size_t>(state.cols);
  const std::size_t cells = rows * cols, lines = state.dim == 0 ? cols : rows;
  const std::size_t matrix = cells * sizeof(float);
  std::vector<std::size_t> blocks;
  if (!keeps_scores) blocks.push_back(matrix);
  if (!keeps_baseline) blocks.push_back(matrix);
  blocks.insert(blocks.end(), {matrix, matrix, cells});  // masked scores, probabilities, mask
  const bool whole_mask = state.mask.kind == MaskSpec::Kind::kCausal ||
                          state.mask.kind == MaskSpec::Kind::kWindow ||
                          state.mask.bits.size() > cols;
  blocks.push_back(whole_mask ? cells : cols);
  blocks.push_back(kCopiesOfState * state.mask.bits.size());
  blocks.push_back(lines * (sizeof(LineFacts) + sizeof(NanReason)));
  blocks.push_back(rows * (sizeof(core::RowMass) + sizeof(float)));
  if (state.dim == 0) blocks.push_back(rows * kGathered * (3 * sizeof(float) + 1));
  if (is_large(state)) {
    for (std::size_t width = cols; width > 1;) {
      width = (width + ColumnLevels::kFactor - 1) / ColumnLevels::kFactor;
      const std::size_t values = rows * width * sizeof(float);
      blocks.insert(blocks.end(), {values, values, rows * width, rows * width});
    }
    blocks.push_back(cols * (sizeof(double) + sizeof(float) + sizeof(int)));
  }
  blocks.push_back(kSpareBytes);
  return blocks;
}

core::Status check_room(const State& state, std::span<const std::size_t> bytes) {
  if (has_room(bytes)) return {};
  const std::size_t all = std::accumulate(bytes.begin(), bytes.end(), std::size_t{0});
  return core::Status::range(fill_in(
      Text::kNoRoom,
      {std::to_string(state.rows), std::to_string(state.cols), std::to_string((all >> 20) + 1)}));
}

}  // namespace softmask::view
