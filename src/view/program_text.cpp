#include "view/program_text.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "view/number_text.h"
#include "view/state_codec.h"
#include "view/strings.h"

namespace softmask::view {
namespace {

constexpr std::size_t kLineWidth = 42;
constexpr std::size_t kMostListedCells = 4096;
constexpr std::size_t kMostWordyCells = 8;  // False, True … instead of 0, 1 …

// Brackets may be broken after any comma; everything below is made of these pieces.
using Items = std::vector<std::string>;

// "a, b, c" over as many lines as needed, continued at `indent`; `used` characters of the first
// line are taken, and `closing` has to fit behind the last item.
std::string wrapped(const Items& items, std::size_t used, std::size_t indent, std::size_t closing) {
  std::string out;
  std::size_t width = used;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool last = i + 1 == items.size();
    const std::size_t needed = items[i].size() + (last ? closing : 1);
    if (i > 0) {
      const bool breaks = width + 1 + needed > kLineWidth;
      out += breaks ? "\n" + std::string(indent, ' ') : " ";
      width = breaks ? indent : width + 1;
    }
    out += items[i];
    if (!last) out += ",";
    width += items[i].size() + (last ? 0 : 1);
  }
  return out;
}

// `head(arguments)tail`: on one line when it fits, else the arguments on lines of their own.
std::string call(const std::string& head, const Items& arguments, const std::string& tail = "") {
  std::size_t length = head.size() + 2 + tail.size();
  for (const std::string& argument : arguments) length += argument.size() + 2;
  const bool fits = length - 2 <= kLineWidth;
  const std::string lead = fits ? "" : "\n    ";
  const std::size_t used = fits ? head.size() + 1 : 4;
  return head + "(" + lead + wrapped(arguments, used, 4, 1 + tail.size()) + ")" + tail + "\n";
}

std::string float_literal(float value) {
  if (std::isnan(value)) return "float(\"nan\")";
  if (std::isinf(value)) return value > 0 ? "float(\"inf\")" : "float(\"-inf\")";
  if (value == 0) return std::signbit(value) ? "-0.0" : "0.0";
  std::string text = float_text(value);
  // Integers alone would make an integer tensor.
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

// torch.tensor([[…], […]]) with every row wrapped by itself.
template <class ToText>
std::string tensor_rows(const std::string& name, std::size_t rows, std::size_t cols,
                        const std::string& tail, ToText item_text) {
  std::string out = name + " = torch.tensor([\n";
  for (std::size_t row = 0; row < rows; ++row) {
    Items items;
    for (std::size_t col = 0; col < cols; ++col) items.push_back(item_text(row * cols + col));
    const bool last = row + 1 == rows;
    out += "    [" + wrapped(items, 5, 5, last ? 2 + tail.size() + 1 : 2) + "]";
    out += last ? "" : ",\n";
  }
  return out + "])" + tail + "\n";
}

std::string torch_dtype(core::Dtype dtype) {
  constexpr std::array<std::string_view, 3> kNames = {"torch.float32", "torch.float16",
                                                      "torch.bfloat16"};
  return std::string(kNames[static_cast<std::size_t>(dtype)]);
}

std::string size_arguments(const State& state) {
  return std::to_string(state.rows) + ", " + std::to_string(state.cols);
}

// A mask of no rule that is too large to be listed: numpy loads what the Share panel saves.
bool loads_mask(const State& state) {
  return state.mask.kind == MaskSpec::Kind::kBits && state.mask.bits.size() > kMostListedCells;
}

// `name = torch.from_numpy(numpy.load("file"))`
std::string load_call(const std::string& name, const std::string& file) {
  return call(name + " = torch.from_numpy", {"numpy.load(\"" + file + "\")"});
}

bool needs_seed(const State& state) {
  return !has_own_scores(state) || state.mask.kind == MaskSpec::Kind::kRandom;
}

std::string head_text(const State& state) {
  std::string out;
  if (state.cpu == core::Cpu::kDefault) {
    out += text(Text::kProgramCpuDefault);
    out += "\n";
  }
  if (state.matrix != nullptr || loads_mask(state)) out += "import numpy\n";
  out += "import torch\nimport torch.nn.functional as F\n\n";
  // With several threads PyTorch splits the columns among them, and their last bits with it.
  if (state.dim == 0) out += "torch.set_num_threads(1)\n";
  if (needs_seed(state)) out += "torch.manual_seed(" + std::to_string(state.seed) + ")\n";
  return out;
}

std::string scores_text(const State& state) {
  std::string out;
  if (state.matrix != nullptr) {
    out = load_call("scores", "scores.npy");
  } else if (state.scores.empty()) {
    out = call("scores = torch.randn", {std::to_string(state.rows), std::to_string(state.cols)});
  } else {
    out = tensor_rows("scores", static_cast<std::size_t>(state.rows),
                      static_cast<std::size_t>(state.cols), "",
                      [&state](std::size_t i) { return float_literal(state.scores[i]); });
  }
  if (state.dtype != core::Dtype::kFloat32) {
    out += call("scores = scores.to", {torch_dtype(state.dtype)});
  }
  return out;
}

std::string bits_text(const State& state) {
  const std::vector<uint8_t>& bits = state.mask.bits;
  const auto cols = static_cast<std::size_t>(state.cols);
  const std::size_t rows = bits.size() / cols;
  if (loads_mask(state)) return load_call("masked", "mask.npy");
  if (bits.size() <= kMostWordyCells && rows == 1) {
    Items words;
    for (const uint8_t bit : bits) words.emplace_back(bit != 0 ? "True" : "False");
    words.front() = "[[" + words.front();
    words.back() += "]]";
    return call("masked = torch.tensor", words);
  }
  return tensor_rows("masked", rows, cols, ".bool()",
                     [&bits](std::size_t i) { return bits[i] != 0 ? "1" : "0"; });
}

std::string mask_text(const State& state) {
  const std::string cols = std::to_string(state.cols);
  const std::string k = std::to_string(state.mask.k);
  switch (state.mask.kind) {
    case MaskSpec::Kind::kRandom:
      return call("masked = torch.randint", {"0, 2, (1, " + cols + ")"}, ".to(torch.bool)");
    case MaskSpec::Kind::kNone:
      return call("masked = torch.zeros", {"1", cols, "dtype=torch.bool"});
    case MaskSpec::Kind::kCausal:
      return call("masked = torch.ones", {size_arguments(state)}, ".triu(1).bool()");
    case MaskSpec::Kind::kPadding:
      return "masked = torch.arange(" + cols + ") >= " + std::to_string(state.cols - state.mask.k) +
             "\n";
    case MaskSpec::Kind::kWindow:
      return "i = torch.arange(" + std::to_string(state.rows) + ")[:, None]\n" +
             "j = torch.arange(" + cols + ")\n" + "masked = (i - j).abs() > " + k + "\n";
    case MaskSpec::Kind::kBits:
      break;
  }
  return bits_text(state);
}

std::string fill_literal(const State& state) {
  if (state.fill.text == "-inf") return "float(\"-inf\")";
  if (state.fill.text == "finfo.min") return "torch.finfo(scores.dtype).min";
  return state.fill.text;
}

std::string softmax_text(const State& state) {
  const bool fill_first = state.order == core::Order::kFill;
  std::string input = fill_first ? "masked_scores" : "scores";
  if (state.temperature != 1) input += " / " + shortest_text(state.temperature);
  const std::string dim = "dim=" + std::to_string(state.dim);
  std::string out = call("scores_softmax = F.softmax", {input, dim});
  if (fill_first) return out;
  out += "scores_softmax = (\n    scores_softmax.masked_fill(masked, 0))\n";
  if (state.order == core::Order::kRenorm) {
    out += call("scores_softmax /= scores_softmax.sum", {dim, "keepdim=True"});
  }
  return out;
}

std::string titled(std::string_view title, const std::string& tensor) {
  return std::string(title) + "\n" + tensor + "\n";
}

}  // namespace

std::string program_text(const State& state) {
  return head_text(state) + scores_text(state) + mask_text(state) +
         call("masked_scores = scores.masked_fill", {"masked", fill_literal(state)}) +
         softmax_text(state);
}

std::string tensors_text(const Derived& derived, core::PrintStyle style) {
  core::TensorTextOptions options;
  options.precision = 3;
  options.sci_mode = false;
  options.style = style;
  const auto floats = [&](std::string_view title, const std::vector<float>& data) {
    return titled(title, core::tensor_text(std::span<const float>(data), derived.rows, derived.cols,
                                           options));
  };
  std::string out = floats("scores", derived.scores);
  out += "\n" + titled("masked", core::tensor_text(std::span<const uint8_t>(derived.mask.bits),
                                                   derived.mask.rows, derived.mask.cols, options));
  if (!derived.error.empty()) return out + "\n" + derived.error + "\n";
  out += "\n" + floats("masked_scores", derived.masked_scores);
  const bool summarised = std::ssize(derived.scores) > core::kSummaryThreshold;
  out += "\n" + floats("scores_softmax",
                       summarised ? derived.probabilities.current_at_ends(core::kEdgeItems)
                                  : derived.probabilities.all());
  return out;
}

}  // namespace softmask::view
