#include "view/import/refusal_texts.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "view/import/file_bytes.h"
#include "view/import/import_npy.h"
#include "view/import/import_safetensors.h"
#include "view/import/import_text.h"
#include "view/import/imported.h"
#include "view/import/in_parts.h"
#include "view/in_chinese.h"
#include "view/percent_coding.h"

namespace softmask::view {
namespace {

// Which of {0} … {9} a text has.
std::array<bool, 10> values_in(std::string_view words) {
  std::array<bool, 10> found{};
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    const bool digit = words[i + 1] >= '0' && words[i + 1] <= '9';
    if (words[i] == '{' && digit && words[i + 2] == '}') {
      found[static_cast<std::size_t>(words[i + 1] - '0')] = true;
    }
  }
  return found;
}

// Han, or a mark of Chinese: U+3000 … U+9FFF. Three bytes each, of which the first tells.
bool has_chinese(std::string_view words) {
  for (const char c : words) {
    const auto byte = static_cast<uint8_t>(c);
    if (byte >= 0xE3 && byte <= 0xE9) return true;
  }
  return false;
}

TEST(ImportTexts, EveryTextIsThereInBothLanguages) {
  for (int i = 0; i < static_cast<int>(RefusalText::kCount); ++i) {
    const auto id = static_cast<RefusalText>(i);
    const std::string_view english = refusal_text_in(Language::kEnglish, id);
    const std::string_view chinese = refusal_text_in(Language::kChinese, id);
    EXPECT_FALSE(english.empty()) << i;
    EXPECT_TRUE(is_utf8(english)) << english;
    EXPECT_TRUE(is_utf8(chinese)) << chinese;
    EXPECT_NE(english, chinese);
    EXPECT_FALSE(has_chinese(english)) << english;
    EXPECT_TRUE(has_chinese(chinese)) << english;
    EXPECT_EQ(values_in(english), values_in(chinese)) << english;
  }
  EXPECT_STREQ(refusal_text(RefusalText::kCount), "");
  EXPECT_STREQ(refusal_text_in(Language::kChinese, RefusalText::kCount), "");
}

TEST(ImportTexts, TheLanguageChangesWhatIsSaid) {
  EXPECT_EQ(refusal_words(RefusalText::kNoMemoryForBytes, {"8"}),
            "8 bytes: there is not so much memory");
  const InChinese chinese;
  EXPECT_EQ(refusal_words(RefusalText::kNoMemoryForBytes, {"8"}), "8 字节：没有这么多内存");
}

void expect_words(const core::Status& status, std::string_view words) {
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(status.message, words);
}

TEST(ImportTexts, TextsAreRefusedInChinese) {
  const InChinese chinese;
  expect_words(import_text("[[1, 2],\n [3, x]]").status,
               "文本第 2 行第 6 个字符：遇到“x”；可用：十进制数、nan、inf、-inf、True、False");
  expect_words(import_text("[1 2").status,
               "文本第 1 行第 5 个字符：文本在矩阵中间结束；可用：每个 [ 都有对应的 ]");
  expect_words(import_text("[1, 2)").status, "文本第 1 行第 6 个字符：遇到“)”；可用：]");
  expect_words(import_text("1 2\n3").status,
               "文本第 2 行第 1 个字符：此行有 1 个值，之前的行有 2 个；可用：每行的个数相同");
  expect_words(import_text("").status, "文本第 1 行第 1 个字符：文本为空；可用：矩阵，例如 1, 2");
}

TEST(ImportTexts, FilesAreRefusedInChinese) {
  const InChinese chinese;
  expect_words(import_npy(bytes_of("NUMPY"), {}).status,
               "字节 0：这不是 .npy 文件；可用：以 \\x93NUMPY 开头的文件");
  const std::vector<uint8_t> npy = file_bytes("six_f8_big");
  const std::vector<uint64_t> slice = {3};
  expect_words(import_npy(npy, slice).status, "切片有 1 个下标；可用：形状为 (2, 3) 时最多 0 个");
  const std::vector<uint8_t> tensors = file_bytes("safetensors");
  expect_words(import_safetensors(tensors, "f32", slice).status,
               "切片有 1 个下标；可用：形状为 (2, 3) 时最多 0 个");
  expect_words(import_safetensors(bytes_of("1234567"), "", {}).status,
               "字节 7：文件在前 8 字节（文件头的长度）中间结束");
  const std::string header = R"({"w": {"dtype": 3}})";
  const std::string length = {static_cast<char>(header.size()), 0, 0, 0, 0, 0, 0, 0};
  expect_words(import_safetensors(bytes_of(length + header), "", {}).status,
               "字节 8：文件头中的张量“w”在不该有的地方有数；可用：dtype（字符串）、shape 和 "
               "data_offsets（非负整数的列表）");
  std::vector<uint8_t> cut = file_bytes("npz_stored");
  cut.pop_back();
  expect_words(open_in_parts(cut).status,
               "字节 " + std::to_string(cut.size()) +
                   "：没有找到压缩包的末尾；可用：完整的 .npz 或 .pt 文件");
}

TEST(ImportTexts, ANameThatLooksLikeAPlaceholderStaysAsItIs) {
  expect_refused(import_safetensors(file_bytes("safetensors"), "{1}", {}),
                 {"there is no tensor \"{1}\" in the file"});
}

}  // namespace
}  // namespace softmask::view
