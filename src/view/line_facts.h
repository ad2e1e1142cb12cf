// What is true of each line (a row, or a column with dim 0) of a result: the ground on which notes
// and sentences stand.
#ifndef SOFTMASK_VIEW_LINE_FACTS_H_
#define SOFTMASK_VIEW_LINE_FACTS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "view/derive.h"
#include "view/state.h"

namespace softmask::view {

// Why a line is NaN, the first that applies.
enum class NanReason : uint8_t {
  kNone,
  kNanScore,             // a score is NaN
  kInfDtype,             // a finite score is infinite in the dtype
  kInfScore,             // a score (or the fill) is +inf
  kInfTemperature,       // dividing by the temperature gave +inf
  kAllMasked,            // fully masked with -inf
  kAllMinusInf,          // every score is -inf, some of them by themselves
  kMinusInfTemperature,  // every score is -inf, finite ones by dividing by the temperature
  kNothingLeft,          // renorm of a fully masked line
  kUnderflow,            // renorm where every kept cell is exactly 0
  kOther,
};

struct LineFacts {
  int masked = 0;             // masked cells
  double leaked = 0;          // sum of their probabilities
  double sum = 0;             // of all probabilities
  double before = 0;          // of the baseline
  bool nan = false;           // a NaN among the probabilities
  bool before_nan = false;    // a NaN among the baseline
  bool kept_all_zero = true;  // every kept probability is exactly 0
  float kept_max = 0;         // largest kept score; -inf when there is none
};

// The lines along which softmax runs.
struct Lines {
  int count = 0;
  int length = 0;
  bool are_rows = true;
  int cols = 0;

  std::size_t cell(int line, int at) const {
    const int row = are_rows ? line : at;
    const int col = are_rows ? at : line;
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(cols) +
           static_cast<std::size_t>(col);
  }
};
Lines lines_of(const State& state);

// `derived.error` must be empty. O(length), O(rows*cols) for all; all goes through memory in order.
LineFacts line_facts(const State& state, const Derived& derived, int line);
std::vector<LineFacts> all_line_facts(const State& state, const Derived& derived);

// The tensor that softmax takes, before it is divided by the temperature.
const std::vector<float>& softmax_input(const State& state, const Derived& derived);

// One value divided by the temperature, in the dtype.
float over_temperature(const State& state, float value);

// kNone for a line without NaN. O(length).
NanReason nan_reason(const State& state, const Derived& derived, int line, const LineFacts& facts);

// In words: "a score there is NaN, …".
std::string nan_reason_text(NanReason reason, const State& state);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_LINE_FACTS_H_
