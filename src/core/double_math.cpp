#include "core/double_math.h"

#include <cstdint>

#include "core/bit_cast.h"

namespace softmask::core::double_math {
namespace {

// An angle less a multiple of π/2: high + low, |high| <= π/4 and |low| below its last bit.
struct Remainder {
  double high;
  double low;
};

// π/2 in three parts of 33 bits and a tail: a small integer times any of the first three is exact.
constexpr double kHalfPi1 = 0x1.921fb544p+0;
constexpr double kHalfPi2 = 0x1.0b4611a6p-34;
constexpr double kHalfPi3 = 0x1.3198a2ep-69;
constexpr double kHalfPi3Tail = 0x1.b839a252049c1p-104;

Remainder subtract_half_pis(double x, double n) {
  // The first difference is exact, n * π/2 being near x. The second is Knuth's TwoSum.
  const double first = x - n * kHalfPi1;
  const double second = n * kHalfPi2;
  const double sum = first - second;
  const double back = sum - first;
  const double error = (first - (sum - back)) - (second + back);
  const double rest = error - (n * kHalfPi3 + n * kHalfPi3Tail);
  const double high = sum + rest;
  return {high, (sum - high) + rest};
}

double sin_of(Remainder r) {
  const double x = r.high;
  const double z = x * x;
  const double w = z * z;
  const double tail = 8.33333333332248946124e-03 +
                      z * (-1.98412698298579493134e-04 + z * 2.75573137070700676789e-06) +
                      z * w * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10);
  const double v = z * x;
  return x - ((z * (0.5 * r.low - v * tail) - r.low) - v * -1.66666666666666324348e-01);
}

double cos_of(Remainder r) {
  const double x = r.high;
  const double z = x * x;
  const double w = z * z;
  const double tail = z * (4.16666666666666019037e-02 +
                           z * (-1.38888888888741095749e-03 + z * 2.48015872894767294178e-05)) +
                      w * w *
                          (-2.75573143513906633035e-07 +
                           z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11));
  const double half = 0.5 * z;
  const double near_one = 1.0 - half;
  return near_one + (((1.0 - near_one) - half) + (z * tail - x * r.low));
}

}  // namespace

double log(double x) {
  // x = 2^k * (1 + f) with sqrt(1/2) < 1 + f < sqrt(2).
  constexpr uint64_t kSqrtHalf = 0x3fe6a09e00000000;
  const uint64_t offset = bit_cast<uint64_t>(x) + (0x3ff0000000000000 - kSqrtHalf);
  const auto k = static_cast<double>(static_cast<int>(offset >> 52) - 1023);
  const double f = bit_cast<double>((offset & 0x000fffffffffffff) + kSqrtHalf) - 1.0;

  const double half_square = 0.5 * f * f;
  const double s = f / (2.0 + f);
  const double z = s * s;
  const double w = z * z;
  const double even = w * (3.999999999940941908e-01 +
                           w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const double odd = z * (6.666666666666735130e-01 +
                          w * (2.857142874366239149e-01 +
                               w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  constexpr double kLn2High = 6.93147180369123816490e-01;
  constexpr double kLn2Low = 1.90821492927058770002e-10;
  return s * (half_square + (odd + even)) + k * kLn2Low - half_square + f + k * kLn2High;
}

SinCos sincos(double x) {
  const int quadrant = static_cast<int>(x * 0x1.45f306dc9c883p-1 + 0.5);
  const Remainder r = subtract_half_pis(x, quadrant);
  const double s = sin_of(r);
  const double c = cos_of(r);
  switch (quadrant & 3) {
    case 0:
      return {s, c};
    case 1:
      return {c, -s};
    case 2:
      return {-s, -c};
    default:
      return {-c, s};
  }
}

}  // namespace softmask::core::double_math
