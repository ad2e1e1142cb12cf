#include "view/derive_job.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/low_precision.h"
#include "core/normal_block.h"
#include "view/column_toggle.h"
#include "view/line_facts.h"
#include "view/mask_edit.h"
#include "view/memory_room.h"
#include "view/notes.h"

namespace softmask::view {
namespace {

// Columns that are computed together with dim 0. A multiple of every group that PyTorch's code
// deals its columns out to, so that each of them meets the arithmetic that it meets in the whole.
constexpr int kColumnsTogether = 64;

// About what a cell costs in each phase, in nanoseconds, for the progress.
constexpr double kCost[] = {60, 4, 5, 8, 1, 6, 0};

bool same_scores(const State& a, const State& b) {
  return a.seed == b.seed && a.rows == b.rows && a.cols == b.cols && a.cpu == b.cpu &&
         a.dtype == b.dtype && a.matrix == b.matrix && same_bits(a.scores, b.scores);
}

bool same_baseline(const State& a, const State& b) {
  return same_scores(a, b) && a.dim == b.dim && a.temperature == b.temperature;
}

}  // namespace

core::MaskedSoftmaxOptions softmax_options(const State& state) {
  core::MaskedSoftmaxOptions options;
  options.fill = fill_value(state.fill, state.dtype);
  options.dtype = state.dtype;
  options.order = state.order;
  options.dim = state.dim;
  options.temperature = state.temperature;
  options.cpu = state.cpu;
  // Decided by the size of the whole, not of a slice.
  const bool small = int64_t{state.rows} * state.cols <= core::kAutoTorchElements;
  options.method = small ? core::Method::kTorch : core::Method::kFast;
  return options;
}

float probability_limit_for(float largest) {
  if (largest >= 0.1f || !(largest > 0)) return 1;
  // 0.1, 0.05, 0.02, 0.01 …: each is the one before times 0.5, 0.4 and 0.5, in turn.
  float limit = 0.1f;
  for (int step = 0; step < 30; ++step) {
    const float next = limit * (step % 3 == 1 ? 0.4f : 0.5f);
    if (next < largest) break;
    limit = next;
  }
  return limit;
}

SliceOfLines slice_of_lines(const State& state, int first) {
  const bool columns = state.dim == 0;
  const int lines = columns ? state.cols : state.rows, length = columns ? state.rows : state.cols;
  int count = std::max(1, static_cast<int>(DeriveJob::kSliceCells) / length);
  if (columns) {
    count = std::max(kColumnsTogether, count / kColumnsTogether * kColumnsTogether);
    // What is left over goes with the last: fewer columns than a group are computed otherwise.
    if (lines - first - count < kColumnsTogether) count = lines - first;
  }
  return {first, std::min(first + count, lines), length};
}

void make_rows_lazy(const State& state, Derived& derived) {
  const auto cols = static_cast<std::size_t>(state.cols);
  derived.probabilities.make_stale(
      state.cols, [options = softmax_options(state), scores = derived.scores.data(),
                   mask = derived.mask.bits.data(), masked = std::vector<float>(cols),
                   cols](int row, std::span<float> out) mutable {
        const std::span<const float> from(scores + static_cast<std::size_t>(row) * cols, cols);
        // It was not refused for the whole.
        (void)core::masked_softmax(from, 1, static_cast<int>(cols), mask, 1, options, masked, out);
      });
}

DeriveJob::DeriveJob(State state, const State& previous_state, const Derived* previous)
    : state_(std::move(state)), previous_(previous) {
  keeps_scores_ = previous != nullptr && same_scores(state_, previous_state);
  keeps_baseline_ = keeps_scores_ && same_baseline(state_, previous_state);
  out_.rows = state_.rows;
  out_.cols = state_.cols;
  if (keeps_scores_) {
    out_.random_mask = previous->random_mask;
  } else {
    generator_.emplace(state_.seed, state_.cpu);
  }
  if (!needs(phase_)) next_phase();
}

std::vector<std::size_t> DeriveJob::memory() const {
  return memory_of_numbers(state_, keeps_scores_, keeps_baseline_);
}

std::size_t DeriveJob::size() const {
  return static_cast<std::size_t>(state_.rows) * static_cast<std::size_t>(state_.cols);
}

const std::vector<float>& DeriveJob::scores() const {
  return keeps_scores_ ? previous_->scores : out_.scores;
}

const std::vector<float>& DeriveJob::baseline() const {
  return keeps_baseline_ ? previous_->baseline : out_.baseline;
}

bool DeriveJob::needs(Phase phase) const {
  switch (phase) {
    case Phase::kScores:
      return !keeps_scores_;
    case Phase::kBaseline:
      return !keeps_baseline_;
    case Phase::kFacts:
      return true;  // the limits of the colours are found there too
    case Phase::kReasons:
      return out_.nan_cells > 0;
    case Phase::kLevels:
      return is_large(state_) && out_.error.empty();
    case Phase::kResult:
    case Phase::kDone:
      break;
  }
  return true;
}

double DeriveJob::progress() const {
  double done = 0, all = 0;
  for (int i = 0; i < static_cast<int>(Phase::kDone); ++i) {
    const auto phase = static_cast<Phase>(i);
    if (!needs(phase)) continue;
    all += kCost[i];
    if (phase < phase_) done += kCost[i];
    if (phase == phase_) {
      const bool lines = phase != Phase::kScores;
      const bool columns = state_.dim == 0 && phase < Phase::kFacts;
      const double of = !lines ? static_cast<double>(size()) : columns ? state_.cols : state_.rows;
      done += kCost[i] * std::min(1.0, static_cast<double>(at_) / of);
    }
  }
  return phase_ == Phase::kDone ? 1 : done / all;
}

bool DeriveJob::step() {
  bool finished = true;
  switch (phase_) {
    case Phase::kScores:
      finished = scores_slice();
      break;
    case Phase::kBaseline:
      finished = softmax_slice(Result::kBaseline);
      break;
    case Phase::kResult:
      finished = softmax_slice(Result::kProbabilities);
      break;
    case Phase::kFacts:
      finished = facts_slice();
      break;
    case Phase::kReasons:
      finished = reasons_slice();
      break;
    case Phase::kLevels:
      finished = levels_slice();
      break;
    case Phase::kDone:
      return true;
  }
  if (finished) next_phase();
  return phase_ == Phase::kDone;
}

void DeriveJob::next_phase() {
  do {
    phase_ = static_cast<Phase>(static_cast<int>(phase_) + 1);
  } while (!needs(phase_));
  at_ = 0;
  begin(phase_);
}

void DeriveJob::begin(Phase phase) {
  if (phase == Phase::kResult) {
    out_.mask = state_.mask.kind == MaskSpec::Kind::kRandom ? out_.random_mask : mask_of(state_);
  }
  if (phase == Phase::kFacts && out_.error.empty()) {
    out_.facts = empty_line_facts(state_);
    out_.moved.reserve(static_cast<std::size_t>(state_.rows));
    out_.mass.reserve(static_cast<std::size_t>(state_.rows));
  }
  if (phase == Phase::kReasons) out_.nan_reasons.resize(out_.facts.size(), NanReason::kNone);
}

// The stream of one randn over all: whole blocks of 16, and for what is left over 16 new draws.
bool DeriveJob::scores_slice() {
  if (!grow(out_.scores)) return false;
  const std::span<float> all = out_.scores;
  const std::size_t block = core::kNormalBlock;
  std::size_t end = std::min(at_ + kSliceCells, all.size());
  if (has_own_scores(state_)) {
    const std::span<const float> own = own_scores(state_);
    std::copy(own.begin(), own.end(), all.begin());
    end = all.size();
  } else if (all.size() < block) {
    generator_->randn(all);
  } else {
    const std::size_t whole = end - end % block;
    if (whole > at_) generator_->randn(all.subspan(at_, whole - at_));
    if (end == all.size() && whole != end) {
      generator_->rand(all.subspan(std::max(whole, at_)));
      generator_->randn(all.last(block));
    } else {
      end = whole;
    }
  }
  at_ = end;
  // The last block may yet be drawn anew.
  const std::size_t stays = end == all.size() ? end : std::min(end, all.size() - block);
  for (; rounded_ < stays; ++rounded_) {
    all[rounded_] = core::round_to(state_.dtype, all[rounded_]);
  }
  if (end < all.size()) return false;
  out_.random_mask = core::mask_random(*generator_, state_.cols);
  return true;
}

bool DeriveJob::softmax_slice(Result result) {
  const bool has_room =
      result == Result::kBaseline
          ? grow(out_.baseline)
          : grow(out_.mask_bits) && grow(out_.masked_scores) && grow(out_.probabilities.values());
  if (!has_room) return false;
  const bool columns = state_.dim == 0;
  const int lines = columns ? state_.cols : state_.rows;
  const auto [first, end, length] = slice_of_lines(state_, static_cast<int>(at_));
  if (columns) {
    softmax_columns(result, first, end);
  } else {
    softmax_rows(result, first, end);
  }
  at_ = static_cast<std::size_t>(end);
  if (!out_.error.empty()) {
    out_.masked_scores.clear();
    out_.probabilities.clear();
  }
  return end == lines || !out_.error.empty();
}

core::Status DeriveJob::run(Result result, std::span<const float> scores, int rows, int cols,
                            std::span<const uint8_t> mask, int mask_rows, std::span<float> masked,
                            std::span<float> probabilities) const {
  core::MaskedSoftmaxOptions options = softmax_options(state_);
  if (result == Result::kBaseline) {
    options.fill = 0;
    options.order = core::Order::kFill;
    mask_rows = 0;
  }
  return core::masked_softmax(scores, rows, cols, mask.data(), mask_rows, options, masked,
                              probabilities);
}

void DeriveJob::set_mask_bits(int first, int end) {
  const auto cols = static_cast<std::size_t>(state_.cols);
  for (int row = first; row < end; ++row) {
    const std::span<const uint8_t> bits = mask_of_rows(row, row + 1);
    std::copy(
        bits.begin(), bits.end(),
        out_.mask_bits.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(row) * cols));
  }
}

std::span<const uint8_t> DeriveJob::mask_of_rows(int first, int end) const {
  const std::span<const uint8_t> bits = out_.mask.bits;
  const auto cols = static_cast<std::size_t>(state_.cols);
  if (out_.mask.is_column_mask()) return bits;
  return bits.subspan(static_cast<std::size_t>(first) * cols,
                      static_cast<std::size_t>(end - first) * cols);
}

void DeriveJob::softmax_rows(Result result, int first, int end) {
  const auto cols = static_cast<std::size_t>(state_.cols);
  const std::size_t from = static_cast<std::size_t>(first) * cols;
  const std::size_t count = static_cast<std::size_t>(end - first) * cols;
  const bool probabilities = result == Result::kProbabilities;
  spare_.resize(probabilities ? 0 : count);
  std::span<float> masked =
      probabilities ? std::span(out_.masked_scores).subspan(from, count) : std::span(spare_);
  std::vector<float>& target = probabilities ? out_.probabilities.values() : out_.baseline;
  std::span<const uint8_t> mask;
  if (probabilities) {
    mask = mask_of_rows(first, end);
    set_mask_bits(first, end);
  }
  const core::Status status = run(result, std::span(scores()).subspan(from, count), end - first,
                                  state_.cols, mask, out_.mask.is_column_mask() ? 1 : end - first,
                                  masked, std::span(target).subspan(from, count));
  if (probabilities) out_.error = status.message;
}

// Down the columns: some of them at a time, gathered and put back.
void DeriveJob::softmax_columns(Result result, int first, int end) {
  const auto rows = static_cast<std::size_t>(state_.rows);
  const auto cols = static_cast<std::size_t>(state_.cols);
  const auto width = static_cast<std::size_t>(end - first), from = static_cast<std::size_t>(first);
  const bool probabilities = result == Result::kProbabilities;
  const bool column_mask = out_.mask.is_column_mask();
  in_.resize(rows * width);
  out_p_.resize(rows * width);
  spare_.resize(rows * width);
  in_mask_.resize(!probabilities ? 0 : column_mask ? width : rows * width);
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t cell = row * cols + from;
    std::copy_n(&scores()[cell], width, &in_[row * width]);
    if (!probabilities) continue;
    const uint8_t* bits = &out_.mask.bits[column_mask ? from : cell];
    std::copy_n(bits, width, &out_.mask_bits[cell]);
    if (row == 0 || !column_mask) std::copy_n(bits, width, &in_mask_[row * width]);
  }
  const core::Status status = run(result, in_, state_.rows, end - first, in_mask_,
                                  column_mask ? 1 : state_.rows, spare_, out_p_);
  if (probabilities) out_.error = status.message;
  if (!status.ok()) return;
  std::vector<float>& target = probabilities ? out_.probabilities.values() : out_.baseline;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t cell = row * cols + from;
    std::copy_n(&out_p_[row * width], width, &target[cell]);
    if (probabilities) std::copy_n(&spare_[row * width], width, &out_.masked_scores[cell]);
  }
}

bool DeriveJob::facts_slice() {
  const int first = static_cast<int>(at_);
  const int end =
      std::min(state_.rows, first + std::max(1, static_cast<int>(kSliceCells) / state_.cols));
  const auto cols = static_cast<std::size_t>(state_.cols);
  const bool failed = !out_.error.empty();
  if (failed) set_mask_bits(first, end);  // PyTorch refused before all of it was there
  for (int row = first; row < end; ++row) {
    const std::size_t from = static_cast<std::size_t>(row) * cols;
    for (std::size_t i = from; i < from + cols; ++i) {
      const float size = std::fabs(scores()[i]);
      out_.masked_cells += out_.mask_bits[i];
      if (!std::isfinite(size)) continue;
      out_.largest_score = std::max(out_.largest_score, size);
      if (out_.mask_bits[i] == 0) kept_score_ = std::max(kept_score_, size);
    }
    if (!failed) mass_of_row(row);
  }
  if (!failed) {
    const std::size_t from = static_cast<std::size_t>(first) * cols;
    const std::size_t count = static_cast<std::size_t>(end - first) * cols;
    const std::span<const float> p = std::span(out_.probabilities.values()).subspan(from, count);
    for (const float value : p) {
      if (value > largest_probability_) largest_probability_ = value;
      out_.nan_cells += std::isnan(value) ? 1 : 0;
    }
    add_rows_to_facts(state_, {scores(), out_.masked_scores, baseline(), out_.mask_bits}, p, first,
                      end, out_.facts);
  }
  at_ = static_cast<std::size_t>(end);
  if (end < state_.rows) return false;
  // With every cell masked the scores themselves are still shown.
  out_.scores_limit = kept_score_ > 0          ? kept_score_
                      : out_.largest_score > 0 ? out_.largest_score
                                               : 1;
  out_.probability_limit = probability_limit_for(largest_probability_);
  return true;
}

void DeriveJob::mass_of_row(int row) {
  const auto cols = static_cast<std::size_t>(state_.cols);
  const std::size_t from = static_cast<std::size_t>(row) * cols;
  core::RowMass mass = core::row_mass(std::span(baseline()).subspan(from, cols),
                                      std::span(out_.probabilities.values()).subspan(from, cols),
                                      std::span(out_.mask_bits).subspan(from, cols));
  // Only order zero loses mass. Down the columns a row is no distribution, its sum may change
  // with nothing lost; and what a low-precision dtype rounds away went nowhere.
  if (state_.dim == 0 || state_.order != core::Order::kZero) mass.lost = 0;
  out_.moved.push_back(mass.nan ? std::numeric_limits<float>::quiet_NaN()
                                : static_cast<float>(mass.moved));
  out_.mass.push_back(mass);
}

bool DeriveJob::reasons_slice() {
  const Lines lines = lines_of(state_);
  const LineNumbers numbers = {scores(), out_.masked_scores, baseline(), out_.mask_bits};
  // A line that is not NaN costs nothing.
  std::size_t cells = 0;
  while (static_cast<int>(at_) < lines.count && cells < kSliceCells) {
    const LineFacts& facts = out_.facts[at_];
    out_.nan_reasons[at_] = nan_reason(state_, numbers, static_cast<int>(at_), facts);
    if (facts.nan) cells += static_cast<std::size_t>(lines.length);
    ++at_;
  }
  return static_cast<int>(at_) == lines.count;
}

bool DeriveJob::levels_slice() {
  if (!out_.levels) {  // its memory is a slice of its own
    out_.levels = begin_levels(state_, out_, scores());
    return false;
  }
  const int first = static_cast<int>(at_);
  const int end =
      std::min(state_.rows, first + std::max(1, static_cast<int>(kSliceCells) / state_.cols));
  const auto cols = static_cast<std::size_t>(state_.cols);
  const auto row_of = [&](const auto& values, int row) {
    return std::span(values).subspan(static_cast<std::size_t>(row) * cols, cols);
  };
  for (int row = first; row < end; ++row) {
    add_row_to_levels(row, row_of(scores(), row), row_of(baseline(), row),
                      row_of(std::as_const(out_.probabilities.values()), row),
                      row_of(std::as_const(out_.mask_bits), row),
                      state_.order == core::Order::kZero, *out_.levels);
  }
  at_ = static_cast<std::size_t>(end);
  return end == state_.rows;
}

Derived DeriveJob::take(Derived previous) {
  if (keeps_scores_) out_.scores = std::move(previous.scores);
  if (keeps_baseline_) out_.baseline = std::move(previous.baseline);
  out_.notes = notes(state_, out_);
  return std::move(out_);
}

}  // namespace softmask::view
