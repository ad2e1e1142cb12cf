// Every softmax there is in this build, against float64 and against each other: the kernels of
// core/softmax_kernel.h with their three entries, and masked_softmax with both methods, both CPU
// paths, every order, dim and dtype.
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "core/low_precision.h"
#include "core/masked_softmax.h"
#include "core/softmax_kernel.h"
#include "core/softmax_problem.h"
#include "fuzz/fuzz_input.h"
#include "fuzz/fuzz_target.h"

namespace softmask::core {
namespace {

using Floats = std::vector<float>;

// A matrix, a mask and a fill.
struct SoftmaxCase {
  int rows;
  int cols;
  double fill;
  std::vector<uint8_t> mask;  // a row, or as many as the matrix
  Floats x;

  explicit SoftmaxCase(FuzzInput& input) {
    constexpr double kFills[] = {-1e9, -HUGE_VAL, 1e-9, 0.0, -1e4,  -0x1.fffffep+127, -65504.0,
                                 -5.0, HUGE_VAL,  NAN,  4.0, -88.0, -103.97,          3.4e38};
    const size_t shape = input.below(8);
    rows = static_cast<int>(shape < 6 ? 1 + shape % 2 : 1 + input.below(67));
    cols = static_cast<int>(shape < 6 ? 1 + input.below(67) : 1 + input.below(3));
    const size_t kind = input.below(16);
    fill = kind < 14    ? kFills[kind]
           : kind == 14 ? static_cast<double>(input.score())
                        : input.bits<double>();
    const bool per_cell = input.below(4) == 0;
    const auto cells = static_cast<size_t>(rows) * static_cast<size_t>(cols);
    mask.resize(per_cell ? cells : static_cast<size_t>(cols));
    // A byte masks eight cells, so that most bytes are scores.
    uint8_t bits = 0;
    for (size_t i = 0; i < mask.size(); ++i) {
      if (i % 8 == 0) bits = input.byte();
      mask[i] = (bits >> (i % 8) & 1) != 0 ? static_cast<uint8_t>(1 + bits % 255) : 0;
    }
    x.resize(cells);
    // What the bytes do not reach repeats what they did.
    size_t given = 0;
    while (given < cells && !input.empty()) x[given++] = input.score();
    for (size_t i = given; given > 0 && i < cells; ++i) x[i] = x[i % given];
  }

  float float_fill() const { return static_cast<float>(fill); }
  bool is_masked(size_t cell) const { return mask[cell % mask.size()] != 0; }
  int mask_rows() const { return static_cast<int>(mask.size()) / cols; }

  Floats filled(float value) const {
    Floats out = x;
    for (size_t i = 0; i < x.size(); ++i) out[i] = is_masked(i) ? value : x[i];
    return out;
  }
};

// The distributions of a matrix: its rows with dim -1, its columns with dim 0.
std::string contract_problem_of(const SoftmaxCase& c, std::span<const float> x,
                                std::span<const float> p, int dim, double summing) {
  const auto rows = static_cast<size_t>(c.rows);
  const auto cols = static_cast<size_t>(c.cols);
  for (size_t i = 0; dim == -1 && i < rows; ++i) {
    const std::string problem =
        contract_problem(x.subspan(i * cols, cols), p.subspan(i * cols, cols), summing);
    if (!problem.empty()) return "row " + std::to_string(i) + ", " + problem;
  }
  Floats one_x(rows), one_p(rows);
  for (size_t i = 0; dim == 0 && i < cols; ++i) {
    for (size_t row = 0; row < rows; ++row) {
      one_x[row] = x[row * cols + i];
      one_p[row] = p[row * cols + i];
    }
    const std::string problem = contract_problem(one_x, one_p, summing);
    if (!problem.empty()) return "of column " + std::to_string(i) + ", " + problem;
  }
  return {};
}

enum class Entry { kRows, kColumns, kMaskedRows };

void call(const SoftmaxKernel& kernel, Entry entry, const SoftmaxCase& c, const float* x,
          float* p) {
  switch (entry) {
    case Entry::kRows:
      return kernel.rows(x, c.rows, c.cols, p);
    case Entry::kColumns:
      return kernel.columns(x, c.rows, c.cols, p);
    case Entry::kMaskedRows:
      return kernel.masked_rows(x, c.mask.data(), c.float_fill(), c.rows, c.cols, p);
  }
}

void check_kernel(const SoftmaxKernel& kernel, Entry entry, const SoftmaxCase& c, bool in_place) {
  Floats p = in_place ? c.x : Floats(c.x.size(), -1.0f);
  call(kernel, entry, c, in_place ? p.data() : c.x.data(), p.data());
  require_none(contract_problem_of(c, entry == Entry::kMaskedRows ? c.filled(c.float_fill()) : c.x,
                                   p, entry == Entry::kColumns ? 0 : -1, 0));
}

struct Outcome {
  Floats masked;
  Floats p;
};

Outcome run(const SoftmaxCase& c, const MaskedSoftmaxOptions& options) {
  Outcome out{Floats(c.x.size(), -1.0f), Floats(c.x.size(), -1.0f)};
  const Status status =
      masked_softmax(c.x, c.rows, c.cols, c.mask.data(), c.mask_rows(), options, out.masked, out.p);
  require(status.ok() == check_fill(c.fill, options.dtype).ok(), "only such fills are refused");
  if (status.ok()) return out;
  require(same_floats(out.masked, Floats(c.x.size(), -1.0f)) && same_floats(out.p, out.masked),
          "a refused call writes nothing");
  return {};
}

// The matrix of zeros where masked, else the softmax without a mask; and divided by its sums.
void check_other_orders(const SoftmaxCase& c, MaskedSoftmaxOptions options) {
  options.order = Order::kZero;
  const Outcome zero = run(c, options);
  if (zero.p.empty()) return;
  SoftmaxCase unmasked = c;
  unmasked.mask.assign(c.mask.size(), 0);
  const Outcome whole = run(unmasked, options);
  Floats expected = whole.p;
  for (size_t i = 0; i < expected.size(); ++i) {
    if (c.is_masked(i)) expected[i] = 0.0f;
  }
  require(same_floats(zero.p, expected), "order zero is the softmax with zeros in it");
  require(same_floats(zero.masked, c.filled(c.float_fill())) || options.dtype != Dtype::kFloat32,
          "masked_scores are filled whatever the order");

  options.order = Order::kRenorm;
  const Outcome renorm = run(c, options);
  const auto cols = static_cast<size_t>(c.cols);
  for (size_t line = 0; line < (options.dim == 0 ? cols : static_cast<size_t>(c.rows)); ++line) {
    const size_t first = options.dim == 0 ? line : line * cols;
    const size_t step = options.dim == 0 ? cols : 1;
    const size_t end = options.dim == 0 ? c.x.size() : first + cols;
    double kept = 0;
    double sum = 0;
    for (size_t i = first; i < end; i += step) {
      kept += static_cast<double>(zero.p[i]);
      sum += static_cast<double>(renorm.p[i]);
    }
    if (std::isnan(kept) || kept == 0) {
      require(std::isnan(sum), "renorm of nothing is NaN");
    } else if (options.dtype == Dtype::kFloat32 && kept > 1e-30) {
      require(std::abs(sum - 1) <= 4e-7, "renorm sums to 1");
    }
  }
}

// A narrow type: PyTorch computes in float32 and rounds to it once, or twice down a column.
void check_narrow(const SoftmaxCase& c, const MaskedSoftmaxOptions& options) {
  const Outcome out = run(c, options);
  if (out.p.empty()) return;
  const float fill = round_to(options.dtype, c.float_fill());
  const double epsilon = options.dtype == Dtype::kFloat16 ? 0x1p-11 : 0x1p-8;
  const double smallest = options.dtype == Dtype::kFloat16 ? 0x1p-25 : 0x1p-134;
  SoftmaxCase wide = c;
  for (size_t i = 0; i < c.x.size(); ++i) {
    wide.x[i] = c.is_masked(i) ? fill : round_to(options.dtype, c.x[i]);
  }
  require(same_floats(out.masked, wide.x), "masked_scores are rounded to the type");
  wide.mask.assign(static_cast<size_t>(c.cols), 0);
  MaskedSoftmaxOptions in_float = options;
  in_float.dtype = Dtype::kFloat32;
  const Outcome expected = run(wide, in_float);
  for (size_t i = 0; i < out.p.size(); ++i) {
    const auto found = static_cast<double>(out.p[i]);
    const auto exact = static_cast<double>(expected.p[i]);
    require(std::isnan(found) == std::isnan(exact), "NaN where float32 has it");
    if (std::isnan(found)) continue;
    require(round_to(options.dtype, out.p[i]) == out.p[i], "the type holds it");
    require(std::abs(found - exact) <= exact * epsilon * 2.1 + smallest * 2.1, "within two units");
  }
}

void check_masked_softmax(const SoftmaxCase& c, FuzzInput choice) {
  MaskedSoftmaxOptions options;
  options.fill = c.fill;
  options.dim = choice.below(2) == 0 ? -1 : 0;
  options.cpu = choice.below(2) == 0 ? Cpu::kAvx2 : Cpu::kDefault;
  options.method = choice.below(2) == 0 ? Method::kTorch : Method::kFast;
  const size_t what = choice.below(4);
  if (what == 0) return check_other_orders(c, options);
  if (what == 1) {
    options.dtype = choice.below(2) == 0 ? Dtype::kFloat16 : Dtype::kBFloat16;
    return check_narrow(c, options);
  }
  if (what == 2) {
    constexpr double kTemperatures[] = {0.5, 2.0, 0.1, 3.0, 1e-38, 1e38, 100.0, 1e-3};
    options.temperature = choice.one_of(kTemperatures);
  }
  const Outcome out = run(c, options);
  if (out.p.empty()) return;
  Floats x = c.filled(c.float_fill());
  require(same_floats(out.masked, x), "masked_scores are the filled matrix");
  const auto divisor = static_cast<float>(options.temperature);
  for (float& value : x) value /= divisor;
  // In order, which is the least that a sum of float32 can do.
  const double summing = options.method == Method::kTorch ? options.dim == 0 ? c.rows : c.cols : 0;
  require_none(contract_problem_of(c, x, out.p, options.dim, summing));
}

}  // namespace
}  // namespace softmask::core

SOFTMASK_FUZZ_TARGET(softmax_kernels) {
  using namespace softmask;
  FuzzInput input(data, size);
  uint8_t choice[5];
  for (uint8_t& byte : choice) byte = input.byte();
  const core::SoftmaxCase c(input);
  constexpr core::Entry kEntries[] = {core::Entry::kRows, core::Entry::kColumns,
                                      core::Entry::kMaskedRows};
  const size_t entry = choice[0] % 4;
  if (entry == 3) {
    core::check_masked_softmax(c, FuzzInput(choice + 1, sizeof choice - 1));
  } else if (kEntries[entry] != core::Entry::kMaskedRows || c.mask_rows() == 1) {
    const bool in_place = choice[1] % 2 != 0;
    core::check_kernel(core::scalar_softmax_kernel(), kEntries[entry], c, in_place);
    const core::SoftmaxKernel* simd = core::simd128_softmax_kernel();
    if (simd != nullptr) core::check_kernel(*simd, kEntries[entry], c, in_place);
  }
}
