// How far numbers under way are: a card over the heatmaps, which stay as they were below it.
#include <algorithm>
#include <cmath>
#include <string>

#include "ui/panels_ui.h"
#include "view/number_text.h"

namespace softmask::ui {
namespace {

using view::Rect;
using view::Text;
using Phase = view::DeriveJob::Phase;

const char* phase_words(Phase phase) {
  switch (phase) {
    case Phase::kScores:
      return view::text(Text::kWorkScores);
    case Phase::kBaseline:
      return view::text(Text::kWorkBaseline);
    case Phase::kResult:
      return view::text(Text::kWorkResult);
    case Phase::kLevels:
      return view::text(Text::kWorkLevels);
    case Phase::kFacts:
    case Phase::kReasons:
    case Phase::kDone:
      break;
  }
  return view::text(Text::kWorkFacts);
}

}  // namespace

void work_ui(Painter& p) {
  if (!p.in.work) return;
  const WorkShown& work = *p.in.work;
  const Rect stage = p.in.scene.stage;
  // Numbers that nobody asked for are not to be seen: the defaults, before a first large matrix.
  if (work.first) p.card(stage);
  const float pad = p.px(18), w = std::min(p.px(380), stage.w - p.px(24));
  const float h = pad + p.px(24) + p.px(22) + p.px(8) + pad;
  const float y = stage.y + std::min((stage.h - h) * 0.5f, p.px(180));
  const Rect box = {std::floor(stage.center_x() - w * 0.5f), std::floor(y), w, h};
  for (int i = 3; i >= 1; --i) {
    p.fill(box.inset(-p.px(static_cast<float>(i) * 2)), IM_COL32(0, 0, 0, 10), p.px(12));
  }
  p.card(box);
  const float x = box.x + pad, inner = box.w - 2 * pad, button_w = p.px(72);
  const std::string title =
      view::fill_in(Text::kWorkTitle, {view::count_text(work.rows), view::count_text(work.cols)});
  p.clipped(p.fonts.strong, x, box.y + pad - p.px(3), inner - button_w - p.px(10),
            color(p.palette.text), title);
  const Rect stop = {box.right() - pad - button_w, box.y + pad - p.px(6), button_w,
                     p.chip_height()};
  if (p.button("stop work", stop, view::text(Text::kWorkCancel))) p.out.cancel_work = true;
  const Rect words = {x, box.y + pad + p.px(22), inner - button_w - p.px(10), p.px(18)};
  const int percent = static_cast<int>(std::lround(work.part * 100));
  p.clipped(p.fonts.caption, words.x, words.y, words.w, color(p.palette.muted),
            view::fill_in(Text::kWorkPercent, {std::to_string(percent)}) + " \u00b7 " +
                phase_words(work.phase));
  const Rect bar = {x, box.bottom() - pad - p.px(6), inner, p.px(6)};
  p.fill(bar, color(p.palette.chip), p.px(3));
  p.fill({bar.x, bar.y, std::max(bar.h, std::floor(bar.w * static_cast<float>(work.part))), bar.h},
         color(p.palette.accent), p.px(3));
}

}  // namespace softmask::ui
