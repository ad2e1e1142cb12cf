#include "view/import/import_torch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/bit_cast.h"
#include "view/import/file_bytes.h"
#include "view/import/imported.h"
#include "view/import/in_parts.h"
#include "view/import/zip_bytes.h"

namespace softmask::view {
namespace {

using File = std::vector<uint8_t>;

ImportFile opened(const File& file) {
  core::Result<ImportFile> result = open_in_parts(file);
  EXPECT_TRUE(result.ok()) << result.status.message;
  EXPECT_EQ(result.value.kind, FileKind::kTorch);
  return std::move(result.value);
}

// The matrix of the tensor of that name.
ImportResult read(const File& file, std::string_view name, std::vector<uint64_t> slice = {}) {
  const ImportFile all = opened(file);
  for (std::size_t i = 0; i < all.tensors.size(); ++i) {
    if (all.tensors[i].name == name) return read_in_parts(all, file, i, slice);
  }
  return refused(core::Status::range("no such tensor"));
}

// An archive of `pickle` and one storage of six float32.
std::vector<MemberBytes> members_with(const File& pickle, uint16_t method = kZipStored) {
  File values;
  for (const float value : kSix) put(values, core::bit_cast<uint32_t>(value), 4);
  return {{"x/data.pkl", pickle, method}, {"x/data/0", values, method}};
}

TEST(ImportTorch, ReadsOneTensor) {
  const File file = file_bytes("torch_one");
  EXPECT_EQ(opened(file).tensors.size(), 1U);
  expect_matrix(read(file, ""), 2, kSix);
}

TEST(ImportTorch, ReadsViewsByTheirStrides) {
  const File dict = file_bytes("torch_dict");
  expect_matrix(read(dict, "attn[0]", {1, 1}), 2, {18, 19, 20, 21, 22, 23});
  expect_matrix(read(dict, "attn[1]", {1, 1}), 3, {18, 21, 19, 22, 20, 23});
  expect_matrix(read(dict, "weight"), 2, {12, 13, 14, 15, 16, 17});
  expect_matrix(read(dict, "mask"), 2, {1, 0, 0, 1});
  expect_matrix(read(dict, "layer[3]"), 2, kSix);
  EXPECT_EQ(read(dict, "layer[3]").value.type, ElementType::kInteger);

  const File views = file_bytes("torch_views");
  expect_matrix(read(views, "[0]"), 2, {2, 3, 5, 6});
  expect_matrix(read(views, "[1]"), 3, {1, 2, 3, 1, 2, 3, 1, 2, 3});
  expect_matrix(read(views, "[2]"), 1, {4, 5, 6});
  expect_matrix(read(views, "[3]"), 1, {1.5});
  expect_refused(read(views, "[4]"), {"empty"});
}

TEST(ImportTorch, ReadsEveryType) {
  const File file = file_bytes("torch_types");
  for (const char* name : {"f64", "f16", "bf16", "i32", "i16", "u8"}) {
    SCOPED_TRACE(name);
    expect_matrix(read(file, name), 2, kSix);
  }
  expect_matrix(read(file, "i8"), 2, {-1, -2, -3, -4, -5, -6});
  EXPECT_EQ(read(file, "bf16").value.type, ElementType::kBFloat16);
  expect_refused(read(file, "complex"), {"complex", "ComplexFloatStorage"});
}

TEST(ImportTorch, ReadsSubclassesModulesAndOutputsOfModels) {
  expect_matrix(read(file_bytes("torch_subclass"), ""), 2, kSix);
  expect_matrix(read(file_bytes("torch_v3"), ""), 2, kSix);
  expect_matrix(read(file_bytes("torch_output"), "attentions[1]", {0, 1}), 3, {6, 9, 7, 10, 8, 11});
  EXPECT_EQ(read(file_bytes("torch_module"), "_parameters.weight").value.cols, 3);
}

TEST(ImportTorch, WhatIsNotStridedIsRefusedInWords) {
  const File forms = file_bytes("torch_forms");
  expect_refused(read(forms, "coo"), {"in \"coo\", byte ", "sparse", "x.to_dense()"});
  expect_refused(read(forms, "csr"), {"sparse", "x.to_dense()"});
  expect_refused(read(forms, "parameter"), {"sparse"});
  expect_refused(read(forms, "quantized"), {"byte ", "quantized", "x.dequantize()"});
  expect_refused(read(forms, "nested"), {"byte ", "nested", "to_padded_tensor"});
  expect_refused(read(forms, "meta"), {"byte ", "meta", "values"});
  expect_matrix(read(forms, "dense"), 2, kSix);
  const core::Result<ImportFile> alone = open_in_parts(file_bytes("torch_sparse"));
  EXPECT_FALSE(alone.ok());
  EXPECT_EQ(alone.status.message.find("byte "), 0U) << alone.status.message;
  EXPECT_NE(alone.status.message.find("x.to_dense()"), std::string::npos) << alone.status.message;
  // A function that is not known names itself.
  File other = file_bytes("torch_sparse_pickle");
  const File known = bytes_of("_rebuild_sparse");
  const auto at = std::search(other.begin(), other.end(), known.begin(), known.end());
  ASSERT_NE(at, other.end());
  *(at + 9) = 'S';
  expect_refused(import_in_parts(zip_of(members_with(other)), 0, {}),
                 {"built by _rebuild_Sparse_tensor", "x.cpu()"});
}

TEST(ImportTorch, ReadsArchivesThatWerePackedAgain) {
  const File pickle = file_bytes("torch_one_pickle");
  for (const uint16_t method : {kZipStored, kZipDeflated}) {
    expect_matrix(read(zip_of(members_with(pickle, method)), ""), 2, kSix);
  }
}

TEST(ImportTorch, TheByteOrderIsTheArchives) {
  auto members = members_with(file_bytes("torch_one_pickle"));
  File values;
  for (const float value : kSix) {
    const auto bits = core::bit_cast<uint32_t>(value);
    for (int shift = 24; shift >= 0; shift -= 8) put(values, bits >> shift & 255, 1);
  }
  members[1] = {"x/data/0", values};
  members.emplace_back("x/byteorder", bytes_of("big"));
  expect_matrix(read(zip_of(members), ""), 2, kSix);
  members[2] = {"x/byteorder", bytes_of("middle")};
  expect_refused(import_in_parts(zip_of(members), 0, {}), {"byte order", "little", "big"});
}

TEST(ImportTorch, RefusesWhatLies) {
  const File pickle = file_bytes("torch_one_pickle");
  // The call that makes the tensor: 4 bytes before the end of the pickle, which begins at byte 44.
  const std::string rebuilt = "byte " + std::to_string(44 + pickle.size() - 4) + ": ";
  auto members = members_with(pickle);
  members[1].name = "x/data/1";
  expect_refused(import_in_parts(zip_of(members), 0, {}),
                 {rebuilt + "the values of this tensor, data/0", "not in the archive"});
  members = members_with(pickle);
  members[1] = {"x/data/0", File(20)};
  expect_refused(import_in_parts(zip_of(members), 0, {}), {rebuilt, "6", "float32", "20 bytes"});
  // Of a type that no one reads.
  File other = pickle;
  const File type = bytes_of("FloatStorage");
  const auto name = std::search(other.begin(), other.end(), type.begin(), type.end());
  ASSERT_NE(name, other.end());
  *name = 'G';
  expect_refused(import_in_parts(zip_of(members_with(other)), 0, {}),
                 {rebuilt, "stored as GloatStorage", "float16"});
  // Six values, of which the shape wants ten.
  File longer = pickle;
  const File shape = {'K', 2, 'K', 3, 0x86};
  const auto at = std::search(longer.begin(), longer.end(), shape.begin(), shape.end());
  ASSERT_NE(at, longer.end());
  *(at + 1) = 10;
  expect_refused(import_in_parts(zip_of(members_with(longer)), 0, {}), {"(10, 3)", "byte"});
  expect_refused(import_in_parts(file_bytes("torch_nothing"), 0, {}), {"no tensor"});
  expect_refused(import_in_parts(file_bytes("torch_legacy"), 0, {}), {"byte 0", "pickle"});
  // A pickle that is damaged names its own byte of the file.
  File damaged = pickle;
  damaged[2] = 'i';
  expect_refused(import_in_parts(zip_of(members_with(damaged)), 0, {}), {"byte 46", "0x69"});
}

// Two tensors of two storages; the header of the second one is another's.
TEST(ImportTorch, AStorageThatIsNotRightRefusesItsOwnTensors) {
  const File file = file_bytes("torch_dict");
  const ImportFile all = opened(file);
  ASSERT_GT(all.tensors.size(), 1U);
  const std::size_t first = all.tensors.front().member;
  const std::size_t last = all.tensors.back().member;
  ASSERT_NE(first, last);
  File damaged = file;
  damaged[static_cast<std::size_t>(all.torch.members[last].header)] = 'X';
  const ImportFile found = opened(damaged);
  EXPECT_TRUE(read_in_parts(found, damaged, 0, {}).ok());
  expect_refused(read_in_parts(found, damaged, found.tensors.size() - 1, {}),
                 {all.tensors.back().name, "does not begin"});
}

TEST(ImportTorch, EveryTruncationIsRefused) {
  const File whole = file_bytes("torch_dict");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(import_in_parts(Bytes(whole).first(length), 0, {}).ok()) << length;
  }
}

}  // namespace
}  // namespace softmask::view
