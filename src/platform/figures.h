// Everything that is drawn by OpenGL between Dear ImGui's shapes: the heatmaps of every figure and
// the ribbons.
#ifndef SOFTMASK_PLATFORM_FIGURES_H_
#define SOFTMASK_PLATFORM_FIGURES_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "gfx/flow_renderer.h"
#include "gfx/heatmap_program.h"
#include "gfx/heatmap_renderer.h"
#include "platform/program_picture.h"
#include "view/live_model.h"

namespace softmask::platform {

// A figure beyond the program's own gets its textures when it is drawn for the first time: most
// visits never open it.
class Figures {
 public:
  // Empty, or in the driver's words what went wrong. The context of init() must be current
  // whenever another function is called.
  std::string init();
  void release();

  // The probabilities on their way; none: as the model has them. What it says has to stay until the
  // next call.
  void set_eased(std::span<const float> shown);

  // Counts the calls of it.
  uint64_t uploads() const { return uploads_; }

  // To be called before the draws of a frame: of the large matrices beside the program's own, one
  // is filled in each, so that no frame takes long.
  void begin_frame() {
    room_for_large_ = true;
    is_behind_ = false;
  }
  // Whether another frame is needed, for one that had to wait.
  bool is_behind() const { return is_behind_; }

  // Uploads what the figure needs where that changed, and draws it.
  void draw(const view::HeatmapDraw& draw, const view::LiveModel& live,
            const view::Upstream& upstream, const gfx::DrawTarget& target);
  void draw(const view::FlowDraw& flow, const gfx::DrawTarget& target) { flow_.draw(flow, target); }

 private:
  // What a figure was last filled from.
  struct Filled {
    bool known = false;
    uint64_t numbers = 0;
    uint64_t pinned = 0;
    view::Upstream upstream;
    uint64_t eased = 0;
  };

  gfx::HeatmapRenderer& renderer(view::Figure figure) {
    return renderers_[static_cast<size_t>(figure)];
  }
  void fill(view::Figure figure, const view::Model& model, const view::Upstream& upstream);

  gfx::HeatmapProgram heatmap_program_;
  std::array<gfx::HeatmapRenderer, view::kFigureCount> renderers_;
  std::array<Filled, view::kFigureCount> filled_;
  ProgramPicture program_;
  std::span<const float> eased_;
  gfx::FlowRenderer flow_;
  uint64_t uploads_ = 0;
  bool room_for_large_ = true;
  bool is_behind_ = false;
};

}  // namespace softmask::platform

#endif  // SOFTMASK_PLATFORM_FIGURES_H_
