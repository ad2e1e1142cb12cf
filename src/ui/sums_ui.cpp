// The strips beside the probabilities of a large matrix: what every row sums to, and what every
// column has in all.
#include <algorithm>
#include <cmath>
#include <string>

#include "ui/cells_ui.h"
#include "view/number_text.h"

namespace softmask::ui {
namespace {

using view::HeatmapLayout;
using view::Rect;
using view::Text;

// One direction: lines in sight, their sums, and where they stand.
struct Strip {
  Rect area;
  bool down;     // one line below the other
  double first;  // at the area's beginning
  float cell_px;
  int count;
  double (*sum)(const view::Derived&, int line);
  Text one, several;
};

double row_sum(const view::Derived& d, int row) {
  const core::RowMass& mass = d.mass[static_cast<size_t>(row)];
  return mass.nan ? std::nan("") : mass.after_sum;
}

double column_sum(const view::Derived& d, int col) {
  return d.levels->column_totals[static_cast<size_t>(col)];
}

struct Lines {
  int first, end;
  double largest = 0;
  int at = 0;
  double mean = 0;
  bool nan = false;
};

// The lines that share the pixel.
Lines lines_at(const view::Derived& d, const Strip& strip, float px) {
  const double from = strip.first + static_cast<double>(px) / static_cast<double>(strip.cell_px);
  const double to = from + 1 / static_cast<double>(strip.cell_px);
  Lines lines;
  lines.first = std::clamp(static_cast<int>(std::floor(from)), 0, strip.count - 1);
  lines.end = std::clamp(strip.cell_px < 1 ? static_cast<int>(std::ceil(to)) : lines.first + 1,
                         lines.first + 1, strip.count);
  lines.at = lines.first;
  for (int line = lines.first; line < lines.end; ++line) {
    const double sum = strip.sum(d, line);
    lines.nan = lines.nan || std::isnan(sum);
    lines.mean += sum / (lines.end - lines.first);
    if (!(sum > lines.largest)) continue;
    lines.largest = sum;
    lines.at = line;
  }
  return lines;
}

void strip_ui(Painter& p, const Strip& strip) {
  if (strip.area.empty()) return;
  const view::Derived& d = p.in.model.derived();
  double limit = 0;
  for (int line = 0; line < strip.count; ++line) {
    const double sum = strip.sum(d, line);
    if (sum > limit) limit = sum;
  }
  if (!(limit > 0)) limit = 1;
  const Rect& area = strip.area;
  const float length = strip.down ? area.h : area.w;
  const bool max = p.transient.reduction == view::Reduction::kMax;
  p.fill(area, color(p.palette.chip));
  // Pixels of one colour in one rectangle.
  float begun = 0;
  ImU32 ink = 0;
  const auto put = [&](float end) {
    if (end <= begun) return;
    p.fill(strip.down ? Rect{area.x, area.y + begun, area.w, end - begun}
                      : Rect{area.x + begun, area.y, end - begun, area.h},
           ink);
    begun = end;
  };
  for (float px = 0; px < length; ++px) {
    const Lines lines = lines_at(d, strip, px);
    const double shown = max ? lines.largest : lines.mean;
    const ImU32 next =
        color(lines.nan ? p.palette.danger
                        : view::sequential_color(static_cast<float>(shown / limit), p.in.dark));
    if (px > 0 && next != ink) put(px);
    ink = next;
  }
  put(length);
  const ImVec2 mouse = ImGui::GetMousePos();
  if (!p.interactive || !ImGui::IsMousePosValid() || !area.contains(mouse.x, mouse.y)) return;
  const Lines lines =
      lines_at(d, strip, std::floor(strip.down ? mouse.y - area.y : mouse.x - area.x));
  const std::string sum = lines.nan ? view::text(Text::kNanShort) : view::mass_text(lines.largest);
  p.say_at({mouse.x, mouse.y, 1, p.px(12)},
           lines.end - lines.first == 1
               ? view::fill_in(strip.one, {view::count_text(lines.first), sum})
               : view::fill_in(strip.several,
                               {view::count_text(lines.first), view::count_text(lines.end - 1), sum,
                                view::count_text(lines.at)}));
}

}  // namespace

void sums_ui(Painter& p, const HeatmapLayout& h) {
  if (h.row_sums.empty() || !p.in.model.derived().levels) return;
  strip_ui(p, {h.row_sums, true, h.first_row, h.cell_h, h.rows, row_sum, Text::kSumOfRow,
               Text::kSumOfRows});
  strip_ui(p, {h.col_sums, false, h.first_col, h.cell_w, h.cols, column_sum, Text::kSumOfColumn,
               Text::kSumOfColumns});
}

}  // namespace softmask::ui
