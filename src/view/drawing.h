// A frame as shapes and words in the order of drawing, for who draws it where there are no pixels:
// web/save/svg.js.
#ifndef SOFTMASK_VIEW_DRAWING_H_
#define SOFTMASK_VIEW_DRAWING_H_

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "view/flow_draw.h"
#include "view/geometry.h"
#include "view/heatmap_draw.h"

namespace softmask::view {

// One list of 32-bit words. Every shape is its Op, the number of words that follow, a color and six
// numbers as float32, and what its Op says. Lengths are physical pixels, y down; a color has red in
// its lowest byte and its opacity in the highest, as Dear ImGui's.
class Drawing {
 public:
  enum class Op : uint32_t {
    // x, y, w, h, radius, thickness of the outline (0: filled)
    kRect,
    // x, y of the center, both radii, nothing, thickness
    kEllipse,
    // four of nothing, how many points, thickness; x, y of each point
    kPath,
    // face as in ui::Fonts, Dear ImGui's size, x, y of the baseline, width, how many bytes; UTF-8,
    // filled up with zeros
    kWords,
    // x, y, w, h, from its color to the one that follows, left to right
    kShade,
    // x, y, w, h: what follows is not drawn outside, until kUnclip
    kClip,
    kUnclip,
    // RibbonDraw::Pattern, strength, scale, top y, bottom y, nothing; top x0, x1, bottom x0, x1
    kRibbon,
    // color: the card's; x, y, w, h outside of which nothing is drawn, Panel (4: a strip of the
    // header), columns; x, y of the first cell, cell_w, cell_h, gap, radius, scale; chip, hatch,
    // muted, text, danger, on_masked_header; CellLook::word row by row
    kCells,
    // x, y, w, h of a heatmap of more cells than shapes are worth: the screen has its pixels
    kPicture,
  };

  void add(Op op, uint32_t color, float a = 0, float b = 0, float c = 0, float d = 0, float e = 0,
           float f = 0);
  void add_words(uint32_t color, float face, float size, float x, float y, float width,
                 std::string_view words);
  void add_flow(const FlowDraw& flow);

  // Further words of the last shape.
  void append(uint32_t word);
  void append(std::initializer_list<float> numbers);

  const std::vector<uint32_t>& words() const { return words_; }

 private:
  std::vector<uint32_t> words_;
  std::size_t last_ = 0;  // where the last shape begins
};

uint32_t packed_color(const Rgb& color);  // opaque

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_DRAWING_H_
