#include "view/import/import_safetensors.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "view/import/file_bytes.h"
#include "view/import/imported.h"

namespace softmask::view {
namespace {

// A file with this header and so many bytes of data.
std::vector<uint8_t> file_with(const std::string& header, size_t data) {
  std::string text;
  for (int i = 0; i < 8; ++i) text += static_cast<char>(uint64_t{header.size()} >> (8 * i) & 255);
  return bytes_of(text + header + std::string(data, '\0'));
}

TEST(ImportSafetensors, ListsAndReadsEveryType) {
  const std::vector<uint8_t> file = file_bytes("safetensors");
  const auto list = list_safetensors(Bytes(file));
  ASSERT_TRUE(list.ok()) << list.status.message;
  EXPECT_EQ(list.value.size(), 8U);
  for (const NamedTensor& tensor : list.value) EXPECT_TRUE(tensor.readable) << tensor.name;
  for (const char* name : {"f32", "f16", "bf16", "f64", "u8", "i64"}) {
    SCOPED_TRACE(name);
    expect_matrix(import_safetensors(file, name, {}), 2, {1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f});
  }
  expect_matrix(import_safetensors(file, "bool", {}), 2, {1.0f, 0.0f, 0.0f, 1.0f});
  EXPECT_EQ(import_safetensors(file, "bf16", {}).value.type, ElementType::kBFloat16);
  const uint64_t slice[] = {1, 1};
  expect_matrix(import_safetensors(file, "layers", slice), 2,
                {18.0f, 19.0f, 20.0f, 21.0f, 22.0f, 23.0f});
  expect_refused(import_safetensors(file, "f8", {}), {"no tensor \"f8\"", "f32", "layers"});
}

TEST(ImportSafetensors, EveryTruncationIsRefused) {
  const std::vector<uint8_t> whole = file_bytes("safetensors");
  for (size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(import_safetensors(Bytes(whole).first(length), "f32", {}).ok()) << length;
  }
}

TEST(ImportSafetensors, TheOnlyTensorNeedsNoName) {
  const auto file = file_with(
      R"({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8], "new": [{"x": [1]}, "y"]},
          "__metadata__": {"shape": "x"}})",
      8);
  expect_matrix(import_safetensors(file, "", {}), 1, {0.0f, 0.0f});
}

TEST(ImportSafetensors, RefusalsNamePlaceAndWhatIsAllowed) {
  const struct {
    const char* header;
    std::vector<std::string> pieces;
  } cases[] = {
      {"", {"byte", "no JSON"}},
      {"[]", {"byte 8", "a list", "object of tensors"}},
      {"3", {"byte 8", "a number"}},
      {"{\"a\": 3}", {"\"a\"", "a number"}},
      {"{\"a\": {}}", {"\"a\"", "lacks"}},
      {R"({"a": {"dtype": "F32", "shape": [2)", {"no JSON"}},
      {R"({"a": {"dtype": 3}})", {"a number out of place"}},
      {R"({"a": {"shape": "x"}})", {"a string out of place"}},
      {R"({"a": {"shape": [-1]}})", {"a negative number"}},
      {R"({"a": {"shape": [1.5]}})", {"a number with a point"}},
      {R"({"a": {"shape": [99999999999999999999]}})", {"beyond 2^64"}},
      {R"({"a": {"shape": [[1]]}})", {"a list out of place"}},
      {R"({"a": {"shape": [null]}})", {"null"}},
      {R"({"a": {"shape": [{}]}})", {"an object"}},
      {R"({"a": {"shape": [1], "shape": [1]}})", {"twice"}},
      {R"({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
           "a": {"dtype": "F32", "shape": [2], "data_offsets": [8, 16]}})",
       {"\"a\"", "twice"}},
      {R"({"a": {"data_offsets": [1, 2, 3]}})", {"more than two"}},
      {R"({"a": {"dtype": "F32", "shape": [2], "data_offsets": [8, 0]}})", {"8 and 0", "0 … 16"}},
      {R"({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 99]}})", {"0 and 99", "0 … 16"}},
      {R"({"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 8]}})", {"(3,)", "8 bytes"}},
      {R"({"a": {"dtype": "F8_E4M3", "shape": [8], "data_offsets": [0, 8]}})",
       {"byte 73: ", "F8_E4M3", "BF16"}},
      {R"({"a": {"dtype": "F32", "shape": [4294967296, 4294967296], "data_offsets": [0, 8]}})",
       {"4294967296"}},
      {R"({"a": {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]}})", {"empty"}},
      {"{\"\xFF\": {}}", {"no JSON"}},
  };
  for (const auto& [header, pieces] : cases) {
    SCOPED_TRACE(header);
    expect_refused(import_safetensors(file_with(header, 16), "a", {}), pieces);
  }
  std::vector<uint8_t> lying = file_with("{}", 0);
  lying[7] = 0x7F;
  expect_refused(import_safetensors(lying, "a", {}), {"byte 0", "up to 2"});
}

}  // namespace
}  // namespace softmask::view
