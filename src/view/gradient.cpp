#include "view/gradient.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>

#include "core/low_precision.h"
#include "core/softmax_backward.h"
#include "view/derive_job.h"
#include "view/line_facts.h"

namespace softmask::view {
namespace {

// What comes to one probability from above.
float upstream_at(const Upstream& upstream, int col, int target, float p, core::Dtype dtype) {
  const bool at_target = col == target;
  switch (upstream.kind) {
    case Upstream::Kind::kCrossEntropy:
      // The gradient of −log p. Where p is 0 it is −inf, and the row's gradient NaN.
      return at_target ? core::round_to(dtype, -1.0f / p) : 0.0f;
    case Upstream::Kind::kOneHot:
      return at_target ? 1.0f : 0.0f;
    case Upstream::Kind::kOnes:
      break;
    case Upstream::Kind::kOwn:
      return static_cast<float>(upstream.own_at(col));
  }
  return 1.0f;
}

void raise_to_largest(std::span<const float> values, float& largest) {
  for (const float v : values) {
    if (std::isfinite(v)) largest = std::max(largest, std::fabs(v));
  }
}

}  // namespace

void Upstream::set_own(int col, int value) {
  if (col >= kOwnCols) return;
  own[static_cast<size_t>(col)] = static_cast<int8_t>(std::clamp(value, -kMostOwn, kMostOwn));
}

Gradient gradient_of(const State& state, const Derived& derived, const Upstream& upstream) {
  GradientJob job(state, derived, upstream);
  while (!job.step()) continue;
  return job.take();
}

GradientJob::GradientJob(const State& state, const Derived& derived, const Upstream& upstream)
    : state_(state),
      derived_(derived),
      upstream_(upstream),
      target_(std::clamp(upstream.target, 0, state.cols - 1)) {
  out_.error = derived.error;
  out_.dot.resize(out_.error.empty() ? static_cast<size_t>(lines_of(state_).count) : 0);
}

std::vector<size_t> GradientJob::memory(const State& state) {
  const size_t cells = static_cast<size_t>(state.rows) * static_cast<size_t>(state.cols);
  const SliceOfLines slice = slice_of_lines(state, 0);
  const size_t slice_bytes = static_cast<size_t>(slice.end - slice.first) *
                             static_cast<size_t>(slice.length) * sizeof(float);
  std::vector<size_t> blocks(3, cells * sizeof(float));
  // What is gathered, and what core::masked_softmax_backward takes.
  blocks.insert(blocks.end(), 2 * 5, slice_bytes);
  blocks.push_back(static_cast<size_t>(std::max(state.rows, state.cols)) * sizeof(double));
  return blocks;
}

double GradientJob::progress() const {
  return static_cast<double>(at_) / static_cast<double>(std::max<size_t>(out_.dot.size(), 1));
}

bool GradientJob::step() {
  if (!out_.error.empty()) return true;
  const size_t size = derived_.probabilities.size();
  for (std::vector<float>* cells : {&out_.upstream, &out_.masked_scores, &out_.scores}) {
    if (!grow_in_slices(*cells, size)) return false;
  }
  const SliceOfLines slice = slice_of_lines(state_, at_);
  const core::Status status =
      state_.dim == 0 ? columns(slice.first, slice.end) : rows(slice.first, slice.end);
  if (!status.ok()) {
    out_ = {};
    out_.error = status.message;
    return true;
  }
  at_ = slice.end;
  return at_ == lines_of(state_).count;
}

Gradient GradientJob::take() {
  out_.limit = largest_ > 0 ? largest_ : 1;
  return std::move(out_);
}

core::Status GradientJob::rows(int first, int end) {
  const auto cols = static_cast<size_t>(state_.cols);
  const size_t from = static_cast<size_t>(first) * cols;
  const size_t count = static_cast<size_t>(end - first) * cols;
  const auto part = [&](auto& cells) { return std::span(cells).subspan(from, count); };
  const std::span<float> upstream = part(out_.upstream), scores = part(out_.scores);
  for (int row = first; row < end; ++row) {
    const std::span<const float> p = derived_.probabilities.row(row, state_.cols);
    float* const to = &out_.upstream[static_cast<size_t>(row) * cols];
    for (int col = 0; col < state_.cols; ++col) {
      to[col] = upstream_at(upstream_, col, target_, p[static_cast<size_t>(col)], state_.dtype);
    }
  }
  const bool column_mask = derived_.mask.is_column_mask();
  const uint8_t* const mask = derived_.mask.bits.data() + (column_mask ? 0 : from);
  core::Status status = core::masked_softmax_backward(
      part(derived_.scores), end - first, state_.cols, mask, column_mask ? 1 : end - first,
      softmax_options(state_), upstream, part(out_.masked_scores), scores,
      std::span(out_.dot).subspan(static_cast<size_t>(first), static_cast<size_t>(end - first)));
  raise_to_largest(scores, largest_);
  return status;
}

core::Status GradientJob::columns(int first, int end) {
  const auto cols = static_cast<size_t>(state_.cols), from = static_cast<size_t>(first);
  const auto width = static_cast<size_t>(end - first);
  const auto height = static_cast<size_t>(state_.rows), count = height * width;
  const bool column_mask = derived_.mask.is_column_mask();
  for (std::vector<float>* cells : {&in_, &in_upstream_, &out_masked_, &out_scores_}) {
    cells->resize(count);
  }
  in_mask_.resize(column_mask ? width : count);
  for (size_t row = 0; row < height; ++row) {
    const size_t cell = row * cols + from, at = row * width;
    std::copy_n(&derived_.scores[cell], width, &in_[at]);
    for (size_t i = 0; i < width; ++i) {
      in_upstream_[at + i] = upstream_at(upstream_, first + static_cast<int>(i), target_,
                                         derived_.probabilities[cell + i], state_.dtype);
    }
    std::copy_n(&in_upstream_[at], width, &out_.upstream[cell]);
    if (column_mask && row > 0) continue;
    std::copy_n(&derived_.mask.bits[column_mask ? from : cell], width, &in_mask_[at]);
  }
  core::Status status = core::masked_softmax_backward(
      in_, state_.rows, end - first, in_mask_.data(), column_mask ? 1 : state_.rows,
      softmax_options(state_), in_upstream_, out_masked_, out_scores_,
      std::span(out_.dot).subspan(from, width));
  raise_to_largest(out_scores_, largest_);
  for (size_t row = 0; row < height; ++row) {
    const size_t cell = row * cols + from, at = row * width;
    std::copy_n(&out_masked_[at], width, &out_.masked_scores[cell]);
    std::copy_n(&out_scores_[at], width, &out_.scores[cell]);
  }
  return status;
}

}  // namespace softmask::view
