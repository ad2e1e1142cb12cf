#ifndef SOFTMASK_VIEW_GEOMETRY_H_
#define SOFTMASK_VIEW_GEOMETRY_H_

namespace softmask::view {

// An axis-aligned rectangle, in physical canvas pixels unless a name says otherwise. y points down.
struct Rect {
  float x = 0;
  float y = 0;
  float w = 0;
  float h = 0;

  constexpr float right() const { return x + w; }
  constexpr float bottom() const { return y + h; }
  constexpr float center_x() const { return x + w * 0.5f; }
  constexpr float center_y() const { return y + h * 0.5f; }
  constexpr bool empty() const { return w <= 0 || h <= 0; }
  constexpr bool contains(float px, float py) const {
    return px >= x && px < right() && py >= y && py < bottom();
  }
  bool operator==(const Rect&) const = default;
  constexpr Rect inset(float by) const { return {x + by, y + by, w - 2 * by, h - 2 * by}; }
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_GEOMETRY_H_
