#include <algorithm>

#include "ui/panels_ui.h"

namespace softmask::ui {

using view::Rect;
using view::Text;

void toggle_language(Painter& p) {
  p.patch("lang", view::text_language() == view::Language::kChinese ? "en" : "zh-CN");
}

void title_bar_ui(Painter& p) {
  const view::Scene& scene = p.in.scene;
  const Rect bar = scene.title_bar;
  p.fill(bar, color(p.palette.card));
  p.fill({bar.x, bar.bottom() - p.px(1), bar.w, p.px(1)}, color(p.palette.line));
  const bool narrow = scene.arrangement == view::Arrangement::kNarrow;
  const float left = scene.stage.x;
  float x = scene.stage.x;
  p.text_in(p.fonts.wordmark, {x, bar.y, 0, bar.h}, Align::kLeft, color(p.palette.text),
            view::text(Text::kWordmark));
  x += p.text_width(p.fonts.wordmark, view::text(Text::kWordmark)) + p.px(16);

  float right = bar.w - left;
  const float h = p.px(36), y = bar.y + p.px(10);
  // On the narrowest screens sharing is a mark as the others are, and they move together.
  const float share_w = p.text_width(p.fonts.strong, view::text(Text::kShare)) + p.px(28);
  const float lessons_w = p.text_width(p.fonts.strong, view::text(Text::kLessons)) + p.px(28);
  const bool tight = x + share_w + lessons_w + 7 * h + 8 * p.px(8) > right;
  const float gap = p.px(tight ? 3.0f : 8.0f);
  const auto place = [&](float w) {
    right -= w;
    const Rect r = {right, y, w, h};
    right -= gap;
    return r;
  };
  if (p.in.can_share) {
    const char* tip = view::text(Text::kTipShare);
    p.out.share |= tight ? p.icon_button("share", place(h), Icon::kLink, true, {}, tip)
                         : p.button("share", place(share_w), view::text(Text::kShare), true);
  }
  // A narrow screen has it below the picture.
  if (!tight && p.in.can_import &&
      p.icon_button("open", place(h), Icon::kOpen, true, {}, view::text(Text::kTipOpen))) {
    p.out.import = true;
  }
  if (p.icon_button("theme", place(h), Icon::kTheme, true, {}, view::text(Text::kTipTheme))) {
    p.patch("theme", p.in.dark ? "light" : "dark");
  }
  // In the tightest bar the form below the picture has it, and the browser's language the first
  // say.
  if ((!tight || x + 6 * (h + gap) <= bar.w - left) &&
      p.icon_button("language", place(h), Icon::kLanguage, true, {},
                    view::text(Text::kTipLanguage))) {
    toggle_language(p);
  }
  if (!tight && p.icon_button("projector", place(h), Icon::kProjector, true, {},
                              view::text(Text::kTipProjector))) {
    p.transient.projector = !p.transient.projector;
  }
  // A list of keys is what a narrow screen can best do without.
  if (!tight && p.icon_button("help", place(h), Icon::kClose, true, view::text(Text::kHelpKey),
                              view::text(Text::kTipHelp))) {
    p.transient.help_open = true;
  }
  const bool lessons = tight ? p.icon_button("lessons", place(h), Icon::kLessons, true, {},
                                             view::text(Text::kTipLessons))
                             : p.button("lessons", place(lessons_w), view::text(Text::kLessons));
  if (lessons) open_lessons_menu(p);
  if (p.icon_button("redo", place(h), Icon::kRedo, p.in.model.can_redo(), {},
                    view::text(Text::kTipRedo))) {
    p.command(view::Redo{});
  }
  if (p.icon_button("undo", place(h), Icon::kUndo, p.in.model.can_undo(), {},
                    view::text(Text::kTipUndo))) {
    p.command(view::Undo{});
  }
  const char* tagline = view::text(Text::kTagline);
  if (!narrow && x + p.text_width(p.fonts.body, tagline) + p.px(16) < right) {
    p.text_in(p.fonts.body, {x, bar.y + p.px(1), 0, bar.h}, Align::kLeft, color(p.palette.muted),
              tagline);
  }
}

void notices_ui(Painter& p) {
  if (p.transient.notices.empty()) {
    p.transient.notices_height_px = 0;
    return;
  }
  const Rect area = p.in.scene.notices;
  if (area.empty()) {  // first seen in this frame: ask for room
    p.transient.notices_height_px = p.px(48);
    return;
  }
  p.fill(area, color(p.palette.danger_tint), p.px(12));
  p.frame(area, color(p.palette.danger), p.px(12), std::max(1.0f, p.scale));
  const float pad = p.px(14), close = p.px(28);
  float y = area.y + pad;
  p.icon(Icon::kWarning, {area.x + pad, y - p.px(2), p.px(18), p.px(20)}, color(p.palette.danger));
  for (const std::string& notice : p.transient.notices) {
    y += p.wrapped(p.fonts.body, area.x + pad + p.px(28), y, area.w - 2 * pad - p.px(28) - close,
                   color(p.palette.text), notice) +
         p.px(4);
  }
  if (p.icon_button("dismiss", {area.right() - close - p.px(10), area.y + p.px(10), close, close},
                    Icon::kClose)) {
    p.transient.notices.clear();
  }
  p.transient.notices_height_px = y + pad - area.y;
}

}  // namespace softmask::ui
