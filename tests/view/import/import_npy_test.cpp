#include "view/import/import_npy.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "special_floats.h"
#include "view/import/file_bytes.h"
#include "view/import/imported.h"

namespace softmask::view {
namespace {

ImportResult import_file(const char* name, std::vector<uint64_t> slice = {}) {
  return import_npy(file_bytes(name), slice);
}

// A version 1 file with this header and so many bytes of data.
std::vector<uint8_t> npy(const std::string& header, size_t data) {
  std::string text = std::string("\x93NUMPY\x01\x00", 8);
  text += static_cast<char>(header.size() & 255);
  text += static_cast<char>(header.size() >> 8);
  return bytes_of(text + header + std::string(data, '\0'));
}

std::vector<uint8_t> npy_of_shape(const std::string& shape, size_t data) {
  return npy("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + "}", data);
}

TEST(ImportNpy, EveryTypeOrderAndVersion) {
  for (const char* name :
       {"six_f2", "six_f4", "six_f8", "six_f2_big", "six_f4_big", "six_f8_big", "six_u1", "six_i8",
        "six_u4_big", "six_f4_fortran", "six_f4_version_2", "six_f4_version_3"}) {
    SCOPED_TRACE(name);
    expect_matrix(import_file(name), 2, {1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f});
  }
  expect_matrix(import_file("row_i2"), 1, {-1.0f, 2.0f, -32768.0f});
  expect_matrix(import_file("scalar"), 1, {1.5f});
  expect_matrix(import_file("bool"), 2, {1.0f, 0.0f, 0.0f, 1.0f});
  EXPECT_EQ(import_file("bool").value.type, ElementType::kBool);
  EXPECT_EQ(import_file("six_f2").value.type, ElementType::kFloat16);
  EXPECT_EQ(import_file("six_i8").value.type, ElementType::kInteger);
}

TEST(ImportNpy, BeyondTheRangeIsInfiniteAndCounted) {
  const ImportResult result = import_file("extremes");
  expect_matrix(result, 1, {kNan, kInf, -kInf, -0.0f, kInf, 0.1f});
  EXPECT_EQ(result.value.overflowed, 1);
}

TEST(ImportNpy, SlicesOfHigherRank) {
  for (const char* name : {"cube", "cube_fortran"}) {
    SCOPED_TRACE(name);
    expect_matrix(import_file(name), 2, {0.0f, 1.0f, 2.0f, 3.0f, 4.0f, 5.0f});
    expect_matrix(import_file(name, {1}), 2, {12.0f, 13.0f, 14.0f, 15.0f, 16.0f, 17.0f});
    expect_matrix(import_file(name, {1, 1}), 2, {18.0f, 19.0f, 20.0f, 21.0f, 22.0f, 23.0f});
    expect_refused(import_file(name, {0, 2}), {"index 2 of dim 1", "0 … 1"});
    expect_refused(import_file(name, {0, 0, 0}),
                   {"indices in the slice: 3", "up to 2", "(2, 2, 2, 3)"});
  }
}

TEST(ImportNpy, RefusalsNameTheByte) {
  expect_refused(import_npy({}, {}), {"byte 0", "no .npy"});
  expect_refused(import_npy(bytes_of("[[1, 2]]"), {}), {"byte 0", "no .npy"});
  expect_refused(import_file("empty"), {"empty"});
  expect_refused(import_file("complex"), {"byte 20", "<c8", "<f4"});
  expect_refused(import_file("fields"), {"byte 20", "fields"});
  std::vector<uint8_t> bytes = file_bytes("six_f4");
  bytes[6] = 9;
  expect_refused(import_npy(bytes, {}), {"byte 6", "version 9.0", "1.0, 2.0 and 3.0"});
  bytes = file_bytes("six_f4");
  bytes[9] = 0xFF;
  expect_refused(import_npy(bytes, {}), {"byte 8", "a header of 65", "up to 10000"});

  const struct {
    const char* header;
    std::vector<std::string> pieces;
  } cases[] = {
      {"", {"byte 10", "end of the header"}},
      {"{}", {"byte 10", "lacks"}},
      {"{'descr': '<f4', 'shape': (1,)}", {"byte 10", "lacks"}},
      {"{'descr': '<f4', 'descr': '<f4'}", {"byte 36", "descr", "once"}},
      {"{'descr': <f4}", {"byte 20", "a string"}},
      {"{'descr': '<f4}", {"byte 20", "no end"}},
      {"{'fortran_order': 0}", {"byte 28", "True or False"}},
      {"{'shape': (-1,)}", {"byte 21", "a size"}},
      {"{'shape': (99999999999999999999,)}", {"byte 21", "2^64-1"}},
      {"{'shape': (1 2)}", {"byte 23", ", or )"}},
      {"{'other': 1}", {"byte 20", "other"}},
      {"{'descr': '<f4' 'shape'}", {"byte 26", ", or }"}},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': ()} x", {"byte 64", "spaces"}},
      {"{'descr': '=f4'}", {"=f4"}},
      {"{'descr': '|f4'}", {"|f4"}},
      {"{'descr': '<f3'}", {"<f3"}},
      {"{'descr': '<b2'}", {"<b2"}},
      {"{'descr': '|O'}", {"|O"}},
  };
  for (const auto& [header, pieces] : cases) {
    SCOPED_TRACE(header);
    expect_refused(import_npy(npy(header, 64), {}), pieces);
  }
}

TEST(ImportNpy, EveryTruncationIsRefused) {
  const std::vector<uint8_t> whole = file_bytes("six_f4");
  for (size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(import_npy(Bytes(whole).first(length), {}).ok()) << length;
  }
}

TEST(ImportNpy, LyingSizesTakeNoMemory) {
  expect_refused(import_npy(npy_of_shape("(1000000000, 4)", 16), {}),
                 {"rows: 1000000000,", "4096"});
  expect_refused(import_npy(npy_of_shape("(4096, 65536)", 16), {}), {"16777216"});
  expect_refused(import_npy(npy_of_shape("(4096, 4096)", 16), {}), {"needs 67108864", "has 16"});
  expect_refused(import_npy(npy_of_shape("(9223372036854775807, 4, 2, 2)", 16), {}), {"2^63"});
  expect_refused(import_npy(npy_of_shape("(4611686018427387904, 1, 2)", 16), {}), {"2^63"});
  expect_refused(import_npy(npy_of_shape("(0, 2, 2)", 16), {}), {"the shape (0, 2, 2)", "empty"});
  expect_refused(import_npy(npy_of_shape("(3, 0)", 16), {}), {"rows: 3, values in each: 0,"});
  expect_refused(import_npy(npy_of_shape("(0, 5)", 16), {}), {"rows: 0, values in each: 5,"});
  expect_refused(import_npy(npy_of_shape("(2, 3, 0)", 16), {}), {"rows: 3, values in each: 0,"});
  expect_refused(import_npy(npy_of_shape("(70000,)", 16), {}), {"rows: 1, values in each: 70000;"});
  expect_refused(import_npy(npy_of_shape("(2, 2)", 15), {}), {"needs 16", "has 15"});
  EXPECT_TRUE(import_npy(npy_of_shape("(2, 2)", 16), {}).ok());
  std::string deep = "(";
  for (int i = 0; i < 33; ++i) deep += "1,";
  expect_refused(import_npy(npy_of_shape(deep + ")", 16), {}), {"up to 32"});
}

}  // namespace
}  // namespace softmask::view
