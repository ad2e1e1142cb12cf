#include "view/field_words.h"

#include <gtest/gtest.h>

#include "view/in_chinese.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

constexpr std::string_view kKeys[] = {"seed",        "rows", "cols",  "scores", "cpu",
                                      "mask",        "fill", "dtype", "order",  "dim",
                                      "temperature", "lang", "theme"};

TEST(FieldWords, AreTheSpellingsInEnglish) {
  for (const char* link : {"", "mask=padding:2&order=zero&lang=en&theme=dark",
                           "mask=window:1&order=renorm&theme=light", "mask=causal&lang=zh-CN",
                           "mask=01101", "mask=none"}) {
    const State state = decode_link(link, nullptr);
    for (const std::string_view key : kKeys) {
      EXPECT_EQ(field_name(key), key);
      EXPECT_EQ(field_words(state, key), field_text(state, key)) << key;
    }
  }
}

TEST(FieldWords, AreWordsInChinese) {
  const InChinese chinese;
  EXPECT_EQ(field_name("seed"), "随机种子");
  EXPECT_EQ(field_name("dtype"), "dtype") << "torch's name";
  const State state = decode_link("mask=padding:2&order=zero&lang=zh-CN&theme=dark", nullptr);
  EXPECT_EQ(field_words(state, "mask"), "尾部填充 2 列");
  EXPECT_EQ(field_words(state, "order"), "先 softmax 再置零");
  EXPECT_EQ(field_words(state, "lang"), "中文");
  EXPECT_EQ(field_words(state, "theme"), "深色");
  EXPECT_EQ(field_words(state, "fill"), "-1e9");
  EXPECT_EQ(field_words(decode_link("mask=01101", nullptr), "mask"), "01101");
}

}  // namespace
}  // namespace softmask::view
