#include "core/glibc_math.h"

#include <cstdint>
#include <limits>

#include "core/bit_cast.h"

namespace softmask::core::glibc {
namespace {

// 2^(i/32) as double bits, minus i << 47: adding k << 47 for any k with k % 32 == i then gives
// the bits of 2^(k/32).
constexpr uint64_t kPowerBits[32] = {
    0x3ff0000000000000, 0x3fefd9b0d3158574, 0x3fefb5586cf9890f, 0x3fef9301d0125b51,
    0x3fef72b83c7d517b, 0x3fef54873168b9aa, 0x3fef387a6e756238, 0x3fef1e9df51fdee1,
    0x3fef06fe0a31b715, 0x3feef1a7373aa9cb, 0x3feedea64c123422, 0x3feece086061892d,
    0x3feebfdad5362a27, 0x3feeb42b569d4f82, 0x3feeab07dd485429, 0x3feea47eb03a5585,
    0x3feea09e667f3bcd, 0x3fee9f75e8ec5f74, 0x3feea11473eb0187, 0x3feea589994cce13,
    0x3feeace5422aa0db, 0x3feeb737b0cdc5e5, 0x3feec49182a3f090, 0x3feed503b23e255d,
    0x3feee89f995ad3ad, 0x3feeff76f2fb5e47, 0x3fef199bdd85529c, 0x3fef3720dcef9069,
    0x3fef5818dcfba487, 0x3fef7c97337b9b5f, 0x3fefa4afa2a490da, 0x3fefd0765b6e4540,
};

// The 16 subintervals of [0.699, 1.398): a point near the centre of each, as its reciprocal and
// its logarithm.
struct LogCentre {
  double reciprocal;
  double log;
};
constexpr LogCentre kLogCentres[16] = {
    {0x1.661ec79f8f3bep+0, -0x1.57bf7808caadep-2}, {0x1.571ed4aaf883dp+0, -0x1.2bef0a7c06ddbp-2},
    {0x1.49539f0f010bp+0, -0x1.01eae7f513a67p-2},  {0x1.3c995b0b80385p+0, -0x1.b31d8a68224e9p-3},
    {0x1.30d190c8864a5p+0, -0x1.6574f0ac07758p-3}, {0x1.25e227b0b8eap+0, -0x1.1aa2bc79c81p-3},
    {0x1.1bb4a4a1a343fp+0, -0x1.a4e76ce8c0e5ep-4}, {0x1.12358f08ae5bap+0, -0x1.1973c5a611cccp-4},
    {0x1.0953f419900a7p+0, -0x1.252f438e10c1ep-5}, {0x1p+0, 0x0p+0},
    {0x1.e608cfd9a47acp-1, 0x1.aa5aa5df25984p-5},  {0x1.ca4b31f026aap-1, 0x1.c5e53aa362eb4p-4},
    {0x1.b2036576afce6p-1, 0x1.526e57720db08p-3},  {0x1.9c2d163a1aa2dp-1, 0x1.bc2860d22477p-3},
    {0x1.886e6037841edp-1, 0x1.1058bc8a07ee1p-2},  {0x1.767dcf5534862p-1, 0x1.4043057b6ee09p-2},
};

// An angle as a multiple of π/2 and what remains, |remainder| <= π/4.
struct ReducedAngle {
  double remainder;
  uint32_t quadrant;  // 0 … 3
};

ReducedAngle reduce(float x) {
  const double wide = static_cast<double>(x);
  const double scaled = wide * 0x1.45f306dc9c883p+23;  // in units of 2^-24 quadrants
  const int32_t quadrants = (static_cast<int32_t>(scaled) + 0x800000) >> 24;
  return {wide - static_cast<double>(quadrants) * 0x1.921fb54442d18p+0,
          static_cast<uint32_t>(quadrants) & 3u};
}

double sin_polynomial(double x) {
  const double x2 = x * x;
  const double x3 = x * x2;
  const double high = 0x1.1107605230bc4p-7 + x2 * -0x1.994eb3774cf24p-13;
  const double x7 = x3 * x2;
  const double low = x + x3 * -0x1.555545995a603p-3;
  return low + x7 * high;
}

double cos_polynomial(double x) {
  const double x2 = x * x;
  const double x4 = x2 * x2;
  const double high = -0x1.6c087e89a359dp-10 + x2 * 0x1.99343027bf8c3p-16;
  const double low = 1.0 + x2 * -0x1.ffffffd0c621cp-2;
  const double x6 = x4 * x2;
  const double middle = low + x4 * 0x1.55553e1068f19p-5;
  return middle + x6 * high;
}

// sin(x + quarter_turns * π/2).
float shifted_sin(float x, uint32_t quarter_turns) {
  const ReducedAngle angle = reduce(x);
  const uint32_t quadrant = angle.quadrant + quarter_turns;
  const double value =
      (quadrant & 1u) != 0 ? cos_polynomial(angle.remainder) : sin_polynomial(angle.remainder);
  return static_cast<float>((quadrant & 2u) != 0 ? -value : value);
}

}  // namespace

float exp(float x) {
  if (x != x) return x;
  if (x > 0x1.62e42ep6f) return std::numeric_limits<float>::infinity();
  if (x < -0x1.9fe368p6f) return 0.0f;
  // x = (k + r) * ln2 / 32 with an integer k and |r| <= 1/2, rounded by adding 1.5 * 2^52.
  constexpr double kRoundToInteger = 0x1.8p+52;
  // glibc fuses the product with what follows on every machine that can. Here the factor is split
  // so that its first product is exact, which brings the remainder as near.
  constexpr double kFactorHigh = 0x1.7154765p+5;
  constexpr double kFactorLow = 0x1.5c17fp-26;
  const double wide = static_cast<double>(x);
  const double scaled_high = kFactorHigh * wide;
  const double scaled_low = kFactorLow * wide;
  const double shifted = (scaled_high + scaled_low) + kRoundToInteger;
  const uint64_t k = bit_cast<uint64_t>(shifted);
  const double r = (scaled_high - (shifted - kRoundToInteger)) + scaled_low;
  const double power = bit_cast<double>(kPowerBits[k % 32] + (k << 47));
  const double high = 0x1.c6af84b912394p-5 / 32 / 32 / 32 * r + 0x1.ebfce50fac4f3p-3 / 32 / 32;
  const double low = 0x1.62e42ff0c52d6p-1 / 32 * r + 1.0;
  return static_cast<float>((high * (r * r) + low) * power);
}

float log(float x) {
  // x = 2^k * z with z in [0.699, 1.398), in one of 16 subintervals.
  const uint32_t bits = bit_cast<uint32_t>(x);
  const uint32_t offset = bits - 0x3f330000u;
  const LogCentre& centre = kLogCentres[(offset >> 19) % 16];
  const int32_t k = static_cast<int32_t>(offset) >> 23;
  const double z = static_cast<double>(bit_cast<float>(bits - (offset & 0xff800000u)));

  // ln(x) = log1p(z / centre - 1) + ln(centre) + k * ln2
  const double r = z * centre.reciprocal - 1.0;
  const double base = centre.log + static_cast<double>(k) * 0x1.62e42fefa39efp-1;
  const double r2 = r * r;
  const double low = 0x1.5575b0be00b6ap-2 * r + -0x1.ffffef20a4123p-2;
  const double middle = -0x1.00ea348b88334p-2 * r2 + low;
  return static_cast<float>(middle * r2 + (base + r));
}

float sin(float x) {
  if (x < 0x1p-12f) return x;
  return shifted_sin(x, 0);
}

float cos(float x) { return shifted_sin(x, 1); }

}  // namespace softmask::core::glibc
