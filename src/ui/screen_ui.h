// The whole screen, built anew every frame from the model: panels read state and emit commands.
#ifndef SOFTMASK_UI_SCREEN_UI_H_
#define SOFTMASK_UI_SCREEN_UI_H_

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ui/fonts_ui.h"
#include "view/command.h"
#include "view/derive_job.h"
#include "view/drawing.h"
#include "view/flow_draw.h"
#include "view/heatmap_draw.h"
#include "view/lens_work.h"
#include "view/model.h"
#include "view/scene.h"
#include "view/transient.h"

struct ImDrawList;

namespace softmask::ui {

// Numbers under way to take the place of those on the screen.
struct WorkShown {
  int rows = 0;
  int cols = 0;
  double part = 0;  // 0 … 1
  view::DeriveJob::Phase phase = view::DeriveJob::Phase::kScores;
  bool first = false;  // there is nothing on the screen that the reader asked for
};

// Everything a frame is made from. All lengths are physical pixels.
struct FrameInput {
  const view::Model& model;
  const view::Scene& scene;
  // What the probabilities' heatmap and bars show now; on its way to Derived::probabilities while a
  // change eases. Same shape, or empty: as the model has them.
  std::span<const float> displayed_probabilities;
  // Likewise on its way to Derived::baseline.
  std::span<const float> displayed_baseline;
  const Fonts& fonts;
  uint8_t hide = 0;  // view::Hide bits in force
  bool dark = false;
  bool coarse_pointer = false;  // a finger: no hover before a tap
  bool keyboard_focus = false;  // the canvas has the focus: keys act, the focus ring shows
  bool can_share = true;        // there is a page around that others can open
  bool can_import = false;      // there is a way to give scores of one's own
  double now_ms = 0;
  std::optional<WorkShown> work = {};
  double lens_progress = 0;  // 0 … 1, of what the lens waits for (FrameOutput::lens_wish)

  // False where PyTorch would raise.
  bool has_result() const { return !model.derived().probabilities.empty(); }
  // One row of the above.
  std::span<const float> probability_row(int row) const;
  std::span<const float> baseline_row(int row) const;

  // Draws a heatmap at this place of the draw list's order.
  std::function<void(ImDrawList*, const view::HeatmapDraw&)> draw_heatmap = {};
  std::function<void(ImDrawList*, const view::FlowDraw&)> draw_flow = {};

  // Takes everything but heatmaps and flows, which are for who draws these to add.
  view::Drawing* drawing = nullptr;
};

// A text field that the host has to show over the canvas: the value becomes `key=prefix+text` of a
// strict patch.
struct TextEntry {
  std::string key;
  std::string prefix;
  std::string label;
  std::string value;
  view::Rect rect_px;
  bool numeric = true;
};

struct CopyRequest {
  std::string what;  // names the button, for its "Copied"
  std::string text;
};

// What the user asked for in this frame.
struct FrameOutput {
  std::vector<view::Command> commands;
  std::optional<TextEntry> text_entry;
  std::optional<CopyRequest> copy;
  bool new_seed = false;  // the host has the random bits (view::NewSeed)
  bool leave_focus = false;
  bool cancel_work = false;
  view::LensWish lens_wish = {};  // what the lens on the screen cannot show yet
  bool import = false;            // the reader's own scores, for which the host asks
  bool share = false;             // links to this view, which only the host knows
  bool hand_cursor = false;
};

// Draws into the current Dear ImGui frame and returns what was asked for. `transient` is updated in
// place, the heights that the panels need among it. O(cells that have room for a number).
FrameOutput draw_screen(const FrameInput& input, view::Transient& transient);

}  // namespace softmask::ui

#endif  // SOFTMASK_UI_SCREEN_UI_H_
