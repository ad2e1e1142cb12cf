// The whole state of the viewer: one flat record, the same in the URL, in scripts and in files.
#ifndef SOFTMASK_VIEW_STATE_H_
#define SOFTMASK_VIEW_STATE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/types.h"

namespace softmask::view {

// Which cells are masked. Only `kPadding` and `kWindow` use `k`, only `kBits` uses `bits`; the
// others leave both at their defaults, so that == compares meaning.
struct MaskSpec {
  enum class Kind : uint8_t {
    kRandom,   // torch.randint(0, 2, (1, cols)), drawn after the scores from the same generator
    kNone,     // nothing masked
    kCausal,   // col > row
    kPadding,  // the last k columns
    kWindow,   // |row - col| > k
    kBits,     // as listed
  };
  Kind kind = Kind::kRandom;
  int k = 0;  // kPadding: 0 … cols; kWindow: 0 … core::kMaxCols
  std::vector<uint8_t>
      bits;  // kBits: cols values (a column mask) or rows*cols row-major; 1 = masked
  bool operator==(const MaskSpec&) const = default;
};

// The value that masked_fill writes, in its canonical spelling (see parse_fill).
struct Fill {
  std::string text = "-1e9";
  bool operator==(const Fill&) const = default;
};

// The fills offered as buttons, in the order of the keys 1 … 6.
inline constexpr std::string_view kFillPresets[] = {"-1e9", "-inf", "1e-9",
                                                    "0",    "-1e4", "finfo.min"};

// Canonical Fill of a text: a preset's spelling where the number is a preset's ("-10000" becomes
// "-1e4", "-Infinity" becomes "-inf", "-0.0" becomes "0"), else the shortest decimal that reads
// back as the same double. Grammar: `finfo.min`, `-inf`, `-Infinity`, or an optional sign, digits
// with an optional fraction, and an optional exponent. Empty result for anything else: NaN, +inf,
// hexadecimal, spaces, a decimal beyond double.
std::optional<Fill> parse_fill(std::string_view text);

// The number behind a canonical Fill; `finfo.min` is the lowest finite value of `dtype`.
double fill_value(const Fill& fill, core::Dtype dtype);

enum class Language : uint8_t { kEnglish, kChinese, kAuto };
enum class Theme : uint8_t { kLight, kDark, kAuto };
enum class Animate : uint8_t { kOn, kOff, kAuto };

// Bits of State::hide: parts of the screen that an embedding page leaves out.
enum Hide : uint8_t {
  kHideControls = 1,
  kHideCode = 2,
  kHideLedger = 4,
  kHideScores = 8,
  kHideMasked = 16,
  kHideTitle = 32,
};

// From more cells on than this, numbers are computed in slices (view/live_model.h) and drawn from
// levels (view/picture_levels.h): fewer take less than a frame or two.
inline constexpr int64_t kLargeCells = 262'144;

inline constexpr int kNoRow = -1;                   // State::row: no row selected
inline constexpr std::size_t kMaxOwnScores = 1024;  // State::scores: at most so many values

// Plain data; a State is *valid* when check_state (view/state_codec.h) says so. Everything that
// comes out of a codec or a Model is valid.
struct State {
  uint64_t seed = 333512;     // torch.manual_seed; any value
  int rows = 4;               // 1 … core::kMaxRows
  int cols = 5;               // 1 … core::kMaxCols, rows * cols <= core::kMaxElements
  std::vector<float> scores;  // empty: drawn from the seed; else rows*cols own values, row-major
  // The same where they are more than kMaxOwnScores: rows*cols values, and `scores` empty. No
  // field, so that neither a link nor a script knows it: it lasts as long as the page. Null: none.
  std::shared_ptr<const std::vector<float>> matrix;
  core::Cpu cpu = core::Cpu::kAvx2;
  MaskSpec mask;
  Fill fill;
  core::Dtype dtype = core::Dtype::kFloat32;
  core::Order order = core::Order::kFill;
  int dim = -1;            // -1: along a row; 0: down a column
  double temperature = 1;  // > 0; its float32 value is finite and > 0
  int row = 0;             // selected row, 0 … rows-1, or kNoRow
  std::string lesson;      // a lesson's id, or empty
  Language lang = Language::kAuto;
  Theme theme = Theme::kAuto;
  uint8_t hide = 0;  // bits of Hide
  Animate animate = Animate::kAuto;

  // Scores are compared bit by bit (-0 differs from 0, a NaN equals itself).
  bool operator==(const State& other) const;
};

// Whether it has more than kLargeCells cells.
bool is_large(const State& state);

// Whether the scores are the reader's own; own_scores() are then rows*cols of them, else none.
bool has_own_scores(const State& state);
std::span<const float> own_scores(const State& state);

// The same floats bit by bit.
bool same_bits(const std::vector<float>& a, const std::vector<float>& b);

// Bytes that a State holds, its vectors included; a matrix is shared and not counted. O(1).
std::size_t state_bytes(const State& state);

// True when both states give the same Derived (view/derive.h): they may differ only in row, lesson,
// lang, theme, hide and animate. O(size of scores and mask bits).
bool same_numbers(const State& a, const State& b);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_STATE_H_
