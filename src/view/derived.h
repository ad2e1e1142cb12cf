// Every number on the screen, as view/derive.h computes them from a State.
#ifndef SOFTMASK_VIEW_DERIVED_H_
#define SOFTMASK_VIEW_DERIVED_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/mask.h"
#include "core/mass_flow.h"
#include "view/lazy_rows.h"
#include "view/picture_levels.h"

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

// Matrices are row-major, rows*cols; low-precision values come widened to float32.
struct Derived {
  int rows = 0;
  int cols = 0;
  std::vector<float> scores;       // rounded to the dtype
  core::Mask mask;                 // one row when it is a column mask
  core::Mask random_mask;          // what mask=random is for these scores
  std::vector<uint8_t> mask_bits;  // rows*cols, 1 = masked
  // Empty when `error` is set: masked_scores, probabilities, moved and mass.
  std::vector<float> masked_scores;
  std::vector<float> baseline;      // softmax with no mask; same dtype, dim, temperature
  LazyRows probabilities;           // the result
  std::vector<float> moved;         // per row: mass that left its masked cells (NaN in a NaN row)
  std::vector<core::RowMass> mass;  // per row; `lost` is 0 but for order zero with dim -1
  // Of every line along which softmax runs (view/line_facts.h); empty when `error` is set.
  std::vector<LineFacts> facts;
  std::vector<NanReason> nan_reasons;  // as many; empty where no line is NaN
  int64_t masked_cells = 0;
  int64_t nan_cells = 0;                // among the probabilities
  std::optional<PictureLevels> levels;  // of large matrices (is_large) without error
  std::string error;                    // PyTorch's message where it would raise, else empty
  std::vector<std::string> notes;       // see view/notes.h; `error` comes first
  // Colours of probabilities span 0 … this: 1, or where no probability reaches a tenth, the next of
  // 0.1, 0.05, 0.02 … above the largest, so that long rows are not one flat colour.
  float probability_limit = 1;
  float largest_score = 0;  // the largest |finite score|, masked or not
  float scores_limit = 1;   // colours of scores span ±this: the largest |kept finite score|, or 1
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_DERIVED_H_
