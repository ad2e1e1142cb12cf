// The program that reproduces the screen, and the tensors as PyTorch prints them.
#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "ui/panels_ui.h"
#include "view/program_text.h"
#include "view/text_wrap.h"

namespace softmask::ui {
namespace {

using view::Rect;
using view::Text;

// Text as a block of code: lines that are too long go on below, as no one can scroll sideways in a
// picture. At most `max_lines` lines are drawn and the rest is counted.
class CodeBlock {
 public:
  CodeBlock(Painter& painter, std::string_view code, float w, int max_lines)
      : p_(painter), narrow_(p_.in.scene.arrangement == view::Arrangement::kNarrow) {
    while (!code.empty() && code.back() == '\n') code.remove_suffix(1);
    const float advance = p_.text_width(font(), "0");
    const auto fitting = static_cast<size_t>(std::max(8.0f, (w - 2 * pad()) / advance));
    while (!code.empty()) {
      const size_t end = std::min(code.find('\n'), code.size());
      const std::string_view line = code.substr(0, end);
      code.remove_prefix(std::min(end + 1, code.size()));
      unwrapped_w_ = std::max(unwrapped_w_, p_.text_width(font(), line));
      const bool ascii = std::all_of(line.begin(), line.end(), [](char c) { return c >= 0; });
      if (ascii) {
        wrap(line, fitting, static_cast<size_t>(max_lines));
      } else {  // not every character is as wide as the others
        for (const std::string_view piece : view::wrap_text(
                 line, w - 2 * pad(), [&](auto words) { return p_.text_width(font(), words); })) {
          add(piece, static_cast<size_t>(max_lines));
        }
      }
    }
    unwrapped_w_ += 2 * pad();
  }

  // The width at which no line would have to go on below.
  float unwrapped_width() const { return unwrapped_w_; }
  float height() const {
    return line_height() * static_cast<float>(lines_.size() + (left_out_ > 0 ? 1 : 0)) + 2 * pad();
  }

  void draw(const Rect& r) const {
    p_.fill(r, color(p_.palette.code), p_.px(6));
    float y = r.y + pad();
    for (const std::string_view line : lines_) {
      p_.text(font(), r.x + pad(), y, color(p_.palette.text), line);
      y += line_height();
    }
    if (left_out_ == 0) return;
    p_.text(p_.fonts.caption, r.x + pad(), y, color(p_.palette.muted),
            view::fill_in(view::by_count(static_cast<int64_t>(left_out_), Text::kOneMoreLine,
                                         Text::kMoreLines),
                          {std::to_string(left_out_)}));
  }

 private:
  ImFont* font() const { return narrow_ ? p_.fonts.mono_small : p_.fonts.mono; }
  float pad() const { return p_.px(10); }
  float line_height() const { return p_.px(narrow_ ? 15.0f : 17.0f); }

  void add(std::string_view piece, size_t max_lines) {
    if (lines_.size() < max_lines) {
      lines_.push_back(piece);
    } else {
      ++left_out_;
    }
  }

  void wrap(std::string_view line, size_t fitting, size_t max_lines) {
    do {
      std::string_view piece = line.substr(0, fitting);
      if (piece.size() < line.size()) {
        // At a space where there is one, never inside a number.
        const size_t space = piece.find_last_of(' ');
        if (space != std::string_view::npos && space > fitting / 2) {
          piece = piece.substr(0, space + 1);
        }
      }
      add(piece, max_lines);
      line.remove_prefix(piece.size());
    } while (!line.empty());
  }

  Painter& p_;
  bool narrow_;
  std::vector<std::string_view> lines_;
  size_t left_out_ = 0;
  float unwrapped_w_ = 0;
};

// What softmax takes and gives beside what the program draws, where there is room; else one block.
// Returns the height used.
float tensor_blocks(Painter& p, float x, float y, float w, std::string_view printed) {
  constexpr int kMostLines = 40;
  constexpr std::string_view kSecondHalf = "\n\nmasked_scores\n";
  const size_t cut = printed.find(kSecondHalf);
  if (cut != std::string_view::npos) {
    const CodeBlock left(p, printed.substr(0, cut), w, kMostLines);
    const CodeBlock right(p, printed.substr(cut + 2), w, kMostLines);
    const float gap = p.px(8);
    const float spare = w - gap - left.unwrapped_width() - right.unwrapped_width();
    if (spare >= 0) {
      const float h = std::max(left.height(), right.height());
      const float left_w = std::floor(left.unwrapped_width() + spare * 0.5f);
      left.draw({x, y, left_w, h});
      right.draw({x + left_w + gap, y, w - left_w - gap, h});
      return h;
    }
  }
  const CodeBlock all(p, printed, w, kMostLines);
  all.draw({x, y, w, all.height()});
  return all.height();
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
  const CodeBlock block(p, code, w, 40);
  block.draw({x, y, w, block.height()});
  y += block.height();
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
  y += tensor_blocks(p, x, y, w, p.concealed ? view::text(Text::kAnswerFirst) : printed);
  p.transient.tensors_height_px = y + pad - card.y;
}

}  // namespace softmask::ui
