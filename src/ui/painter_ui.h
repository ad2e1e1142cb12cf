// What every panel draws with: text, marks and controls in the look of the design.
#ifndef SOFTMASK_UI_PAINTER_UI_H_
#define SOFTMASK_UI_PAINTER_UI_H_

#include <imgui.h>

#include <span>
#include <string_view>
#include <vector>

#include "ui/canvas_ui.h"
#include "ui/screen_ui.h"
#include "view/colormap.h"
#include "view/geometry.h"
#include "view/sentences.h"
#include "view/strings.h"

namespace softmask::ui {

enum class Icon {
  kUndo,
  kRedo,
  kDice,
  kTheme,
  kPrevious,
  kNext,
  kClose,
  kWarning,
  kLink,
  kDone,
  kLanguage,
  kLessons,
  kProjector,
  kOpen
};
enum class Align { kLeft, kCenter, kRight };

ImU32 color(const view::Rgb& rgb, float alpha = 1);
inline ImVec2 vec(float x, float y) { return {x, y}; }

// One frame's drawing. Lengths named css are CSS pixels; everything else is physical.
class Painter {
 public:
  Painter(const FrameInput& input, view::Transient& transient, FrameOutput& output,
          ImDrawList* draw);

  const FrameInput& in;
  view::Transient& transient;
  FrameOutput& out;
  const view::Palette& palette;
  const Fonts& fonts;
  Canvas draw;
  float scale;
  bool interactive = true;                   // false below an open dialog
  bool concealed = false;                    // a lesson's question is open: results are not shown
  std::span<const std::string_view> points;  // the parts that the lesson's step speaks of

  // A ring around a part that the open lesson points at. `name` as in assets/lessons.
  void part(std::string_view name, const view::Rect& r);

  float px(float css) const;  // whole physical pixels
  void command(view::Command command) { out.commands.push_back(std::move(command)); }
  void patch(std::string_view key, std::string_view value);

  // Text. Positions are the left top corner of the line; colours are packed.
  float text_width(ImFont* font, std::string_view text) const;
  void text(ImFont* font, float x, float y, ImU32 color, std::string_view text);
  void text_in(ImFont* font, const view::Rect& box, Align align, ImU32 color,
               std::string_view text);
  // Wraps as view/text_wrap.h does; returns the height used.
  float wrapped(ImFont* font, float x, float y, float width, ImU32 color, std::string_view text);
  float wrapped_height(ImFont* font, float width, std::string_view text) const;
  // With `faces` other than body and strong; the line grows with them.
  struct Faces {
    ImFont* plain;
    ImFont* strong;
  };
  // From one line of running text to the next: a little closer in teaching mode, so that a lesson
  // fits the screen.
  float line_height(const ImFont* font) const;
  float sentence(float x, float y, float width, const std::vector<view::TextRun>& runs);
  float sentence(float x, float y, float width, const std::vector<view::TextRun>& runs,
                 const Faces& faces);
  // On one line, cut with an … where it does not fit.
  void clipped(ImFont* font, float x, float y, float width, ImU32 color, std::string_view text);

  // Shapes.
  void fill(const view::Rect& r, ImU32 color, float radius = 0);
  void frame(const view::Rect& r, ImU32 color, float radius, float thickness);
  void card(const view::Rect& r);
  // 45° lines over a rectangle, clipped to it without a clip command of its own.
  void hatch(const view::Rect& r, ImU32 color, float spacing, float thickness);
  void icon(Icon icon, const view::Rect& box, ImU32 color);

  // Controls: draw and tell whether they were used in this frame. `id` is unique on the screen.
  bool hit_area(const char* id, const view::Rect& r, bool* hovered = nullptr);
  bool chip(const char* id, const view::Rect& r, std::string_view label, bool selected,
            bool mono = false);
  bool button(const char* id, const view::Rect& r, std::string_view label, bool primary = false);
  // `tip` says in words what it does, once the pointer is over it.
  bool icon_button(const char* id, const view::Rect& r, Icon icon, bool enabled = true,
                   std::string_view glyph = {}, std::string_view tip = {});
  // Words beside what the pointer is over, where there is no control.
  void say_at(const view::Rect& anchor, std::string words) { tip_ = {anchor, std::move(words)}; }
  // The tip of this frame, over everything; to be called last.
  void draw_tip();
  // A value that a click makes editable; emits the TextEntry.
  void field(const char* id, const view::Rect& r, std::string_view shown, TextEntry entry);
  bool copy_button(const char* id, const view::Rect& r, std::string_view what);
  // Chips one after another, wrapped to the width. Returns the index used (or -1) and moves *y
  // below the last line.
  int chip_row(const char* id, float x, float* y, float width,
               const std::vector<std::string>& labels, int selected);
  // A number as it fits the width, with as many digits as there is room for; empty where there is
  // none.
  std::string number_for(ImFont* font, float width, float value) const;
  float chip_height() const { return px(in.coarse_pointer ? 38.0f : 28.0f); }
  float control_height() const { return px(in.coarse_pointer ? 44.0f : 34.0f); }

 private:
  struct Tip {
    view::Rect anchor;
    std::string words;  // empty: none
  };
  std::vector<std::string_view> wrapped_lines(ImFont* font, float width, std::string_view s) const;

  Tip tip_;
};

// The minus sign of typography for numbers on the heatmap ("-0.786" to "−0.786").
std::string typographic(std::string_view number);

}  // namespace softmask::ui

#endif  // SOFTMASK_UI_PAINTER_UI_H_
