#include "view/import/import_file.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "view/import/file_bytes.h"
#include "view/import/imported.h"
#include "view/import/in_parts.h"

namespace softmask::view {
namespace {

TEST(ImportFile, ReadsTheBytesOfOneMatrixAlone) {
  // layers: (2, 2, 2, 3), 0 … 23.
  const std::vector<uint8_t> file = file_bytes("safetensors");
  const ImportFile opened = open_in_parts(file).value;
  ASSERT_EQ(opened.kind, FileKind::kSafetensors);
  std::size_t layers = 0;
  while (opened.tensors[layers].name != "layers") ++layers;
  const std::vector<uint64_t> slice = {1, 0};
  MatrixReader reader;
  const core::Status status = reader.begin(opened, layers, slice);
  ASSERT_TRUE(status.ok()) << status.message;
  EXPECT_EQ(reader.range().end - reader.range().begin, 6 * sizeof(float));
  for (const std::size_t beginning : {9, 64, 4096}) {
    const ImportResult read = import_in_parts(file, layers, slice, beginning);
    ASSERT_TRUE(read.ok()) << read.status.message;
    EXPECT_EQ(values_of(read.value), (std::vector<float>{12, 13, 14, 15, 16, 17}));
  }
}

TEST(ImportFile, ReadsNumPysAndTexts) {
  const ImportResult npy = import_in_parts(file_bytes("six_f8_big"), 0, {});
  ASSERT_TRUE(npy.ok()) << npy.status.message;
  EXPECT_EQ(values_of(npy.value), (std::vector<float>{1, 2, 3, 4, 5, 6}));
  const ImportResult text = import_in_parts(bytes_of("[[1, 2],\n [3, 4]]"), 0, {}, 5);
  ASSERT_TRUE(text.ok()) << text.status.message;
  EXPECT_EQ(values_of(text.value), (std::vector<float>{1, 2, 3, 4}));
}

void expect_refusal(const core::Status& status, std::initializer_list<const char*> words) {
  ASSERT_FALSE(status.ok());
  for (const char* word : words) {
    EXPECT_NE(status.message.find(word), std::string::npos) << word << ": " << status.message;
  }
}

TEST(ImportFile, SaysWhatItCannotRead) {
  expect_refusal(open_file(FilePart({}, 0, 0)).status, {"byte 0: the file is empty", ".npy"});
  const std::vector<uint8_t> zeros = {'1', ' ', 0, '2'};
  expect_refusal(open_file(Bytes(zeros)).status, {"byte 2", "zero byte", "UTF-8"});
  expect_refusal(open_file(FilePart(Bytes(zeros), 0, kLongestText + 1)).status,
                 {"300000001", "allowed"});
  const std::vector<uint8_t> file = file_bytes("safetensors");
  const ImportFile opened = open_in_parts(file).value;
  expect_refusal(MatrixReader().begin(opened, 99, {}), {"tensor 99", "allowed"});
  // Cut off, with the size that it should have.
  const Bytes cut = Bytes(file).first(700);
  const ImportFile listed = open_file(FilePart(cut, 0, file.size())).value;
  expect_refusal(read_in_parts(listed, cut, 7, {}).status, {"not read"});
}

ImportedMatrix matrix_of(std::string_view text) {
  return import_in_parts(bytes_of(text), 0, {}, 64).value;
}

TEST(ImportFile, AMaskIsBroadcastToItsScores) {
  using Bits = std::vector<uint8_t>;
  const auto mask = [](std::string_view text) { return to_mask_of(matrix_of(text), true, 2, 3); };
  EXPECT_EQ(mask("1 0 1").value, (Bits{1, 0, 1}));
  EXPECT_EQ(mask("[[1, 0, 1], [0, 0, 1]]").value, (Bits{1, 0, 1, 0, 0, 1}));
  EXPECT_EQ(mask("[[0], [1]]").value, (Bits{0, 0, 0, 1, 1, 1}));
  EXPECT_EQ(mask("[[1]]").value, (Bits{1, 1, 1}));
  for (const char* text : {"1 0", "[[1, 0], [0, 1], [0, 0]]", "[[1], [0], [0]]", "1 0 1 0 1 0"}) {
    expect_refusal(mask(text).status, {"shape (", "have (2, 3)", "(2, 1)"});
  }
}

TEST(ImportFile, MakesMasks) {
  using Bits = std::vector<uint8_t>;
  EXPECT_EQ(to_mask(matrix_of("[[True, False], [False, True]]"), true).value, (Bits{1, 0, 0, 1}));
  EXPECT_EQ(to_mask(matrix_of("[[True, False], [False, True]]"), false).value, (Bits{0, 1, 1, 0}));
  EXPECT_EQ(to_mask(matrix_of("1 0 1"), false).value, (Bits{0, 1, 0}));
  EXPECT_EQ(to_mask(matrix_of("[[0, -inf], [-3.4e38, 0]]"), true).value, (Bits{0, 1, 1, 0}));
  expect_refusal(to_mask(matrix_of("[[0, 1], [0.5, 0]]"), true).status,
                 {"row 1, column 0", "found 0.5", "-1e4"});
  expect_refusal(to_mask(matrix_of("[[0, -inf], [nan, 0]]"), true).status, {"row 1, column 0"});
}

}  // namespace
}  // namespace softmask::view
