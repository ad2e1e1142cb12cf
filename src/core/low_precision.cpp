#include "core/low_precision.h"

#include "core/bit_cast.h"

namespace softmask::core {
namespace {

constexpr uint32_t kInfinityBits = 0x7f800000u;

bool is_nan_bits(uint32_t magnitude) { return magnitude > kInfinityBits; }

}  // namespace

uint16_t half_from_float(float value) {
  const uint32_t bits = bit_cast<uint32_t>(value);
  const uint32_t sign = (bits >> 16) & 0x8000u;
  const uint32_t magnitude = bits & 0x7fffffffu;
  if (is_nan_bits(magnitude)) return static_cast<uint16_t>(sign | 0x7e00u);
  if (magnitude >= 0x477ff000u) return static_cast<uint16_t>(sign | 0x7c00u);  // >= 65520
  if (magnitude < 0x38800000u) {
    // Below 2^-14: subnormal. Adding 0.5 lines the value up so that the sum's last bit is 2^-24,
    // the step of subnormal halves, and the addition itself rounds to nearest even.
    const float lined_up = bit_cast<float>(magnitude) + 0.5f;
    return static_cast<uint16_t>(sign | (bit_cast<uint32_t>(lined_up) - 0x3f000000u));
  }
  const uint32_t odd = (magnitude >> 13) & 1u;
  const uint32_t rounded = magnitude - 0x38000000u + 0xfffu + odd;
  return static_cast<uint16_t>(sign | (rounded >> 13));
}

uint16_t bfloat16_from_float(float value) {
  const uint32_t bits = bit_cast<uint32_t>(value);
  if (is_nan_bits(bits & 0x7fffffffu)) return 0x7fc0u;
  const uint32_t odd = (bits >> 16) & 1u;
  return static_cast<uint16_t>((bits + 0x7fffu + odd) >> 16);
}

float float_from_half(uint16_t bits) {
  const uint32_t sign = static_cast<uint32_t>(bits & 0x8000u) << 16;
  const uint32_t magnitude = bits & 0x7fffu;
  if (magnitude >= 0x7c00u) {
    return bit_cast<float>(sign | kInfinityBits | ((magnitude & 0x3ffu) << 13));
  }
  // Read as a float with a half's exponent bias, then corrected by 2^(127 - 15); exact, and right
  // for subnormal halves too.
  const float scaled = bit_cast<float>(magnitude << 13) * 0x1p112f;
  return bit_cast<float>(sign | bit_cast<uint32_t>(scaled));
}

float float_from_bfloat16(uint16_t bits) {
  return bit_cast<float>(static_cast<uint32_t>(bits) << 16);
}

float round_to(Dtype dtype, float value) {
  switch (dtype) {
    case Dtype::kFloat16:
      return float_from_half(half_from_float(value));
    case Dtype::kBFloat16:
      return float_from_bfloat16(bfloat16_from_float(value));
    case Dtype::kFloat32:
      break;
  }
  return value;
}

}  // namespace softmask::core
