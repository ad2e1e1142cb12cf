#include "view/percent_coding.h"

#include <gtest/gtest.h>

#include <random>

namespace softmask::view {
namespace {

TEST(PercentCoding, Decodes) {
  EXPECT_EQ(percent_decode("a%20b"), "a b");
  EXPECT_EQ(percent_decode("%e4%B8%ad"), "中");
  EXPECT_EQ(percent_decode("1e+9"), "1e+9");
  EXPECT_EQ(percent_decode(""), "");
}

TEST(PercentCoding, RefusesMalformedInput) {
  for (const char* bad : {"%", "%1", "a%2", "%zz", "%%", "%00", "%C0%80", "%80", "%ED%A0%80",
                          "%F4%90%80%80", "%E4%B8", "%FF", "\xFF", "\xC3"}) {
    EXPECT_FALSE(percent_decode(bad)) << bad;
  }
}

TEST(PercentCoding, EncodesWhatAFragmentMayNotHold) {
  EXPECT_EQ(percent_encode("padding:2,a-b._~"), "padding:2,a-b._~");
  EXPECT_EQ(percent_encode("a b&c=%#"), "a%20b%26c%3D%25%23");
  EXPECT_EQ(percent_encode("1e+9"), "1e%2B9");
  EXPECT_EQ(percent_decode(percent_encode("中 & 文")), "中 & 文");
}

TEST(PercentCoding, ExcerptsStayShortAndPrintable) {
  EXPECT_EQ(printable_excerpt("abc", 10), "abc");
  EXPECT_EQ(printable_excerpt("0123456789", 10), "0123456789");
  EXPECT_EQ(printable_excerpt("0123456789x", 10), "012345…89x");
  EXPECT_EQ(printable_excerpt("a\nb\x7F", 10), "a\uFFFDb\uFFFD");
  EXPECT_EQ(printable_excerpt("1\u202E2\u2066\u200F\u061C\u2029", 10),
            "1\uFFFD2\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(printable_excerpt("\u2026\u2070", 10), "\u2026\u2070");
  EXPECT_EQ(printable_excerpt("\xFF\xFE", 10), "\uFFFD\uFFFD");
  EXPECT_EQ(printable_excerpt(std::string(1000000, '1'), 10), "111111…111");
}

TEST(PercentCoding, AnyBytesAreHandled) {
  std::mt19937 random(5);
  for (int i = 0; i < 20000; ++i) {
    std::string bytes(random() % 60, '\0');
    for (char& c : bytes) c = static_cast<char>(random() % 3 == 0 ? '%' : random() % 256);
    const auto decoded = percent_decode(bytes);
    if (decoded) {
      EXPECT_TRUE(is_utf8(*decoded));
    }
    const std::string excerpt = printable_excerpt(bytes, 12);
    EXPECT_TRUE(is_utf8(excerpt));
    EXPECT_EQ(excerpt.find('\n'), std::string::npos);
  }
}

}  // namespace
}  // namespace softmask::view
