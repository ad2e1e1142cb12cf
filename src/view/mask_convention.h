// One mask, written as four libraries want it.
#ifndef SOFTMASK_VIEW_MASK_CONVENTION_H_
#define SOFTMASK_VIEW_MASK_CONVENTION_H_

#include <array>
#include <cstdint>
#include <string>

#include "view/state.h"

namespace softmask::view {

enum class MaskConvention : uint8_t {
  kMaskedFill,     // masked_fill, nn.MultiheadAttention: True = masked
  kScaledDot,      // scaled_dot_product_attention: True = keep
  kAttentionMask,  // Hugging Face's attention_mask: 1 = keep, 0 = masked
  kAdditive,       // a float that is added to the scores: 0 = keep, -inf = masked
};
inline constexpr int kMaskConventionCount = 4;
inline constexpr std::array<MaskConvention, kMaskConventionCount> kMaskConventions = {
    MaskConvention::kMaskedFill, MaskConvention::kScaledDot, MaskConvention::kAttentionMask,
    MaskConvention::kAdditive};

// "masked_fill", for a button.
std::string convention_name(MaskConvention convention);

// Who wants it and what it means, in a sentence.
std::string convention_meaning(MaskConvention convention);

// What stands in the tensor for one cell: "True", "0", "-inf" …
std::string convention_cell(MaskConvention convention, bool masked);

// PyTorch that turns `masked` of the program (True = masked) into this convention and uses it.
// Lines of at most 42 characters, each ending with a newline. Runs behind program_text(state).
std::string convention_program(MaskConvention convention, const State& state);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_MASK_CONVENTION_H_
