// What is true of each line (a row, or a column with dim 0) of a result: the ground on which notes
// and sentences stand.
#ifndef SOFTMASK_VIEW_LINE_FACTS_H_
#define SOFTMASK_VIEW_LINE_FACTS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "view/derived.h"
#include "view/state.h"

namespace softmask::view {

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

// What the facts are taken from, row-major; of no error.
struct LineNumbers {
  std::span<const float> scores;
  std::span<const float> masked_scores;
  std::span<const float> baseline;
  std::span<const uint8_t> mask_bits;

  static LineNumbers of(const Derived& derived);
};

// `derived.error` must be empty. O(length).
LineFacts line_facts(const State& state, const Derived& derived, int line);

// The facts of every line from the rows first_row … end_row-1 on; all rows, one after the other,
// make them whole. `facts` begins as empty_line_facts(). `probabilities` are those of these rows
// alone. Goes through memory in order.
std::vector<LineFacts> empty_line_facts(const State& state);
void add_rows_to_facts(const State& state, const LineNumbers& numbers,
                       std::span<const float> probabilities, int first_row, int end_row,
                       std::vector<LineFacts>& facts);

// The tensor that softmax takes, before it is divided by the temperature.
std::span<const float> softmax_input(const State& state, const LineNumbers& numbers);
const std::vector<float>& softmax_input(const State& state, const Derived& derived);

// One value divided by the temperature, in the dtype.
float over_temperature(const State& state, float value);

// kNone for a line without NaN. O(length).
NanReason nan_reason(const State& state, const LineNumbers& numbers, int line,
                     const LineFacts& facts);

// In words: "a score there is NaN, …".
std::string nan_reason_text(NanReason reason, const State& state);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_LINE_FACTS_H_
