// Where the mass goes: the selected row large, and every row as a pair of bars.
#include <algorithm>
#include <cmath>

#include "ui/panels_ui.h"
#include "view/number_text.h"
#include "view/sentences.h"

namespace softmask::ui {
namespace {

using view::Rect;
using view::Text;

std::span<const float> row_of(std::span<const float> matrix, int row, int cols) {
  return matrix.subspan(static_cast<size_t>(row) * static_cast<size_t>(cols),
                        static_cast<size_t>(cols));
}

bool has_nan(std::span<const float> row) {
  return std::any_of(row.begin(), row.end(), [](float v) { return !std::isfinite(v); });
}

// One row of probabilities as segments. `full` is the mass that the bar's width stands for.
class MassBar {
 public:
  MassBar(Painter& painter, int row, bool labels) : p_(painter), row_(row), labels_(labels) {}

  void draw(const Rect& bar, std::span<const float> row, double full, bool dim_masked) {
    if (has_nan(row)) return draw_nan(bar);
    const core::Mask& mask = p_.in.model.derived().mask;
    p_.fill(bar, color(p_.palette.chip), p_.px(3));
    double mass = 0;
    for (int col = 0; col < static_cast<int>(row.size()); ++col) {
      const float x0 = x_at(bar, mass / full);
      mass += static_cast<double>(row[static_cast<size_t>(col)]);
      const float x1 = x_at(bar, mass / full);
      if (x1 - x0 < 1) continue;
      const float gap = x1 - x0 > p_.px(4) && row.size() <= 32 ? p_.px(1) : 0;
      segment({x0, bar.y, x1 - x0 - gap, bar.h}, col, row[static_cast<size_t>(col)],
              mask.at(row_, col) && dim_masked);
    }
    if (full - mass > 0.0005 * full)
      lost({x_at(bar, mass / full), bar.y, 0, bar.h}, bar, full - mass);
  }

 private:
  static float x_at(const Rect& bar, double share) {
    return std::floor(bar.x + bar.w * static_cast<float>(std::min(share, 1.0)) + 0.5f);
  }

  void segment(const Rect& r, int col, float value, bool masked) {
    const view::Rgb base = view::column_color(col);
    const float radius = r.w > p_.px(8) ? p_.px(3) : 0;
    view::Rgb back = base;
    if (masked) {
      back = view::mix(p_.palette.card, base, p_.in.dark ? 0.38f : 0.42f);
      p_.fill(r, color(back), radius);
      p_.hatch(r, color(base), p_.px(6), std::max(1.0f, p_.scale * 1.5f));
    } else {
      p_.fill(r, color(back), radius);
      if (view::column_pattern(col) == 1) {
        // The second round of colours carries a light band: never told apart by colour alone.
        p_.fill({r.x, r.y + std::floor(r.h * 0.4f), r.w, std::max(1.0f, std::floor(r.h * 0.2f))},
                color(p_.palette.card, 0.75f));
      }
    }
    if (labels_) label(r, col, value, masked, back);
  }

  void label(const Rect& r, int col, float value, bool masked, const view::Rgb& back) {
    const std::string number = std::to_string(col), amount = view::mass_text(value);
    const float wide = p_.text_width(p_.fonts.caption, amount);
    const float line = p_.px(15);
    const float top = r.center_y() - line;
    // Neither hatch nor band may cross a digit.
    const bool plated = masked || view::column_pattern(col) == 1;
    if (r.w < std::max(wide, p_.text_width(p_.fonts.strong_cell, number)) + p_.px(8)) {
      if (r.w < p_.text_width(p_.fonts.strong_cell, number) + p_.px(8)) return;
      if (plated) plate(r, p_.text_width(p_.fonts.strong_cell, number), line);
      p_.text_in(p_.fonts.strong_cell, r, Align::kCenter,
                 color(plated ? p_.palette.text : view::text_on(back)), number);
      return;
    }
    if (plated) plate(r, wide, 2 * line);
    const ImU32 ink = color(plated ? p_.palette.text : view::text_on(back));
    p_.text_in(p_.fonts.strong_cell, {r.x, top, r.w, line}, Align::kCenter, ink, number);
    p_.text_in(p_.fonts.caption, {r.x, top + line, r.w, line}, Align::kCenter, ink, amount);
  }

  void plate(const Rect& r, float w, float h) {
    const float pw = std::min(r.w, w + p_.px(8));
    p_.fill({std::floor(r.center_x() - pw * 0.5f), std::floor(r.center_y() - h * 0.5f), pw, h},
            color(p_.palette.card), p_.px(3));
  }

  // Mass that went nowhere: an empty frame up to where the bar would end.
  void lost(Rect r, const Rect& bar, double amount) {
    r.w = bar.right() - r.x;
    p_.fill(r, color(p_.palette.card), p_.px(3));
    p_.frame(r, color(p_.palette.danger), p_.px(3), std::max(1.0f, p_.scale));
    if (!labels_) return;
    const std::string words = view::fill_in(Text::kLedgerLost, {view::mass_text(amount)});
    if (p_.text_width(p_.fonts.caption, words) + p_.px(10) > r.w) return;
    p_.text_in(p_.fonts.caption, r, Align::kCenter, color(p_.palette.danger), words);
  }

  void draw_nan(const Rect& bar) {
    p_.fill(bar, color(p_.palette.danger_tint), p_.px(3));
    p_.hatch(bar, color(p_.palette.danger, 0.35f), p_.px(8), std::max(1.0f, p_.scale));
    const Rect tag = {bar.center_x() - p_.px(20), bar.y + p_.px(1), p_.px(40), bar.h - p_.px(2)};
    p_.fill(tag, color(p_.palette.card), p_.px(3));
    p_.text_in(p_.fonts.strong_cell, tag, Align::kCenter, color(p_.palette.danger),
               view::text(Text::kNanShort));
  }

  Painter& p_;
  int row_;
  bool labels_;
};

// What a bar's full width stands for: 1, or the largest row sum where rows are no distributions.
double full_mass(const view::Derived& d, const view::State& state) {
  double full = 1;
  if (state.dim != 0) return full;
  for (const core::RowMass& m : d.mass) {
    if (!m.nan) full = std::max({full, m.before_sum, m.after_sum});
  }
  return full;
}

const char* after_caption(const view::State& state) {
  switch (state.order) {
    case core::Order::kFill:
      return view::text(Text::kAfter);
    case core::Order::kZero:
      return view::text(Text::kAfterZero);
    case core::Order::kRenorm:
      return view::text(Text::kAfterRenorm);
  }
  return "";
}

// The selected row: two labelled bars, the sentence and the notes. Returns the height used.
float selected_row(Painter& p, float x, float y, float w) {
  const view::State& state = p.in.model.state();
  const view::Derived& d = p.in.model.derived();
  const float start = y;
  if (state.row >= 0 && d.error.empty() && !p.in.displayed_probabilities.empty()) {
    const float bar_h = p.px(40);
    const double full = full_mass(d, state);
    MassBar bar(p, state.row, true);
    p.text(p.fonts.caption, x, y, color(p.palette.muted), view::text(Text::kBefore));
    y += p.px(20);
    bar.draw({x, y, w, bar_h}, row_of(d.baseline, state.row, d.cols), full, true);
    y += bar_h + p.px(14);
    p.text(p.fonts.caption, x, y, color(p.palette.muted), after_caption(state));
    y += p.px(20);
    bar.draw({x, y, w, bar_h}, row_of(p.in.displayed_probabilities, state.row, d.cols), full, true);
    y += bar_h + p.px(14);
  }
  // PyTorch's message is the first note already.
  if (d.error.empty()) y += p.sentence(x, y, w, view::mass_sentence(state, d, state.row));
  for (const std::string& note : d.notes) {
    y += p.px(6);
    p.icon(Icon::kWarning, {x, y - p.px(1), p.px(16), p.px(18)}, color(p.palette.danger));
    y += p.wrapped(p.fonts.body, x + p.px(24), y, w - p.px(24), color(p.palette.text), note);
  }
  return y - start;
}

struct TableColumns {
  float row_x, bar_x, bar_w, moved_right, sum_right;
};

void table_row(Painter& p, const TableColumns& at, const Rect& line, int row, double full) {
  const view::State& state = p.in.model.state();
  const view::Derived& d = p.in.model.derived();
  const bool selected = row == state.row;
  ImGui::PushID(row);
  bool hovered = false;
  if (p.hit_area("ledger row", line, &hovered)) p.command(view::SelectRow{row});
  ImGui::PopID();
  if (selected || hovered) {
    p.fill(line, color(selected ? p.palette.accent_tint : p.palette.chip), p.px(6));
  }
  const float bar_h = p.px(15), gap = p.px(3);
  const float top = std::floor(line.center_y() - bar_h - gap * 0.5f);
  MassBar bar(p, row, false);
  bar.draw({at.bar_x, top, at.bar_w, bar_h}, row_of(d.baseline, row, d.cols), full, true);
  bar.draw({at.bar_x, top + bar_h + gap, at.bar_w, bar_h},
           row_of(p.in.displayed_probabilities, row, d.cols), full, true);
  p.text_in(selected ? p.fonts.strong : p.fonts.body, {at.row_x, line.y, p.px(28), line.h},
            Align::kCenter, color(selected ? p.palette.accent : p.palette.text),
            std::to_string(row));
  const core::RowMass& mass = d.mass[static_cast<size_t>(row)];
  const char* nan = view::text(Text::kNanShort);
  const std::string moved = mass.nan ? nan : view::mass_text(mass.moved);
  const std::string sum = mass.nan ? nan : view::mass_text(mass.after_sum);
  p.text_in(p.fonts.strong, {at.moved_right, line.y, 0, line.h}, Align::kRight,
            color(mass.nan ? p.palette.danger : p.palette.text), moved);
  const bool off = !mass.nan && std::fabs(mass.after_sum - 1) > 0.0005;
  p.text_in(p.fonts.body, {at.sum_right, line.y, 0, line.h}, Align::kRight,
            color(mass.nan || off ? p.palette.danger : p.palette.muted), sum);
}

// Every row, a page at a time. Returns the height used.
float table(Painter& p, float x, float y, float w) {
  const view::State& state = p.in.model.state();
  const view::Derived& d = p.in.model.derived();
  if (!d.error.empty() || p.in.displayed_probabilities.empty()) return 0;
  const float start = y;
  constexpr int kPage = 8;
  const int pages = (d.rows + kPage - 1) / kPage;
  view::Transient& t = p.transient;
  if (state.row >= 0 && state.row != t.ledger_page_of_row) t.ledger_page = state.row / kPage;
  t.ledger_page_of_row = state.row;
  t.ledger_page = std::clamp(t.ledger_page, 0, pages - 1);
  const float sum_w = p.px(62), moved_w = p.px(58), row_w = p.px(36), pad = p.px(8);
  const TableColumns at = {.row_x = x,
                           .bar_x = x + row_w,
                           .bar_w = w - row_w - sum_w - moved_w - pad,
                           .moved_right = x + w - pad - sum_w,
                           .sum_right = x + w - pad};
  const float caption_h = p.px(20);
  const ImU32 muted = color(p.palette.muted);
  p.text_in(p.fonts.caption, {x, y, p.px(28), caption_h}, Align::kCenter, muted,
            view::text(Text::kLedgerRow));
  p.text_in(p.fonts.caption, {at.bar_x, y, 0, caption_h}, Align::kLeft, muted,
            view::text(Text::kLedgerBeforeAfter));
  p.text_in(p.fonts.caption, {at.moved_right, y, 0, caption_h}, Align::kRight, muted,
            view::text(Text::kLedgerMoved));
  p.text_in(p.fonts.caption, {at.sum_right, y, 0, caption_h}, Align::kRight, muted,
            view::text(Text::kLedgerRowSum));
  y += caption_h + p.px(2);
  const double full = full_mass(d, state);
  const int first = t.ledger_page * kPage;
  const float line_h = p.px(46);
  for (int row = first; row < std::min(first + kPage, d.rows); ++row) {
    table_row(p, at, {x, y, w, line_h}, row, full);
    y += line_h + p.px(2);
  }
  if (pages > 1) {
    y += p.px(6);
    const float h = p.control_height();
    if (p.icon_button("rows before", {x, y, h, h}, Icon::kPrevious, t.ledger_page > 0)) {
      --t.ledger_page;
    }
    if (p.icon_button("rows after", {x + h + p.px(6), y, h, h}, Icon::kNext,
                      t.ledger_page < pages - 1)) {
      ++t.ledger_page;
    }
    p.text_in(
        p.fonts.caption, {x + 2 * h + p.px(18), y, 0, h}, Align::kLeft, muted,
        view::fill_in(Text::kLedgerRange, {view::count_text(first),
                                           view::count_text(std::min(first + kPage, d.rows) - 1),
                                           view::count_text(d.rows)}));
    y += h;
  }
  return y - start;
}

bool failed(const Painter& p) { return !p.in.model.derived().error.empty(); }

}  // namespace

void ledger_ui(Painter& p) {
  const Rect card = p.in.scene.ledger;
  const view::State& state = p.in.model.state();
  p.card(card);
  const float pad = p.in.scene.padding;
  const float x = card.x + pad, w = card.w - 2 * pad;
  float y = card.y + pad;
  const char* title = view::text(Text::kLedgerTitle);
  p.text(p.fonts.strong, x, y, color(p.palette.text), title);
  p.text(p.fonts.body, x + p.text_width(p.fonts.strong, title) + p.px(12), y,
         color(p.palette.muted),
         state.row >= 0 ? view::fill_in(Text::kRowSelected, {view::count_text(state.row)})
                        : std::string(view::text(Text::kNoRowSelected)));
  y += p.px(30);
  const bool side_by_side = w >= p.px(720);
  if (side_by_side) {
    const float left = std::floor(w * 0.56f), gap = p.px(28);
    const float a = selected_row(p, x, y, failed(p) ? w : left);
    const float b = table(p, x + left + gap, y, w - left - gap);
    y += std::max(a, b);
  } else {
    y += selected_row(p, x, y, w);
    y += p.px(18);
    y += table(p, x, y, w);
  }
  p.transient.ledger_height_px = y + pad - card.y;
}

}  // namespace softmask::ui
