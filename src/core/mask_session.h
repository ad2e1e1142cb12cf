// The masked softmax of one matrix under many changes of a column mask: a change costs a column,
// not the matrix.
#ifndef SOFTMASK_CORE_MASK_SESSION_H_
#define SOFTMASK_CORE_MASK_SESSION_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "core/memory_block.h"
#include "core/status.h"

namespace softmask::core {

// softmax(masked_fill(scores, mask, fill), dim=-1) in float32, with a mask of columns. At first
// nothing is masked and the fill is -1e9.
//
// Of every row the sum of the exponentials of its kept scores is held exactly. Written as 2^-k * f
// with f in [0.7, 1.42), an exponential is an integer, f in 2^-30, in the bin of its k; 16 values
// of k share a bin of 64 bits, in which 65,536 such integers have room. So a column that is masked
// and comes back leaves no trace, after any number of changes, and masking the largest of a row
// loses nothing of the small ones.
class MaskSession {
 public:
  // Rows and cols within the limits of core/types.h. Null where there is no memory: 4 bytes an
  // element and 128 a row. The scores are to be given by set_rows, every row once.
  static std::unique_ptr<MaskSession> create(int rows, int cols);
  static void operator delete(void* session) { std::free(session); }

  // scores: count * cols, row-major, for the rows from `first` on. Cost: some ns an element.
  void set_rows(int first, int count, const float* scores);

  // Refuses a finite fill beyond float32, in PyTorch's words.
  [[nodiscard]] Status set_fill(double fill);

  // Cost: about 5 ns a row.
  void set_column(int col, bool masked);

  // One number a row: what exp(score - largest) is to be multiplied with to be the probability of a
  // kept column, `largest` being the row's largest finite score, masked or not (0 where there is
  // none). It does not depend on the mask, so that exponentials made once serve for every mask. A
  // masked column has exp(fill - largest) times the same.
  // NaN where the row of probabilities is NaN. Infinity where everything that counts lies so far
  // below the largest score that its exponential sum is below 1 / FLT_MAX.
  // Relative error at most 2^-24 * 4. Cost: about 20 ns a row.
  void row_scale(float* scales) const;

  // The probabilities of `count` rows from `first` on, count * cols. The bounds, NaN and zeros of
  // core/softmax_kernel.h: it is computed by that kernel, from the scores.
  void probabilities(int first, int count, float* probabilities) const;

  int rows() const { return static_cast<int>(rows_); }
  int cols() const { return static_cast<int>(cols_); }

 private:
  MaskSession(size_t rows, size_t cols) : rows_(rows), cols_(cols) {}

  void count(float score, size_t row, int64_t sign);

  size_t rows_;
  size_t cols_;
  float fill_ = -1e9f;
  size_t masked_count_ = 0;
  // By columns, so that a change of one reads neighbouring memory: with the rows of a 4096 x 4096
  // matrix 16 KB apart it took several times as long.
  MemoryBlock<float> scores_;
  MemoryBlock<uint8_t> mask_;        // cols
  MemoryBlock<float> largest_;       // rows
  MemoryBlock<int64_t> bins_;        // bins * rows
  MemoryBlock<int32_t> far_;         // rows: kept scores below the last bin
  MemoryBlock<int32_t> not_finite_;  // rows: kept scores that are NaN or +inf
};

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_MASK_SESSION_H_
