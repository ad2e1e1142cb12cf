// The picture of one row's moving mass: a bar before, a bar after, and the bands between them.
#ifndef SOFTMASK_VIEW_FLOW_SCENE_H_
#define SOFTMASK_VIEW_FLOW_SCENE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "core/types.h"
#include "view/geometry.h"

namespace softmask::view {

inline constexpr int kNowhere = -1;  // FlowRibbon::to: the mass is lost

// Mass on its way from the upper bar to the lower one. Width is mass: both ends are as wide as
// `mass` is long on the bars.
struct FlowRibbon {
  enum class Kind : uint8_t {
    kStayed,     // a kept column's own mass
    kMoved,      // from a masked column to one that gains
    kAttracted,  // from a kept column to one that gains: the fill lies above the scores
    kLeaked,     // stayed in a masked column
    kLost,       // went nowhere
  };
  Kind kind = Kind::kMoved;
  int from = 0;
  int to = 0;  // or kNowhere
  // In rows of very many columns neighbours travel together, and those of them that stay and are
  // thinner than half a pixel: from … from_last to to … to_last.
  int from_last = 0;
  int to_last = 0;
  double mass = 0;
  float top_x0 = 0;
  float top_x1 = 0;
  float bottom_x0 = 0;
  float bottom_x1 = 0;
};

struct FlowScene {
  bool nan = false;                 // no flow can be told; everything else is empty
  std::vector<FlowRibbon> ribbons;  // stayed and leaked first, so that moved mass lies on top
  double lost = 0;
};

// More bands than this are nothing that an eye could follow; neighbours are joined before.
inline constexpr int kMostFlowGroups = 48;

// `before` and `after` are one row each and as long as `mask_row` (1 = masked). The bars run from x
// over `width` pixels, which stand for the mass `full`. The sums of FlowRibbon::mass by column are
// those of core::row_flow. O(cols + kMostFlowGroups^2).
FlowScene flow_scene(std::span<const float> before, std::span<const float> after,
                     std::span<const uint8_t> mask_row, core::Dtype dtype, float x, float width,
                     double full);

// The share of a row's sum that the dtype may round away without it being lost.
double rounding_share(core::Dtype dtype);

// Where the middle of a ribbon is at `t` (0 upper … 1 lower end), for its label. The curve is the
// one that gfx draws: a cubic with vertical ends.
struct FlowPoint {
  float x = 0;
  float y = 0;  // 0 … 1 of the way down
};
FlowPoint flow_point(const FlowRibbon& ribbon, float t);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_FLOW_SCENE_H_
