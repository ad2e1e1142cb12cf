#include "view/field_words.h"

#include "view/state_codec.h"
#include "view/strings.h"

namespace softmask::view {
namespace {

struct Entry {
  std::string_view spelling;
  Text words;
};

constexpr Entry kNames[] = {
    {"seed", Text::kNameSeed},
    {"rows", Text::kNameRows},
    {"cols", Text::kNameCols},
    {"scores", Text::kNameScores},
    {"cpu", Text::kNameCpu},
    {"mask", Text::kNameMask},
    {"fill", Text::kNameFill},
    {"dtype", Text::kNameDtype},
    {"order", Text::kNameOrder},
    {"dim", Text::kNameDim},
    {"temperature", Text::kNameTemperature},
    {"lang", Text::kNameLang},
    {"theme", Text::kNameTheme},
};

// "fill" is a key as well as an order, "auto" a language as well as a theme: by key.
constexpr Entry kOrders[] = {{"fill", Text::kWordOrderFill},
                             {"zero", Text::kWordOrderZero},
                             {"renorm", Text::kWordOrderRenorm}};
constexpr Entry kMasks[] = {{"random", Text::kWordMaskRandom},
                            {"none", Text::kWordMaskNone},
                            {"causal", Text::kWordMaskCausal}};
constexpr Entry kThemes[] = {{"light", Text::kWordThemeLight},
                             {"dark", Text::kWordThemeDark},
                             {"auto", Text::kWordThemeAuto}};
constexpr Entry kLanguages[] = {{"en", Text::kWordLangEnglish},
                                {"zh-CN", Text::kWordLangChinese},
                                {"auto", Text::kWordLangAuto}};

template <std::size_t count>
std::string in_words(const Entry (&entries)[count], std::string_view spelling) {
  for (const Entry& entry : entries) {
    if (entry.spelling == spelling) return text(entry.words);
  }
  return std::string(spelling);
}

}  // namespace

std::string field_name(std::string_view key) { return in_words(kNames, key); }

std::string field_words(const State& state, std::string_view key) {
  std::string spelling = field_text(state, key);
  if (key == "order") return in_words(kOrders, spelling);
  if (key == "theme") return in_words(kThemes, spelling);
  if (key == "lang") return in_words(kLanguages, spelling);
  if (key != "mask") return spelling;
  const std::string k = std::to_string(state.mask.k);
  if (state.mask.kind == MaskSpec::Kind::kPadding) return fill_in(Text::kWordMaskPadding, {k});
  if (state.mask.kind == MaskSpec::Kind::kWindow) return fill_in(Text::kWordMaskWindow, {k});
  return in_words(kMasks, spelling);
}

}  // namespace softmask::view
