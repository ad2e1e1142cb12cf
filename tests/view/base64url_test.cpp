#include "view/base64url.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <random>

namespace softmask::view {
namespace {

std::vector<uint32_t> words(const std::vector<float>& values) {
  std::vector<uint32_t> out(values.size());
  if (!values.empty()) std::memcpy(out.data(), values.data(), values.size() * sizeof(float));
  return out;
}

TEST(Base64Url, KnownTexts) {
  EXPECT_EQ(floats_to_base64url({}), "");
  const std::vector<float> one = {1.0F};  // 00 00 80 3f
  EXPECT_EQ(floats_to_base64url(one), "AACAPw");
  const std::vector<float> three = {1.0F, -2.0F, 0.5F};
  EXPECT_EQ(floats_to_base64url(three), "AACAPwAAAMAAAAA_");
  EXPECT_EQ(floats_from_base64url("AACAPw"), one);
  EXPECT_EQ(floats_from_base64url("AACAPw=="), one);
  EXPECT_EQ(floats_from_base64url("AACAPwAAAMAAAAA_"), three);
  EXPECT_EQ(floats_from_base64url(""), std::vector<float>{});
}

TEST(Base64Url, RefusesWhatIsNotIt) {
  for (const char* bad : {"A", "AACAP", "AACAPw=", "AACAPw===", "AACAPx", "AACA Pw", "AACA+w",
                          "AACA/w", "AACA", "AACAPwA", "=", "====", "AAC=APw="}) {
    EXPECT_FALSE(floats_from_base64url(bad)) << bad;
  }
}

TEST(Base64Url, EveryBitComesBack) {
  std::mt19937 random(3);
  for (std::size_t size = 0; size < 40; ++size) {
    std::vector<uint32_t> bits(size);
    for (uint32_t& word : bits) word = static_cast<uint32_t>(random());
    std::vector<float> values(size);
    if (size > 0) std::memcpy(values.data(), bits.data(), size * sizeof(float));
    const auto back = floats_from_base64url(floats_to_base64url(values));
    ASSERT_TRUE(back);
    EXPECT_EQ(words(*back), bits);
  }
}

}  // namespace
}  // namespace softmask::view
