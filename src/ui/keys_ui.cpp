#include <algorithm>
#include <iterator>

#include "ui/panels_ui.h"
#include "view/state_codec.h"
#include "view/zoom.h"

namespace softmask::ui {
namespace {

using view::MaskSpec;

// The next of a short list of spellings, for the keys that cycle.
void cycle(Painter& p, std::string_view key, std::string_view now,
           std::initializer_list<std::string_view> values) {
  const auto* at = std::find(values.begin(), values.end(), now);
  const auto* next = at == values.end() || at + 1 == values.end() ? values.begin() : at + 1;
  p.patch(key, *next);
}

void cycle_mask(Painter& p) {
  const view::State& state = p.in.model.state();
  const std::string half = std::to_string(state.cols / 2);
  switch (state.mask.kind) {
    case MaskSpec::Kind::kRandom:
      return p.patch("mask", "none");
    case MaskSpec::Kind::kNone:
      return p.patch("mask", "padding:" + half);
    case MaskSpec::Kind::kPadding:
      return p.patch("mask", "causal");
    case MaskSpec::Kind::kCausal:
      return p.patch("mask", "window:1");
    case MaskSpec::Kind::kWindow:
    case MaskSpec::Kind::kBits:
      return p.patch("mask", "random");
  }
}

// The next of an enumeration of `count` values, and after the last the first.
template <class Enum>
Enum next_of(Enum value, size_t count) {
  return static_cast<Enum>((static_cast<size_t>(value) + 1) % count);
}

// The gradient; where it is shown already, with the next column as its target.
void next_target(Painter& p) {
  view::Transient& t = p.transient;
  if (t.lens == view::Lens::kGradient) {
    t.upstream.target = (t.upstream.target + 1) % p.in.model.state().cols;
  }
  t.lens = view::Lens::kGradient;
}

// The reader's own upstream gradient at the target.
void step_own_upstream(Painter& p, int step) {
  view::Upstream& upstream = p.transient.upstream;
  upstream.kind = view::Upstream::Kind::kOwn;
  upstream.target = std::clamp(upstream.target, 0, p.in.model.state().cols - 1);
  upstream.set_own(upstream.target, upstream.own_at(upstream.target) + step);
  p.transient.lens = view::Lens::kGradient;
}

void move_cursor(Painter& p, int d_row, int d_col) {
  const view::State& state = p.in.model.state();
  view::Transient& t = p.transient;
  if (t.cursor_shown) {
    t.cursor_row = std::clamp(t.cursor_row + d_row, 0, state.rows - 1);
    t.cursor_col = std::clamp(t.cursor_col + d_col, 0, state.cols - 1);
  } else {
    // The first arrow only shows where the cursor stands: at the selected row.
    t.cursor_row = std::clamp(state.row, 0, state.rows - 1);
    t.cursor_col = std::clamp(t.cursor_col, 0, state.cols - 1);
    t.cursor_shown = true;
  }
  if (p.in.scene.most_zoom > 1) {
    t.zoom = view::revealing(p.in.scene.heatmap(view::Panel::kProbabilities), t.zoom, t.cursor_row,
                             t.cursor_col);
  }
  if (t.cursor_row != state.row) p.command(view::SelectRow{t.cursor_row});
}

// The platform says which keys repeat while they are held.
bool pressed(ImGuiKey key) { return ImGui::IsKeyPressed(key, false); }

void editing_keys(Painter& p) {
  const ImGuiIO& io = ImGui::GetIO();
  view::Transient& t = p.transient;
  const view::State& state = p.in.model.state();
  struct Arrow {
    ImGuiKey key;
    int row, col;
  };
  static constexpr Arrow kArrows[] = {{ImGuiKey_LeftArrow, 0, -1},
                                      {ImGuiKey_RightArrow, 0, 1},
                                      {ImGuiKey_UpArrow, -1, 0},
                                      {ImGuiKey_DownArrow, 1, 0}};
  const bool pans = io.KeyShift && t.zoom.factor > 1 && p.in.scene.most_zoom > 1;
  for (const Arrow& arrow : kArrows) {
    if (!pressed(arrow.key)) continue;
    if (pans) {
      pan_by(p, static_cast<float>(arrow.col) * 0.5f, static_cast<float>(arrow.row) * 0.5f);
    } else {
      move_cursor(p, arrow.row, arrow.col);
    }
  }
  if (pressed(ImGuiKey_Home)) move_cursor(p, 0, -state.cols);
  if (pressed(ImGuiKey_End)) move_cursor(p, 0, state.cols);
  if (pressed(ImGuiKey_Space) || pressed(ImGuiKey_Enter)) {
    if (!t.cursor_shown) {
      move_cursor(p, 0, 0);
    }
    if (io.KeyShift) {
      p.command(view::ToggleCell{t.cursor_row, t.cursor_col});
    } else {
      p.command(view::ToggleColumn{t.cursor_col});
    }
  }
}

// The keys of an open lesson. True when `c` was one of them.
bool lesson_character(Painter& p, const view::LessonView& lesson, ImWchar c) {
  if (lesson.lesson == nullptr) return false;
  if (c == 'n') {
    next_lesson_step(p, lesson);
    return true;
  }
  if (c == 'b') {
    previous_lesson_step(p, lesson);
    return true;
  }
  // While a question is open the digits are its choices, and fills again afterwards.
  if (!lesson.awaits_answer() || c < '1' || c > '9') return false;
  const int choice = c - '1';
  if (choice < static_cast<int>(lesson.choices.size())) p.command(view::AnswerLesson{choice});
  return true;
}

// Letters and signs by what they are, not by their key: "[" is another key on every keyboard.
void typed_character(Painter& p, ImWchar c) {
  const view::State& state = p.in.model.state();
  switch (c) {
    case '.':
    case ',':
      p.transient.lens = view::Lens::kSteps;
      p.transient.walk_step += c == '.' ? 1 : -1;
      return;
    case 'l':
      open_lessons_menu(p);
      return;
    case 'i':
      return zoom_by(p, 2);
    case 'k':
      return zoom_by(p, 0.5);
    case 'f':
      return zoom_by(p, 0);
    case 'q':
      return toggle_reduction(p);
    case 'y':
      p.out.import = p.in.can_import;
      return;
    case 'e':
      p.out.share = p.in.can_share;
      return;
    case 'p':
      p.transient.projector = !p.transient.projector;
      return;
    case 'v':
      p.transient.lens = next_of(p.transient.lens, view::kLensCount);
      return;
    case 'w':
      p.transient.lens = view::Lens::kSteps;
      p.transient.subtract_max = !p.transient.subtract_max;
      return;
    case 'g':
      return next_target(p);
    case 'G':
      p.transient.upstream.kind = next_of(p.transient.upstream.kind, view::kUpstreamKindCount);
      p.transient.lens = view::Lens::kGradient;
      return;
    case '+':
    case '=':  // the same key without Shift
      return step_own_upstream(p, 1);
    case '-':
      return step_own_upstream(p, -1);
    case 'c':  // as with 'g': what is not shown yet is shown first
      if (p.transient.lens == view::Lens::kConventions) {
        p.transient.convention = next_of(p.transient.convention, std::size(view::kMaskConventions));
      }
      p.transient.lens = view::Lens::kConventions;
      return;
    case 'a':
      p.transient.lens = view::Lens::kCompare;
      return p.command(view::PinState{});
    case 's':
      p.transient.lens = view::Lens::kCompare;
      return p.command(view::SwapPinned{});
    case 'u':
      return p.command(view::Unpin{});
    case '[':
      return p.command(view::StepSeed{-1});
    case ']':
      return p.command(view::StepSeed{1});
    case 'r':
      p.out.new_seed = true;
      return;
    case 'm':
      return cycle_mask(p);
    case 'o':
      return cycle(p, "order", view::field_text(state, "order"), {"fill", "zero", "renorm"});
    case 'd':
      return cycle(p, "dtype", view::field_text(state, "dtype"),
                   {"float32", "float16", "bfloat16"});
    case 'x':
      return p.patch("dim", state.dim == 0 ? "-1" : "0");
    case 'z':
      return toggle_language(p);
    case 't':
      return p.patch("theme", p.in.dark ? "light" : "dark");
    default:
      if (c >= '1' && c <= '6') p.patch("fill", view::kFillPresets[c - '1']);
  }
}

}  // namespace

void keys_ui(Painter& p, const view::LessonView& lesson) {
  if (!p.in.keyboard_focus) {
    p.transient.cursor_shown = false;
    return;
  }
  const ImGuiIO& io = ImGui::GetIO();
  for (const ImWchar c : io.InputQueueCharacters) {
    if (c == '?') {
      p.transient.help_open = !p.transient.help_open;
    } else if (c == 'l' && p.transient.lessons_open) {
      p.transient.lessons_open = false;
    } else if (!p.transient.help_open && !p.transient.lessons_open &&
               !lesson_character(p, lesson, c)) {
      typed_character(p, c);
    }
  }
  if (pressed(ImGuiKey_Escape)) {
    if (p.transient.help_open || p.transient.lessons_open) {
      p.transient.help_open = false;
      p.transient.lessons_open = false;
    } else if (p.in.work) {
      p.out.cancel_work = true;
    } else {
      p.out.leave_focus = true;
    }
  }
  if (p.transient.lessons_open) return lessons_menu_keys(p);
  if (p.transient.help_open) return;
  if (lesson.lesson != nullptr) {  // also what the buttons of a presenter send
    if (pressed(ImGuiKey_PageDown)) next_lesson_step(p, lesson);
    if (pressed(ImGuiKey_PageUp)) previous_lesson_step(p, lesson);
  }
  if (io.KeyCtrl || io.KeySuper) {
    if (pressed(ImGuiKey_Z)) {
      if (io.KeyShift) {
        p.command(view::Redo{});
      } else {
        p.command(view::Undo{});
      }
    }
    if (pressed(ImGuiKey_Y)) p.command(view::Redo{});
    return;
  }
  if (!io.KeyAlt) editing_keys(p);
}

}  // namespace softmask::ui
