// A session after a history of changes against float64, and against a session that began with the
// mask as it is: bit for bit the same, because sums are integers.
#include <algorithm>
#include <cmath>
#include <memory>
#include <span>
#include <vector>

#include "core/mask_session.h"
#include "core/softmax_problem.h"
#include "fuzz/fuzz_input.h"
#include "fuzz/fuzz_target.h"

namespace softmask::core {
namespace {

using Floats = std::vector<float>;

// A matrix, and what a session has been told about it.
struct SessionCase {
  size_t rows;
  size_t cols;
  Floats scores;
  std::vector<uint8_t> mask;
  double fill = -1e9;

  explicit SessionCase(FuzzInput& input) : rows(1 + input.below(4)), cols(1 + input.below(20)) {
    mask.resize(cols);
    scores.resize(rows * cols);
    const size_t given = std::min(scores.size(), 1 + input.below(32));
    for (size_t i = 0; i < given; ++i) scores[i] = input.score();
    for (size_t i = given; i < scores.size(); ++i) scores[i] = scores[i % given];
  }

  std::unique_ptr<MaskSession> session(size_t block) const {
    auto made = MaskSession::create(static_cast<int>(rows), static_cast<int>(cols));
    for (size_t first = 0; first < rows; first += block) {
      made->set_rows(static_cast<int>(first), static_cast<int>(std::min(block, rows - first)),
                     scores.data() + first * cols);
    }
    return made;
  }
};

void check_session(const SessionCase& c, const MaskSession& session, size_t first, size_t count) {
  const std::unique_ptr<MaskSession> fresh = c.session(c.rows);
  require(fresh->set_fill(c.fill).ok(), "a fill that was taken is taken");
  for (size_t col = 0; col < c.cols; ++col) {
    fresh->set_column(static_cast<int>(col), c.mask[col] != 0);
  }
  Floats scales(c.rows), fresh_scales(c.rows);
  session.row_scale(scales.data());
  fresh->row_scale(fresh_scales.data());
  require(same_floats(scales, fresh_scales), "changes leave no trace in the scales");

  Floats p(count * c.cols), fresh_p(count * c.cols);
  session.probabilities(static_cast<int>(first), static_cast<int>(count), p.data());
  fresh->probabilities(static_cast<int>(first), static_cast<int>(count), fresh_p.data());
  require(same_floats(p, fresh_p), "changes leave no trace in the probabilities");

  Floats filled(c.cols);
  for (size_t i = 0; i < count; ++i) {
    const auto row = std::span(c.scores).subspan((first + i) * c.cols, c.cols);
    for (size_t col = 0; col < c.cols; ++col) {
      filled[col] = c.mask[col] != 0 ? static_cast<float>(c.fill) : row[col];
    }
    require_none(row_scale_problem(row, filled, scales[first + i]));
    require_none(contract_problem(filled, std::span(p).subspan(i * c.cols, c.cols)));
  }
}

}  // namespace
}  // namespace softmask::core

SOFTMASK_FUZZ_TARGET(mask_session) {
  using namespace softmask;
  constexpr double kFills[] = {-1e9, -HUGE_VAL, 1e-9, 0.0,    -1e4, -0x1.fffffep+127,
                               -5.0, HUGE_VAL,  NAN,  3.4e38, 1e39};
  FuzzInput input(data, size);
  const size_t block = 1 + input.below(4);
  core::SessionCase c(input);
  const std::unique_ptr<core::MaskSession> session = c.session(block);
  for (int change = 0; change < 100 && !input.empty(); ++change) {
    const uint8_t what = input.byte();
    if (what < 240) {
      // Most often the other of masked and kept.
      const size_t col = what % c.cols;
      c.mask[col] = what < 200 ? !c.mask[col] : what % 2;
      session->set_column(static_cast<int>(col), c.mask[col] != 0);
    } else if (what < 252) {
      const double fill = what < 251 ? kFills[what % 11] : input.bits<double>();
      if (session->set_fill(fill).ok()) c.fill = fill;
    } else {
      const size_t first = input.below(c.rows);
      core::check_session(c, *session, first, 1 + input.below(c.rows - first));
    }
  }
  core::check_session(c, *session, 0, c.rows);
}
