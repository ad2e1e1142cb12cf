// The program that reproduces the screen, and the tensors as PyTorch prints them.
#include <algorithm>

#include "ui/panels_ui.h"
#include "view/program_text.h"

namespace softmask::ui {
namespace {

using view::Rect;
using view::Text;

// Text as a block of code: lines that are too long go on below, as no one can scroll sideways in a
// picture. Returns the height used; at most `max_lines` lines are drawn and the rest is counted.
float code_block(Painter& p, float x, float y, float w, std::string_view code, int max_lines) {
  const bool narrow = p.in.scene.arrangement == view::Arrangement::kNarrow;
  ImFont* font = narrow ? p.fonts.mono_small : p.fonts.mono;
  const float pad = p.px(10), line_h = p.px(narrow ? 15.0f : 17.0f);
  const float advance = p.text_width(font, "0");
  const auto fitting = static_cast<size_t>(std::max(8.0f, (w - 2 * pad) / advance));
  std::vector<std::string_view> lines;
  size_t left_out = 0;
  while (!code.empty()) {
    const size_t end = std::min(code.find('\n'), code.size());
    std::string_view line = code.substr(0, end);
    code.remove_prefix(std::min(end + 1, code.size()));
    do {
      std::string_view piece = line.substr(0, fitting);
      if (piece.size() < line.size()) {
        // At a space where there is one, never inside a number.
        const size_t space = piece.find_last_of(' ');
        if (space != std::string_view::npos && space > fitting / 2) {
          piece = piece.substr(0, space + 1);
        }
      }
      if (lines.size() < static_cast<size_t>(max_lines)) {
        lines.push_back(piece);
      } else {
        ++left_out;
      }
      line.remove_prefix(piece.size());
    } while (!line.empty());
  }
  const size_t shown = lines.size() + (left_out > 0 ? 1 : 0);
  const float h = line_h * static_cast<float>(shown) + 2 * pad;
  p.fill({x, y, w, h}, color(p.palette.code), p.px(6));
  float ty = y + pad;
  for (const std::string_view line : lines) {
    p.text(font, x + pad, ty, color(p.palette.text), line);
    ty += line_h;
  }
  if (left_out > 0) {
    p.text(p.fonts.caption, x + pad, ty, color(p.palette.muted),
           view::fill_in(Text::kMoreLines, {std::to_string(left_out)}));
  }
  return h;
}

float copy_width(const Painter& p) {
  return p.text_width(p.fonts.strong, view::text(Text::kCopied)) + p.px(24);
}

}  // namespace

void program_ui(Painter& p) {
  const Rect card = p.in.scene.program;
  p.card(card);
  const float pad = p.in.scene.padding;
  const float x = card.x + pad, w = card.w - 2 * pad, head = p.chip_height();
  float y = card.y + pad - p.px(4);
  p.text_in(p.fonts.strong, {x, y, 0, head}, Align::kLeft, color(p.palette.text),
            view::text(Text::kProgramTitle));
  const std::string code = view::program_text(p.in.model.state());
  const float cw = copy_width(p);
  if (p.copy_button("copy program", {x + w - cw, y, cw, head}, "program")) {
    p.out.copy = CopyRequest{"program", code};
  }
  y += head + p.px(10);
  std::string_view shown = code;
  while (!shown.empty() && shown.back() == '\n') shown.remove_suffix(1);
  y += code_block(p, x, y, w, shown, 40);
  p.transient.program_height_px = y + pad - card.y;
}

void tensors_ui(Painter& p) {
  const Rect card = p.in.scene.tensors;
  p.card(card);
  const float pad = p.in.scene.padding;
  const float x = card.x + pad, w = card.w - 2 * pad, head = p.chip_height();
  float y = card.y + pad - p.px(4);
  const char* title = view::text(Text::kTensorsTitle);
  p.text_in(p.fonts.strong, {x, y, 0, head}, Align::kLeft, color(p.palette.text), title);
  const float cw = copy_width(p);
  const float hint_x = x + p.text_width(p.fonts.strong, title) + p.px(12);
  const char* hint = view::text(Text::kTensorsHint);
  if (hint_x + p.text_width(p.fonts.caption, hint) < x + w - cw - p.px(12)) {
    p.text_in(p.fonts.caption, {hint_x, y + p.px(1), 0, head}, Align::kLeft, color(p.palette.muted),
              hint);
  }
  const core::PrintStyle style = p.transient.print_style;
  const view::Derived& d = p.in.model.derived();
  const std::string printed = view::tensors_text(d, style);
  if (p.copy_button("copy tensors", {x + w - cw, y, cw, head}, "tensors")) {
    p.out.copy = CopyRequest{"tensors", printed};
  }
  y += head + p.px(8);
  const int used = p.chip_row("print style", x, &y, w,
                              {view::text(Text::kPrintNew), view::text(Text::kPrintOld)},
                              style == core::PrintStyle::k2_10 ? 0 : 1);
  if (used >= 0) {
    p.transient.print_style = used == 0 ? core::PrintStyle::k2_10 : core::PrintStyle::k1_13;
  }
  y += p.px(10);
  std::string_view shown = p.concealed ? std::string_view(view::text(Text::kAnswerFirst)) : printed;
  while (!shown.empty() && shown.back() == '\n') shown.remove_suffix(1);
  y += code_block(p, x, y, w, shown, 40);
  p.transient.tensors_height_px = y + pad - card.y;
}

}  // namespace softmask::ui
