#include "view/mask_convention.h"

#include "view/strings.h"

namespace softmask::view {
namespace {

Text pick(MaskConvention convention, const std::array<Text, kMaskConventionCount>& texts) {
  return texts[static_cast<size_t>(convention)];
}

// The value to fill with, as Python writes it.
std::string python_fill(const State& state) {
  if (state.fill.text == "-inf") return "float(\"-inf\")";
  if (state.fill.text == "finfo.min") return "torch.finfo(scores.dtype).min";
  return state.fill.text;
}

}  // namespace

std::string convention_name(MaskConvention convention) {
  return text(pick(convention, {Text::kConventionMaskedFill, Text::kConventionScaledDot,
                                Text::kConventionAttentionMask, Text::kConventionAdditive}));
}

std::string convention_meaning(MaskConvention convention) {
  return text(
      pick(convention, {Text::kConventionMaskedFillMeans, Text::kConventionScaledDotMeans,
                        Text::kConventionAttentionMaskMeans, Text::kConventionAdditiveMeans}));
}

std::string convention_cell(MaskConvention convention, bool masked) {
  switch (convention) {
    case MaskConvention::kMaskedFill:
      return masked ? "True" : "False";
    case MaskConvention::kScaledDot:
      return masked ? "False" : "True";
    case MaskConvention::kAttentionMask:
      return masked ? "0" : "1";
    case MaskConvention::kAdditive:
      return masked ? "-inf" : "0.0";
  }
  return "";
}

std::string convention_program(MaskConvention convention, const State& state) {
  switch (convention) {
    case MaskConvention::kMaskedFill:
      return "x = scores.masked_fill(\n    masked, " + python_fill(state) +
             ")\n"
             "# attention(q, k, v,\n"
             "#     key_padding_mask=masked)\n";
    case MaskConvention::kScaledDot:
      return "keep = ~masked\n"
             "# F.scaled_dot_product_attention(\n"
             "#     q, k, v, attn_mask=keep)\n";
    case MaskConvention::kAttentionMask:
      return "attention_mask = (~masked).long()\n"
             "# model(input_ids,\n"
             "#     attention_mask=attention_mask)\n";
    case MaskConvention::kAdditive:
      return "bias = torch.zeros(masked.shape)\n"
             "bias = bias.masked_fill(\n"
             "    masked, float(\"-inf\"))\n"
             "x = scores + bias\n";
  }
  return "";
}

}  // namespace softmask::view
