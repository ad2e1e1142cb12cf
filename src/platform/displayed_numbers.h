// The numbers on the screen: the model's, eased from one result to the next, and in the renderer.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gfx/heatmap_renderer.h"
#include "view/mass_motion.h"
#include "view/model.h"

namespace softmask::platform {

class DisplayedNumbers {
 public:
  // Takes over what changed since the last call and uploads it. O(1) where nothing did.
  void update(const view::Model& model, bool reduced_motion, double now_ms,
              gfx::HeatmapRenderer& renderer);

  // Same shape as Derived::probabilities; empty where that is.
  std::span<const float> probabilities() const { return shown_; }

  // When the motion ends; 0 when there is none.
  double motion_end_ms() const { return moving_ ? motion_.end_ms() : 0; }

  // The renderer lost everything.
  void upload_again() { revision_known_ = false; }

 private:
  view::MassMotion motion_;
  std::span<const float> shown_;
  std::vector<float> sampled_;
  uint64_t revision_ = 0;
  bool revision_known_ = false;
  bool moving_ = false;
};

}  // namespace softmask::platform
