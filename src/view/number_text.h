// Numbers as text, short enough for a heatmap's cell.
#ifndef SOFTMASK_VIEW_NUMBER_TEXT_H_
#define SOFTMASK_VIEW_NUMBER_TEXT_H_

#include <cstdint>
#include <string>

namespace softmask::view {

// Five things that have to look different, never by colour alone. A masked cell is the fifth: the
// mask says so, not the value.
enum class ValueClass : uint8_t {
  kKept,  // an ordinary number
  kZero,  // exactly 0 (either sign)
  kTiny,  // not 0, but below 0.0005: three decimals would show it as 0.000
  kNan,
  kInf,
};
ValueClass classify(float value);

// At most eight characters: "-0.786" (three decimals, as torch prints), "0" for exact zero, "2e-7"
// for tiny values, "-1e9" and "-9.98e8" for large ones, "1234.5" between, "nan", "inf", "-inf".
std::string cell_text(float value);

// The same with `fewer` digits, for cells that are too narrow: "-0.79", "-3e38", "-7e4". Empty
// where no shorter form says the same number.
std::string cell_text(float value, int fewer);

// Three decimals whatever the size: "0.860". For amounts of mass in tables and sentences; a value
// that is not 0 but would print so gives the tiny form.
std::string mass_text(double value);

// `digits` significant digits (1 … 17) without trailing zeros: "-1e9", "0.86034", "2.0612e-9".
std::string significant_text(double value, int digits);

// The shortest decimal that reads back as the same double: "0.1", "-5", "1e20"; "inf", "-inf",
// "nan". float_text: as the same float.
std::string shortest_text(double value);
std::string float_text(float value);

// A count with grouped thousands: "16,777,216".
std::string count_text(int64_t value);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_NUMBER_TEXT_H_
