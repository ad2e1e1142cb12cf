#include "view/state.h"

#include <cstring>
#include <limits>

#include "core/masked_softmax.h"
#include "view/number_parse.h"
#include "view/number_text.h"

namespace softmask::view {
namespace {

constexpr std::string_view kFinfoMin = "finfo.min";
constexpr std::string_view kMinusInf = "-inf";

}  // namespace

std::optional<Fill> parse_fill(std::string_view text) {
  if (text == kFinfoMin) return Fill{std::string(kFinfoMin)};
  if (text == kMinusInf || text == "-Infinity") return Fill{std::string(kMinusInf)};
  const std::optional<double> value = parse_decimal(text);
  if (!value) return std::nullopt;
  for (const std::string_view preset : kFillPresets) {
    const std::optional<double> number = parse_decimal(preset);
    if (number && *number == *value) return Fill{std::string(preset)};
  }
  return Fill{shortest_text(*value)};
}

double fill_value(const Fill& fill, core::Dtype dtype) {
  if (fill.text == kFinfoMin) return core::finfo_min(dtype);
  if (fill.text == kMinusInf) return -std::numeric_limits<double>::infinity();
  return parse_decimal(fill.text).value_or(0);
}

bool has_own_scores(const State& state) { return !state.scores.empty() || state.matrix != nullptr; }

std::span<const float> own_scores(const State& state) {
  return state.matrix != nullptr ? std::span<const float>(*state.matrix) : state.scores;
}

bool is_large(const State& state) { return int64_t{state.rows} * state.cols > kLargeCells; }

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0);
}

bool State::operator==(const State& other) const {
  return row == other.row && lesson == other.lesson && lang == other.lang && theme == other.theme &&
         hide == other.hide && animate == other.animate && same_numbers(*this, other);
}

std::size_t state_bytes(const State& state) {
  return sizeof(State) + state.scores.capacity() * sizeof(float) + state.mask.bits.capacity() +
         state.fill.text.capacity() + state.lesson.capacity();
}

bool same_numbers(const State& a, const State& b) {
  return a.seed == b.seed && a.rows == b.rows && a.cols == b.cols && a.cpu == b.cpu &&
         a.dtype == b.dtype && a.order == b.order && a.dim == b.dim &&
         a.temperature == b.temperature && a.fill == b.fill && a.mask == b.mask &&
         a.matrix == b.matrix && same_bits(a.scores, b.scores);
}

}  // namespace softmask::view
