// The application apart from where it runs: the model, the screen, and when to draw it.
#ifndef SOFTMASK_PLATFORM_APPLICATION_H_
#define SOFTMASK_PLATFORM_APPLICATION_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/memory_block.h"
#include "core/status.h"
#include "gfx/draw_target.h"
#include "platform/displayed_numbers.h"
#include "platform/drawn_picture.h"
#include "platform/figures.h"
#include "platform/gl_window.h"
#include "platform/host.h"
#include "platform/imgui_session.h"
#include "view/announcement.h"
#include "view/drawing.h"
#include "view/lens_tensor.h"
#include "view/live_model.h"
#include "view/model.h"
#include "view/repaint_clock.h"
#include "view/scene.h"
#include "view/state_codec.h"
#include "view/transient.h"

struct ImDrawList;

namespace softmask::platform {

// What the surroundings say; a state with `auto` follows them.
struct Environment {
  bool dark = false;
  bool reduced_motion = false;
  bool coarse_pointer = false;
  bool focused = false;          // keys come here
  bool embedded = false;         // no title bar: the page around has a title
  bool can_import = false;       // the page takes the reader's own scores
  bool can_share = true;         // in an embed the page around is what is shared
  bool prefers_chinese = false;  // what lang=auto follows
  bool operator==(const Environment&) const = default;
};

// How many steps of work under way are to be seen at most.
inline constexpr int kWorkPictures = 40;

// One window with one model. Nothing is drawn but in frame(), which the host calls when
// Host::request_frame asked for it; at rest nothing asks.
class Application {
 public:
  explicit Application(Host& host) : host_(host) {}
  ~Application() { stop(); }
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  // The environment comes first. Empty, or in words what is missing. `link` is a URL's fragment,
  // read leniently; `title` may be null. `width_px` is physical, `scale` is physical pixels per CSS
  // pixel.
  std::string start(std::string_view link, const char* title, float width_px, float scale);
  // Gives everything back. Calling it twice does no harm.
  void stop();

  void resize(float width_px, float scale);
  void set_environment(const Environment& environment);
  const Environment& environment() const { return environment_; }

  // The files of the Chinese font: until they are there all stays English. False, and nothing
  // changed, where one is not a whole font.
  bool add_chinese(std::vector<unsigned char> regular, std::vector<unsigned char> bold);

  // Draws if anything that can be seen changed. `now_ms` is the time of the repaint, on any steady
  // clock.
  void frame(double now_ms);
  // Some milliseconds of the work under way, for hosts that have time between frames; frame() does
  // as much. False where none is left.
  bool go_on();
  // Draws the last frame's picture once more; false where there is none, or the screen is held.
  bool draw_again();
  // While it holds, nothing comes to the screen, which may be laid out as large as a picture for
  // slides, and draw_piece() gives it in pieces.
  void hold_screen(bool held);
  // What is to be seen there in whole pixels: RGBA, the top row first, good until the next piece.
  // Empty where there is none, or no memory; a piece is not larger than the canvas was.
  std::span<const uint8_t> draw_piece(const gfx::DrawTarget& piece);
  // Of what is laid out, in physical pixels.
  int width_px() const { return window_.width_px(); }
  int height_px() const { return window_.height_px(); }
  void wake();
  // Whether the next frame would draw nothing.
  bool at_rest() const {
    return lost_ || (clock_.at_rest() && !live_.is_working() && !live_.is_at_lens());
  }
  uint64_t frames_drawn() const { return frames_drawn_; }

  // The GL context is gone, with all that was in it; then there is a new one.
  void context_lost();
  void context_restored();

  // What every command so far leads to: state, link, history. Its numbers may be under way.
  const view::Model& model() const { return live_.newest(); }
  // What is on the screen; all its numbers are there.
  const view::Model& shown() const { return live_.shown(); }
  // model() with its numbers: ends the work at once where there is any.
  const view::Model& whole_model();
  // Of it, as the lens has it or would have it if it were open.
  view::LensTensor lens_tensor(view::LensTensorKind kind);
  // 0 … 1 while numbers are under way.
  std::optional<double> work_progress() const;
  // Back to what is on the screen. False where there was nothing to cancel.
  bool cancel_work();
  float scale() const { return scale_; }  // physical pixels per CSS pixel
  core::Status dispatch(const view::Command& command, ChangeKind kind);
  // Strict: all of the patch or, with its reason, nothing.
  core::Status set_state(std::string_view patch);
  // view::SetOwnScores and view::SetMaskBits.
  core::Status set_own_scores(int rows, int cols, std::span<const float> values);
  core::Status set_mask_bits(std::span<const uint8_t> bits);
  // Lenient, for the host's history; what a link gets wrong is said on the screen and returned.
  // `matrix`, as matrix_number() told it, comes with the link where it still is and has its size.
  std::vector<view::FieldProblem> load_link(std::string_view link, uint32_t matrix = 0);
  // Own scores that a link cannot carry have a number, by which the host's history finds them as
  // long as undo, A or the state has them. 0: the present scores are no such. O(matrices that were
  // set).
  uint32_t matrix_number() const;
  // Whether the last change of numbers was another size, which own scores do not have.
  bool dropped_own_scores() const { return dropped_own_scores_; }

  // contract.md's cellRect in CSS pixels of the canvas, for the state as it is now; empty
  // when the panel is not shown.
  view::Rect cell_rect(view::Panel panel, int row, int col) const;

  // The bands that the last frame drew, in drawing order and physical pixels; empty where it drew
  // none.
  std::vector<view::RibbonDraw> ribbons() const;

  // The screen once more as shapes and words: at rest, what is on it. Empty where there is none.
  // `now_ms` as in frame(). O(what is drawn).
  view::Drawing drawing(double now_ms);
  // A panel of the figure in physical pixels, with what belongs to it: view::Panel, or kPanelCount
  // for the card below the heatmaps. Empty where it is not shown, or PyTorch's refusal is instead.
  view::Rect panel_rect(int panel) const;

  // A typed character, for hosts whose key events do not say which.
  void type(uint32_t character);

  // Whether Shift was down when the pointer went down: a window that has no focus gets no keys.
  void pointer_shift(bool down);

  // A new seed from the host's random bits, as the dice draws it.
  core::Status new_seed();

  // A wheel or two fingers at (x, y), in CSS pixels of the canvas: moves what is in sight along and
  // brings it nearer by `factor` about that point. False, and nothing happened, where no heatmap
  // that can be brought nearer lies there.
  bool zoom(float x_css, float y_css, double factor, float dx_css, float dy_css);

  // What a screen reader is to be told since the last call (see view/announcement.h).
  std::string announcement() { return announcer_.next(shown()); }

  // The button of that name says "Copied" for a moment.
  void show_copied(std::string_view what);

 private:
  // What a callback of the draw list draws.
  struct FigureCall {
    Application* application = nullptr;
    FigureDraw draw;
  };

  // The texts are in the language of `state` from here on.
  void follow_language(const view::State& state);
  bool dark() const;
  bool reduced_motion() const;
  view::Scene scene() const;
  // Physical pixels of one pixel of the design: larger in teaching mode.
  float screen_scale() const;
  // view::Hide bits of the state and of what is around it.
  uint8_t hidden_parts() const;
  void set_scale(float scale);
  void report(const std::vector<view::FieldProblem>& problems);
  void report(const core::Status& refusal);
  void tell_what_waited();
  void tell_change(ChangeKind kind);
  void draw_frame(double now_ms);
  void draw();
  // The last frame's shapes and figures, on what is bound.
  void paint(const gfx::DrawTarget& target);
  void take_events();
  void build_screen(double now_ms);
  void add_figure(ImDrawList* list, FigureDraw draw);
  void note_figure(const FigureDraw& draw);
  // Of the frame that was built last.
  Picture picture() const;
  void carry_out(const ui::FrameOutput& output);
  void forget_zoom_of_another_size();
  bool fit_canvas();
  ChangeKind kind_of(const view::Command& command, const view::State& before);

  Host& host_;
  view::LiveModel live_;
  view::Announcer announcer_;
  view::Transient transient_;
  view::RepaintClock clock_;
  Environment environment_;
  GlWindow window_;
  ImGuiSession imgui_;
  Figures figures_;
  DisplayedNumbers numbers_;
  std::deque<FigureCall> figure_calls_;  // of the frame being built; addresses must stay
  view::Drawing* drawing_ = nullptr;     // while one is made
  gfx::DrawTarget target_;               // of the frame being drawn
  core::MemoryBlock<uint8_t> piece_;     // as draw_piece() gave it
  std::optional<Picture> on_screen_;     // none where the screen must be drawn anew
  float wanted_width_px_ = 1;            // at wanted_scale_
  float wanted_scale_ = 1;
  float scale_ = 1;  // smaller where the context cannot draw that high
  uint64_t frames_drawn_ = 0;
  std::vector<std::weak_ptr<const std::vector<float>>> matrices_;  // by their numbers from 1
  std::optional<ChangeKind> waiting_kind_;                         // of the change under way
  int drawn_progress_ = -1;
  std::pair<int, int> zoomed_size_;
  bool frame_requested_ = false;
  bool lost_ = false;
  bool has_chinese_ = false;
  bool gesture_continues_ = false;
  bool last_was_seed_step_ = false;
  bool dropped_own_scores_ = false;
  std::string copied_;
};

}  // namespace softmask::platform

#endif  // SOFTMASK_PLATFORM_APPLICATION_H_
