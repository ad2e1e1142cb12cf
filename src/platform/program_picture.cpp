#include "platform/program_picture.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/low_precision.h"

namespace softmask::platform {

using view::Panel;
using view::Prominence;

namespace {

gfx::WindowSource scores_source(const view::Derived& d) {
  gfx::WindowSource source;
  source.rows = d.rows;
  source.cols = d.cols;
  source.values = d.scores;
  source.mask = &d.mask;
  source.levels = d.levels ? &d.levels->scores : nullptr;
  source.prominence = Prominence::kKeptMagnitude;
  source.mean_of_kept = true;
  return source;
}

// masked_scores is the scores with the fill where all is masked.
void put_fill(const view::State& state, int first, int end, gfx::WindowTexels& texels) {
  const float fill =
      core::round_to(state.dtype, static_cast<float>(view::fill_value(state.fill, state.dtype)));
  const view::ValueClass fill_class = view::classify(fill);
  constexpr float kMax = std::numeric_limits<float>::max();
  const size_t width = static_cast<size_t>(texels.sight.texel_cols());
  for (size_t row = 0; row < texels.values.size(); row += width) {
    for (size_t at = row + static_cast<size_t>(first); at < row + static_cast<size_t>(end); ++at) {
      if (texels.masked[at] == 0) continue;
      texels.values[at] = std::isinf(fill) ? std::copysign(kMax, fill) : fill;
      texels.classes[at] = fill_class;
    }
  }
}

}  // namespace

void ProgramPicture::forget() {
  for (Window& one : windows_) one.filled.reset();
  header_.filled.reset();
}

void ProgramPicture::update(const view::HeatmapDraw& draw, const Numbers& numbers,
                            gfx::HeatmapRenderer& renderer) {
  const view::Derived& d = numbers.model.derived();
  Filled wanted = {gfx::sight_of(draw, d.rows, d.cols), draw.reduction,
                   numbers.model.numbers_revision(), 0};
  if (draw.header_strip) return fill_header(wanted, d, renderer);
  if (draw.panel == Panel::kProbabilities) wanted.eased_version = numbers.eased_version;
  if (window(draw.panel).filled == wanted) return;
  if (draw.panel == Panel::kProbabilities) {
    fill_probabilities(wanted, numbers, renderer);
  } else if (draw.panel == Panel::kMask) {
    Window& mask = window(Panel::kMask);
    mask.texels.sight = wanted.sight;
    mask.texels.masked = gfx::masked_shares(d.mask, wanted.sight);
    renderer.set_window(Panel::kMask, mask.texels);
  } else {
    fill_scores(draw.panel, wanted, numbers, renderer);
  }
  window(draw.panel).filled = wanted;
}

void ProgramPicture::fill_header(const Filled& wanted, const view::Derived& derived,
                                 gfx::HeatmapRenderer& renderer) {
  if (header_.filled == wanted) return;
  gfx::Sight sight = wanted.sight;  // the share of a column is that over all its rows
  if (!derived.mask.is_column_mask()) {
    sight.block.rows = derived.rows;
    sight.end_row = derived.rows;
  }
  renderer.set_header_window(
      wanted.sight, derived.levels
                        ? gfx::column_shares(derived.levels->column_masked, derived.rows, sight)
                        : gfx::masked_shares(derived.mask, sight));
  header_.filled = wanted;
}

void ProgramPicture::fill_scores(Panel panel, const Filled& wanted, const Numbers& numbers,
                                 gfx::HeatmapRenderer& renderer) {
  const view::Derived& d = numbers.model.derived();
  Window& shown = window(panel);
  const auto fill_in = [&](int first, int end) {
    if (panel == Panel::kMasked) put_fill(numbers.model.state(), first, end, shown.texels);
  };
  Filled before_toggle = wanted;
  before_toggle.revision = numbers.last_toggle.from;
  if (shown.filled == before_toggle && numbers.last_toggle.to == wanted.revision) {
    for (const int col : numbers.last_toggle.columns) {
      if (col < wanted.sight.first_col || col >= wanted.sight.end_col) continue;
      const int texel = (col - wanted.sight.first_col) / wanted.sight.block.cols;
      gfx::fill_window_columns(scores_source(d), wanted.reduction, texel, texel + 1, shown.texels);
      fill_in(texel, texel + 1);
      renderer.set_window_columns(panel, shown.texels, texel, texel + 1);
    }
    return;
  }
  gfx::fill_window(scores_source(d), wanted.reduction, wanted.sight, shown.texels);
  fill_in(0, wanted.sight.texel_cols());
  renderer.set_window(panel, shown.texels);
}

void ProgramPicture::fill_probabilities(const Filled& wanted, const Numbers& numbers,
                                        gfx::HeatmapRenderer& renderer) {
  const view::Derived& d = numbers.model.derived();
  gfx::WindowSource source = scores_source(d);
  source.mean_of_kept = false;
  if (d.levels && d.levels->scaled) {
    source.values = d.baseline;
    source.levels = &d.levels->probabilities;
    source.row_scale = d.levels->row_scale;
  } else {
    source.values = numbers.eased.empty() ? d.probabilities.all() : numbers.eased;
    source.levels = d.levels ? &d.levels->probabilities : nullptr;
    source.prominence = Prominence::kLargest;
  }
  Window& shown = window(Panel::kProbabilities);
  gfx::fill_window(source, wanted.reduction, wanted.sight, shown.texels);
  renderer.set_window(Panel::kProbabilities, shown.texels);
}

}  // namespace softmask::platform
