// The numbers on the screen: the model's, eased from one result to the next.
#ifndef SOFTMASK_PLATFORM_DISPLAYED_NUMBERS_H_
#define SOFTMASK_PLATFORM_DISPLAYED_NUMBERS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "platform/figures.h"
#include "view/mass_motion.h"
#include "view/model.h"

namespace softmask::platform {

class DisplayedNumbers {
 public:
  // Takes over what changed since the last call and uploads it. O(1) where nothing did.
  void update(const view::Model& model, bool reduced_motion, double now_ms, Figures& figures);

  // Same shape as Derived::probabilities and Derived::baseline; empty where those are, and where
  // they are too large to be eased: then they are shown as they are.
  std::span<const float> probabilities() const { return after_.sampled; }
  std::span<const float> baseline() const { return before_.sampled; }

  // When the motion ends; -inf when there is none.
  double motion_end_ms() const;

  // The renderer lost everything.
  void upload_again() { revision_known_ = false; }

 private:
  // One matrix on its way.
  struct Eased {
    view::MassMotion motion;
    std::vector<float> sampled;
    bool moving = false;

    void retarget(std::span<const float> target, const view::Derived& derived, bool reduced_motion,
                  double now_ms);
    void sample(double now_ms);
  };

  Eased before_;
  Eased after_;
  uint64_t revision_ = 0;
  bool revision_known_ = false;
};

}  // namespace softmask::platform

#endif  // SOFTMASK_PLATFORM_DISPLAYED_NUMBERS_H_
