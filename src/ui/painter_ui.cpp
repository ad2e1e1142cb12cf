#include "ui/painter_ui.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "view/number_text.h"
#include "view/text_wrap.h"

namespace softmask::ui {

using view::Rect;

ImU32 color(const view::Rgb& rgb, float alpha) {
  return ImGui::ColorConvertFloat4ToU32({rgb.r, rgb.g, rgb.b, alpha});
}

std::string typographic(std::string_view number) {
  std::string out;
  for (const char c : number) {
    if (c == '-') {
      out += "\u2212";
    } else {
      out += c;
    }
  }
  return out;
}

Painter::Painter(const FrameInput& input, view::Transient& transient_state, FrameOutput& output,
                 ImDrawList* draw_list)
    : in(input),
      transient(transient_state),
      out(output),
      palette(transient_state.projector ? view::strong_palette(input.dark)
                                        : view::palette(input.dark)),
      fonts(input.fonts),
      draw(draw_list, input.fonts, input.drawing),
      scale(input.scene.scale) {}

float Painter::px(float css) const { return std::floor(css * scale + 0.5f); }

void Painter::patch(std::string_view key, std::string_view value) {
  command(view::SetFields{std::string(key) + "=" + std::string(value)});
}

float Painter::text_width(ImFont* font, std::string_view s) const {
  return font->CalcTextSizeA(font->FontSize, 1e9f, 0, s.data(), s.data() + s.size()).x;
}

void Painter::text(ImFont* font, float x, float y, ImU32 c, std::string_view s) {
  const float width = in.drawing != nullptr ? text_width(font, s) : 0;
  draw.words(font, vec(std::floor(x + 0.5f), std::floor(y + 0.5f)), c, s, width);
}

void Painter::text_in(ImFont* font, const Rect& box, Align align, ImU32 c, std::string_view s) {
  const float w = text_width(font, s);
  const float x = align == Align::kLeft     ? box.x
                  : align == Align::kCenter ? box.x + (box.w - w) * 0.5f
                                            : box.right() - w;
  text(font, x, box.y + (box.h - font->FontSize) * 0.5f, c, s);
}

std::vector<std::string_view> Painter::wrapped_lines(ImFont* font, float width,
                                                     std::string_view s) const {
  return view::wrap_text(s, width, [&](std::string_view piece) { return text_width(font, piece); });
}

float Painter::wrapped(ImFont* font, float x, float y, float width, ImU32 c, std::string_view s) {
  const float line_h = std::floor(font->FontSize * 1.2f);
  const float start = y;
  for (const std::string_view line : wrapped_lines(font, width, s)) {
    text(font, x, y, c, line);
    y += line_h;
  }
  return y - start;
}

float Painter::wrapped_height(ImFont* font, float width, std::string_view s) const {
  const auto lines = static_cast<float>(wrapped_lines(font, width, s).size());
  return lines * std::floor(font->FontSize * 1.2f);
}

void Painter::clipped(ImFont* font, float x, float y, float width, ImU32 c, std::string_view s) {
  if (text_width(font, s) <= width) return text(font, x, y, c, s);
  // Whole words, and the mark of what is left out.
  std::string fitting;
  for (size_t end = 0; end < s.size();) {
    end = view::next_break(s, end);
    std::string longer = std::string(s.substr(0, end)) + "\u2026";
    if (text_width(font, longer) > width) break;
    fitting = std::move(longer);
  }
  text(font, x, y, c, fitting);
}

void Painter::part(std::string_view name, const Rect& r) {
  if (r.empty() || std::find(points.begin(), points.end(), name) == points.end()) return;
  frame(r.inset(-px(5)), color(palette.accent), px(10), std::max(2.0f, std::floor(scale * 2)));
}

std::string Painter::number_for(ImFont* font, float width, float value) const {
  for (int fewer = 0;; ++fewer) {
    std::string words = typographic(view::cell_text(value, fewer));
    if (words.empty() || text_width(font, words) <= width) return words;
  }
}

float Painter::line_height(const ImFont* font) const {
  return std::floor(font->FontSize * (transient.projector ? 1.25f : 1.35f) + 0.5f);
}

float Painter::sentence(float x, float y, float width, const std::vector<view::TextRun>& runs) {
  return sentence(x, y, width, runs, {fonts.body, fonts.strong});
}

float Painter::sentence(float x, float y, float width, const std::vector<view::TextRun>& runs,
                        const Faces& faces) {
  std::string words;
  std::vector<size_t> ends;  // of the runs, in `words`
  for (const view::TextRun& run : runs) {
    words += run.text;
    ends.push_back(words.size());
  }
  // Calls `use(font, piece)` along words[from, to), a piece for each run in it.
  const auto in_runs = [&](size_t from, size_t to, auto use) {
    for (size_t i = 0; i < runs.size() && from < to; ++i) {
      if (ends[i] <= from) continue;
      const size_t end = std::min(ends[i], to);
      use(runs[i].strong ? faces.strong : faces.plain,
          std::string_view(words).substr(from, end - from));
      from = end;
    }
  };
  const float line_h = line_height(faces.plain), space = text_width(faces.plain, " ");
  const float start = y;
  float pen = x;
  for (size_t at = 0; at < words.size();) {
    if (words[at] == ' ') {
      if (pen > x) pen += space;
      ++at;
      continue;
    }
    // No space stands inside of a piece, but a change of face may: "*0.860*," stays together.
    const size_t end = view::next_break(words, at);
    float w = 0;
    in_runs(at, end, [&](ImFont* font, std::string_view piece) { w += text_width(font, piece); });
    if (pen > x && pen + w > x + width) {
      pen = x;
      y += line_h;
    }
    in_runs(at, end, [&](ImFont* font, std::string_view piece) {
      text(font, pen, y, color(palette.text), piece);
      pen += text_width(font, piece);
    });
    at = end;
  }
  return y + line_h - start;
}

void Painter::fill(const Rect& r, ImU32 c, float radius) {
  draw.fill_rect(vec(r.x, r.y), vec(r.right(), r.bottom()), c, radius);
}

void Painter::frame(const Rect& r, ImU32 c, float radius, float thickness) {
  const float half = thickness * 0.5f;
  draw.rect(vec(r.x + half, r.y + half), vec(r.right() - half, r.bottom() - half), c, radius,
            thickness);
}

void Painter::card(const Rect& r) {
  fill(r, color(palette.card), px(12));
  frame(r, color(palette.line), px(12), std::max(1.0f, std::floor(scale)));
}

void Painter::hatch(const Rect& r, ImU32 c, float spacing, float thickness) {
  if (r.empty()) return;
  // Lines x + y = k, anchored at the origin so that neighbouring pieces continue each other.
  const float first = std::ceil((r.x + r.y) / spacing) * spacing;
  for (float k = first; k < r.right() + r.bottom(); k += spacing) {
    const float x0 = std::max(r.x, k - r.bottom());
    const float x1 = std::min(r.right(), k - r.y);
    if (x1 > x0) draw.line(vec(x0, k - x0), vec(x1, k - x1), c, thickness);
  }
}

void Painter::icon(Icon which, const Rect& box, ImU32 c) {
  const float t = std::max(1.0f, scale * 1.5f);
  const float cx = box.center_x(), cy = box.center_y(), r = px(6);
  constexpr float kPi = 3.14159265f;
  switch (which) {
    case Icon::kUndo:
    case Icon::kRedo: {
      const float s = which == Icon::kUndo ? -1.0f : 1.0f;
      // A hook: straight part, arc, arrow head on the left (undo) or right (redo).
      draw.line_to(vec(cx + s * r, cy - r * 0.35f));
      draw.line_to(vec(cx - s * r * 0.2f, cy - r * 0.35f));
      const int steps = 14;
      for (int i = 0; i <= steps; ++i) {
        const float a = -kPi * 0.5f - s * kPi * static_cast<float>(i) / steps;
        draw.line_to(vec(cx - s * r * 0.2f + std::cos(a) * r * 0.62f,
                         cy + r * 0.27f + std::sin(a) * r * 0.62f));
      }
      draw.line_to(vec(cx + s * r * 0.35f, cy + r * 0.89f));
      draw.stroke(c, t);
      draw.line_to(vec(cx + s * r * 0.55f, cy - r * 0.85f));
      draw.line_to(vec(cx + s * r * 1.05f, cy - r * 0.35f));
      draw.line_to(vec(cx + s * r * 0.55f, cy + r * 0.15f));
      draw.stroke(c, t);
      break;
    }
    case Icon::kDice: {
      const float half = px(7), dot = std::max(1.0f, scale * 1.3f), d = px(3.5f);
      draw.rect(vec(cx - half, cy - half), vec(cx + half, cy + half), c, px(3), t);
      for (const ImVec2 p : {vec(-d, -d), vec(d, -d), vec(0, 0), vec(-d, d), vec(d, d)}) {
        draw.fill_circle(vec(cx + p.x, cy + p.y), dot, c);
      }
      break;
    }
    case Icon::kTheme: {
      draw.ellipse(vec(cx, cy), r - 0.5f, r - 0.5f, c, t);
      draw.arc_to(vec(cx, cy), r, -kPi * 0.5f, kPi * 0.5f);
      draw.fill_convex(c);
      break;
    }
    case Icon::kPrevious:
    case Icon::kNext: {
      const float s = which == Icon::kNext ? 1.0f : -1.0f, d = px(4);
      draw.line_to(vec(cx - s * d * 0.5f, cy - d));
      draw.line_to(vec(cx + s * d * 0.5f, cy));
      draw.line_to(vec(cx - s * d * 0.5f, cy + d));
      draw.stroke(c, t);
      break;
    }
    case Icon::kClose: {
      const float d = px(4);
      draw.line(vec(cx - d, cy - d), vec(cx + d, cy + d), c, t);
      draw.line(vec(cx - d, cy + d), vec(cx + d, cy - d), c, t);
      break;
    }
    case Icon::kLink: {
      // Two links of a chain, on the rising diagonal.
      const float d = px(3.2f), link = px(3.4f), from = kPi * 0.08f, to = kPi * 1.42f;
      draw.arc_to(vec(cx + d, cy - d), link, from - kPi * 0.75f, to - kPi * 0.75f);
      draw.stroke(c, t);
      draw.arc_to(vec(cx - d, cy + d), link, from + kPi * 0.25f, to + kPi * 0.25f);
      draw.stroke(c, t);
      draw.line(vec(cx - d * 0.8f, cy + d * 0.8f), vec(cx + d * 0.8f, cy - d * 0.8f), c, t);
      break;
    }
    case Icon::kOpen: {
      // An arrow up out of a tray: a file comes out of its folder.
      const float w = px(6.5f), h = px(6), head = px(3);
      draw.line(vec(cx, cy - h), vec(cx, cy + px(2.5f)), c, t);
      draw.line(vec(cx, cy - h), vec(cx - head, cy - h + head), c, t);
      draw.line(vec(cx, cy - h), vec(cx + head, cy - h + head), c, t);
      draw.line_to(vec(cx - w, cy + px(2.5f)));
      draw.line_to(vec(cx - w, cy + h));
      draw.line_to(vec(cx + w, cy + h));
      draw.line_to(vec(cx + w, cy + px(2.5f)));
      draw.stroke(c, t);
      break;
    }
    case Icon::kProjector: {
      // A screen on its stand.
      const float w = px(7), d = px(5);
      draw.rect(vec(cx - w, cy - d), vec(cx + w, cy + d * 0.55f), c, px(1.5f), t);
      draw.line(vec(cx, cy + d * 0.55f), vec(cx, cy + d * 1.2f), c, t);
      draw.line(vec(cx - w * 0.5f, cy + d * 1.2f), vec(cx + w * 0.5f, cy + d * 1.2f), c, t);
      break;
    }
    case Icon::kLessons: {
      // An open book.
      const float w = px(7), d = px(5);
      for (const float s : {-1.0f, 1.0f}) {
        draw.line_to(vec(cx, cy - d * 0.6f));
        draw.line_to(vec(cx + s * w * 0.55f, cy - d));
        draw.line_to(vec(cx + s * w, cy - d * 0.8f));
        draw.line_to(vec(cx + s * w, cy + d * 0.8f));
        draw.line_to(vec(cx + s * w * 0.55f, cy + d * 0.6f));
        draw.line_to(vec(cx, cy + d));
        draw.stroke(c, t);
      }
      draw.line(vec(cx, cy - d * 0.6f), vec(cx, cy + d), c, t);
      break;
    }
    case Icon::kLanguage:
      // A globe: its outline, two meridians, the equator.
      draw.ellipse(vec(cx, cy), r - 0.5f, r - 0.5f, c, t);
      draw.ellipse(vec(cx, cy), r * 0.45f, r, c, t);
      draw.line(vec(cx - r, cy), vec(cx + r, cy), c, t);
      break;
    case Icon::kDone: {
      const float d = px(5);
      draw.line_to(vec(cx - d, cy + d * 0.1f));
      draw.line_to(vec(cx - d * 0.25f, cy + d * 0.8f));
      draw.line_to(vec(cx + d, cy - d * 0.7f));
      draw.stroke(c, t);
      break;
    }
    case Icon::kWarning: {
      const float d = px(7);
      draw.triangle(vec(cx, cy - d * 0.9f), vec(cx + d, cy + d * 0.75f),
                    vec(cx - d, cy + d * 0.75f), c, t);
      draw.line(vec(cx, cy - d * 0.25f), vec(cx, cy + d * 0.22f), c, t);
      draw.fill_circle(vec(cx, cy + d * 0.5f), t * 0.6f, c);
      break;
    }
  }
}

}  // namespace softmask::ui
