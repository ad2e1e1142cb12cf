// The pinned state A, the present state B, and what changed between them.
#include <algorithm>
#include <cmath>

#include "ui/lenses_ui.h"
#include "ui/matrix_ui.h"
#include "view/comparison.h"
#include "view/number_text.h"
#include "view/text_lists.h"

namespace softmask::ui {
namespace {

using view::Figure;
using view::Panel;
using view::Rect;
using view::Text;

float text_button_width(const Painter& p, Text words) {
  return p.text_width(p.fonts.strong, view::text(words)) + p.px(28);
}

// Returns the height used.
float buttons(Painter& p, float x, float y) {
  const bool pinned = p.in.model.document().pinned.has_value();
  const float h = p.control_height(), gap = p.px(8);
  const auto place = [&](const char* id, Text words, bool primary) {
    const float w = text_button_width(p, words);
    const bool pressed = p.button(id, {x, y, w, h}, view::text(words), primary);
    x += w + gap;
    return pressed;
  };
  if (place("pin", Text::kPin, !pinned)) p.command(view::PinState{});
  if (!pinned) return h;
  if (place("swap", Text::kSwap, false)) p.command(view::SwapPinned{});
  if (place("unpin", Text::kUnpin, false)) p.command(view::Unpin{});
  return h;
}

std::string summary(const view::Comparison& c, const view::Derived& b) {
  if (c.differing == 0) {
    return view::text(c.changed.empty() ? Text::kCompareSame : Text::kCompareNoDifference);
  }
  std::string out;
  if (c.largest_row >= 0) {
    const size_t at = static_cast<size_t>(c.largest_row) * static_cast<size_t>(b.cols) +
                      static_cast<size_t>(c.largest_col);
    out = view::fill_in(
        view::by_count(c.differing, Text::kCompareOneDiffers, Text::kCompareLargest),
        {view::count_text(c.differing), view::count_text(static_cast<int64_t>(c.difference.size())),
         view::count_text(c.largest_row), view::count_text(c.largest_col),
         typographic(view::significant_text(static_cast<double>(c.difference[at]), 3))});
  }
  if (c.nan_in_one > 0) {
    if (!out.empty()) out += " ";
    out += view::fill_in(view::by_count(c.nan_in_one, Text::kCompareOneNan, Text::kCompareNan),
                         {view::count_text(c.nan_in_one)});
  }
  return out;
}

// Side by side where there is room, else on top of each other. Returns the height used.
float matrices(Painter& p, float x, float y, float w, const view::Comparison& c) {
  const view::State& b_state = p.in.model.state();
  const view::Derived &a = *p.in.model.pinned_derived(), &b = p.in.model.derived();
  const bool wide = w >= p.px(600);
  const float gap = p.px(24), each = wide ? std::floor((w - 2 * gap) / 3) : w;
  float used = 0;
  const auto place = [&](int index, const MatrixView& m) {
    const float left = wide ? x + static_cast<float>(index) * (each + gap) : x;
    const float h = matrix_ui(p, left, wide ? y : y + used, each, m);
    used = wide ? std::max(used, h) : used + h + p.px(14);
  };
  const float limit = std::max(a.probability_limit, b.probability_limit);
  MatrixView view_a{Figure::kPinned,
                    Panel::kProbabilities,
                    view::text(Text::kCompareA),
                    a.probabilities.all(),
                    a.rows,
                    a.cols,
                    &a.mask,
                    limit,
                    b_state.row};
  MatrixView view_b{Figure::kPresent,
                    Panel::kProbabilities,
                    view::text(Text::kCompareB),
                    b.probabilities.all(),
                    b.rows,
                    b.cols,
                    &b.mask,
                    limit,
                    b_state.row};
  view_a.says_reduction = view_b.says_reduction = c.difference.empty();
  if (!a.probabilities.empty()) place(0, view_a);
  if (!b.probabilities.empty()) place(1, view_b);
  if (!c.difference.empty()) {
    place(2, {Figure::kDifference, Panel::kScores, view::text(Text::kCompareDifference),
              c.difference, b.rows, b.cols, nullptr, c.limit, b_state.row});
  }
  return used;
}

}  // namespace

float compare_lens_ui(Painter& p, float x, float y, float w) {
  const float start = y;
  y += buttons(p, x, y) + p.px(14);
  if (const float waiting = waiting_lens_ui(p, x, y, w, {view::LensWish::Kind::kComparison, {}});
      waiting > 0) {
    return y + waiting - start;
  }
  const view::Comparison* c = p.in.model.comparison();
  if (c == nullptr) {
    y += p.wrapped(p.fonts.body, x, y, w, color(p.palette.muted), view::text(Text::kCompareHint));
    return y - start;
  }
  const std::string changed = view::joined(c->changed, Text::kClauseComma);
  if (!changed.empty()) {
    y += p.wrapped(p.fonts.mono, x, y, w, color(p.palette.accent), changed) + p.px(10);
  }
  // Without memory for them A has none.
  if (p.in.model.has_pinned_numbers()) y += matrices(p, x, y, w, *c) + p.px(12);
  y += p.wrapped(p.fonts.body, x, y, w, color(p.palette.text),
                 c->problem.empty() ? summary(*c, p.in.model.derived()) : c->problem);
  return y - start;
}

}  // namespace softmask::ui
