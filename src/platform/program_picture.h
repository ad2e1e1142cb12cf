// The program's own tensors on the screen: of each what is in sight, and after a change only what
// changed.
#ifndef SOFTMASK_PLATFORM_PROGRAM_PICTURE_H_
#define SOFTMASK_PLATFORM_PROGRAM_PICTURE_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "gfx/heatmap_renderer.h"
#include "gfx/window_texels.h"
#include "view/heatmap_draw.h"
#include "view/live_model.h"

namespace softmask::platform {

class ProgramPicture {
 public:
  // What the heatmaps are drawn from at this moment.
  struct Numbers {
    const view::Model& model;
    const view::ColumnChange& last_toggle;
    std::span<const float> eased;  // the probabilities on their way; empty: as the model has them
    uint64_t eased_version = 0;    // another one with every other `eased`
  };

  // Brings the renderer up to date with what `draw` shows. O(cells in sight / 4) where the view or
  // the numbers changed, O(rows in sight) in the scores where columns came and went, else O(1).
  void update(const view::HeatmapDraw& draw, const Numbers& numbers,
              gfx::HeatmapRenderer& renderer);

  // The renderer lost everything.
  void forget();

 private:
  // What a texture was filled from.
  struct Filled {
    gfx::Sight sight;
    view::Reduction reduction = view::Reduction::kMax;
    uint64_t revision = 0;
    uint64_t eased_version = 0;
    bool operator==(const Filled&) const = default;
  };
  struct Window {
    std::optional<Filled> filled;
    gfx::WindowTexels texels;
  };

  void fill_header(const Filled& wanted, const view::Derived& derived,
                   gfx::HeatmapRenderer& renderer);
  void fill_scores(view::Panel panel, const Filled& wanted, const Numbers& numbers,
                   gfx::HeatmapRenderer& renderer);
  void fill_probabilities(const Filled& wanted, const Numbers& numbers,
                          gfx::HeatmapRenderer& renderer);
  Window& window(view::Panel panel) { return windows_[static_cast<size_t>(panel)]; }

  std::array<Window, view::kPanelCount> windows_;
  Window header_;
};

}  // namespace softmask::platform

#endif  // SOFTMASK_PLATFORM_PROGRAM_PICTURE_H_
