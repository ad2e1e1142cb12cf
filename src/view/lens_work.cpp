#include "view/lens_work.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "view/memory_room.h"

namespace softmask::view {
namespace {

// Of the progress of a comparison whose pinned numbers are computed first.
constexpr double kPinnedShare = 0.9;

bool has_same_shape(const State& a, const State& b) { return a.rows == b.rows && a.cols == b.cols; }

size_t matrix_bytes(const State& state) {
  return static_cast<size_t>(state.rows) * static_cast<size_t>(state.cols) * sizeof(float);
}

// What the heatmaps of a lens take besides: the mask of A and of B, and what is uploaded of each.
void add_pictures(const State& state, std::vector<size_t>& blocks) {
  const size_t cells = matrix_bytes(state) / sizeof(float);
  blocks.insert(blocks.end(), {cells, cells, size_t{8} << 20});
}

// Of large numbers nothing that a comparison does not look at: copies of what they share with the
// present ones would be as long as a slice is short.
Derived compared_part(Derived whole) {
  whole.scores = {};
  whole.baseline = {};
  whole.masked_scores = {};
  whole.mask_bits = {};
  whole.levels.reset();
  return whole;
}

}  // namespace

bool is_at_hand(const Model& model, const LensWish& wish) {
  switch (wish.kind) {
    case LensWish::Kind::kGradient:
      return !is_large(model.state()) || model.has_gradient(wish.upstream);
    case LensWish::Kind::kComparison: {
      const std::optional<State>& pinned = model.document().pinned;
      if (!pinned || model.has_comparison()) return true;
      return !is_large(*pinned) &&
             (!is_large(model.state()) || !has_same_shape(*pinned, model.state()));
    }
    case LensWish::Kind::kNothing:
      break;
  }
  return true;
}

void LensWork::forget() {
  job_.emplace<std::monostate>();
  place_ = {};
  progress_ = 0;
}

bool LensWork::step(Model& model) {
  if (!is_wanted(model)) {
    forget();
    return true;
  }
  const Place now = {wish_, model.numbers_revision(), model.pinned_revision()};
  if (now != place_) forget();
  if (std::holds_alternative<std::monostate>(job_)) {
    place_ = now;
    if (wish_.kind == LensWish::Kind::kGradient) {
      begin_gradient(model);
    } else if (model.has_pinned_numbers()) {
      begin_comparison(model);
    } else {
      begin_pinned(model);
    }
    return !is_wanted(model);  // there was no memory
  }
  if (auto* gradient = std::get_if<GradientJob>(&job_)) {
    if (gradient->step()) {
      model.set_gradient(wish_.upstream, gradient->take());
      forget();
    } else {
      progress_ = gradient->progress();
    }
  } else if (auto* pinned = std::get_if<DeriveJob>(&job_)) {
    if (pinned->step()) {
      model.set_pinned_numbers(compared_part(pinned->take({})));
      begin_comparison(model);
    } else {
      progress_ = kPinnedShare * pinned->progress();
    }
  } else if (auto* comparison = std::get_if<ComparisonJob>(&job_)) {
    if (comparison->step()) {
      model.set_comparison(comparison->take());
      forget();
    } else {
      progress_ = kPinnedShare + (1 - kPinnedShare) * comparison->progress();
    }
  }
  return !is_wanted(model);
}

void LensWork::begin_gradient(Model& model) {
  std::vector<size_t> blocks = GradientJob::memory(model.state());
  add_pictures(model.state(), blocks);
  const core::Status status = check_room(model.state(), blocks);
  if (status.ok()) {
    job_.emplace<GradientJob>(model.state(), model.derived(), wish_.upstream);
    return;
  }
  Gradient none;
  none.error = status.message;
  model.set_gradient(wish_.upstream, std::move(none));
}

void LensWork::begin_pinned(Model& model) {
  const State& pinned = *model.document().pinned;
  auto& job = job_.emplace<DeriveJob>(pinned, model.state(), &model.derived());
  const core::Status status = check_room(pinned, job.memory());
  if (!status.ok()) refuse_comparison(model, status);
}

void LensWork::begin_comparison(Model& model) {
  const State& pinned = *model.document().pinned;
  if (!has_same_shape(pinned, model.state())) {
    forget();
    model.comparison();  // says so, at once
    return;
  }
  std::vector<size_t> blocks = {matrix_bytes(pinned)};
  add_pictures(pinned, blocks);
  const core::Status status = check_room(pinned, blocks);
  if (status.ok()) {
    job_.emplace<ComparisonJob>(pinned, *model.pinned_derived(), model.state(), model.derived());
    return;
  }
  refuse_comparison(model, status);
}

void LensWork::refuse_comparison(Model& model, const core::Status& status) {
  forget();
  Comparison none;
  none.problem = status.message;
  model.set_comparison(std::move(none));
}

}  // namespace softmask::view
