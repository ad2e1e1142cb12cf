// Every row as a pair of bars with its figures, a page at a time, and what they come to together.
#include <algorithm>
#include <cmath>

#include "ui/lenses_ui.h"
#include "ui/mass_bar_ui.h"
#include "view/ledger.h"
#include "view/number_text.h"

namespace softmask::ui {
namespace {

using view::Rect;
using view::Text;

constexpr int kRowsOfAPage = 8;
constexpr double kShows = 0.0005;  // less is 0.000 on the screen

enum Figure : uint8_t { kMoved, kLeaked, kLost, kSum, kFigureCount };

struct Columns {
  float row_x, bar_x, bar_w;
  float right[kFigureCount];  // 0: not shown
};

// Leaked and lost mass have columns where there is any, or room for columns of dashes.
Columns columns_for(const Painter& p, float x, float w, const view::LedgerTotal& total) {
  const bool narrow = w < p.px(400);
  const bool shown[kFigureCount] = {true, !narrow || total.leaked > kShows,
                                    !narrow || total.lost > kShows, true};
  const float figure_w = p.px(narrow ? 50.0f : 54.0f), row_w = p.px(36), pad = p.px(8);
  Columns at = {.row_x = x, .bar_x = x + row_w, .bar_w = 0, .right = {}};
  float right = x + w - pad;
  for (int i = kFigureCount - 1; i >= 0; --i) {
    if (!shown[i]) continue;
    at.right[i] = right;
    right -= i == kSum ? figure_w + p.px(6) : figure_w;
  }
  at.bar_w = right - at.bar_x - p.px(6);
  return at;
}

void figure(Painter& p, const Columns& at, const Rect& line, Figure which, double value,
            ImFont* font, ImU32 ink) {
  if (at.right[which] <= 0) return;
  const bool nothing = which != kSum && which != kMoved && value < kShows;
  p.text_in(font, {at.right[which], line.y, 0, line.h}, Align::kRight,
            nothing ? color(p.palette.muted) : ink,
            nothing ? std::string("\u2013") : view::mass_text(value));
}

void row_line(Painter& p, const Columns& at, const Rect& line, int row, double full) {
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
  MassBar bar(p, d.mask, row, false);
  const double before = bar.draw({at.bar_x, top, at.bar_w, bar_h}, p.in.baseline_row(row), full);
  bar.draw({at.bar_x, top + bar_h + gap, at.bar_w, bar_h}, p.in.probability_row(row), full, before);
  p.text_in(selected ? p.fonts.strong : p.fonts.body, {at.row_x, line.y, p.px(28), line.h},
            Align::kCenter, color(selected ? p.palette.accent : p.palette.text),
            std::to_string(row));
  const core::RowMass& mass = d.mass[static_cast<size_t>(row)];
  if (mass.nan) {
    for (const Figure which : {kMoved, kSum}) {
      p.text_in(p.fonts.strong, {at.right[which], line.y, 0, line.h}, Align::kRight,
                color(p.palette.danger), view::text(Text::kNanShort));
    }
    return;
  }
  const ImU32 ink = color(p.palette.text), muted = color(p.palette.muted),
              danger = color(p.palette.danger);
  const bool off = std::fabs(mass.after_sum - 1) > kShows;
  figure(p, at, line, kMoved, mass.moved, p.fonts.strong, ink);
  figure(p, at, line, kLeaked, mass.leaked, p.fonts.body, ink);
  figure(p, at, line, kLost, mass.lost, p.fonts.body, danger);
  figure(p, at, line, kSum, mass.after_sum, p.fonts.body, off ? danger : muted);
}

// The captions; the one of the moved mass sorts.
float header(Painter& p, const Columns& at, float y) {
  const float h = p.px(20);
  const ImU32 muted = color(p.palette.muted);
  p.text_in(p.fonts.caption, {at.row_x, y, p.px(28), h}, Align::kCenter, muted,
            view::text(Text::kLedgerRow));
  if (at.bar_w > p.px(90)) {
    p.text_in(p.fonts.caption, {at.bar_x, y, 0, h}, Align::kLeft, muted,
              view::text(Text::kLedgerBeforeAfter));
  }
  static constexpr Text kCaptions[kFigureCount] = {Text::kLedgerMoved, Text::kLedgerLeaked,
                                                   Text::kLedgerLostCaption, Text::kLedgerRowSum};
  for (int i = 0; i < kFigureCount; ++i) {
    if (at.right[i] <= 0) continue;
    const char* words = view::text(kCaptions[i]);
    const float w = p.text_width(p.fonts.caption, words);
    if (i != kMoved) {
      p.text_in(p.fonts.caption, {at.right[i], y, 0, h}, Align::kRight, muted, words);
      continue;
    }
    view::Transient& t = p.transient;
    const bool sorted = t.ledger_sort == view::LedgerSort::kByMoved;
    const Rect area = {at.right[i] - w - p.px(18), y - p.px(4), w + p.px(22), h + p.px(8)};
    bool hovered = false;
    if (p.hit_area("sort", area, &hovered)) {
      t.ledger_sort = sorted ? view::LedgerSort::kByRow : view::LedgerSort::kByMoved;
      t.ledger_page = 0;
    }
    if (hovered) p.fill(area, color(p.palette.chip), p.px(5));
    const ImU32 ink = color(sorted ? p.palette.accent : p.palette.muted);
    p.text_in(sorted ? p.fonts.strong_cell : p.fonts.caption, {at.right[i], y, 0, h}, Align::kRight,
              ink, words);
    const float cx = at.right[i] - w - p.px(9), cy = y + h * 0.5f, s = p.px(3.5f);
    p.draw.fill_triangle(vec(cx - s, cy - s * 0.6f), vec(cx + s, cy - s * 0.6f), vec(cx, cy + s),
                         ink);
  }
  return h;
}

float total_line(Painter& p, const Columns& at, float x, float y, float w,
                 const view::LedgerTotal& total) {
  const Rect line = {x, y + p.px(4), w, p.px(28)};
  p.fill({x, y + p.px(2), w, std::max(1.0f, std::floor(p.scale))}, color(p.palette.line));
  const ImU32 ink = color(p.palette.text);
  std::string words = view::text(Text::kLedgerTotal);
  if (total.nan_rows > 0) {
    words = view::fill_in(Text::kLedgerTotalWithoutNan, {view::count_text(total.nan_rows)});
  }
  p.text_in(p.fonts.body, {at.row_x + p.px(8), line.y, 0, line.h}, Align::kLeft,
            color(p.palette.muted), words);
  figure(p, at, line, kMoved, total.moved, p.fonts.strong, ink);
  figure(p, at, line, kLeaked, total.leaked, p.fonts.body, ink);
  figure(p, at, line, kLost, total.lost, p.fonts.body, color(p.palette.danger));
  figure(p, at, line, kSum, total.sum, p.fonts.body, color(p.palette.muted));
  return line.bottom() - y;
}

// Buttons to the other pages. Returns the height used.
float pages_line(Painter& p, float x, float y, int pages, int rows) {
  view::Transient& t = p.transient;
  const float h = p.control_height();
  if (p.icon_button("rows before", {x, y, h, h}, Icon::kPrevious, t.ledger_page > 0)) {
    --t.ledger_page;
  }
  if (p.icon_button("rows after", {x + h + p.px(6), y, h, h}, Icon::kNext,
                    t.ledger_page < pages - 1)) {
    ++t.ledger_page;
  }
  const int first = t.ledger_page * kRowsOfAPage, last = std::min(first + kRowsOfAPage, rows) - 1;
  const bool sorted = t.ledger_sort == view::LedgerSort::kByMoved;
  p.text_in(p.fonts.caption, {x + 2 * h + p.px(18), y, 0, h}, Align::kLeft, color(p.palette.muted),
            view::fill_in(sorted ? Text::kLedgerRanks : Text::kLedgerRange,
                          {view::count_text(first + (sorted ? 1 : 0)),
                           view::count_text(last + (sorted ? 1 : 0)), view::count_text(rows)}));
  return h;
}

}  // namespace

float ledger_ui(Painter& p, float x, float y, float w) {
  const view::State& state = p.in.model.state();
  const view::Derived& d = p.in.model.derived();
  if (!p.in.has_result()) return 0;
  const float start = y;
  view::Transient& t = p.transient;
  const std::vector<int> order = view::ledger_order(d, t.ledger_sort);
  const int pages = (d.rows + kRowsOfAPage - 1) / kRowsOfAPage;
  // The page turns to a row that was selected elsewhere, and only then.
  if (state.row >= 0 && state.row != t.ledger_page_of_row) {
    const auto at = std::find(order.begin(), order.end(), state.row);
    t.ledger_page = static_cast<int>(at - order.begin()) / kRowsOfAPage;
  }
  t.ledger_page_of_row = state.row;
  t.ledger_page = std::clamp(t.ledger_page, 0, pages - 1);
  const view::LedgerTotal total = view::ledger_total(d);
  const Columns at = columns_for(p, x, w, total);
  y += header(p, at, y) + p.px(2);
  const double full = row_mass_limit(d, state);
  const float line_h = p.px(46);
  const int first = t.ledger_page * kRowsOfAPage;
  for (int i = first; i < std::min(first + kRowsOfAPage, d.rows); ++i) {
    row_line(p, at, {x, y, w, line_h}, order[static_cast<size_t>(i)], full);
    y += line_h + p.px(2);
  }
  if (d.rows > 1) y += total_line(p, at, x, y, w, total);
  if (pages > 1) y += p.px(6) + pages_line(p, x, y + p.px(6), pages, d.rows);
  return y - start;
}

}  // namespace softmask::ui
