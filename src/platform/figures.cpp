#include "platform/figures.h"

#include <cstddef>

namespace softmask::platform {

using view::Figure;
using view::Panel;

std::string Figures::init() {
  if (std::string error = heatmap_program_.init(); !error.empty()) return error;
  renderer(Figure::kProgram).init(heatmap_program_);
  return flow_.init();
}

void Figures::release() {
  for (gfx::HeatmapRenderer& one : renderers_) one.release();
  heatmap_program_.release();
  flow_.release();
  filled_ = {};
  program_.forget();
}

void Figures::set_eased(std::span<const float> shown) {
  ++uploads_;
  eased_ = shown;
}

void Figures::fill(Figure figure, const view::Model& model, const view::Upstream& upstream) {
  Filled& filled = filled_[static_cast<size_t>(figure)];
  gfx::HeatmapRenderer& target = renderer(figure);
  const uint64_t eased = figure == Figure::kPresent ? uploads_ : 0;
  if (filled.known && filled.numbers == model.numbers_revision() &&
      filled.pinned == model.pinned_revision() && filled.upstream == upstream &&
      filled.eased == eased) {
    return;
  }
  const view::Derived& derived = model.derived();
  const bool is_large = view::is_large(model.state());
  if (is_large && !room_for_large_) {
    is_behind_ = true;
    return;
  }
  room_for_large_ = !is_large;
  if (!target.is_ready()) target.init(heatmap_program_);
  filled = {true, model.numbers_revision(), model.pinned_revision(), upstream, eased};
  if (figure == Figure::kGradient) {
    target.set_mask(derived.mask, derived.rows, derived.cols);
    target.set_values(Panel::kMasked, model.gradient(upstream).scores, derived.rows, derived.cols);
  } else if (figure == Figure::kPresent) {
    target.set_mask(derived.mask, derived.rows, derived.cols);
    target.set_values(Panel::kProbabilities, eased_.empty() ? derived.probabilities.all() : eased_,
                      derived.rows, derived.cols);
  } else if (figure == Figure::kPinned && model.pinned_derived() != nullptr) {
    const view::Derived& pinned = *model.pinned_derived();
    target.set_mask(pinned.mask, pinned.rows, pinned.cols);
    target.set_values(Panel::kProbabilities, pinned.probabilities.all(), pinned.rows, pinned.cols);
  } else if (figure == Figure::kDifference && model.comparison() != nullptr) {
    core::Mask none;
    none.rows = 1;
    none.cols = derived.cols;
    none.bits.assign(static_cast<size_t>(derived.cols), 0);
    target.set_mask(none, derived.rows, derived.cols);
    target.set_values(Panel::kScores, model.comparison()->difference, derived.rows, derived.cols);
  }
}

void Figures::draw(const view::HeatmapDraw& draw, const view::LiveModel& live,
                   const view::Upstream& upstream, const gfx::DrawTarget& target) {
  if (draw.figure == Figure::kProgram) {
    program_.update(draw, {live.shown(), live.last_toggle(), eased_, uploads_},
                    renderer(Figure::kProgram));
  } else {
    fill(draw.figure, live.shown(), upstream);
  }
  renderer(draw.figure).draw(draw, target);
}

}  // namespace softmask::platform
