// The selected row large: a bar before, a bar after, and between them the mass on its way.
#include <algorithm>
#include <cmath>

#include "ui/lenses_ui.h"
#include "ui/mass_bar_ui.h"
#include "view/flow_draw.h"
#include "view/flow_scene.h"
#include "view/number_text.h"
#include "view/sentences.h"

namespace softmask::ui {
namespace {

using view::FlowRibbon;
using view::Rect;
using view::RibbonDraw;
using view::Text;
using Kind = FlowRibbon::Kind;

const char* after_caption(const view::State& state) {
  switch (state.order) {
    case core::Order::kFill:
      return view::text(Text::kAfter);
    case core::Order::kZero:
      return view::text(Text::kAfterZero);
    case core::Order::kRenorm:
      return view::text(Text::kAfterRenorm);
  }
  return "";
}

RibbonDraw::Pattern pattern_of(Kind kind) {
  switch (kind) {
    case Kind::kStayed:
      return RibbonDraw::Pattern::kFaint;
    case Kind::kLeaked:
      return RibbonDraw::Pattern::kHatched;
    case Kind::kLost:
      return RibbonDraw::Pattern::kDashed;
    case Kind::kMoved:
    case Kind::kAttracted:
      break;
  }
  return RibbonDraw::Pattern::kPlain;
}

void draw_ribbons(Painter& p, const view::FlowScene& scene, const Rect& area) {
  if (!p.in.draw_flow) return;
  view::FlowDraw flow;
  flow.top_y = area.y;
  flow.bottom_y = area.bottom();
  flow.clip = area;
  flow.scale = p.scale;
  flow.dark = p.in.dark;
  for (const FlowRibbon& r : scene.ribbons) {
    const view::Rgb tint = r.kind == Kind::kLost ? p.palette.danger : view::column_color(r.from);
    flow.ribbons.push_back({.top_x0 = r.top_x0,
                            .top_x1 = r.top_x1,
                            .bottom_x0 = r.bottom_x0,
                            .bottom_x1 = r.bottom_x1,
                            .top_color = tint,
                            .bottom_color = tint,
                            .pattern = pattern_of(r.kind),
                            .alpha = 1});
  }
  p.in.draw_flow(p.draw.list(), flow);
}

// Amounts on the bands that have room for them: the widest first, none upon another.
class FlowLabels {
 public:
  FlowLabels(Painter& painter, const Rect& area) : p_(painter), area_(area) {}

  void draw(const view::FlowScene& scene) {
    // Of many thousand bands hardly one has room: the others are neither sorted nor spelled.
    const float least = kRoom * margin();
    std::vector<const FlowRibbon*> order;
    for (const FlowRibbon& r : scene.ribbons) {
      if (r.kind != Kind::kStayed && r.top_x1 - r.top_x0 >= least) order.push_back(&r);
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const FlowRibbon* a, const FlowRibbon* b) { return a->mass > b->mass; });
    for (const FlowRibbon* r : order) place(*r);
  }

 private:
  static constexpr float kRoom = 0.8f;  // of a label's width is what its band has to have

  float margin() const { return p_.px(8); }

  void place(const FlowRibbon& r) {
    const std::string amount = view::mass_text(r.mass);
    const std::string words = r.kind == Kind::kLost     ? view::fill_in(Text::kLedgerLost, {amount})
                              : r.kind == Kind::kLeaked ? view::fill_in(Text::kFlowLeaked, {amount})
                                                        : amount;
    const float w = p_.text_width(p_.fonts.caption, words) + margin(), h = p_.px(17);
    if (r.top_x1 - r.top_x0 < w * kRoom) return;
    for (const float t : {0.5f, 0.36f, 0.64f, 0.25f, 0.75f}) {
      const view::FlowPoint at = view::flow_point(r, r.kind == Kind::kLost ? t * 0.5f : t);
      const Rect box = {std::floor(std::clamp(at.x - w * 0.5f, area_.x, area_.right() - w)),
                        std::floor(area_.y + at.y * area_.h - h * 0.5f), std::floor(w), h};
      if (box.y < area_.y + p_.px(2) || box.bottom() > area_.bottom() - p_.px(2)) continue;
      const bool taken = std::any_of(placed_.begin(), placed_.end(), [&](const Rect& other) {
        return box.x < other.right() + p_.px(3) && other.x < box.right() + p_.px(3) &&
               box.y < other.bottom() && other.y < box.bottom();
      });
      if (taken) continue;
      placed_.push_back(box);
      p_.fill(box, color(p_.palette.card, 0.86f), p_.px(4));
      p_.text_in(p_.fonts.caption, box, Align::kCenter,
                 color(r.kind == Kind::kLost ? p_.palette.danger : p_.palette.text), words);
      return;
    }
  }

  Painter& p_;
  Rect area_;
  std::vector<Rect> placed_;
};

// Returns the height used.
float bars_and_ribbons(Painter& p, float x, float y, float w) {
  const view::State& state = p.in.model.state();
  const view::Derived& d = p.in.model.derived();
  const float start = y, bar_h = p.px(36), caption_h = p.px(20);
  const bool narrow = p.in.scene.arrangement == view::Arrangement::kNarrow;
  const auto before = p.in.baseline_row(state.row);
  const auto after = p.in.probability_row(state.row);
  const double full = row_mass_limit(d, state);
  const auto mask = std::span(d.mask_bits)
                        .subspan(static_cast<size_t>(state.row) * static_cast<size_t>(d.cols),
                                 static_cast<size_t>(d.cols));
  // Down the columns nothing moves along a row.
  const bool flows = state.dim == -1;
  view::FlowScene scene;
  if (flows) scene = view::flow_scene(before, after, mask, state.dtype, x, w, full);
  MassBar bar(p, d.mask, state.row, true);
  p.text(p.fonts.caption, x, y, color(p.palette.muted), view::text(Text::kBefore));
  y += caption_h;
  const double mass_before = bar.draw({x, y, w, bar_h}, before, full);
  y += bar_h;
  if (flows && !scene.nan) {
    const bool low = narrow || p.transient.projector;
    const Rect area = {x, y, w, p.px(low ? 104.0f : 132.0f)};
    draw_ribbons(p, scene, area);
    FlowLabels(p, area).draw(scene);
    y = area.bottom();
    bar.draw({x, y, w, bar_h}, after, full, mass_before);
    y += bar_h + p.px(6);
    p.text(p.fonts.caption, x, y, color(p.palette.muted), after_caption(state));
    return y + p.px(24) - start;
  }
  y += p.px(12);
  p.text(p.fonts.caption, x, y, color(p.palette.muted), after_caption(state));
  y += caption_h;
  bar.draw({x, y, w, bar_h}, after, full, mass_before);
  return y + bar_h + p.px(12) - start;
}

}  // namespace

double row_mass_limit(const view::Derived& d, const view::State& state) {
  double full = 1;
  if (state.dim != 0) return full;
  for (const core::RowMass& m : d.mass) {
    full = std::max({full, m.before_sum, m.after_sum});
  }
  return full;
}

float flow_ui(Painter& p, float x, float y, float w) {
  const view::State& state = p.in.model.state();
  const view::Derived& d = p.in.model.derived();
  const float start = y;
  if (state.row >= 0 && p.in.has_result()) {
    y += bars_and_ribbons(p, x, y, w);
  }
  // PyTorch's message is the first note already.
  const std::vector<view::TextRun> sentence = view::mass_sentence(state, d, state.row);
  if (d.error.empty()) y += p.sentence(x, y, w, sentence);
  for (const std::string& note : d.notes) {
    if (view::says_the_same(sentence, note)) continue;
    y += p.px(6);
    p.icon(Icon::kWarning, {x, y - p.px(1), p.px(16), p.px(18)}, color(p.palette.danger));
    y += p.wrapped(p.fonts.body, x + p.px(24), y, w - p.px(24), color(p.palette.text), note);
  }
  return y - start;
}

}  // namespace softmask::ui
