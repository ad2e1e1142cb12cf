// The views of the card under the heatmaps: the same row, looked at in different ways.
#ifndef SOFTMASK_VIEW_LENS_H_
#define SOFTMASK_VIEW_LENS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace softmask::view {

enum class Lens : uint8_t {
  kMass,         // ribbons and the ledger
  kSteps,        // one row through the computation
  kGradient,     // backwards through softmax and masked_fill
  kCompare,      // the pinned state A beside the present one
  kConventions,  // the mask as four libraries want it
};
inline constexpr int kLensCount = 5;
inline constexpr std::array<std::string_view, kLensCount> kLensNames = {"mass", "steps", "gradient",
                                                                        "compare", "conventions"};

constexpr std::optional<Lens> lens_from_name(std::string_view name) {
  for (int i = 0; i < kLensCount; ++i) {
    if (kLensNames[static_cast<size_t>(i)] == name) return static_cast<Lens>(i);
  }
  return std::nullopt;
}

// The stages that the step view walks through, in PyTorch's order; a state has those that it needs.
enum class Stage : uint8_t {
  kScores,
  kFill,
  kTemperature,
  kMax,
  kMinusMax,
  kExp,
  kSum,
  kDivide,
  kZero,    // orders zero and renorm mask after the softmax
  kRenorm,  // and renorm divides once more
};
inline constexpr int kStageCount = 10;
inline constexpr std::array<std::string_view, kStageCount> kStageNames = {
    "scores", "fill", "temperature", "max", "minus_max", "exp", "sum", "divide", "zero", "renorm"};

constexpr std::optional<Stage> stage_from_name(std::string_view name) {
  for (int i = 0; i < kStageCount; ++i) {
    if (kStageNames[static_cast<size_t>(i)] == name) return static_cast<Stage>(i);
  }
  return std::nullopt;
}

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_LENS_H_
