#include "view/softmax_walk.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "view/line_facts.h"

namespace softmask::view {
namespace {

class Walker {
 public:
  Walker(const State& state, const Derived& derived, int line)
      : state_(state), derived_(derived), lines_(lines_of(state)), line_(line) {}

  std::vector<WalkStage> walk(bool subtract_max) {
    const bool fill_first = state_.order == core::Order::kFill;
    add(Stage::kScores, along(derived_.scores));
    if (fill_first) add(Stage::kFill, along(derived_.masked_scores));
    if (state_.temperature != 1) {
      std::vector<float> divided = last();
      for (float& v : divided) v = over_temperature(state_, v);
      add(Stage::kTemperature, std::move(divided));
    }
    if (subtract_max) add_max();
    std::vector<float> exps = last();
    for (float& v : exps) v = static_cast<float>(std::exp(static_cast<double>(v)));
    double sum = 0;
    for (const float v : exps) sum += static_cast<double>(v);
    add(Stage::kExp, exps);
    // A sum beyond float32 is inf there.
    const float sum_as_float = static_cast<float>(sum);
    add(Stage::kSum, exps, static_cast<double>(sum_as_float));
    if (subtract_max) {
      add(Stage::kDivide, fill_first ? probabilities() : along(derived_.baseline));
    } else {
      for (float& v : exps) v /= sum_as_float;
      add(Stage::kDivide, std::move(exps));
    }
    if (!fill_first) add_masking_afterwards(subtract_max);
    return std::move(stages_);
  }

 private:
  std::vector<float> probabilities() const { return along(derived_.probabilities); }

  template <class Matrix>
  std::vector<float> along(const Matrix& matrix) const {
    std::vector<float> out(static_cast<size_t>(lines_.length));
    for (int at = 0; at < lines_.length; ++at) {
      out[static_cast<size_t>(at)] = matrix[lines_.cell(line_, at)];
    }
    return out;
  }

  const std::vector<float>& last() const { return stages_.back().values; }

  void add(Stage stage, std::vector<float> values, std::optional<double> found = {},
           int found_at = -1) {
    stages_.push_back({stage, std::move(values), found, found_at});
  }

  void add_max() {
    float max = -std::numeric_limits<float>::infinity();
    int at = 0;
    for (int i = 0; i < lines_.length; ++i) {
      const float v = last()[static_cast<size_t>(i)];
      if (!(v > max) && !std::isnan(v)) continue;
      max = v;
      at = i;
      if (std::isnan(v)) break;
    }
    add(Stage::kMax, std::vector<float>(last()), static_cast<double>(max), at);
    std::vector<float> shifted = last();
    for (float& v : shifted) v -= max;
    add(Stage::kMinusMax, std::move(shifted));
  }

  void add_masking_afterwards(bool subtract_max) {
    std::vector<float> zeroed = last();
    double kept = 0;
    for (int at = 0; at < lines_.length; ++at) {
      float& v = zeroed[static_cast<size_t>(at)];
      if (derived_.mask_bits[lines_.cell(line_, at)] != 0) v = 0;
      kept += static_cast<double>(v);
    }
    add(Stage::kZero, zeroed,
        state_.order == core::Order::kRenorm ? std::optional<double>(kept) : std::nullopt);
    if (state_.order != core::Order::kRenorm) return;
    if (subtract_max) {
      add(Stage::kRenorm, probabilities());
      return;
    }
    for (float& v : zeroed) v /= static_cast<float>(kept);
    add(Stage::kRenorm, std::move(zeroed));
  }

  const State& state_;
  const Derived& derived_;
  const Lines lines_;
  const int line_;
  std::vector<WalkStage> stages_;
};

}  // namespace

std::vector<WalkStage> softmax_walk(const State& state, const Derived& derived, int line,
                                    bool subtract_max) {
  if (!derived.error.empty() || line < 0 || line >= lines_of(state).count) return {};
  return Walker(state, derived, line).walk(subtract_max);
}

int stage_index(const std::vector<WalkStage>& walk, Stage stage) {
  int found = 0;
  for (size_t i = 0; i < walk.size(); ++i) {
    if (walk[i].stage <= stage) found = static_cast<int>(i);
  }
  return found;
}

WalkTrouble walk_trouble(const std::vector<WalkStage>& walk) {
  WalkTrouble trouble;
  for (const WalkStage& stage : walk) {
    const auto any = [&](auto test) {
      return std::any_of(stage.values.begin(), stage.values.end(), test);
    };
    if (stage.stage == Stage::kExp) {
      trouble.overflow = any([](float v) { return std::isinf(v); });
      trouble.all_zero = !any([](float v) { return v != 0; });
    }
    trouble.nan = trouble.nan || any([](float v) { return std::isnan(v); });
  }
  return trouble;
}

}  // namespace softmask::view
