#include "core/masked_softmax.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>

#include "core/low_precision.h"
#include "core/softmax_kernel.h"
#include "core/torch_softmax.h"
#include "core/torch_sum.h"

namespace softmask::core {
namespace {

// The call after its arguments were checked.
struct Job {
  const float* scores;
  size_t rows;
  size_t cols;
  const uint8_t* mask;  // null: nothing is masked
  bool mask_per_row;    // else one row for all
  Dtype dtype;

  const uint8_t* mask_row(size_t row) const { return mask_per_row ? mask + row * cols : mask; }
};

std::string_view torch_name(Dtype dtype) {
  switch (dtype) {
    case Dtype::kFloat16:
      return "c10::Half";
    case Dtype::kBFloat16:
      return "c10::BFloat16";
    case Dtype::kFloat32:
      break;
  }
  return "float";
}

Status check_shape(size_t score_count, int rows, int cols, size_t masked_count,
                   size_t probability_count) {
  if (rows < 1 || rows > kMaxRows) {
    return Status::range("rows must be 1 … 4096");
  }
  if (cols < 1 || cols > kMaxCols) {
    return Status::range("cols must be 1 … 65536");
  }
  const int64_t elements = int64_t{rows} * cols;
  if (elements > kMaxElements) {
    return Status::range("rows * cols must be at most 16777216");
  }
  const auto expected = static_cast<size_t>(elements);
  if (score_count != expected) {
    return Status::range("scores must have rows * cols values");
  }
  if ((masked_count != 0 && masked_count != expected) || probability_count != expected) {
    return Status::range(
        "the results must have room for rows * cols = " + std::to_string(elements) + " values");
  }
  return {};
}

Status check_options(const uint8_t* mask, int mask_rows, int rows,
                     const MaskedSoftmaxOptions& options) {
  const bool shape_known = mask_rows == 0 || mask_rows == 1 || mask_rows == rows;
  if (!shape_known || (mask_rows != 0 && mask == nullptr)) {
    return Status::range("mask must have cols, or rows * cols values");
  }
  if (options.dim != -1 && options.dim != 0) return Status::range("dim must be -1 or 0");
  if (!std::isfinite(options.temperature) || !(options.temperature > 0)) {
    return Status::range("temperature must be a finite number above 0");
  }
  return mask_rows == 0 ? Status{} : check_fill(options.fill, options.dtype);
}

// out = scores.to(dtype).masked_fill(mask, value); may be in place.
void fill(const Job& job, float value, float* out) {
  for (size_t row = 0; row < job.rows; ++row) {
    const float* from = job.scores + row * job.cols;
    float* to = out + row * job.cols;
    if (job.mask == nullptr) {
      std::copy_n(from, job.cols, to);
      if (job.dtype == Dtype::kFloat32) continue;
      for (size_t col = 0; col < job.cols; ++col) to[col] = round_to(job.dtype, to[col]);
      continue;
    }
    const uint8_t* masked = job.mask_row(row);
    if (job.dtype == Dtype::kFloat32) {  // by itself, so that it is compiled to vectors
      for (size_t col = 0; col < job.cols; ++col) to[col] = masked[col] != 0 ? value : from[col];
      continue;
    }
    for (size_t col = 0; col < job.cols; ++col) {
      to[col] = masked[col] != 0 ? value : round_to(job.dtype, from[col]);
    }
  }
}

void zero_masked(const Job& job, float* values) {
  if (job.mask == nullptr) return;
  for (size_t row = 0; row < job.rows; ++row) {
    const uint8_t* masked = job.mask_row(row);
    float* at = values + row * job.cols;
    for (size_t col = 0; col < job.cols; ++col) {
      if (masked[col] != 0) at[col] = 0.0f;
    }
  }
}

// tensor / temperature with a Python number: a float32 division in every dtype, rounded to it.
void divide(std::span<float> values, double temperature, Dtype dtype) {
  const auto divisor = static_cast<float>(temperature);
  for (float& value : values) value = round_to(dtype, value / divisor);
}

bool is_fast(int rows, int cols, const MaskedSoftmaxOptions& options) {
  const bool small = int64_t{rows} * cols <= kAutoTorchElements;
  const bool fast = options.method == Method::kFast || (options.method == Method::kAuto && !small);
  return fast && options.dtype == Dtype::kFloat32;
}

void softmax(const float* x, int rows, int cols, const MaskedSoftmaxOptions& options,
             float* probabilities) {
  if (!is_fast(rows, cols, options)) {
    torch_softmax(x, rows, cols, options.dim, options.dtype, options.cpu, probabilities);
    return;
  }
  const SoftmaxKernel& kernel = fast_softmax_kernel();
  (options.dim == 0 ? kernel.columns : kernel.rows)(x, rows, cols, probabilities);
}

// softmax(masked_fill(scores)) of the rows, without the filled matrix in between.
void fast_masked_rows(const Job& job, float value, float* probabilities) {
  const SoftmaxKernel& kernel = fast_softmax_kernel();
  const int cols = static_cast<int>(job.cols);
  if (!job.mask_per_row) {
    kernel.masked_rows(job.scores, job.mask, value, static_cast<int>(job.rows), cols,
                       probabilities);
    return;
  }
  for (size_t row = 0; row < job.rows; ++row) {
    const size_t at = row * job.cols;
    kernel.masked_rows(job.scores + at, job.mask + at, value, 1, cols, probabilities + at);
  }
}

}  // namespace

double finfo_min(Dtype dtype) {
  switch (dtype) {
    case Dtype::kFloat16:
      return -65504.0;
    case Dtype::kBFloat16:
      return -0x1.fep+127;
    case Dtype::kFloat32:
      break;
  }
  return static_cast<double>(std::numeric_limits<float>::lowest());
}

Status check_fill(double fill, Dtype dtype) {
  if (!std::isfinite(fill) || std::abs(fill) <= -finfo_min(dtype)) return {};
  return Status::range("value cannot be converted to type " + std::string(torch_name(dtype)) +
                       " without overflow");
}

std::string_view fast_kernel_name() { return fast_softmax_kernel().name; }

Status masked_softmax(std::span<const float> scores, int rows, int cols, const uint8_t* mask,
                      int mask_rows, const MaskedSoftmaxOptions& options,
                      std::span<float> masked_scores, std::span<float> probabilities) {
  Status status =
      check_shape(scores.size(), rows, cols, masked_scores.size(), probabilities.size());
  if (status.ok()) status = check_options(mask, mask_rows, rows, options);
  if (!status.ok()) return status;

  const Job job{scores.data(),
                static_cast<size_t>(rows),
                static_cast<size_t>(cols),
                mask_rows == 0 ? nullptr : mask,
                mask_rows == rows && rows != 1,
                options.dtype};
  const float value = round_to(options.dtype, static_cast<float>(options.fill));
  const bool divided = options.temperature != 1;
  float* const p = probabilities.data();

  const bool wanted = !masked_scores.empty();
  if (options.order == Order::kFill && options.dim == -1 && !divided && job.mask != nullptr &&
      is_fast(rows, cols, options)) {
    fast_masked_rows(job, value, p);
    if (wanted) fill(job, value, masked_scores.data());
    return {};
  }

  // The softmax runs in place wherever its argument is not one of the results. masked_scores is
  // written last for the orders that do not need it, because it may be the memory of the scores.
  const bool in_place = divided || options.order != Order::kFill || !wanted;
  if (options.order == Order::kFill) {
    fill(job, value, wanted ? masked_scores.data() : p);
    if (wanted && divided) std::copy(masked_scores.begin(), masked_scores.end(), p);
  } else {
    Job unmasked = job;
    unmasked.mask = nullptr;
    fill(unmasked, value, p);
  }
  if (divided) divide(probabilities, options.temperature, options.dtype);
  softmax(in_place ? p : masked_scores.data(), rows, cols, options, p);
  if (options.order == Order::kFill) return {};

  zero_masked(job, p);
  if (options.order == Order::kRenorm) {
    torch_divide_by_sum(rows, cols, options.dim, options.dtype, p);
  }
  if (wanted) fill(job, value, masked_scores.data());
  return {};
}

}  // namespace softmask::core
