#include "view/mask_edit.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "core/normal_block.h"

namespace softmask::view {
namespace {

std::size_t size_of(int n) { return static_cast<std::size_t>(n); }

bool is_column_masked(const core::Mask& mask, int col) {
  for (int row = 0; row < mask.rows; ++row) {
    if (!mask.at(row, col)) return false;
  }
  return true;
}

void set_column(core::Mask& mask, int col, bool masked) {
  for (int row = 0; row < mask.rows; ++row) {
    mask.bits[size_of(row) * size_of(mask.cols) + size_of(col)] = masked ? 1 : 0;
  }
}

// A mask whose rows are all alike is a column mask, however it came about.
void join_equal_rows(core::Mask& mask) {
  const auto first = mask.bits.begin();
  for (int row = 1; row < mask.rows; ++row) {
    const auto at = first + static_cast<std::ptrdiff_t>(size_of(row) * size_of(mask.cols));
    if (!std::equal(first, first + mask.cols, at)) return;
  }
  mask.bits.resize(size_of(mask.cols));
  mask.rows = 1;
}

void store(State& state, core::Mask mask) {
  join_equal_rows(mask);
  state.mask = MaskSpec{MaskSpec::Kind::kBits, 0, std::move(mask.bits)};
}

core::Mask all_rows(const core::Mask& mask, int rows) {
  if (mask.rows == rows) return mask;
  core::Mask full{rows, mask.cols, {}};
  full.bits.reserve(size_of(rows) * size_of(mask.cols));
  for (int row = 0; row < rows; ++row) {
    full.bits.insert(full.bits.end(), mask.bits.begin(), mask.bits.end());
  }
  return full;
}

// The draws of randn without its arithmetic: one for every value, and 16 more for those that are
// left over after whole blocks of 16.
void skip_scores(const State& state, core::Generator& generator) {
  std::vector<float> some(4096);
  std::size_t left = size_of(state.rows) * size_of(state.cols);
  const std::size_t block = core::kNormalBlock;
  if (left < block) {  // drawn in another way
    generator.randn(std::span(some).first(left));
    return;
  }
  if (left % block != 0) left += block;
  for (; left > 0; left -= std::min(left, some.size())) {
    generator.rand(std::span(some).first(std::min(left, some.size())));
  }
}

}  // namespace

core::Mask mask_of(const State& state, core::Generator& generator) {
  const MaskSpec& spec = state.mask;
  switch (spec.kind) {
    case MaskSpec::Kind::kRandom:
      return core::mask_random(generator, state.cols);
    case MaskSpec::Kind::kNone:
      return core::mask_none(state.cols);
    case MaskSpec::Kind::kCausal:
      return core::mask_causal(state.rows, state.cols);
    case MaskSpec::Kind::kPadding:
      return core::mask_padding(state.cols, spec.k);
    case MaskSpec::Kind::kWindow:
      return core::mask_window(state.rows, state.cols, spec.k);
    case MaskSpec::Kind::kBits:
      break;
  }
  const bool one_row = spec.bits.size() == size_of(state.cols);
  return core::Mask{one_row ? 1 : state.rows, state.cols, spec.bits};
}

bool has_column_mask(const State& state) {
  switch (state.mask.kind) {
    case MaskSpec::Kind::kCausal:
    case MaskSpec::Kind::kWindow:
      return state.rows == 1;
    case MaskSpec::Kind::kBits:
      return state.rows == 1 || state.mask.bits.size() == size_of(state.cols);
    case MaskSpec::Kind::kRandom:
    case MaskSpec::Kind::kNone:
    case MaskSpec::Kind::kPadding:
      break;
  }
  return true;
}

core::Mask mask_of(const State& state, const core::Mask* random) {
  core::Generator generator(state.seed, state.cpu);
  if (state.mask.kind == MaskSpec::Kind::kRandom) {
    if (random != nullptr) return *random;
    if (!has_own_scores(state)) skip_scores(state, generator);
  }
  return mask_of(state, generator);
}

void toggle_column(State& state, int col, const core::Mask* random) {
  core::Mask mask = mask_of(state, random);
  set_column(mask, col, !is_column_masked(mask, col));
  store(state, std::move(mask));
}

void paint_column(State& state, int col, bool masked, const core::Mask* random) {
  core::Mask mask = mask_of(state, random);
  set_column(mask, col, masked);
  store(state, std::move(mask));
}

void toggle_cell(State& state, int row, int col, const core::Mask* random) {
  core::Mask mask = all_rows(mask_of(state, random), state.rows);
  uint8_t& bit = mask.bits[size_of(row) * size_of(mask.cols) + size_of(col)];
  bit = bit == 0 ? 1 : 0;
  store(state, std::move(mask));
}

void set_mask(State& state, const std::vector<uint8_t>& bits) {
  const bool one_row = bits.size() == size_of(state.cols);
  store(state, core::Mask{one_row ? 1 : state.rows, state.cols, bits});
}

}  // namespace softmask::view
