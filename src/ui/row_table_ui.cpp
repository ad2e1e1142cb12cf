#include "ui/row_table_ui.h"

#include <algorithm>
#include <cmath>

#include "view/number_text.h"

namespace softmask::ui {

using view::Rect;

RowTable::RowTable(Painter& painter, float x, float w, int count, std::span<const uint8_t> masked)
    : p_(painter),
      x_(x),
      w_(w),
      count_(count),
      masked_(masked),
      labels_above_(w < painter.px(520)) {
  label_w_ = labels_above_ ? 0 : p_.px(132);
  right_w_ = labels_above_ ? 0 : p_.px(120);
  const float room = w_ - label_w_ - right_w_;
  const float least = p_.px(50);
  shown_ = std::clamp(static_cast<int>(room / least), 1, count_);
  cell_w_ = std::floor(std::min(room / static_cast<float>(shown_), p_.px(76)));
  int& first = p_.transient.table_first_col;
  first = std::clamp(first, 0, count_ - shown_);
  first_ = first;
}

Rect RowTable::cell(int col, float y, float h) const {
  return {x_ + label_w_ + static_cast<float>(col - first_) * cell_w_, y, cell_w_ - p_.px(2), h};
}

float RowTable::header(float y) {
  const float h = p_.px(20);
  for (int col = first_; col < first_ + shown_; ++col) {
    const bool masked = masked_[static_cast<size_t>(col)] != 0;
    const Rect chip = cell(col, y, h);
    const view::Rgb back = masked ? p_.palette.masked_header : p_.palette.chip;
    p_.fill(chip, color(back), p_.px(5));
    const std::string number = view::count_text(col);
    p_.text_in(masked ? p_.fonts.strong_cell : p_.fonts.caption, chip, Align::kCenter,
               color(masked ? view::text_on(back) : p_.palette.text),
               masked ? number + " \u00d7" : number);
  }
  return h + p_.px(6);
}

void RowTable::number(const Rect& r, int col, const RowTableLine& line) {
  const float value = line.values[static_cast<size_t>(col)];
  const bool nan = std::isnan(value);
  const bool beyond = std::isinf(value) || std::fabs(value) > line.limit * 1.000001f;
  view::Rgb back = p_.palette.chip;
  if (nan) {
    back = p_.palette.danger_tint;
  } else if (line.colors == RowTableLine::Colors::kDiverging && !beyond) {
    back = view::diverging_color(value / line.limit, p_.in.dark);
  } else if (line.colors == RowTableLine::Colors::kSequential && !beyond && value != 0) {
    back = view::sequential_color(value / line.limit, p_.in.dark);
  }
  p_.fill(r, color(back), p_.px(4));
  const std::string words = p_.number_for(p_.fonts.cell, r.w - p_.px(2), value);
  const ImU32 ink = color(nan || std::isinf(value) ? p_.palette.danger : view::text_on(back));
  if (line.hatched && masked_[static_cast<size_t>(col)] != 0) {
    p_.hatch(r, color(p_.palette.hatch), p_.px(7), std::max(1.0f, p_.scale));
    const float w = std::min(r.w, p_.text_width(p_.fonts.cell, words) + p_.px(8));
    p_.fill({std::floor(r.center_x() - w * 0.5f), r.y + p_.px(4), w, r.h - p_.px(8)}, color(back),
            p_.px(3));
  }
  p_.text_in(p_.fonts.cell, r, Align::kCenter, ink, words);
  if (col == line.marked_col) {
    p_.frame(r.inset(-p_.px(1)), color(p_.palette.accent), p_.px(5),
             std::max(2.0f, std::floor(p_.scale * 2)));
  }
}

float RowTable::line(float y, const RowTableLine& line) {
  const float start = y, h = p_.px(30);
  ImFont* font = line.current ? p_.fonts.mono_strong : p_.fonts.mono;
  const ImU32 ink = color(line.current ? p_.palette.accent : p_.palette.muted);
  if (labels_above_) {
    p_.text(font, x_, y + p_.px(2), ink, line.label);
    p_.text_in(p_.fonts.mono, {x_, y + p_.px(2), w_, font->FontSize}, Align::kRight,
               color(p_.palette.text), line.right);
    y += p_.px(21);
  } else {
    if (line.current) {
      p_.fill({x_, y - p_.px(3), w_, h + p_.px(6)}, color(p_.palette.accent_tint), p_.px(6));
    }
    p_.text_in(font, {x_ + p_.px(8), y, label_w_, h}, Align::kLeft, ink, line.label);
    const float after = x_ + label_w_ + static_cast<float>(shown_) * cell_w_ + p_.px(10);
    p_.text_in(p_.fonts.mono, {after, y, 0, h}, Align::kLeft, color(p_.palette.text), line.right);
  }
  for (int col = first_; col < first_ + shown_; ++col) number(cell(col, y, h), col, line);
  return y + h + p_.px(8) - start;
}

float RowTable::pager(float y) {
  if (shown_ == count_) return 0;
  const float h = p_.control_height();
  const float x = x_ + label_w_;
  int& first = p_.transient.table_first_col;
  if (p_.icon_button("columns before", {x, y, h, h}, Icon::kPrevious, first_ > 0)) {
    first = std::max(0, first_ - shown_);
  }
  if (p_.icon_button("columns after", {x + h + p_.px(6), y, h, h}, Icon::kNext,
                     first_ + shown_ < count_)) {
    first = std::min(count_ - shown_, first_ + shown_);
  }
  p_.text_in(p_.fonts.caption, {x + 2 * h + p_.px(18), y, 0, h}, Align::kLeft,
             color(p_.palette.muted),
             view::fill_in(view::Text::kColumnsShown,
                           {view::count_text(first_), view::count_text(first_ + shown_ - 1),
                            view::count_text(count_)}));
  return h + p_.px(8);
}

}  // namespace softmask::ui
