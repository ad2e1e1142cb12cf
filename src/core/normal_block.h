// The Box-Muller transform of randn's blocks of 16 values.
#ifndef SOFTMASK_CORE_NORMAL_BLOCK_H_
#define SOFTMASK_CORE_NORMAL_BLOCK_H_

#include <span>

#include "core/types.h"

namespace softmask::core {

inline constexpr int kNormalBlock = 16;

// Turns 16 float32 uniforms in [0, 1) into 16 standard normals, in place: values j and j + 8 make
// a pair, the radius from the first and the angle from the second. Never gives -0. Source:
// normal_fill_16 and normal_fill_16_AVX2 of ATen/native/cpu/DistributionTemplates.h.
void normal_block(Cpu cpu, std::span<float, kNormalBlock> values);

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_NORMAL_BLOCK_H_
