// What the page may call: a list without logic. Text is UTF-8 and valid until the next call that
// returns text; arrays are valid until the state changes, and the caller copies them.
#include <emscripten.h>

#include <cstdint>
#include <string>
#include <vector>

#include "platform/web_application.h"
#include "view/lesson_view.h"
#include "view/sentences.h"
#include "view/state_codec.h"

using softmask::platform::web_application;

namespace {

const char* keep(std::string text) {
  static std::string kept;
  kept = std::move(text);
  return kept.c_str();
}

template <typename Vector>
const void* span_of(const Vector& values, int32_t* count) {
  *count = static_cast<int32_t>(values.size());
  return values.data();
}

}  // namespace

extern "C" {

// Starts with a URL's fragment. Empty, or in words why there is no picture; numbers and state work
// even then.
EMSCRIPTEN_KEEPALIVE const char* softmask_start(const char* link, float width_px, float scale) {
  return keep(softmask::platform::start_web_application(link, width_px, scale));
}

EMSCRIPTEN_KEEPALIVE void softmask_stop() { web_application().stop(); }

EMSCRIPTEN_KEEPALIVE void softmask_resize(float width_px, float scale) {
  web_application().resize(width_px, scale);
}

// Bits: 1 dark, 2 reduced motion, 4 coarse pointer, 8 focused, 16 embedded, 32 links can be copied,
// 64 the reader prefers Chinese, 128 Chinese can be shown.
EMSCRIPTEN_KEEPALIVE void softmask_environment(uint32_t bits) {
  web_application().set_environment({.dark = (bits & 1) != 0,
                                     .reduced_motion = (bits & 2) != 0,
                                     .coarse_pointer = (bits & 4) != 0,
                                     .focused = (bits & 8) != 0,
                                     .embedded = (bits & 16) != 0,
                                     .can_copy_link = (bits & 32) != 0,
                                     .prefers_chinese = (bits & 64) != 0,
                                     .can_show_chinese = (bits & 128) != 0});
}

EMSCRIPTEN_KEEPALIVE void softmask_frame(double now_ms) { web_application().frame(now_ms); }

// The last frame once more, for who reads the canvas right after. False where there is none.
EMSCRIPTEN_KEEPALIVE bool softmask_draw_again() { return web_application().draw_again(); }

EMSCRIPTEN_KEEPALIVE double softmask_frames_drawn() {
  return static_cast<double>(web_application().frames_drawn());
}

// A character that the reader typed, whatever key of whatever keyboard it took.
EMSCRIPTEN_KEEPALIVE void softmask_type(uint32_t character) { web_application().type(character); }

// Told before a press of the pointer.
EMSCRIPTEN_KEEPALIVE void softmask_pointer_shift(int down) {
  web_application().pointer_shift(down != 0);
}

// Every key of the state, and the shorter form for links.
EMSCRIPTEN_KEEPALIVE const char* softmask_state() {
  return keep(softmask::view::encode_state(web_application().model().state()));
}
EMSCRIPTEN_KEEPALIVE const char* softmask_link() {
  return keep(softmask::view::encode_link(web_application().model().state()));
}

// Strict: empty, or why nothing of the patch was taken.
EMSCRIPTEN_KEEPALIVE const char* softmask_set_state(const char* patch) {
  return keep(web_application().set_state(patch).message);
}

// Lenient, for the page's history.
EMSCRIPTEN_KEEPALIVE void softmask_load_link(const char* link) {
  web_application().load_link(link);
}

// 0 scores, 1 mask (bytes), 2 masked scores, 3 baseline, 4 probabilities, 5 moved; others floats.
EMSCRIPTEN_KEEPALIVE const void* softmask_result(int which, int32_t* count) {
  const softmask::view::Derived& derived = web_application().model().derived();
  switch (which) {
    case 0:
      return span_of(derived.scores, count);
    case 1:
      return span_of(derived.mask_bits, count);
    case 2:
      return span_of(derived.masked_scores, count);
    case 3:
      return span_of(derived.baseline, count);
    case 4:
      return span_of(derived.probabilities, count);
    default:
      return span_of(derived.moved, count);
  }
}

// The notes, one a line.
EMSCRIPTEN_KEEPALIVE const char* softmask_notes() {
  std::string lines;
  for (const std::string& note : web_application().model().derived().notes) lines += note + "\n";
  return keep(lines);
}

// What a screen reader is told: the open lesson, and the sentence of the selected row where no
// question would be answered by it.
EMSCRIPTEN_KEEPALIVE const char* softmask_sentence() {
  const softmask::view::Model& model = web_application().model();
  const softmask::view::LessonView lesson = softmask::view::lesson_view(model);
  if (lesson.lesson != nullptr) return keep(softmask::view::lesson_speech(lesson));
  return keep(softmask::view::plain_text(
      softmask::view::mass_sentence(model.state(), model.derived(), model.state().row)));
}

// x, y, width, height in CSS pixels of the canvas; null for an unknown panel.
EMSCRIPTEN_KEEPALIVE const float* softmask_cell_rect(const char* panel, int row, int col) {
  static float rect[4];
  const auto known = softmask::view::panel_from_name(panel);
  if (!known) return nullptr;
  const softmask::view::Rect r = web_application().cell_rect(*known, row, col);
  rect[0] = r.x;
  rect[1] = r.y;
  rect[2] = r.w;
  rect[3] = r.h;
  return rect;
}

// Five numbers a band that the last frame drew: view::RibbonDraw::Pattern, and its ends on the
// upper and the lower bar in CSS pixels.
EMSCRIPTEN_KEEPALIVE const float* softmask_ribbons(int32_t* count) {
  static std::vector<float> numbers;
  numbers.clear();
  const float scale = web_application().scale();
  for (const softmask::view::RibbonDraw& r : web_application().ribbons()) {
    numbers.push_back(static_cast<float>(r.pattern));
    for (const float px : {r.top_x0, r.top_x1, r.bottom_x0, r.bottom_x1}) {
      numbers.push_back(px / scale);
    }
  }
  *count = static_cast<int32_t>(numbers.size());
  return numbers.data();
}

EMSCRIPTEN_KEEPALIVE void softmask_copied(const char* what) { web_application().show_copied(what); }

EMSCRIPTEN_KEEPALIVE void softmask_context(int available) {
  if (available != 0) {
    web_application().context_restored();
  } else {
    web_application().context_lost();
  }
}

}  // extern "C"
