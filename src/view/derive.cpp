#include "view/derive.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>

#include "core/generator.h"
#include "core/low_precision.h"
#include "core/masked_softmax.h"
#include "view/mask_edit.h"
#include "view/notes.h"

namespace softmask::view {
namespace {

std::size_t cells(const State& state) {
  return static_cast<std::size_t>(state.rows) * static_cast<std::size_t>(state.cols);
}

core::MaskedSoftmaxOptions options_of(const State& state) {
  core::MaskedSoftmaxOptions options;
  options.fill = fill_value(state.fill, state.dtype);
  options.dtype = state.dtype;
  options.order = state.order;
  options.dim = state.dim;
  options.temperature = state.temperature;
  options.cpu = state.cpu;
  return options;
}

// Whether both states draw (or bring) the same scores.
bool same_scores(const State& a, const State& b) {
  return a.seed == b.seed && a.rows == b.rows && a.cols == b.cols && a.cpu == b.cpu &&
         a.dtype == b.dtype && same_bits(a.scores, b.scores);
}

bool same_baseline(const State& a, const State& b) {
  return same_scores(a, b) && a.dim == b.dim && a.temperature == b.temperature;
}

void set_scores_and_mask(const State& state, Derived& derived) {
  core::Generator generator(state.seed, state.cpu);
  if (state.scores.empty()) {
    derived.scores.resize(cells(state));
    generator.randn(derived.scores);
  } else {
    derived.scores = state.scores;
  }
  for (float& score : derived.scores) score = core::round_to(state.dtype, score);
  derived.mask = mask_of(state, generator);
}

void set_baseline(const State& state, Derived& derived) {
  core::MaskedSoftmaxOptions options = options_of(state);
  options.fill = 0;
  options.order = core::Order::kFill;
  derived.baseline.resize(cells(state));
  std::vector<float> filled(cells(state));
  const core::Status status = core::masked_softmax(derived.scores, state.rows, state.cols, nullptr,
                                                   0, options, filled, derived.baseline);
  if (!status.ok()) derived.baseline.clear();
}

void set_mask_bits(Derived& derived) {
  const core::Mask& mask = derived.mask;
  derived.mask_bits.clear();
  derived.mask_bits.reserve(derived.scores.size());
  while (derived.mask_bits.size() < derived.scores.size()) {
    derived.mask_bits.insert(derived.mask_bits.end(), mask.bits.begin(), mask.bits.end());
  }
}

void set_result(const State& state, Derived& derived) {
  derived.masked_scores.resize(cells(state));
  derived.probabilities.resize(cells(state));
  const core::Status status = core::masked_softmax(
      derived.scores, state.rows, state.cols, derived.mask.bits.data(), derived.mask.rows,
      options_of(state), derived.masked_scores, derived.probabilities);
  derived.error = status.message;
  if (!status.ok()) {
    derived.masked_scores.clear();
    derived.probabilities.clear();
  }
}

void set_mass(const State& state, Derived& derived) {
  derived.moved.clear();
  derived.mass.clear();
  if (!derived.error.empty()) return;
  const auto cols = static_cast<std::size_t>(state.cols);
  for (std::size_t start = 0; start < derived.probabilities.size(); start += cols) {
    core::RowMass mass = core::row_mass(std::span(derived.baseline).subspan(start, cols),
                                        std::span(derived.probabilities).subspan(start, cols),
                                        std::span(derived.mask_bits).subspan(start, cols));
    // Only order zero loses mass. Down the columns a row is no distribution, its sum may change
    // with nothing lost; and what a low-precision dtype rounds away went nowhere.
    if (state.dim == 0 || state.order != core::Order::kZero) mass.lost = 0;
    derived.moved.push_back(mass.nan ? std::numeric_limits<float>::quiet_NaN()
                                     : static_cast<float>(mass.moved));
    derived.mass.push_back(mass);
  }
}

void set_scores_limit(Derived& derived) {
  float kept = 0, all = 0;
  for (std::size_t i = 0; i < derived.scores.size(); ++i) {
    const float size = std::fabs(derived.scores[i]);
    if (!std::isfinite(size)) continue;
    all = std::max(all, size);
    if (derived.mask_bits[i] == 0) kept = std::max(kept, size);
  }
  // With every cell masked the scores themselves are still shown.
  derived.scores_limit = kept > 0 ? kept : all > 0 ? all : 1;
}

void set_probability_limit(Derived& derived) {
  float largest = 0;
  for (const float p : derived.probabilities) largest = p > largest ? p : largest;
  derived.probability_limit = 1;
  if (largest >= 0.1f) return;
  // 0.1, 0.05, 0.02, 0.01 …: each is the one before times 0.5, 0.4 and 0.5, in turn.
  float limit = 0.1f;
  for (int step = 0; step < 30; ++step) {
    const float next = limit * (step % 3 == 1 ? 0.4f : 0.5f);
    if (!(largest > 0) || next < largest) break;
    limit = next;
  }
  if (largest > 0) derived.probability_limit = limit;
}

Derived finished(const State& state, Derived derived, bool has_baseline) {
  derived.rows = state.rows;
  derived.cols = state.cols;
  if (!has_baseline) set_baseline(state, derived);
  set_mask_bits(derived);
  set_result(state, derived);
  set_mass(state, derived);
  set_scores_limit(derived);
  set_probability_limit(derived);
  derived.notes = notes(state, derived);
  return derived;
}

}  // namespace

Derived derive(const State& state) {
  Derived derived;
  set_scores_and_mask(state, derived);
  return finished(state, std::move(derived), false);
}

Derived derive_from(const State& state, const State& previous_state, Derived previous) {
  const bool mask_needs_drawing =
      state.mask.kind == MaskSpec::Kind::kRandom && !(previous_state.mask == state.mask);
  if (!same_scores(state, previous_state) || mask_needs_drawing) return derive(state);
  if (state.mask.kind != MaskSpec::Kind::kRandom) previous.mask = mask_of(state);
  return finished(state, std::move(previous), same_baseline(state, previous_state));
}

}  // namespace softmask::view
