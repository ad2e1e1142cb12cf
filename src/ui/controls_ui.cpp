// Seed, fill, mask, order, size, dtype and the rest.
#include <algorithm>
#include <cmath>

#include "ui/panels_ui.h"
#include "view/number_text.h"
#include "view/state_codec.h"

namespace softmask::ui {
namespace {

using view::MaskSpec;
using view::Rect;
using view::Text;

struct Area {
  float x, y, w;
};

// A group of controls that a lesson can point at: from `top` to where the area is now.
void group(Painter& p, std::string_view name, const Area& a, float top) {
  p.part(name, {a.x, top, a.w, a.y - top});
}

void heading(Painter& p, Area* a, Text words) {
  p.text(p.fonts.caption, a->x, a->y, color(p.palette.muted), view::text(words));
  a->y += p.px(21);
}

TextEntry entry(const view::State& state, std::string key, Text label) {
  return {.key = key,
          .prefix = "",
          .label = view::text(label),
          .value = view::field_text(state, key),
          .rect_px = {}};
}

// `shown` holds the seed as {0}.
void seed_row(Painter& p, Area* a, std::string_view shown) {
  const view::State& state = p.in.model.state();
  const float h = p.control_height(), gap = p.px(7);
  const float field_w = a->w - 3 * (h + gap);
  if (p.icon_button("seed -", {a->x, a->y, h, h}, Icon::kPrevious, true, "\u2212")) {
    p.command(view::StepSeed{-1});
  }
  p.field("seed", {a->x + h + gap, a->y, field_w, h},
          view::fill_in(shown, {view::field_text(state, "seed")}),
          entry(state, "seed", Text::kSeed));
  if (p.icon_button("seed +", {a->x + h + gap + field_w + gap, a->y, h, h}, Icon::kNext, true,
                    "+")) {
    p.command(view::StepSeed{1});
  }
  if (p.icon_button("dice", {a->x + a->w - h, a->y, h, h}, Icon::kDice, true, {},
                    view::text(Text::kTipDice)))
    p.out.new_seed = true;
  a->y += h;
}

void fill_chips(Painter& p, Area* a) {
  const view::State& state = p.in.model.state();
  std::vector<std::string> labels;
  int selected = -1;
  for (const std::string_view preset : view::kFillPresets) {
    if (preset == state.fill.text) selected = static_cast<int>(labels.size());
    labels.push_back(typographic(preset));
  }
  labels.back() = "finfo.min";
  labels[2] = "1e\u22129";
  if (selected < 0) {
    selected = static_cast<int>(labels.size());
    labels.push_back(view::fill_in(Text::kFillOtherIs, {typographic(state.fill.text)}));
  } else {
    labels.emplace_back(view::text(Text::kFillOther));
  }
  const float top = a->y;
  const int used = p.chip_row("fill", a->x, &a->y, a->w, labels, selected);
  if (used < 0) return;
  if (used < static_cast<int>(std::size(view::kFillPresets))) {
    p.patch("fill", view::kFillPresets[used]);
    return;
  }
  TextEntry wanted = entry(state, "fill", Text::kFillValue);
  wanted.rect_px = {a->x, std::max(top, a->y - p.chip_height()), a->w, p.control_height()};
  p.out.text_entry = std::move(wanted);
}

// A number with a button on either side. Emits what `set` makes of the new value.
template <typename Set>
void stepper(Painter& p, const char* id, Rect r, int value, int low, int high,
             const TextEntry& typed, const Set& set) {
  const float h = r.h, gap = p.px(5);
  ImGui::PushID(id);
  if (p.icon_button("less", {r.x, r.y, h, h}, Icon::kPrevious, value > low, "\u2212")) {
    set(value - 1);
  }
  p.field("value", {r.x + h + gap, r.y, r.w - 2 * (h + gap), h}, view::count_text(value), typed);
  if (p.icon_button("more", {r.right() - h, r.y, h, h}, Icon::kNext, value < high, "+")) {
    set(value + 1);
  }
  ImGui::PopID();
}

void mask_chips(Painter& p, Area* a) {
  const view::State& state = p.in.model.state();
  using Kind = MaskSpec::Kind;
  static constexpr Kind kKinds[] = {Kind::kRandom, Kind::kNone, Kind::kPadding, Kind::kCausal,
                                    Kind::kWindow};
  std::vector<std::string> labels = {view::text(Text::kMaskRandom), view::text(Text::kMaskNone),
                                     view::text(Text::kMaskPadding), view::text(Text::kMaskCausal),
                                     view::text(Text::kMaskWindow)};
  const auto* at = std::find(std::begin(kKinds), std::end(kKinds), state.mask.kind);
  int selected = static_cast<int>(at - std::begin(kKinds));
  if (state.mask.kind == Kind::kBits) labels.emplace_back(view::text(Text::kMaskByHand));
  const int used = p.chip_row("mask", a->x, &a->y, a->w, labels, selected);
  if (used >= 0 && used != selected && used < 5) {
    const std::string k = std::to_string(std::max(1, std::min(2, state.cols - 1)));
    const std::string specs[] = {"random", "none", "padding:" + k, "causal", "window:1"};
    p.patch("mask", specs[used]);
  }
  const bool padding = state.mask.kind == Kind::kPadding;
  if (!padding && state.mask.kind != Kind::kWindow) return;
  a->y += p.px(8);
  const std::string prefix = padding ? "padding:" : "window:";
  const float h = p.control_height(), w = std::min(p.px(150), a->w * 0.5f);
  TextEntry typed = {.key = "mask",
                     .prefix = prefix,
                     .label = view::text(padding ? Text::kMaskPaddingK : Text::kMaskWindowK),
                     .value = std::to_string(state.mask.k),
                     .rect_px = {}};
  stepper(p, "mask k", {a->x, a->y, w, h}, state.mask.k, 0,
          padding ? state.cols : std::max(state.rows, state.cols), typed,
          [&](int k) { p.patch("mask", prefix + std::to_string(k)); });
  p.text_in(p.fonts.caption, {a->x + w + p.px(10), a->y, 0, h}, Align::kLeft,
            color(p.palette.muted), view::text(padding ? Text::kMaskPaddingK : Text::kMaskWindowK));
  a->y += h;
}

// Chips over a state field whose values are listed.
void field_chips(Painter& p, Area* a, std::string_view key, const std::vector<std::string>& values,
                 const std::vector<std::string>& labels) {
  const std::string now = view::field_text(p.in.model.state(), key);
  const int selected =
      static_cast<int>(std::find(values.begin(), values.end(), now) - values.begin());
  const int used = p.chip_row(std::string(key).c_str(), a->x, &a->y, a->w, labels, selected);
  if (used >= 0 && used != selected) p.patch(key, values[static_cast<size_t>(used)]);
}

void size_row(Painter& p, Area* a) {
  const view::State& state = p.in.model.state();
  const float gap = p.px(14), w = std::floor((a->w - gap) * 0.5f), h = p.control_height();
  p.text(p.fonts.caption, a->x, a->y, color(p.palette.muted), view::text(Text::kRows));
  p.text(p.fonts.caption, a->x + w + gap, a->y, color(p.palette.muted), view::text(Text::kColumns));
  a->y += p.px(21);
  const int max_rows =
      static_cast<int>(std::min<int64_t>(core::kMaxRows, core::kMaxElements / state.cols));
  const int max_cols =
      static_cast<int>(std::min<int64_t>(core::kMaxCols, core::kMaxElements / state.rows));
  stepper(p, "rows", {a->x, a->y, w, h}, state.rows, 1, max_rows, entry(state, "rows", Text::kRows),
          [&](int n) { p.command(view::SetRows{n}); });
  stepper(p, "cols", {a->x + w + gap, a->y, w, h}, state.cols, 1, max_cols,
          entry(state, "cols", Text::kColumns), [&](int n) { p.command(view::SetCols{n}); });
  a->y += h;
}

// Temperature and CPU path share a line: both are rarely touched.
void temperature_and_cpu(Painter& p, Area* a) {
  const view::State& state = p.in.model.state();
  const float h = p.control_height(), left = p.px(96), gap = p.px(18), top = a->y;
  p.text(p.fonts.caption, a->x, a->y, color(p.palette.muted), view::text(Text::kTemperature));
  Area right = {a->x + left + gap, a->y, a->w - left - gap};
  heading(p, &right, Text::kCpu);
  a->y = right.y;
  p.field("temperature", {a->x, a->y, left, h}, view::field_text(state, "temperature"),
          entry(state, "temperature", Text::kTemperature));
  right.y += std::floor((h - p.chip_height()) * 0.5f);
  field_chips(p, &right, "cpu", {"avx2", "default"},
              {view::text(Text::kCpuAvx2), view::text(Text::kCpuDefault)});
  a->y += h;
  p.part("temperature", {a->x, top, left, a->y - top});
  p.part("cpu", {right.x, top, right.w, a->y - top});
}

// As many columns as there is room for: one beside the heatmaps, up to four under them.
int columns_of_controls(const Painter& p, float width, float gap) {
  return std::clamp(static_cast<int>((width + gap) / (p.px(260) + gap)), 1, 4);
}

}  // namespace

void quick_ui(Painter& p) {
  const Rect card = p.in.scene.quick;
  p.card(card);
  const float pad = p.in.scene.padding;
  Area a = {card.x + pad, card.y + pad, card.w - 2 * pad};
  float top = a.y;
  seed_row(p, &a, view::text(Text::kSeedIs));
  group(p, "seed", a, top);
  a.y += p.px(10);
  top = a.y;
  fill_chips(p, &a);
  group(p, "fill", a, top);
  p.transient.quick_height_px = a.y + pad - card.y;
}

void controls_ui(Painter& p) {
  const Rect card = p.in.scene.controls;
  p.card(card);
  const float pad = p.in.scene.padding, gap = p.px(15), column_gap = p.px(28);
  const float top = card.y + pad - p.px(2), inner_w = card.w - 2 * pad;
  const int columns = columns_of_controls(p, inner_w, column_gap);
  const float all_gaps = column_gap * static_cast<float>(columns - 1);
  Area a = {card.x + pad, top, std::floor((inner_w - all_gaps) / static_cast<float>(columns))};
  float bottom = top;
  // The next column begins here if there are at least `least` of them.
  const auto may_break = [&](int least) {
    bottom = std::max(bottom, a.y - gap);
    if (columns < least) return;
    a.x += a.w + column_gap;
    a.y = top;
  };
  const auto section = [&](std::string_view name, auto draw) {
    const float section_top = a.y;
    draw();
    group(p, name, a, section_top);
    a.y += gap;
  };
  if (p.in.scene.arrangement != view::Arrangement::kNarrow) {
    section("seed", [&] {
      heading(p, &a, Text::kSeed);
      seed_row(p, &a, "{0}");
    });
    section("fill", [&] {
      heading(p, &a, Text::kFillValue);
      fill_chips(p, &a);
    });
    may_break(3);
  }
  section("mask_presets", [&] {
    heading(p, &a, Text::kMask);
    mask_chips(p, &a);
  });
  section("order", [&] {
    heading(p, &a, Text::kOrder);
    field_chips(p, &a, "order", {"fill", "zero", "renorm"},
                {view::text(Text::kOrderFill), view::text(Text::kOrderZero),
                 view::text(Text::kOrderRenorm)});
  });
  may_break(2);
  section("size", [&] { size_row(p, &a); });
  section("dtype", [&] {
    heading(p, &a, Text::kDtype);
    field_chips(p, &a, "dtype", {"float32", "float16", "bfloat16"},
                {"float32", "float16", "bfloat16"});
  });
  may_break(4);
  section("dim", [&] {
    heading(p, &a, Text::kDim);
    field_chips(p, &a, "dim", {"-1", "0"},
                {view::text(Text::kDimRows), view::text(Text::kDimColumns)});
  });
  temperature_and_cpu(p, &a);
  bottom = std::max(bottom, a.y);
  p.transient.controls_height_px = bottom + pad - card.y;
}

}  // namespace softmask::ui
