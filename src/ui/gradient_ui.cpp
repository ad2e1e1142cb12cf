// Backwards: from the gradient at scores_softmax to the gradient at scores.
#include <algorithm>
#include <cmath>

#include "ui/lenses_ui.h"
#include "ui/matrix_ui.h"
#include "ui/row_table_ui.h"
#include "view/gradient.h"
#include "view/line_facts.h"
#include "view/number_text.h"

namespace softmask::ui {
namespace {

using view::Rect;
using view::Text;
using view::Upstream;

std::span<const float> row_span(const std::vector<float>& matrix, int row, int cols) {
  return std::span(matrix).subspan(static_cast<size_t>(row) * static_cast<size_t>(cols),
                                   static_cast<size_t>(cols));
}

float largest(std::span<const float> values) {
  float out = 0;
  for (const float v : values) {
    if (std::isfinite(v)) out = std::max(out, std::fabs(v));
  }
  return out > 0 ? out : 1;
}

// A number between two buttons. Returns the step that was asked for.
int stepper(Painter& p, const char* id, float x, float y, int value, int least, int most,
            Text label) {
  const float h = p.control_height(), gap = p.px(6), value_w = p.px(56);
  int step = 0;
  ImGui::PushID(id);
  if (p.icon_button("-", {x, y, h, h}, Icon::kPrevious, value > least, "\u2212")) --step;
  p.text_in(p.fonts.strong, {x + h + gap, y, value_w, h}, Align::kCenter, color(p.palette.text),
            typographic(std::to_string(value)));
  if (p.icon_button("+", {x + h + 2 * gap + value_w, y, h, h}, Icon::kNext, value < most, "+")) {
    ++step;
  }
  ImGui::PopID();
  p.text_in(p.fonts.caption, {x + 2 * h + 3 * gap + value_w + p.px(4), y, 0, h}, Align::kLeft,
            color(p.palette.muted), view::text(label));
  return step;
}

// Which gradient comes from above. Returns the height used.
float upstream_controls(Painter& p, float x, float y, float w) {
  const float start = y;
  view::Transient& t = p.transient;
  const int cols = p.in.model.state().cols;
  p.text(p.fonts.caption, x, y, color(p.palette.muted), view::text(Text::kGradientUpstream));
  y += p.px(21);
  const int used =
      p.chip_row("upstream", x, &y, w,
                 {view::text(Text::kUpstreamCrossEntropy), view::text(Text::kUpstreamOneHot),
                  view::text(Text::kUpstreamOnes), view::text(Text::kUpstreamOwn)},
                 static_cast<int>(t.upstream.kind));
  if (used >= 0) t.upstream.kind = static_cast<Upstream::Kind>(used);
  if (t.upstream.kind == Upstream::Kind::kOnes) return y - start;
  y += p.px(8);
  const bool own = t.upstream.kind == Upstream::Kind::kOwn;
  t.upstream.target = std::clamp(t.upstream.target, 0, cols - 1);
  t.upstream.target += stepper(p, "target", x, y, t.upstream.target, 0, cols - 1,
                               own ? Text::kGradientColumn : Text::kGradientTarget);
  if (own) {
    const float to_next = 2 * p.control_height() + p.px(180);
    const bool below = 2 * to_next > w;
    if (below) y += p.control_height() + p.px(8);
    const int target = t.upstream.target, value = t.upstream.own_at(target);
    const int step = stepper(p, "own", below ? x : x + to_next, y, value, -Upstream::kMostOwn,
                             Upstream::kMostOwn, Text::kGradientValue);
    if (step != 0) t.upstream.set_own(target, value + step);
  }
  return y + p.control_height() - start;
}

// The one thing to take from this row.
Text lesson_of(const view::State& state, const view::Derived& d, const view::Gradient& g, int row,
               const Upstream& upstream) {
  const auto grad = row_span(g.masked_scores, row, d.cols);
  const auto p = d.probabilities.row(row, d.cols);
  const bool nan = std::any_of(grad.begin(), grad.end(), [](float v) { return std::isnan(v); });
  const bool result_nan = std::any_of(p.begin(), p.end(), [](float v) { return std::isnan(v); });
  bool any_masked = false, leaks = false;
  for (int col = 0; col < d.cols; ++col) {
    if (!d.mask.at(row, col)) continue;
    any_masked = true;
    leaks = leaks || p[static_cast<size_t>(col)] > 0.0005f;
  }
  if (nan && !result_nan && upstream.kind == Upstream::Kind::kCrossEntropy) {
    return Text::kGradientMaskedTarget;
  }
  if (nan) return Text::kGradientNan;
  if (upstream.kind == Upstream::Kind::kOnes) return Text::kGradientOnes;
  if (!any_masked) return Text::kGradientNothingMasked;
  return leaks && state.order == core::Order::kFill ? Text::kGradientLeak
                                                    : Text::kGradientMaskedZero;
}

float chain(Painter& p, float x, float y, float w, int row, const view::Gradient& g) {
  const view::State& state = p.in.model.state();
  const view::Derived& d = p.in.model.derived();
  const float start = y;
  const auto probabilities = d.probabilities.row(row, d.cols);
  const auto upstream = row_span(g.upstream, row, d.cols);
  std::vector<float> products(static_cast<size_t>(d.cols));
  for (size_t i = 0; i < products.size(); ++i) products[i] = upstream[i] * probabilities[i];
  const auto masked = std::span(d.mask_bits)
                          .subspan(static_cast<size_t>(row) * static_cast<size_t>(d.cols),
                                   static_cast<size_t>(d.cols));
  RowTable table(p, x, w, d.cols, masked);
  y += table.header(y);
  const auto line = [&](Text label, std::span<const float> values, RowTableLine::Colors colors,
                        bool current = false) {
    RowTableLine l;
    l.label = view::text(label);
    l.values = values;
    l.colors = colors;
    l.limit = colors == RowTableLine::Colors::kSequential ? d.probability_limit : largest(values);
    l.current = current;
    l.hatched = current;
    if (label == Text::kGradientGP && state.dim == -1) {
      l.right =
          view::fill_in(Text::kGradientSum,
                        {typographic(view::significant_text(g.dot[static_cast<size_t>(row)], 4))});
    }
    y += table.line(y, l);
  };
  using Colors = RowTableLine::Colors;
  line(Text::kGradientP, probabilities, Colors::kSequential);
  line(Text::kGradientG, upstream, Colors::kNone);
  line(Text::kGradientGP, products, Colors::kNone);
  if (state.order == core::Order::kFill) {
    line(Text::kGradientSoftmax, row_span(g.masked_scores, row, d.cols), Colors::kDiverging);
  }
  line(Text::kGradientScores, row_span(g.scores, row, d.cols), Colors::kDiverging, true);
  y += table.pager(y);
  return y - start;
}

}  // namespace

float gradient_lens_ui(Painter& p, float x, float y, float w) {
  const view::State& state = p.in.model.state();
  const view::Derived& d = p.in.model.derived();
  const float start = y;
  if (!d.error.empty()) return p.wrapped(p.fonts.body, x, y, w, color(p.palette.muted), d.error);
  y += upstream_controls(p, x, y, w) + p.px(16);
  if (const float waiting =
          waiting_lens_ui(p, x, y, w, {view::LensWish::Kind::kGradient, p.transient.upstream});
      waiting > 0) {
    return y + waiting - start;
  }
  const view::Gradient& g = p.in.model.gradient(p.transient.upstream);
  if (!g.error.empty()) {
    y += p.wrapped(p.fonts.body, x, y, w, color(p.palette.muted), g.error);
    return y - start;
  }
  if (state.row >= 0) {
    y += chain(p, x, y, w, state.row, g) + p.px(6);
    y += p.wrapped(p.fonts.body, x, y, w, color(p.palette.text),
                   view::text(lesson_of(state, d, g, state.row, p.transient.upstream)));
  } else {
    y += p.wrapped(p.fonts.body, x, y, w, color(p.palette.muted), view::text(Text::kLensSelectRow));
  }
  y += p.px(18);
  y += matrix_ui(p, x, y, w,
                 {view::Figure::kGradient, view::Panel::kMasked, view::text(Text::kGradientAllRows),
                  g.scores, d.rows, d.cols, &d.mask, g.limit, state.row});
  return y - start;
}

}  // namespace softmask::ui
