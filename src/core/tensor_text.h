// A matrix as print() shows it in PyTorch.
#ifndef SOFTMASK_CORE_TENSOR_TEXT_H_
#define SOFTMASK_CORE_TENSOR_TEXT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace softmask::core {

// The two generations of torch/_tensor_str.py. They differ only when `sci_mode` is given: the
// newer one lets it decide first, the older one chooses the column width as if it had not been
// given, so that -1000000000.000 overflows its column.
enum class PrintStyle : uint8_t {
  k2_10,  // PyTorch 2.10 and later
  k1_13,  // PyTorch up to 2.8
};

// Tensors with more elements than this are summarised: of each direction so many at both ends.
inline constexpr int kSummaryThreshold = 1000;
inline constexpr int kEdgeItems = 3;

// As torch.set_printoptions has them; the line width of 80 and the summary from 1000 elements on
// are PyTorch's defaults and fixed.
struct TensorTextOptions {
  int precision = 4;             // digits after the point, 0 … 100; clamped to that
  std::optional<bool> sci_mode;  // scientific notation: yes, no, or decided from the values
  PrintStyle style = PrintStyle::k2_10;
};

// str() of a float32 tensor of shape (rows, cols), row-major, without a trailing newline and
// without a dtype suffix. More than 1000 elements are shown by the three first and three last of
// each dim. `data` holds rows * cols values.
std::string tensor_text(std::span<const float> data, int rows, int cols,
                        const TensorTextOptions& options);

// The same for a bool tensor: one byte per element, non-zero is True. Only the shape matters to
// the layout; `options` is taken for symmetry.
std::string tensor_text(std::span<const uint8_t> data, int rows, int cols,
                        const TensorTextOptions& options);

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_TENSOR_TEXT_H_
