// Logarithm, sine and cosine in double precision for randn's short path, the same on every machine.
#ifndef SOFTMASK_CORE_DOUBLE_MATH_H_
#define SOFTMASK_CORE_DOUBLE_MATH_H_

namespace softmask::core::double_math {

// PyTorch calls the C library here and rounds the product of two results to float. C libraries
// differ in the last bit of some doubles, which shows in the float about once in 2^29 times that
// happens; these functions at least make Softmask agree with itself everywhere. Method and
// coefficients: fdlibm (Sun Microsystems, 1993), which glibc's log1p is too.

// ln(x) for 2^-1022 <= x <= 1, within 1 ULP. randn's log1p(-u) is ln(1 - u), and 1 - u is exact
// for its u, a multiple of 2^-53 below 1.
double log(double x);

struct SinCos {
  double sin;
  double cos;
};

// Sine and cosine for 0 <= x < 8, within 1 ULP.
SinCos sincos(double x);

}  // namespace softmask::core::double_math

#endif  // SOFTMASK_CORE_DOUBLE_MATH_H_
