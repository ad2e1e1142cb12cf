// What the page may call: a list without logic. Text is UTF-8 and valid until the next call that
// returns text; arrays are valid until the state changes, and the caller copies them.
#include <emscripten.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "platform/web_application.h"
#include "view/lesson_view.h"
#include "view/number_text.h"
#include "view/program_text.h"
#include "view/sentences.h"
#include "view/state_codec.h"

using softmask::platform::web_application;

namespace {

const char* keep(std::string text) {
  static std::string kept;
  kept = std::move(text);
  return kept.c_str();
}

const char* carry_out(const softmask::view::Command& command) {
  using softmask::platform::ChangeKind;
  return keep(web_application().dispatch(command, ChangeKind::kStep).message);
}

template <typename Vector>
const void* span_of(const Vector& values, int32_t* count) {
  *count = static_cast<int32_t>(values.size());
  return values.data();
}

const float* rect_of(const softmask::view::Rect& r) {
  static float rect[4];
  rect[0] = r.x;
  rect[1] = r.y;
  rect[2] = r.w;
  rect[3] = r.h;
  return rect;
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

// Bits: 1 dark, 2 reduced motion, 4 coarse pointer, 8 focused, 16 embedded, 32 the page can be
// shared, 64 the reader prefers Chinese, 128 the page takes the reader's own scores.
EMSCRIPTEN_KEEPALIVE void softmask_environment(uint32_t bits) {
  web_application().set_environment({.dark = (bits & 1) != 0,
                                     .reduced_motion = (bits & 2) != 0,
                                     .coarse_pointer = (bits & 4) != 0,
                                     .focused = (bits & 8) != 0,
                                     .embedded = (bits & 16) != 0,
                                     .can_import = (bits & 128) != 0,
                                     .can_share = (bits & 32) != 0,
                                     .prefers_chinese = (bits & 64) != 0});
}

// The two files of the Chinese font, which are copied. False where one is no such file.
EMSCRIPTEN_KEEPALIVE bool softmask_add_chinese(const uint8_t* regular, int32_t regular_size,
                                               const uint8_t* bold, int32_t bold_size) {
  return web_application().add_chinese({regular, regular + regular_size}, {bold, bold + bold_size});
}

EMSCRIPTEN_KEEPALIVE void softmask_frame(double now_ms) { web_application().frame(now_ms); }

// Some milliseconds of work under way, between frames. False where none is left.
EMSCRIPTEN_KEEPALIVE bool softmask_go_on() { return web_application().go_on(); }

// The last frame once more, for who reads the canvas right after. False where there is none.
EMSCRIPTEN_KEEPALIVE bool softmask_draw_again() { return web_application().draw_again(); }

// While held (1), the screen is laid out, in any size, but shown in pieces alone.
EMSCRIPTEN_KEEPALIVE void softmask_hold(int held) { web_application().hold_screen(held != 0); }

// A piece of it in physical pixels, RGBA; null where there is nothing to see. Not larger than the
// canvas was when it was held.
EMSCRIPTEN_KEEPALIVE const uint8_t* softmask_piece(int left, int top, int width, int height) {
  const std::span<const uint8_t> rgba = web_application().draw_piece({width, height, left, top});
  return rgba.empty() ? nullptr : rgba.data();
}

// Width and height of what is laid out, in physical pixels, and those for one CSS pixel.
EMSCRIPTEN_KEEPALIVE const float* softmask_screen_size() {
  static float size[3];
  const auto& app = web_application();
  size[0] = static_cast<float>(app.width_px());
  size[1] = static_cast<float>(app.height_px());
  size[2] = app.scale();
  return size;
}

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

// The reader's own scores: rows * cols floats, which are copied. Empty, or why they were not taken.
EMSCRIPTEN_KEEPALIVE const char* softmask_set_own_scores(const float* values, int rows, int cols) {
  const bool sizes = rows > 0 && cols > 0 && int64_t{rows} * cols <= softmask::core::kMaxElements;
  const std::size_t count =
      sizes ? static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols) : 0;
  return keep(web_application().set_own_scores(rows, cols, std::span(values, count)).message);
}

// cols or rows * cols bytes, 1 = masked. Empty, or why they were not taken.
EMSCRIPTEN_KEEPALIVE const char* softmask_set_mask_bits(const uint8_t* bits, int count) {
  const auto size = static_cast<std::size_t>(std::max(count, 0));
  return keep(web_application().set_mask_bits(std::span(bits, size)).message);
}

// Lenient, for the page's history. `matrix` is what softmask_matrix() told there, or 0.
EMSCRIPTEN_KEEPALIVE void softmask_load_link(const char* link, uint32_t matrix) {
  web_application().load_link(link, matrix);
}
// The number of own scores that the link cannot carry; 0 where there are none.
EMSCRIPTEN_KEEPALIVE uint32_t softmask_matrix() { return web_application().matrix_number(); }

EMSCRIPTEN_KEEPALIVE int softmask_rows() { return web_application().model().state().rows; }
EMSCRIPTEN_KEEPALIVE int softmask_cols() { return web_application().model().state().cols; }

// How far the numbers of the present state are, 0 … 1; -1 where they are there.
EMSCRIPTEN_KEEPALIVE double softmask_work() {
  return web_application().work_progress().value_or(-1);
}
// Back to the state whose numbers are there. False where nothing was under way.
EMSCRIPTEN_KEEPALIVE bool softmask_cancel_work() { return web_application().cancel_work(); }

// 0 scores, 1 mask (bytes), 2 masked scores, 3 baseline, 4 probabilities, 5 moved; others floats.
// Numbers that are under way are computed to the end first.
EMSCRIPTEN_KEEPALIVE const void* softmask_result(int which, int32_t* count) {
  const softmask::view::Derived& derived = web_application().whole_model().derived();
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
      return span_of(derived.probabilities.all(), count);
    default:
      return span_of(derived.moved, count);
  }
}

// What a lens has beside those, by view::LensTensorKind; `shape` takes its rows and columns. Where
// they are 0 there are no values, but a text that says why.
EMSCRIPTEN_KEEPALIVE const void* softmask_lens_tensor(int kind, int32_t* shape) {
  static softmask::view::LensTensor tensor;
  tensor = web_application().lens_tensor(static_cast<softmask::view::LensTensorKind>(kind));
  shape[0] = tensor.rows;
  shape[1] = tensor.cols;
  return tensor.rows == 0 ? static_cast<const void*>(keep(tensor.problem)) : tensor.values.data();
}

// One row of what is on the screen, numbered as above; nothing where there is none. O(cols).
EMSCRIPTEN_KEEPALIVE const void* softmask_row(int which, int row, int32_t* count) {
  const softmask::view::Derived& d = web_application().shown().derived();
  const auto cols = static_cast<size_t>(d.cols);
  const size_t from = static_cast<size_t>(row) * cols;
  const bool result = which == 2 || which == 4;
  const bool is_there = row >= 0 && row < d.rows && (!result || d.error.empty());
  *count = is_there ? d.cols : 0;
  if (!is_there) return nullptr;
  if (which == 1) return d.mask_bits.data() + from;
  if (which == 4) return d.probabilities.row(row, d.cols).data();
  return (which == 0 ? d.scores : d.masked_scores).data() + from;
}
EMSCRIPTEN_KEEPALIVE bool softmask_column_masked(int col) {
  const softmask::core::Mask& mask = web_application().shown().derived().mask;
  if (col < 0 || col >= mask.cols) return false;
  for (int row = 0; row < mask.rows; ++row) {
    if (!mask.at(row, col)) return false;
  }
  return true;
}

// The notes, one a line.
EMSCRIPTEN_KEEPALIVE const char* softmask_notes() {
  std::string lines;
  for (const std::string& note : web_application().whole_model().derived().notes)
    lines += note + "\n";
  return keep(lines);
}

// What a screen reader is told since the last call.
EMSCRIPTEN_KEEPALIVE const char* softmask_announcement() {
  return keep(web_application().announcement());
}

// The sentence of the selected row.
EMSCRIPTEN_KEEPALIVE const char* softmask_sentence() {
  const softmask::view::Model& model = web_application().shown();
  return keep(softmask::view::plain_text(
      softmask::view::mass_sentence(model.state(), model.derived(), model.state().row)));
}

// A number as the heatmaps show it.
EMSCRIPTEN_KEEPALIVE const char* softmask_cell_text(float value) {
  return keep(softmask::view::cell_text(value));
}

// The PyTorch program of the screen.
EMSCRIPTEN_KEEPALIVE const char* softmask_program() {
  return keep(softmask::view::program_text(web_application().model().state()));
}

// The commands of the picture for what is beside it. Empty, or why nothing was done.
EMSCRIPTEN_KEEPALIVE const char* softmask_toggle_column(int col) {
  return carry_out(softmask::view::ToggleColumn{col});
}
EMSCRIPTEN_KEEPALIVE const char* softmask_toggle_cell(int row, int col) {
  return carry_out(softmask::view::ToggleCell{row, col});
}
EMSCRIPTEN_KEEPALIVE const char* softmask_step_seed(int delta) {
  return carry_out(softmask::view::StepSeed{delta});
}
EMSCRIPTEN_KEEPALIVE const char* softmask_new_seed() {
  return keep(web_application().new_seed().message);
}
EMSCRIPTEN_KEEPALIVE const char* softmask_undo() { return carry_out(softmask::view::Undo{}); }
EMSCRIPTEN_KEEPALIVE const char* softmask_redo() { return carry_out(softmask::view::Redo{}); }
EMSCRIPTEN_KEEPALIVE const char* softmask_go_to_lesson_step(int step) {
  return carry_out(softmask::view::GoToLessonStep{step});
}
EMSCRIPTEN_KEEPALIVE const char* softmask_answer_lesson(int choice) {
  return carry_out(softmask::view::AnswerLesson{choice});
}

// Bits: 1 there is something to undo, 2 to redo, 4 a lesson's question is open, so that results are
// not to be shown, 8 the scores are the reader's own, 16 the last change dropped those for a size.
EMSCRIPTEN_KEEPALIVE uint32_t softmask_conditions() {
  const softmask::view::Model& model = web_application().model();
  const bool asks = softmask::view::lesson_view(web_application().shown()).awaits_answer();
  return (model.can_undo() ? 1u : 0u) | (model.can_redo() ? 2u : 0u) | (asks ? 4u : 0u) |
         (softmask::view::has_own_scores(model.state()) ? 8u : 0u) |
         (web_application().dropped_own_scores() ? 16u : 0u);
}

// The lessons, a line each: id, tab, title.
EMSCRIPTEN_KEEPALIVE const char* softmask_lessons() {
  return keep(softmask::view::lesson_list_text());
}
// The open lesson, a line for each part (view::lesson_text); empty where none is open.
EMSCRIPTEN_KEEPALIVE const char* softmask_lesson() {
  return keep(softmask::view::lesson_text(softmask::view::lesson_view(web_application().shown())));
}

// Per row, five doubles each: moved, leaked, lost, the sum, and 1 where the row is NaN.
EMSCRIPTEN_KEEPALIVE const double* softmask_masses(int32_t* count) {
  static std::vector<double> numbers;
  numbers.clear();
  for (const softmask::core::RowMass& m : web_application().shown().derived().mass) {
    numbers.insert(numbers.end(), {m.moved, m.leaked, m.lost, m.after_sum, m.nan ? 1.0 : 0.0});
  }
  *count = static_cast<int32_t>(numbers.size());
  return numbers.data();
}
EMSCRIPTEN_KEEPALIVE const char* softmask_mass_text(double value) {
  return keep(softmask::view::mass_text(value));
}

// A wheel or two fingers over the canvas, in its CSS pixels. False: it is the page's.
EMSCRIPTEN_KEEPALIVE bool softmask_zoom(float x, float y, double factor, float dx, float dy) {
  return web_application().zoom(x, y, factor, dx, dy);
}

// x, y, width, height in CSS pixels of the canvas; null for an unknown panel.
EMSCRIPTEN_KEEPALIVE const float* softmask_cell_rect(const char* panel, int row, int col) {
  const auto known = softmask::view::panel_from_name(panel);
  return known ? rect_of(web_application().cell_rect(*known, row, col)) : nullptr;
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

// The screen as the words of view/drawing.h; none where there is no picture.
EMSCRIPTEN_KEEPALIVE const void* softmask_drawing(double now_ms, int32_t* count) {
  static std::vector<uint32_t> words;
  words = web_application().drawing(now_ms).words();
  return span_of(words, count);
}

// x, y, width, height in physical pixels: 0 … 3 view::Panel, 4 the card below the heatmaps.
EMSCRIPTEN_KEEPALIVE const float* softmask_panel_rect(int panel) {
  return rect_of(web_application().panel_rect(panel));
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
