#include "view/flow_scene.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

#include "core/mass_flow.h"

namespace softmask::view {
namespace {

using Kind = FlowRibbon::Kind;

class Bar {
 public:
  Bar(float x, float width, double full) : x_(x), px_per_mass_(width / full) {}
  float at(double mass) const { return x_ + static_cast<float>(mass * px_per_mass_); }

 private:
  float x_;
  double px_per_mass_;
};

// Columns that give (or take) together.
struct Group {
  int first = 0;
  int last = 0;
  double mass = 0;
  double cursor = 0;  // how far along its bar its next band begins, in mass
};

std::vector<Group> grouped(const std::vector<core::ColumnMass>& columns, double sum,
                           const std::vector<double>& start) {
  const bool join = columns.size() > static_cast<size_t>(kMostFlowGroups);
  const double least = join ? sum / (kMostFlowGroups * 0.75) : 0;
  std::vector<Group> groups;
  for (const core::ColumnMass& column : columns) {
    const bool open = join && !groups.empty() && groups.back().mass < least;
    if (!open)
      groups.push_back({column.col, column.col, 0, start[static_cast<size_t>(column.col)]});
    groups.back().last = column.col;
    groups.back().mass += column.mass;
  }
  return groups;
}

// Where every column begins on its bar, in mass.
std::vector<double> starts(std::span<const float> row) {
  std::vector<double> out(row.size() + 1);
  for (size_t col = 0; col < row.size(); ++col) {
    out[col + 1] = out[col] + static_cast<double>(row[col]);
  }
  return out;
}

// Bands that stay, each next to the last and together thinner than half a pixel, become one that is
// as wide as they are: 65,536 columns are no more bands than the bar has pixels.
bool join(FlowRibbon& last, const FlowRibbon& next) {
  constexpr float kThin_px = 0.5f;
  const float top = next.top_x1 - next.top_x0, bottom = next.bottom_x1 - next.bottom_x0;
  const bool thin = last.top_x1 - last.top_x0 + top < kThin_px &&
                    last.bottom_x1 - last.bottom_x0 + bottom < kThin_px;
  const bool near = std::fabs(next.top_x0 - last.top_x1) < kThin_px &&
                    std::fabs(next.bottom_x0 - last.bottom_x1) < kThin_px;
  if (!thin || !near) return false;
  last.from_last = last.to_last = next.from;
  last.mass += next.mass;
  last.top_x1 += top;
  last.bottom_x1 += bottom;
  return true;
}

class Weaver {
 public:
  Weaver(const core::RowFlow& flow, std::span<const float> before, std::span<const float> after,
         std::span<const uint8_t> mask_row, const Bar& bar)
      : flow_(flow),
        before_(before),
        after_(after),
        mask_(mask_row),
        bar_(bar),
        from_(grouped(flow.given, flow.given_sum, starts(before))),
        to_(grouped(flow.taken, flow.taken_sum, starts(after))) {}

  std::vector<FlowRibbon> ribbons() {
    kept_in_place();
    for (Group& from : from_) {
      leave_room_for_stayed(from, before_);
      for (Group& to : to_) {
        if (&from == &from_.front()) leave_room_for_stayed(to, after_);
        moved(from, to);
      }
      lost(from);
    }
    return std::move(out_);
  }

 private:
  // What a column has both before and after goes straight down, at the left of its two segments.
  void kept_in_place() {
    double top = 0, bottom = 0;
    std::optional<size_t> last_stayed, last_leaked;
    for (size_t col = 0; col < before_.size(); ++col) {
      const double p = before_[col], q = after_[col], mass = std::min(p, q);
      if (mass > 0) {
        const bool masked = mask_[col] != 0;
        const int index = static_cast<int>(col);
        const FlowRibbon band = {masked ? Kind::kLeaked : Kind::kStayed,
                                 index,
                                 index,
                                 index,
                                 index,
                                 mass,
                                 bar_.at(top),
                                 bar_.at(top + mass),
                                 bar_.at(bottom),
                                 bar_.at(bottom + mass)};
        std::optional<size_t>& last = masked ? last_leaked : last_stayed;
        if (!last || !join(out_[*last], band)) {
          last = out_.size();
          out_.push_back(band);
        }
      }
      top += p;
      bottom += q;
    }
  }

  // The bands of a column begin right of what stays in it. In a group they begin in its middle.
  void leave_room_for_stayed(Group& group, std::span<const float> row) const {
    const auto first = static_cast<size_t>(group.first), last = static_cast<size_t>(group.last);
    if (first == last) {
      group.cursor += static_cast<double>(std::min(before_[first], after_[first]));
      return;
    }
    double width = 0;
    for (size_t col = first; col <= last; ++col) width += static_cast<double>(row[col]);
    group.cursor += (width - group.mass) * 0.5;
  }

  double next(Group& group, double mass) {
    const double at = group.cursor;
    group.cursor += mass;
    return at;
  }

  void moved(Group& from, Group& to) {
    if (flow_.taken_sum <= 0) return;
    const double mass = from.mass * (1 - flow_.lost_share) * (to.mass / flow_.taken_sum);
    if (!(mass > 0)) return;
    const double top = next(from, mass), bottom = next(to, mass);
    const bool masked = mask_[static_cast<size_t>(from.first)] != 0;
    out_.push_back({masked ? Kind::kMoved : Kind::kAttracted, from.first, to.first, from.last,
                    to.last, mass, bar_.at(top), bar_.at(top + mass), bar_.at(bottom),
                    bar_.at(bottom + mass)});
  }

  void lost(Group& from) {
    const double mass = from.mass * flow_.lost_share;
    if (!(mass > 0)) return;
    const double top = next(from, mass);
    const float x0 = bar_.at(top), x1 = bar_.at(top + mass);
    out_.push_back({Kind::kLost, from.first, kNowhere, from.last, kNowhere, mass, x0, x1, x0, x1});
  }

  const core::RowFlow& flow_;
  std::span<const float> before_, after_;
  std::span<const uint8_t> mask_;
  const Bar& bar_;
  std::vector<Group> from_, to_;
  std::vector<FlowRibbon> out_;
};

}  // namespace

double rounding_share(core::Dtype dtype) {
  return dtype == core::Dtype::kFloat32 ? core::kFloatRoundingShare : 0.02;
}

FlowScene flow_scene(std::span<const float> before, std::span<const float> after,
                     std::span<const uint8_t> mask_row, core::Dtype dtype, float x, float width,
                     double full) {
  FlowScene scene;
  const core::RowFlow flow = core::row_flow(before, after, rounding_share(dtype));
  if (flow.nan) {
    scene.nan = true;
    return scene;
  }
  const Bar bar(x, width, full);
  scene.ribbons = Weaver(flow, before, after, mask_row, bar).ribbons();
  scene.lost = flow.given_sum * flow.lost_share;
  return scene;
}

FlowPoint flow_point(const FlowRibbon& ribbon, float t) {
  const float top = (ribbon.top_x0 + ribbon.top_x1) * 0.5f;
  const float bottom = (ribbon.bottom_x0 + ribbon.bottom_x1) * 0.5f;
  return {top + (bottom - top) * (3 - 2 * t) * t * t, t * (1.5f + t * (t - 1.5f))};
}

}  // namespace softmask::view
