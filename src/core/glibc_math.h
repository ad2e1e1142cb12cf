// expf, logf, sinf and cosf with the bits of glibc 2.28 and later, on every machine.
//
// PyTorch's scalar code calls the C library. Other libraries round some results the other way
// (musl's sinf and cosf differ from glibc's in about one value in 75), so these four are evaluated
// here, in double precision and in the way of ARM's optimized-routines, which glibc took them
// from. Tables and coefficients are theirs.
//
// Compared with glibc 2.36 on a machine with fused multiply-adds, over every float of the ranges
// below: no difference.
#ifndef SOFTMASK_CORE_GLIBC_MATH_H_
#define SOFTMASK_CORE_GLIBC_MATH_H_

namespace softmask::core::glibc {

// e^x for any x, 0.502 ULP. 0 below about -103.97, infinity above about 88.72; NaN for NaN.
float exp(float x);

// ln(x) for normal x > 0, 0.818 ULP.
float log(float x);

// sin and cos for 0 <= x < 16, 0.56 ULP; randn needs [0, 2π].
float sin(float x);
float cos(float x);

}  // namespace softmask::core::glibc

#endif  // SOFTMASK_CORE_GLIBC_MATH_H_
