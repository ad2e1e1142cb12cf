// IEEE half precision and bfloat16, converted in software so that every machine agrees.
#ifndef SOFTMASK_CORE_LOW_PRECISION_H_
#define SOFTMASK_CORE_LOW_PRECISION_H_

#include <cstdint>

#include "core/types.h"

namespace softmask::core {

// float32 to the 16 bits of the narrow type, rounded to nearest, ties to even. Beyond the range:
// infinity, as the hardware does it. NaN stays NaN. Subnormals are kept, nothing is flushed.
uint16_t half_from_float(float value);
uint16_t bfloat16_from_float(float value);

// The float32 that the 16 bits stand for; exact for every input.
float float_from_half(uint16_t bits);
float float_from_bfloat16(uint16_t bits);

// The value of `dtype` nearest to `value`, as a float32: tensor.to(dtype).to(torch.float32).
// The identity for Dtype::kFloat32. Idempotent.
float round_to(Dtype dtype, float value);

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_LOW_PRECISION_H_
