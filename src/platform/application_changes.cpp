// What becomes of commands: changes of the state, told to the host when their numbers are there,
// and the work in between.
#include <algorithm>
#include <chrono>
#include <utility>

#include "platform/application.h"
#include "view/memory_room.h"
#include "view/strings.h"

namespace softmask::platform {
namespace {

// Of a frame, where there is work. A slice may pass it by its own length.
constexpr std::chrono::milliseconds kWorkTime{20};

// What is given in, in the new state and in the one that undo goes back from.
constexpr size_t kCopiesOfMask = 4;

core::Status room_to_keep(size_t bytes) {
  const size_t wanted[] = {bytes};
  if (view::has_room(wanted)) return {};
  return core::Status::range(view::fill_in(view::Text::kNoRoomForBytes, {std::to_string(bytes)}));
}

}  // namespace

bool Application::go_on() {
  if (!window_.is_open() || lost_) return false;
  const auto start = std::chrono::steady_clock::now();
  const auto enough = [start] { return std::chrono::steady_clock::now() - start > kWorkTime; };
  if (live_.is_at_lens()) {
    const bool done = live_.work_on_lens(enough);
    const int part = static_cast<int>(live_.lens_progress() * kWorkPictures);
    if (std::exchange(drawn_progress_, part) != part || done) wake();
    return !done;
  }
  if (!live_.is_working()) return false;
  live_.work(enough);
  const int part = static_cast<int>(live_.progress() * kWorkPictures);
  if (std::exchange(drawn_progress_, part) != part || !live_.is_working()) wake();
  if (!live_.is_working())
    tell_what_waited();  // not in the frame that draws it: that has its own work
  return live_.is_working();
}

// A change is told when its numbers are there.
void Application::tell_what_waited() {
  if (!waiting_kind_) return;
  const ChangeKind kind = *std::exchange(waiting_kind_, std::nullopt);
  follow_language(shown().state());
  clock_.wake();
  host_.state_changed(kind);
}

void Application::tell_change(ChangeKind kind) {
  live_.do_short_work();
  if (live_.is_working() && (!window_.is_open() || lost_)) live_.finish();
  if (live_.is_working()) {
    waiting_kind_ = waiting_kind_ ? std::min(*waiting_kind_, kind) : kind;
    wake();
    return;
  }
  if (waiting_kind_) kind = std::min(kind, *std::exchange(waiting_kind_, std::nullopt));
  follow_language(shown().state());
  wake();
  host_.state_changed(kind);
}

bool Application::cancel_work() {
  if (!live_.cancel()) return false;
  waiting_kind_.reset();
  follow_language(shown().state());
  wake();
  host_.state_changed(ChangeKind::kLook);  // whoever heard of more hears that it is not so
  return true;
}

const view::Model& Application::whole_model() {
  if (live_.is_working()) {
    live_.finish();
    wake();
  }
  return shown();
}

view::LensTensor Application::lens_tensor(view::LensTensorKind kind) {
  whole_model();
  return view::lens_tensor(kind, live_, transient_);
}

std::optional<double> Application::work_progress() const {
  return live_.is_working() ? std::optional(live_.progress()) : std::nullopt;
}

void Application::carry_out(const ui::FrameOutput& output) {
  live_.wish(output.lens_wish);
  const uint64_t revision = model().revision();
  ChangeKind strongest = ChangeKind::kLook;
  for (const view::Command& command : output.commands) {
    const view::State before = model().state();
    const core::Status status = live_.dispatch(command);
    if (!status.ok()) {
      transient_.notices.push_back(status.message);
      clock_.wake();
      continue;
    }
    strongest = std::min(strongest, kind_of(command, before));
  }
  if (output.new_seed) {
    live_.dispatch(view::NewSeed{host_.random_bits()});
    strongest = ChangeKind::kStep;
  }
  if (model().revision() != revision) {
    clock_.wake();
    tell_change(strongest);
  }
  if (output.cancel_work) cancel_work();
  if (output.copy) host_.copy_text(*output.copy);
  if (output.share) host_.open_share();
  if (output.import) host_.open_import();
  if (output.text_entry) host_.edit_text(*output.text_entry, scale_);
  if (output.leave_focus) host_.leave_focus();
}

ChangeKind Application::kind_of(const view::Command& command, const view::State& before) {
  if (std::holds_alternative<view::BeginGesture>(command) ||
      std::holds_alternative<view::EndGesture>(command)) {
    gesture_continues_ = false;
    return ChangeKind::kLook;
  }
  if (std::holds_alternative<view::GoToLessonStep>(command)) return ChangeKind::kContinuation;
  const view::State& now = model().state();
  if (view::same_numbers(before, now) && before.lesson == now.lesson) return ChangeKind::kLook;
  const bool resizes = std::holds_alternative<view::SetRows>(command) ||
                       std::holds_alternative<view::SetCols>(command);
  dropped_own_scores_ = resizes && view::has_own_scores(before) && !view::has_own_scores(now);
  const bool seed_step = std::holds_alternative<view::StepSeed>(command);
  const bool continues = gesture_continues_ || (seed_step && last_was_seed_step_);
  gesture_continues_ = model().in_gesture();
  last_was_seed_step_ = seed_step;
  return continues ? ChangeKind::kContinuation : ChangeKind::kStep;
}

core::Status Application::dispatch(const view::Command& command, ChangeKind kind) {
  const uint64_t revision = model().revision();
  const view::State before = model().state();
  core::Status status = live_.dispatch(command);
  if (!status.ok() || model().revision() == revision) return status;
  const ChangeKind own = kind_of(command, before);
  tell_change(kind == ChangeKind::kHistory ? kind : own);
  return status;
}

core::Status Application::set_state(std::string_view patch) {
  return dispatch(view::SetFields{std::string(patch)}, ChangeKind::kStep);
}

core::Status Application::set_own_scores(int rows, int cols, std::span<const float> values) {
  core::Status status = room_to_keep(values.size_bytes());
  if (!status.ok()) return status;
  auto kept = std::make_shared<const std::vector<float>>(values.begin(), values.end());
  if (values.size() > view::kMaxOwnScores) matrices_.push_back(kept);
  return dispatch(view::SetOwnScores{rows, cols, std::move(kept)}, ChangeKind::kStep);
}

uint32_t Application::matrix_number() const {
  const auto& present = model().state().matrix;
  if (present == nullptr) return 0;
  const auto found =
      std::find_if(matrices_.begin(), matrices_.end(),
                   [&present](const auto& matrix) { return matrix.lock() == present; });
  return found == matrices_.end() ? 0 : static_cast<uint32_t>(found - matrices_.begin()) + 1;
}

core::Status Application::set_mask_bits(std::span<const uint8_t> bits) {
  core::Status status = room_to_keep(kCopiesOfMask * bits.size());
  if (!status.ok()) return status;
  return dispatch(view::SetMaskBits{{bits.begin(), bits.end()}}, ChangeKind::kStep);
}

core::Status Application::new_seed() {
  return dispatch(view::NewSeed{host_.random_bits()}, ChangeKind::kStep);
}

std::vector<view::FieldProblem> Application::load_link(std::string_view link, uint32_t matrix) {
  std::vector<view::FieldProblem> problems;
  follow_language(view::decode_link(link, nullptr));
  view::State state = view::decode_link(link, &problems);
  if (matrix >= 1 && matrix <= matrices_.size() && !view::has_own_scores(state)) {
    const auto kept = matrices_[matrix - 1].lock();
    if (kept != nullptr && std::ssize(*kept) == int64_t{state.rows} * state.cols) {
      state.matrix = kept;
    }
  }
  transient_.notices.clear();
  transient_.notices_height_px = 0;
  report(problems);
  const core::Status status = dispatch(view::ReplaceState{std::move(state)}, ChangeKind::kHistory);
  if (!status.ok()) report(status);
  wake();
  return problems;
}

void Application::report(const std::vector<view::FieldProblem>& problems) {
  for (const view::FieldProblem& problem : problems) {
    report(core::Status::range(problem.message()));
  }
}

void Application::report(const core::Status& refusal) {
  transient_.notices.push_back(refusal.message);
  host_.report_error(refusal.message);
}

}  // namespace softmask::platform
