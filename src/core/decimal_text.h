// A float32 in decimal, rounded exactly.
#ifndef SOFTMASK_CORE_DECIMAL_TEXT_H_
#define SOFTMASK_CORE_DECIMAL_TEXT_H_

#include <string>

namespace softmask::core {

// The value with `precision` digits after the point, as C's "%.*f" and Python's f"{x:.3f}" write
// it: from the exact decimal expansion, rounded to nearest, ties to an even digit. Negative values
// and -0 begin with "-"; not finite: "nan" (whatever its sign), "inf", "-inf". Own code because
// printf on WebAssembly brings 128-bit arithmetic along, ten times the size of this.
// precision: 0 … 1000. Cost: about a microsecond.
std::string fixed_text(float value, int precision);

// The same in scientific notation, "%.*e": one digit before the point, and an exponent of a sign
// and at least two digits: "-1.000e+09".
std::string scientific_text(float value, int precision);

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_DECIMAL_TEXT_H_
