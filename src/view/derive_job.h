// The work of view/derive.h in slices, so that a page can go on between them.
#ifndef SOFTMASK_VIEW_DERIVE_JOB_H_
#define SOFTMASK_VIEW_DERIVE_JOB_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/generator.h"
#include "core/masked_softmax.h"
#include "view/derived.h"
#include "view/state.h"

namespace softmask::view {

// How core::masked_softmax is asked for the numbers of a state, or for some lines of them.
core::MaskedSoftmaxOptions softmax_options(const State& state);
// Derived::probability_limit where this is the largest probability.
float probability_limit_for(float largest);
// Has every row of the probabilities computed anew when it is read, from `derived`'s scores and its
// column mask; `derived` may be moved, not copied. For dim -1.
void make_rows_lazy(const State& state, Derived& derived);

// Some lines of a softmax, rows with dim -1 and columns with dim 0, from `first` on: about
// kSliceCells cells, or one line where that is longer. Columns as many together as each of them
// meets the arithmetic with that it meets in the whole.
struct SliceOfLines {
  int first;
  int end;
  int length;  // cells of a line
};
SliceOfLines slice_of_lines(const State& state, int first);

// Takes the memory of `size` cells and makes some of them at a time, because it is cleared as it is
// taken, 16 million cells of it longer than a slice. True once all are there.
template <class T>
bool grow_in_slices(std::vector<T>& cells, std::size_t size);

// Call step() until it says true, then take(). The result has the same bits however many other
// things happened in between. Dropping a job leaves everything else as it was.
class DeriveJob {
 public:
  // What is being done, in order.
  enum class Phase : uint8_t { kScores, kBaseline, kResult, kFacts, kReasons, kLevels, kDone };

  // `state` must be valid. `previous`, where it is not null, must be derive(previous_state); it is
  // read until take(), and has to stay as it is. Scores and baseline that it shares with the new
  // state are not computed again.
  explicit DeriveJob(State state) : DeriveJob(std::move(state), {}, nullptr) {}
  DeriveJob(State state, const State& previous_state, const Derived* previous);

  // One slice: at most kSliceCells cells, or one line where lines are longer. True when nothing is
  // left to do. A millisecond or a few for every 65,536 cells.
  bool step();

  // The larger blocks of memory that it takes, in bytes (view/memory_room.h).
  std::vector<std::size_t> memory() const;

  Phase phase() const { return phase_; }
  double progress() const;  // 0 … 1, never falling, about in proportion to time

  // The numbers, once step() said true. `previous` is the one that the job was made with, or
  // anything where there was none; what the two share moves over.
  Derived take(Derived previous);

  static constexpr std::size_t kSliceCells = 65'536;

 private:
  enum class Result : uint8_t { kBaseline, kProbabilities };

  std::size_t size() const;
  bool needs(Phase phase) const;
  void next_phase();
  void begin(Phase phase);
  bool scores_slice();
  template <class T>
  bool grow(std::vector<T>& cells) const {
    return grow_in_slices(cells, size());
  }
  bool softmax_slice(Result result);
  void softmax_rows(Result result, int first, int end);
  void softmax_columns(Result result, int first, int end);
  core::Status run(Result result, std::span<const float> scores, int rows, int cols,
                   std::span<const uint8_t> mask, int mask_rows, std::span<float> masked,
                   std::span<float> probabilities) const;
  void set_mask_bits(int first, int end);
  std::span<const uint8_t> mask_of_rows(int first, int end) const;
  bool facts_slice();
  void mass_of_row(int row);
  bool reasons_slice();
  bool levels_slice();

  const std::vector<float>& scores() const;
  const std::vector<float>& baseline() const;

  State state_;
  const Derived* previous_ = nullptr;
  bool keeps_scores_ = false;
  bool keeps_baseline_ = false;
  std::optional<core::Generator> generator_;
  Phase phase_ = Phase::kScores;
  std::size_t at_ = 0;             // cells, rows or columns of the phase that are done
  std::size_t rounded_ = 0;        // scores that are in the dtype
  std::vector<float> spare_;       // what masked_softmax writes and nobody reads
  std::vector<float> in_, out_p_;  // some columns, one beside the other
  std::vector<uint8_t> in_mask_;
  float kept_score_ = 0;
  float largest_probability_ = 0;
  Derived out_;
};

template <class T>
bool grow_in_slices(std::vector<T>& cells, std::size_t size) {
  constexpr std::size_t kAtOnce = 32 * DeriveJob::kSliceCells;
  cells.reserve(size);
  if (cells.size() < size) cells.resize(std::min(size, cells.size() + kAtOnce));
  return cells.size() == size;
}

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_DERIVE_JOB_H_
