#include "platform/application.h"

#include <SDL.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "platform/figure_numbers.h"
#include "view/cell_look.h"
#include "view/strings.h"
#include "view/zoom.h"

namespace softmask::platform {
namespace {

// Panels are built until they have settled, and drawn once. What takes longer goes on in the next
// frame.
constexpr int kMostPasses = 8;
constexpr int kMostFigures = 8;  // more than are on a screen
constexpr double kCopiedShownMs = 1500;
constexpr float kLeastWidthCss = 240;
// Teaching mode lays the screen out as if it were this wide, so that type grows with it: a lesson,
// the heatmaps and the card below them then fill a screen of 16 : 9, whatever its size.
constexpr float kProjectorBesideCss = 1260;
constexpr float kProjectorWidthCss = 945, kProjectorMost = 1.8f;

int whole_px(float px) { return std::max(static_cast<int>(std::lround(px)), 1); }

int SDLCALL wake_on_event(void* application, SDL_Event* event) {
  // Polling itself pushes a sentinel, which is no input.
  if (event->type != SDL_POLLSENTINEL) static_cast<Application*>(application)->wake();
  return 0;
}

}  // namespace

std::string Application::start(std::string_view link, const char* title, float width_px,
                               float scale) {
  std::vector<view::FieldProblem> problems;
  follow_language(view::decode_link(link, nullptr));  // which the problems are told in
  const core::Status begun = live_.start(view::decode_link(link, &problems));
  report(problems);
  if (!begun.ok()) report(begun);
  wanted_width_px_ = std::max(width_px, kLeastWidthCss * scale);
  wanted_scale_ = scale;
  scale_ = scale;
  std::string reason = window_.open(title, whole_px(wanted_width_px_), whole_px(scene().height_px));
  if (!reason.empty()) {
    live_.finish();  // without a picture nothing comes back to it
    return reason;
  }
  imgui_.open(window_);
  reason = figures_.init();
  if (!reason.empty()) {
    stop();
    return reason;
  }
  SDL_AddEventWatch(wake_on_event, this);
  host_.canvas_resized(window_.width_px(), window_.height_px(), scale_);
  wake();
  return {};
}

void Application::stop() {
  if (!window_.is_open()) return;
  SDL_DelEventWatch(wake_on_event, this);
  clock_.rest();
  figures_.release();
  imgui_.close();
  window_.close();
}

void Application::resize(float width_px, float scale) {
  width_px = std::max(width_px, kLeastWidthCss * scale);
  if (width_px == wanted_width_px_ && scale == wanted_scale_) return;
  wanted_width_px_ = width_px;
  wanted_scale_ = scale;
  set_scale(scale);
  wake();
}

// The remembered heights go along, so that the layout does not jump.
void Application::set_scale(float scale) {
  const float factor = scale / scale_;
  for (float* height :
       {&transient_.notices_height_px, &transient_.quick_height_px, &transient_.controls_height_px,
        &transient_.ledger_height_px, &transient_.program_height_px, &transient_.tensors_height_px,
        &transient_.lesson_height_px}) {
    *height *= factor;
  }
  scale_ = scale;
}

void Application::set_environment(const Environment& environment) {
  if (environment == environment_) return;
  environment_ = environment;
  follow_language(shown().state());
  wake();
}

void Application::follow_language(const view::State& state) {
  using view::Language;
  const bool wanted = state.lang == Language::kChinese ||
                      (state.lang == Language::kAuto && environment_.prefers_chinese);
  view::set_text_language(wanted && has_chinese_ ? Language::kChinese : Language::kEnglish);
}

bool Application::add_chinese(std::vector<unsigned char> regular, std::vector<unsigned char> bold) {
  if (!ui::is_whole_font(regular) || !ui::is_whole_font(bold)) return false;
  imgui_.set_chinese(std::move(regular), std::move(bold));
  has_chinese_ = true;
  follow_language(shown().state());
  wake();
  return true;
}

bool Application::dark() const {
  const view::Theme theme = shown().state().theme;
  return theme == view::Theme::kDark || (theme == view::Theme::kAuto && environment_.dark);
}

bool Application::reduced_motion() const {
  const view::Animate animate = shown().state().animate;
  return animate == view::Animate::kOff ||
         (animate == view::Animate::kAuto && environment_.reduced_motion);
}

float Application::screen_scale() const {
  if (!transient_.projector) return scale_;
  const float width_css = wanted_width_px_ / wanted_scale_;
  // The lesson beside the heatmaps where that does not make type smaller, else above them.
  const float beside = width_css / kProjectorBesideCss;
  if (!shown().state().lesson.empty() && beside >= 1) return scale_ * beside;
  return scale_ * std::clamp(width_css / kProjectorWidthCss, 1.0f, kProjectorMost);
}

uint8_t Application::hidden_parts() const {
  uint8_t hide = shown().state().hide;
  if (environment_.embedded) hide |= view::kHideTitle;
  if (transient_.projector) {
    hide |= view::kHideControls | view::kHideCode;
    if (!shown().state().lesson.empty()) hide |= view::kHideTitle;  // its card has the way out
  }
  return hide;
}

view::Scene Application::scene() const {
  const view::State& state = shown().state();
  view::SceneInput input;
  input.width_px = wanted_width_px_ * (scale_ / wanted_scale_);
  input.scale = screen_scale();
  input.rows = state.rows;
  input.cols = state.cols;
  input.mask_grid = !shown().derived().mask.is_column_mask();
  input.hide = hidden_parts();
  input.notices_height_px = transient_.notices_height_px;
  input.quick_height_px = transient_.quick_height_px;
  input.controls_height_px = transient_.controls_height_px;
  input.ledger_height_px = transient_.ledger_height_px;
  input.program_height_px = transient_.program_height_px;
  input.tensors_height_px = transient_.tensors_height_px;
  input.lesson_height_px = transient_.lesson_height_px;
  input.zoom = transient_.zoom;
  input.lesson = !state.lesson.empty();
  input.teaching = transient_.projector;
  return view::layout_scene(input);
}

view::Rect Application::cell_rect(view::Panel panel, int row, int col) const {
  const view::Rect rect = scene().cell_rect(panel, row, col);
  return {rect.x / scale_, rect.y / scale_, rect.w / scale_, rect.h / scale_};
}

void Application::wake() {
  clock_.wake();
  if (frame_requested_ || lost_) return;
  frame_requested_ = true;
  host_.request_frame();
}

void Application::frame(double now_ms) {
  frame_requested_ = false;
  if (!window_.is_open() || lost_) return;
  go_on();
  if (!live_.is_working()) tell_what_waited();
  if (clock_.wants_frame(now_ms)) draw_frame(now_ms);
  if (!at_rest() && !frame_requested_) {
    frame_requested_ = true;
    host_.request_frame();
  }
}

void Application::draw_frame(double now_ms) {
  if (!copied_.empty()) {
    transient_.copied_what = std::exchange(copied_, {});
    transient_.copied_until_ms = now_ms + kCopiedShownMs;
    clock_.animate_until(transient_.copied_until_ms);
  }
  // However far a clock has jumped back.
  transient_.copied_until_ms = std::min(transient_.copied_until_ms, now_ms + kCopiedShownMs);
  take_events();
  for (int pass = 0; pass < kMostPasses && (pass == 0 || clock_.settling()); ++pass) {
    clock_.drawn(now_ms);  // before the work, whose own wishes come on top
    build_screen(now_ms);
    if (fit_canvas() || imgui_.input_waits()) clock_.wake();
  }
  if (Picture next = picture(); next != on_screen_) {
    on_screen_ = std::move(next);
    if (!window_.is_held()) {
      draw();
      ++frames_drawn_;
      if (figures_.is_behind()) {
        on_screen_.reset();
        clock_.wake();
      }
    }
  }
  if (numbers_.motion_end_ms() > now_ms) clock_.animate_until(numbers_.motion_end_ms());
}

void Application::paint(const gfx::DrawTarget& target) {
  target_ = target;
  figures_.begin_frame();
  window_.clear(dark() ? 0x0f1216u : 0xf6f7f9u);
  imgui_.draw(target);
}

void Application::draw() {
  paint({window_.width_px(), window_.height_px()});
  window_.swap();
}

void Application::hold_screen(bool held) {
  if (!window_.is_open() || held == window_.is_held()) return;
  window_.hold(held);
  piece_.reset();
  on_screen_.reset();
  wake();
}

std::span<const uint8_t> Application::draw_piece(const gfx::DrawTarget& piece) {
  if (!window_.is_open() || lost_ || !on_screen_ || !window_.is_held()) return {};
  // Of large matrices one figure is filled in each.
  int left = kMostFigures;
  do paint(piece);
  while (figures_.is_behind() && --left > 0);
  const size_t bytes = static_cast<size_t>(piece.width) * static_cast<size_t>(piece.height) * 4;
  piece_ = core::allocate<uint8_t>(bytes);
  if (!piece_) return {};
  window_.read(piece.width, piece.height, piece_.get());
  return {piece_.get(), bytes};
}

bool Application::draw_again() {
  if (!window_.is_open() || lost_ || !on_screen_ || window_.is_held()) return false;
  draw();
  return true;
}

void Application::take_events() {
  SDL_Event event;
  while (SDL_PollEvent(&event) != 0) imgui_.take_event(event);
}

void Application::build_screen(double now_ms) {
  imgui_.set_scale(screen_scale());
  numbers_.update(shown(), reduced_motion(), now_ms, figures_);
  figure_calls_.clear();
  forget_zoom_of_another_size();
  const view::Scene laid_out = scene();
  ui::FrameInput input{shown(), laid_out, numbers_.probabilities(), numbers_.baseline(),
                       imgui_.fonts()};
  input.hide = hidden_parts();
  input.dark = dark();
  input.coarse_pointer = environment_.coarse_pointer;
  input.keyboard_focus = environment_.focused;
  input.can_share = environment_.can_share;
  input.can_import = environment_.can_import;
  input.now_ms = now_ms;
  if (live_.is_working()) {
    const view::State& wanted = live_.newest().state();
    const double part = std::floor(live_.progress() * kWorkPictures) / kWorkPictures;
    input.work = {wanted.rows, wanted.cols, part, live_.phase(), live_.is_first()};
  }
  input.lens_progress = std::floor(live_.lens_progress() * kWorkPictures) / kWorkPictures;
  input.drawing = drawing_;
  input.draw_heatmap = [this](ImDrawList* list, const view::HeatmapDraw& draw) {
    add_figure(list, draw);
  };
  input.draw_flow = [this](ImDrawList* list, const view::FlowDraw& draw) {
    add_figure(list, draw);
  };
  imgui_.begin_frame(window_);
  const ui::FrameOutput output = ui::draw_screen(input, transient_);
  imgui_.end_frame(output.hand_cursor);
  carry_out(output);
}

void Application::forget_zoom_of_another_size() {
  const std::pair size = {shown().state().rows, shown().state().cols};
  if (std::exchange(zoomed_size_, size) != size) transient_.zoom = {};
}

bool Application::zoom(float x_css, float y_css, double factor, float dx_css, float dy_css) {
  const view::Scene now = scene();
  if (now.most_zoom <= 1 || !transient_.zoom_is_free()) return false;
  const float x = x_css * scale_, y = y_css * scale_;
  for (const view::HeatmapLayout& h : now.heatmaps) {
    if (!h.visible ||
        !view::Rect{h.cells.x, h.header.y, h.cells.w, h.cells.bottom() - h.header.y}.contains(x,
                                                                                              y)) {
      continue;
    }
    view::Zoom& zoom = transient_.zoom;
    zoom = view::panned(h, zoom, dx_css * scale_, dy_css * scale_);
    zoom = view::zoom_about(view::zoomed(h, zoom, now.scale), zoom, now.most_zoom, now.scale, x, y,
                            factor);
    wake();
    return true;
  }
  return false;
}

Picture Application::picture() const {
  Picture next;
  next.shapes = imgui_.shapes();
  for (const FigureCall& call : figure_calls_) next.figures.push_back(call.draw);
  next.uploads = figures_.uploads();
  next.numbers = shown().numbers_revision();
  next.pinned = shown().pinned_revision();
  next.upstream = transient_.upstream;
  next.dark = dark();
  return next;
}

void Application::add_figure(ImDrawList* list, FigureDraw draw) {
  if (drawing_ != nullptr) note_figure(draw);
  figure_calls_.push_back({this, std::move(draw)});
  list->AddCallback(
      [](const ImDrawList*, const ImDrawCmd* command) {
        const auto* call = static_cast<const FigureCall*>(command->UserCallbackData);
        Application& self = *call->application;
        if (const auto* heatmap = std::get_if<view::HeatmapDraw>(&call->draw)) {
          self.figures_.draw(*heatmap, self.live_, self.transient_.upstream, self.target_);
        } else {
          self.figures_.draw(std::get<view::FlowDraw>(call->draw), self.target_);
        }
      },
      &figure_calls_.back());
  list->AddCallback(ImDrawCallback_ResetRenderState, nullptr);
}

void Application::note_figure(const FigureDraw& draw) {
  if (const auto* flow = std::get_if<view::FlowDraw>(&draw)) return drawing_->add_flow(*flow);
  const auto& heatmap = std::get<view::HeatmapDraw>(draw);
  const FigureNumbers numbers = figure_numbers(heatmap, shown(), transient_.upstream);
  view::add_cells(*drawing_, heatmap, numbers.values, numbers.mask, numbers.rows, numbers.cols);
}

view::Drawing Application::drawing(double now_ms) {
  view::Drawing made;
  if (!window_.is_open() || lost_) return made;
  drawing_ = &made;
  build_screen(now_ms);
  drawing_ = nullptr;
  return made;
}

view::Rect Application::panel_rect(int panel) const {
  const view::Scene now = scene();
  const auto with_air = [&now](const view::Rect& r, float air_css) {
    return r.inset(-std::floor(air_css * now.scale));
  };
  if (panel == view::kPanelCount) return now.ledger;
  const auto which = static_cast<view::Panel>(panel);
  const view::HeatmapLayout& h = now.heatmap(which);
  if (which == view::Panel::kMask && !h.visible) {
    // Its cells are the header of the first tensor that is shown.
    for (const view::HeatmapLayout& first : now.heatmaps) {
      if (first.visible) return with_air(first.header, 2);
    }
  }
  const bool raised = !shown().derived().error.empty() && which >= view::Panel::kMasked;
  if (!h.visible || raised) return {};
  view::Rect r = h.slot;
  r.w = std::max({r.right(), h.legend.right(), h.row_sums.right()}) - r.x;
  // Right of a grid of masks the operator's name begins.
  return with_air(r, which == view::Panel::kMask ? 2 : 8);
}

// The canvas is as high as its content. True when its size changed.
bool Application::fit_canvas() {
  int width = whole_px(wanted_width_px_ * (scale_ / wanted_scale_));
  int height = whole_px(scene().height_px);
  const int highest = window_.max_side_px();
  const double room =
      std::min(static_cast<double>(highest) / std::max(width, height),
               std::sqrt(window_.max_pixels() / (static_cast<double>(width) * height)));
  if (room < 1) {
    // Coarser, but whole.
    set_scale(scale_ * 0.98f * static_cast<float>(room));
    width = whole_px(wanted_width_px_ * (scale_ / wanted_scale_));
    height = std::min(whole_px(scene().height_px), highest);
  }
  if (width == window_.width_px() && height == window_.height_px()) return false;
  window_.resize(width, height);
  on_screen_.reset();  // a canvas of a new size is empty
  if (!window_.is_held()) host_.canvas_resized(width, height, scale_);
  return true;
}

std::vector<view::RibbonDraw> Application::ribbons() const {
  for (const FigureCall& call : figure_calls_) {
    if (const auto* flow = std::get_if<view::FlowDraw>(&call.draw)) return flow->ribbons;
  }
  return {};
}

void Application::type(uint32_t character) {
  if (!window_.is_open()) return;
  ImGui::GetIO().AddInputCharacter(character);
  wake();
}

void Application::pointer_shift(bool down) {
  if (window_.is_open()) ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, down);
}

void Application::show_copied(std::string_view what) {
  copied_ = what;
  wake();
}

void Application::context_lost() {
  if (!window_.is_open() || lost_) return;
  // Deleting now only forgets; after the restoration it would name objects of the new context.
  imgui_.release_gl();
  figures_.release();
  on_screen_.reset();
  lost_ = true;
  live_.finish();  // no frame comes until the context does
  tell_what_waited();
}

void Application::context_restored() {
  if (!window_.is_open() || !lost_) return;
  lost_ = false;
  const std::string reason = figures_.init();
  if (!reason.empty()) host_.report_error(reason);
  numbers_.upload_again();
  frame_requested_ = false;
  wake();
}

}  // namespace softmask::platform
