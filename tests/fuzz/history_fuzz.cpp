// Undo and redo against replay: wherever a history goes, the document is what the commands up to
// there make of the first one.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fuzz/fuzz_input.h"
#include "fuzz/fuzz_target.h"
#include "view/lesson.h"
#include "view/model.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

constexpr std::string_view kPatches[] = {
    "seed=7",
    "rows=3",
    "cols=6",
    "mask=none",
    "mask=causal",
    "mask=padding:2",
    "mask=window:1",
    "mask=random",
    "mask=0110",
    "fill=-inf",
    "fill=-5.25",
    "fill=finfo.min",
    "dtype=float16",
    "dtype=bfloat16",
    "order=zero",
    "order=renorm",
    "dim=0",
    "temperature=0.5",
    "cpu=default",
    "row=1",
    "row=none",
    "lang=zh-CN",
    "theme=dark",
    "hide=code,title",
    "animate=0",
    "lesson=article",
    "lesson=",
    "lesson=leak&seed=3",
    "lesson=nope",
    "rows=0",
    "fill=abc",
    "rows=2&cols=2&scores=AAAAAAAAgD8AAABAAABAQA",
    "rows=1&cols=3&mask=101&scores=",
    "rows=5&cols=4&mask=01010101010101010101",
};

// At most this many cells, so that thousands of histories pass in a second.
constexpr int64_t kMostCells = 4096;

State state_of(FuzzInput& input) {
  const std::string_view fragment = input.byte() % 4 != 0 ? input.one_of(kPatches) : input.text(60);
  State state = decode_link(fragment, nullptr);
  return int64_t{state.rows} * state.cols <= kMostCells ? state : State{};
}

Command own_scores(FuzzInput& input) {
  // More than a link carries, from time to time.
  const size_t shape = input.byte();
  SetOwnScores command{static_cast<int>(shape % 5), static_cast<int>(shape % 7), nullptr};
  if (shape > 240) command = {33, 32, nullptr};
  auto values =
      std::make_shared<std::vector<float>>(static_cast<size_t>(command.rows * command.cols));
  for (size_t i = 0; i < values->size() && i < 8; ++i) (*values)[i] = input.score();
  if (shape != 3) command.values = std::move(values);
  return command;
}

Command command_of(FuzzInput& input, const State& state) {
  const auto small = [&] { return static_cast<int>(input.byte()) % 14 - 2; };
  switch (input.byte() % 24) {
    case 0:
    case 1:
      return SetFields{std::string(input.one_of(kPatches))};
    case 2: {
      SetFields command{std::string(input.text(60))};
      const State patched = apply_patch(state, command.fragment).value;
      const bool fits = int64_t{patched.rows} * patched.cols <= kMostCells;
      return fits ? Command(std::move(command)) : Command(Unpin{});
    }
    case 3:
    case 4:
      return ToggleColumn{small()};
    case 5:
      return ToggleCell{small(), small()};
    case 6:
      return PaintColumn{small(), input.byte() % 2 == 0};
    case 7:
      return BeginGesture{};
    case 8:
      return EndGesture{};
    case 9:
      return SelectRow{small()};
    case 10:
      return StepSeed{input.bits<int8_t>()};
    case 11:
      return NewSeed{input.bits<uint64_t>()};
    case 12:
      return SetRows{small()};
    case 13:
      return SetCols{small()};
    case 14:
      return own_scores(input);
    case 15: {
      std::vector<uint8_t> bits(
          static_cast<size_t>(input.byte() % 2 == 0 ? state.cols : state.rows * state.cols));
      for (size_t i = 0; i < bits.size() && i < 8; ++i) bits[i] = input.byte() % 2;
      return SetMaskBits{std::move(bits)};
    }
    case 16:
      return ReplaceState{state_of(input)};
    case 17:
      return PinState{};
    case 18:
      return input.byte() % 4 == 0 ? Command(Unpin{}) : Command(SwapPinned{});
    case 19:
      return SetFields{"lesson=" + std::string(lessons()[input.below(lessons().size())].id)};
    case 20:
      return input.byte() % 4 == 0 ? Command(AnswerLesson{small()})
                                   : Command(GoToLessonStep{small()});
    case 21:
      return Redo{};
    default:
      return Undo{};
  }
}

// What is history of a document: no answers, and nothing that is only looked at.
Document historic(Document document) {
  const auto forget_looks = [](State& state) {
    state.row = 0;
    state.lang = Language::kAuto;
    state.theme = Theme::kAuto;
    state.hide = 0;
    state.animate = Animate::kAuto;
  };
  forget_looks(document.state);
  if (document.pinned) forget_looks(*document.pinned);
  if (document.lesson) {
    document.lesson->answers.clear();
    forget_looks(document.lesson->own);
    if (document.lesson->own_pinned) forget_looks(*document.lesson->own_pinned);
  }
  return document;
}

bool may_change_lesson(const Command& command) {
  const auto* const patch = std::get_if<SetFields>(&command);
  if (patch == nullptr) return std::holds_alternative<ReplaceState>(command);
  return patch->fragment.find_first_of("%") != std::string::npos ||
         patch->fragment.find("lesson") != std::string::npos;
}

// A model, and the commands that each of its undo steps is made of.
class ToldModel {
 public:
  explicit ToldModel(const State& first) : first_(first), model_(first) {}

  const Model& model() const { return model_; }

  void tell(const Command& command) {
    // A gesture that leaves a lesson and opens it again makes no step, and yet the way out of the
    // lesson is another: commands that were taken together are not what such a document is.
    if (start_ && may_change_lesson(command)) tell(EndGesture{});
    const Document before = model_.document();
    const uint64_t revision = model_.revision();
    const bool back = std::holds_alternative<Undo>(command);
    const bool forth = std::holds_alternative<Redo>(command);
    if (back || forth || std::holds_alternative<BeginGesture>(command) ||
        std::holds_alternative<EndGesture>(command)) {
      end_gesture();
    }
    const bool goes = back ? at_ > 0 : forth && at_ < steps_.size();
    const bool is_ok = model_.dispatch(command).ok();
    require(model_.document().lesson.has_value() != model_.state().lesson.empty(),
            "a lesson is open where the state names one");
    if (back || forth) {
      require(is_ok, "there is no error in going back or forth");
      require(goes || model_.document() == before, "at the end nothing happens");
      if (goes) at_ += forth ? 1 : ~size_t{0};
      if (goes) open_.clear();
      check_place();
      return;
    }
    if (!is_ok) {
      require(model_.document() == before && model_.revision() == revision,
              "a refused command changes nothing");
      return;
    }
    if (std::holds_alternative<BeginGesture>(command)) {
      start_ = std::make_unique<Document>(before);
    }
    open_.push_back(command);
    if (!start_ && is_undoable_change(before, model_.document())) end_step();
  }

  // All the way forth, back, and forth again.
  void go_all_ways() {
    require(check_state(model_.state()).ok(), "what commands leave is a state");
    tell(EndGesture{});
    while (model_.can_redo()) tell(Redo{});
    const Document last = historic(model_.document());
    while (model_.can_undo()) tell(Undo{});
    require(historic(model_.document()) == documents_.front(),
            "undo all the way is the first document");
    while (model_.can_redo()) tell(Redo{});
    require(historic(model_.document()) == last, "redo all the way is the last document");
  }

 private:
  void end_step() {
    if (replayed_ != at_) {
      replay_ = Model(first_);
      for (size_t i = 0; i < at_; ++i) replay(steps_[i]);
    }
    steps_.resize(at_);
    documents_.resize(at_ + 1);
    replay(open_);
    steps_.push_back(std::move(open_));
    open_.clear();
    replayed_ = at_ = steps_.size();
    documents_.push_back(historic(replay_.document()));
  }
  void replay(const std::vector<Command>& commands) {
    for (const Command& command : commands) static_cast<void>(replay_.dispatch(command));
  }
  void end_gesture() {
    if (start_ && is_undoable_change(*start_, model_.document())) end_step();
    start_.reset();
  }

  void check_place() {
    require(model_.can_undo() == (at_ > 0) && model_.can_redo() == (at_ < steps_.size()),
            "there is as much to undo and to redo as there are steps");
    require(historic(model_.document()) == documents_[at_],
            "a document of the history is the replay of its commands");
  }

  State first_;
  Model model_;
  std::vector<std::vector<Command>> steps_;
  size_t at_ = 0;                    // how many of them are not undone
  std::vector<Command> open_;        // since the last step
  std::unique_ptr<Document> start_;  // of the gesture that is open

  Model replay_{first_};                                           // which is never told to go back
  size_t replayed_ = 0;                                            // steps
  std::vector<Document> documents_{historic(replay_.document())};  // after so many steps
};

}  // namespace
}  // namespace softmask::view

SOFTMASK_FUZZ_TARGET(history) {
  using namespace softmask::view;
  softmask::FuzzInput input(data, size);
  ToldModel told(state_of(input));
  for (int i = 0; i < 40 && !input.empty(); ++i) {
    const uint8_t looks = input.byte();
    // The numbers are there or not: the random mask is taken from them.
    if (looks % 64 == 1) static_cast<void>(told.model().derived());
    told.tell(command_of(input, told.model().state()));
  }
  told.go_all_ways();
}
