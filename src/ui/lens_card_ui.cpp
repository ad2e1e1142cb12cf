// The card under the heatmaps: which lens, and what it shows.
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/lenses_ui.h"
#include "ui/panels_ui.h"
#include "view/number_text.h"

namespace softmask::ui {

using view::Lens;
using view::Rect;
using view::Text;

float mass_lens_ui(Painter& p, float x, float y, float w) {
  if (w < p.px(720)) {
    const float flow = flow_ui(p, x, y, w) + p.px(18);
    return flow + ledger_ui(p, x, y + flow, w);
  }
  const bool failed = !p.in.model.derived().error.empty();
  const float left = failed ? w : std::floor(w * 0.55f), gap = p.px(28);
  return std::max(flow_ui(p, x, y, left), ledger_ui(p, x + left + gap, y, w - left - gap));
}

namespace {

float chips_width(const Painter& p, const std::vector<std::string>& labels) {
  float w = 0;
  for (const std::string& label : labels) w += p.text_width(p.fonts.strong, label) + p.px(30);
  return w;
}

// Which row the card speaks of, at the end of the line of lenses where there is room.
void selected_row_caption(Painter& p, float from, float y, float right) {
  const int row = p.in.model.state().row;
  const std::string words = row >= 0 ? view::fill_in(Text::kRowSelected, {view::count_text(row)})
                                     : std::string(view::text(Text::kNoRowSelected));
  if (from + p.text_width(p.fonts.body, words) + p.px(12) > right) return;
  p.text_in(p.fonts.body, {from, y, right - from, p.chip_height()}, Align::kRight,
            color(p.palette.muted), words);
}

}  // namespace

float waiting_lens_ui(Painter& p, float x, float y, float w, const view::LensWish& wish) {
  const view::Model& model = p.in.model;
  if (view::is_at_hand(model, wish)) return 0;
  p.out.lens_wish = wish;
  const int percent = static_cast<int>(std::lround(p.in.lens_progress * 100));
  const view::State& state = model.state();
  const std::string words =
      view::fill_in(Text::kWorkTitle,
                    {view::count_text(state.rows), view::count_text(state.cols)}) +
      " \u00b7 " + view::fill_in(Text::kWorkPercent, {std::to_string(percent)});
  const float top = y;
  y += p.wrapped(p.fonts.body, x, y, w, color(p.palette.muted), words) + p.px(8);
  const Rect bar = {x, y, std::min(w, p.px(380)), p.px(6)};
  p.fill(bar, color(p.palette.chip), p.px(3));
  const float done = std::floor(bar.w * static_cast<float>(p.in.lens_progress));
  p.fill({bar.x, bar.y, std::max(bar.h, done), bar.h}, color(p.palette.accent), p.px(3));
  return y + bar.h + p.px(8) - top;
}

void lens_card_ui(Painter& p) {
  using LensUi = float (*)(Painter&, float, float, float);
  static constexpr std::array<LensUi, view::kLensCount> kLenses = {
      mass_lens_ui, steps_lens_ui, gradient_lens_ui, compare_lens_ui, conventions_lens_ui};
  const Rect card = p.in.scene.ledger;
  p.card(card);
  const float pad = p.in.scene.padding;
  const float x = card.x + pad, w = card.w - 2 * pad;
  float y = card.y + pad - p.px(2);
  std::vector<std::string> labels;
  for (const Text label : {Text::kLensMass, Text::kLensSteps, Text::kLensGradient,
                           Text::kLensCompare, Text::kLensConventions}) {
    labels.emplace_back(view::text(label));
  }
  view::Transient& t = p.transient;
  const float top = y;
  const int used = p.chip_row("lens", x, &y, w, labels, static_cast<int>(t.lens));
  if (used >= 0) t.lens = static_cast<Lens>(used);
  selected_row_caption(p, x + chips_width(p, labels), top, x + w);
  y += p.px(16);
  if (p.concealed) {
    y += p.wrapped(p.fonts.body, x, y, w, color(p.palette.muted), view::text(Text::kAnswerFirst));
  } else {
    ImGui::PushID(static_cast<int>(t.lens));
    y += kLenses[static_cast<size_t>(t.lens)](p, x, y, w);
    ImGui::PopID();
  }
  const float height = y + pad - card.y;
  // A lens that waits keeps the room it had: another height is another canvas, which takes longer
  // than a slice of the work, and the page would jump twice.
  const bool waits = p.out.lens_wish.kind != view::LensWish::Kind::kNothing;
  t.ledger_height_px = waits ? std::max(height, t.ledger_height_px) : height;
}

}  // namespace softmask::ui
