// One row walked through the computation: forwards, backwards, with and without the maximum.
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/lenses_ui.h"
#include "ui/row_table_ui.h"
#include "view/lens_tensor.h"
#include "view/line_facts.h"
#include "view/number_text.h"
#include "view/softmax_walk.h"
#include "view/state_codec.h"

namespace softmask::ui {
namespace {

using view::Rect;
using view::Stage;
using view::Text;

constexpr std::array<Text, view::kStageCount> kLabels = {
    Text::kStageScores,   Text::kStageFill,  Text::kStageTemperature, Text::kStageMax,
    Text::kStageMinusMax, Text::kStageExp,   Text::kStageSum,         Text::kStageDivide,
    Text::kStageZero,     Text::kStageRenorm};
constexpr std::array<Text, view::kStageCount> kSays = {
    Text::kStageScoresSays, Text::kStageFillSays,     Text::kStageTemperatureSays,
    Text::kStageMaxSays,    Text::kStageMinusMaxSays, Text::kStageExpSays,
    Text::kStageSumSays,    Text::kStageDivideSays,   Text::kStageZeroSays,
    Text::kStageRenormSays};

std::string found_text(const view::WalkStage& stage) {
  return stage.found ? typographic(view::significant_text(*stage.found, 5)) : std::string();
}

std::string label_of(const view::WalkStage& stage) {
  return view::text(kLabels[static_cast<size_t>(stage.stage)]);
}

// The sentence of the stage that the reader is at; what goes wrong there comes first.
std::string says(const Painter& p, const view::WalkStage& stage, const view::WalkTrouble& trouble) {
  const view::State& state = p.in.model.state();
  const bool nan =
      std::any_of(stage.values.begin(), stage.values.end(), [](float v) { return std::isnan(v); });
  if (nan && stage.stage == Stage::kMinusMax) return view::text(Text::kStageInfMinusInf);
  if (nan && stage.stage > Stage::kMinusMax) return view::text(Text::kStageNan);
  if (stage.stage == Stage::kExp && trouble.overflow) return view::text(Text::kStageOverflows);
  if (stage.stage == Stage::kExp && trouble.all_zero) return view::text(Text::kStageUnderflows);
  std::string value = found_text(stage);
  if (stage.stage == Stage::kFill) value = typographic(view::field_text(state, "fill"));
  if (stage.stage == Stage::kTemperature) value = view::field_text(state, "temperature");
  return view::fill_in(kSays[static_cast<size_t>(stage.stage)], {value});
}

RowTableLine line_of(const Painter& p, const view::WalkStage& stage, bool current) {
  RowTableLine line;
  line.label = label_of(stage);
  line.values = stage.values;
  line.current = current;
  line.marked_col = stage.found_at;
  const view::Derived& d = p.in.model.derived();
  switch (stage.stage) {
    case Stage::kScores:
    case Stage::kFill:
      line.colors = RowTableLine::Colors::kDiverging;
      line.limit = d.scores_limit;
      line.hatched = stage.stage == Stage::kFill;
      break;
    case Stage::kDivide:
    case Stage::kZero:
    case Stage::kRenorm:
      line.colors = RowTableLine::Colors::kSequential;
      line.limit = d.probability_limit;
      break;
    default:
      break;
  }
  if (stage.stage == Stage::kMax) line.right = "max " + found_text(stage);
  if (stage.stage == Stage::kSum || (stage.stage == Stage::kZero && stage.found)) {
    line.right = "\u03a3 " + found_text(stage);
  }
  return line;
}

// The buttons under the table. Returns the height used.
float walk_buttons(Painter& p, float x, float y, float w, int at, int count) {
  const float h = p.control_height();
  view::Transient& t = p.transient;
  if (p.icon_button("step back", {x, y, h, h}, Icon::kPrevious, at > 0)) t.walk_step = at - 1;
  if (p.icon_button("step on", {x + h + p.px(6), y, h, h}, Icon::kNext, at < count - 1)) {
    t.walk_step = at + 1;
  }
  p.text_in(p.fonts.caption, {x + 2 * h + p.px(18), y, 0, h}, Align::kLeft, color(p.palette.muted),
            view::fill_in(Text::kStagePosition, {std::to_string(at + 1), std::to_string(count)}));
  const std::vector<std::string> labels = {view::text(Text::kSubtractMax),
                                           view::text(Text::kDontSubtractMax)};
  float chips_w = p.px(6);
  for (const std::string& label : labels) chips_w += p.text_width(p.fonts.strong, label) + p.px(25);
  const bool below = w < 2 * h + p.px(120) + chips_w;
  float chips_y = below ? y + h + p.px(8) : y + std::floor((h - p.chip_height()) * 0.5f);
  const int used = p.chip_row("subtract max", below ? x : x + w - chips_w, &chips_y, w, labels,
                              t.subtract_max ? 0 : 1);
  if (used >= 0) t.subtract_max = used == 0;
  return (below ? chips_y : y + h) - y;
}

}  // namespace

float steps_lens_ui(Painter& p, float x, float y, float w) {
  const view::State& state = p.in.model.state();
  const view::Derived& d = p.in.model.derived();
  const float start = y;
  const bool rows = state.dim == -1;
  view::Transient& t = p.transient;
  const int line = view::walked_line(state, d, t);
  const auto walk = view::softmax_walk(state, d, line, t.subtract_max);
  if (walk.empty()) {
    const std::string words =
        d.error.empty() ? std::string(view::text(Text::kLensSelectRow)) : d.error;
    return p.wrapped(p.fonts.body, x, y, w, color(p.palette.muted), words);
  }
  if (t.walk_stage) {  // a lesson points at a stage
    t.walk_step = view::stage_index(walk, *t.walk_stage);
    t.walk_stage.reset();
  }
  const int count = static_cast<int>(walk.size());
  t.walk_step = std::clamp(t.walk_step, 0, count - 1);
  const view::Lines lines = view::lines_of(state);
  std::vector<uint8_t> masked(static_cast<size_t>(lines.length));
  for (int i = 0; i < lines.length; ++i) {
    masked[static_cast<size_t>(i)] = d.mask_bits[lines.cell(line, i)];
  }
  p.text(p.fonts.caption, x, y, color(p.palette.muted),
         view::fill_in(rows ? Text::kWalkRow : Text::kWalkColumn, {view::count_text(line)}));
  y += p.px(22);
  RowTable table(p, x, w, lines.length, masked);
  y += table.header(y);
  for (int i = 0; i <= t.walk_step; ++i) {
    y += table.line(y, line_of(p, walk[static_cast<size_t>(i)], i == t.walk_step));
  }
  y += table.pager(y);
  y += p.px(4);
  y += p.wrapped(p.fonts.body, x, y, w, color(p.palette.text),
                 says(p, walk[static_cast<size_t>(t.walk_step)], view::walk_trouble(walk))) +
       p.px(12);
  y += walk_buttons(p, x, y, w, t.walk_step, count);
  return y - start;
}

}  // namespace softmask::ui
