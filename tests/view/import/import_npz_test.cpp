#include "view/import/import_npz.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "view/import/file_bytes.h"
#include "view/import/imported.h"
#include "view/import/in_parts.h"
#include "view/import/zip_bytes.h"

namespace softmask::view {
namespace {

using Members = std::vector<MemberBytes>;
using File = std::vector<uint8_t>;

ImportResult import_first(const File& file) { return import_in_parts(file, 0, {}); }

TEST(ImportNpz, ReadsWhatNumPyWrites) {
  for (const char* name : {"npz_stored", "npz_deflated", "npz_zip64"}) {
    SCOPED_TRACE(name);
    const File file = file_bytes(name);
    const core::Result<ImportFile> opened = open_in_parts(file);
    ASSERT_TRUE(opened.ok()) << opened.status.message;
    ASSERT_EQ(opened.value.kind, FileKind::kNpz);
    ASSERT_EQ(opened.value.tensors.size(), 2u);
    EXPECT_EQ(opened.value.tensors[0].name, "scores");
    EXPECT_EQ(opened.value.tensors[0].dtype, "float32");
    EXPECT_EQ(opened.value.tensors[0].array.shape, (std::vector<uint64_t>{2, 3}));
    EXPECT_EQ(opened.value.tensors[1].name, "mask");
    EXPECT_EQ(opened.value.tensors[1].dtype, "bool");
    for (const uint64_t piece : {1, 7, 100000}) {
      expect_matrix(read_in_parts(opened.value, file, 0, {}, piece), 2, kSix);
      expect_matrix(read_in_parts(opened.value, file, 1, {}, piece), 2, {1, 0, 0, 1});
    }
  }
}

TEST(ImportNpz, ReadsASliceOfAStoredArrayAloneAndOfADeflatedOneAll) {
  const File cube = file_bytes("cube");  // (2, 2, 2, 3), 0 … 23
  const uint64_t slice[] = {1, 0};
  for (const uint16_t method : {kZipStored, kZipDeflated}) {
    const File file = zip_of({{"cube.npy", cube, method}});
    const ImportFile opened = open_in_parts(file).value;
    MatrixReader reader;
    ASSERT_TRUE(reader.begin(opened, 0, slice).ok());
    EXPECT_EQ(reader.range().end - reader.range().begin,
              method == kZipStored ? 6 * sizeof(float) : cube.size() + 5);
    expect_matrix(read_in_parts(opened, file, 0, slice), 2, {12, 13, 14, 15, 16, 17});
  }
}

TEST(ImportNpz, PassesOverOtherMembersAndACommentBehind) {
  const File six = file_bytes("six_f8_big");
  EndBytes end;
  end.comment = "PK\x05\x06 is how an end begins";
  const File file = zip_of({{"readme.txt", bytes_of("hello")}, {"a/b.npy", six}}, end);
  const core::Result<ImportFile> opened = open_in_parts(file);
  ASSERT_TRUE(opened.ok()) << opened.status.message;
  ASSERT_EQ(opened.value.tensors.size(), 1u);
  EXPECT_EQ(opened.value.tensors[0].name, "a/b");
  expect_matrix(read_in_parts(opened.value, file, 0, {}), 2, kSix);
}

// A header that deflate made so long that the first look at a member does not hold it.
TEST(ImportNpz, LooksFartherForALongHeader) {
  File long_one = bytes_of("\x93NUMPY\x02");
  long_one.push_back(0);
  const std::string header =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }" + std::string(9000, ' ') + "\n";
  put(long_one, header.size(), 4);
  put(long_one, bytes_of(header));
  put(long_one, 0x3f800000, 4);
  put(long_one, 0xc0000000, 4);
  for (const uint16_t method : {kZipStored, kZipDeflated}) {
    expect_matrix(import_first(zip_of({{"x.npy", long_one, method}})), 1, {1, -2});
  }
}

TEST(ImportNpz, RefusesWhatIsNoArchiveOfArrays) {
  expect_refused(import_first(zip_of({})), {"byte 0", "no .npy member", "numpy.savez"});
  expect_refused(import_first(zip_of({{"notes.txt", bytes_of("1 2")}})), {"no .npy member"});
  expect_refused(import_first(bytes_of("\x80\x04\x95")), {"pickle", "torch.save"});
  expect_refused(import_first(bytes_of("PK\x03\x04")), {"byte 4", "end of the archive"});
  const File whole = zip_of({{"x.npy", file_bytes("six_f4")}});
  for (std::size_t size = 4; size < whole.size(); ++size) {
    const File cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    expect_refused(import_first(cut), {"end of the archive", "whole .npz or .pt file"});
  }
}

TEST(ImportNpz, RefusesDirectoriesThatLie) {
  const Members one = {{"x.npy", file_bytes("six_f4")}};
  const auto with = [&](auto change) {
    EndBytes end;
    change(end);
    return import_first(zip_of(one, end));
  };
  const std::string end_at = "byte " + std::to_string(zip_of(one).size() - 22) + ":";
  expect_refused(with([](EndBytes& end) { end.disk = 3; }), {end_at, "not split over several"});
  expect_refused(with([](EndBytes& end) { end.count = 65534; }), {"entry 1 of 65534"});
  expect_refused(with([](EndBytes& end) { end.size = 0xfffffff0; }), {end_at, "does not fit"});
  expect_refused(with([](EndBytes& end) { end.begin = 0xfffffff0; }), {end_at, "does not fit"});
  // As if 186 bytes of something else stood before the archive.
  expect_refused(with([](EndBytes& end) { end.begin = 5; }), {"byte 186", "\"x.npy\""});
  // What says that the numbers are in records of zip64, which are not there.
  expect_refused(with([](EndBytes& end) { end.size = 0xffffffff; }), {end_at, "does not fit"});

  EndBytes fewer;
  fewer.count = 1;
  const Members two = {one[0], {"y.npy", file_bytes("six_f4")}};
  expect_refused(import_first(zip_of(two, fewer)), {"more members than the 1"});
  // A directory that is shorter than its entry, and one that is longer.
  EndBytes shorter;
  shorter.size = 40;
  expect_refused(import_first(zip_of(one, shorter)), {"byte 202", "entry 0 of 1"});
  File padded = zip_of(one);
  padded.insert(padded.end() - 22, 7, 0);
  expect_refused(import_first(padded), {});
}

TEST(ImportNpz, ReadsCommentsOfAnyLength) {
  const Members one = {{"x.npy", file_bytes("six_f4")}};
  for (const size_t length : {1, 1000, 1006, 65'513, 65'514, 65'535}) {
    SCOPED_TRACE(length);
    EndBytes end;
    end.comment.assign(length, 'c');
    expect_matrix(import_first(zip_of(one, end)), 2, kSix);
    expect_refused(import_first(zip_of({}, end)), {"byte 0", "no .npy member"});
  }
}

// An end of zip64 in the values of an array is none of the file's.
TEST(ImportNpz, SeesNoDirectoryInTheValues) {
  File values = zip_of({{"evil.npy", file_bytes("six_f4")}});
  const uint64_t end = values.size() - 22;
  const uint64_t begin = 30 + 8 + 4 + file_bytes("six_f4").size();
  values.resize(static_cast<size_t>(end));
  put(values, 0x06064b50, 4);
  put(values, 44, 8);
  put(values, 45, 2);
  put(values, 45, 2);
  put(values, 0, 8);  // this disk, and that of the directory
  put(values, 1, 8);
  put(values, 1, 8);
  put(values, end - begin, 8);
  put(values, begin, 8);
  put(values, 0x07064b50, 4);
  put(values, 0, 4);
  put(values, 30 + 5 + 4 + end, 8);
  put(values, 1, 4);
  const core::Result<ImportFile> opened =
      open_in_parts(zip_of({{"x.npy", values}, {"y.npy", file_bytes("six_f4")}}));
  EXPECT_FALSE(opened.ok());
  EXPECT_NE(opened.status.message.find("does not fit what is before it"), std::string::npos)
      << opened.status.message;
}

TEST(ImportNpz, RefusesMembersThatLie) {
  const auto with = [](auto change, uint16_t method = kZipDeflated) {
    Members members = {{"x.npy", file_bytes("six_f4"), method}, {"y.npy", file_bytes("bool")}};
    change(members[0]);
    members.pop_back();
    return import_first(zip_of(members));
  };
  expect_refused(with([](MemberBytes& m) { m.flags = 1; }), {"in \"x\"", "encrypted"});
  expect_refused(with([](MemberBytes& m) { m.method = 12; }), {"method 12", "8 (deflate)"});
  expect_refused(with([](MemberBytes& m) { m.checksum ^= 1; }), {"x.npy", "checksum"});
  expect_refused(with([](MemberBytes& m) { m.checksum ^= 1; }, kZipStored), {"checksum"});
  expect_refused(with([](MemberBytes& m) { m.size += 1; }), {"unpacks to 152", "the 153"});
  expect_refused(with([](MemberBytes& m) { m.size -= 1; }), {"more than the 151"});
  expect_refused(with([](MemberBytes& m) { m.size += 1; }, kZipStored), {"153", "152"});
  expect_refused(with([](MemberBytes& m) { m.size = 1'000'000'000; }), {"1000000000", "1032"});
  expect_refused(with([](MemberBytes& m) { m.packed_size = 50'000; }), {"50000 packed bytes"});
  expect_refused(with([](MemberBytes& m) { m.packed[0] = 7; }), {"packed bytes", "damaged"});
  expect_refused(with([](MemberBytes& m) { m.packed[2] ^= 1; }), {"packed bytes", "damaged"});
  expect_refused(with([](MemberBytes& m) { m.packed.resize(140); }), {"unpacks to 135"});
  expect_refused(with([](MemberBytes& m) { m.packed.resize(3); }), {"in \"x\"", "no .npy file"});
  expect_refused(with([](MemberBytes& m) { m.name_in_header = "z.npy"; }), {"does not begin"});
  expect_refused(with([](MemberBytes& m) { m.header_offset = 7; }), {"byte 7"});
  expect_refused(with([](MemberBytes& m) { m.header_offset = 0xfffffff0; }),
                 {"byte 196: ", "\"x.npy\" begins at byte 4294967280", "before byte 196"});
}

TEST(ImportNpz, RefusesMembersOverOneAnother) {
  Members members = {{"x.npy", file_bytes("six_f4")}, {"y.npy", file_bytes("six_f4")}};
  members[1].header_offset = 0;
  expect_refused(import_first(zip_of(members)), {"byte 0", "packed bytes"});
  members[1].header_offset = 400;  // where there is nothing but the directory
  expect_refused(import_first(zip_of(members)), {"byte 400"});
  members[1].header_offset = 100;
  expect_refused(import_first(zip_of(members)), {"up to byte 100"});
}

// 200,000 zeros behind a header that says six numbers: 300 packed bytes, and no more memory.
TEST(ImportNpz, ABombStopsWhereTheArchiveSaysTheEndIs) {
  expect_refused(import_first(file_bytes("npz_bomb")), {"more than the 152 bytes"});
}

TEST(ImportNpz, ListsAMemberThatCannotBeReadBesideOthers) {
  Members members = {{"locked.npy", file_bytes("six_f4")}, {"open.npy", file_bytes("six_f4")}};
  members[0].flags = 1;
  const File file = zip_of(members);
  const core::Result<ImportFile> opened = open_in_parts(file);
  ASSERT_TRUE(opened.ok()) << opened.status.message;
  ASSERT_EQ(opened.value.tensors.size(), 2u);
  EXPECT_FALSE(opened.value.tensors[0].readable);
  expect_refused(read_in_parts(opened.value, file, 0, {}), {"locked", "encrypted"});
  expect_matrix(read_in_parts(opened.value, file, 1, {}), 2, kSix);
}

// An array of version 1 whose header is this dict.
File array_with(const std::string& header) {
  File array = bytes_of("\x93NUMPY\x01");
  array.push_back(0);
  put(array, header.size(), 2);
  array.insert(array.end(), header.begin(), header.end());
  return array;
}

TEST(ImportNpz, ListsTheTypeAndTheShapeOfWhatIsNotRead) {
  const auto header = [](const std::string& descr, const std::string& shape) {
    return "{'descr': " + descr + ", 'fortran_order': False, 'shape': " + shape + ", }\n";
  };
  const struct {
    std::string header, dtype;
    std::vector<uint64_t> shape;
    std::string why;
  } cases[] = {
      {header("'<c8'", "(2, 3)"), "<c8", {2, 3}, "the type \"<c8\""},
      {header("'<U5'", "(4,)"), "<U5", {4}, "the type \"<U5\""},
      {header("'|O'", "()"), "|O", {}, "the type \"|O\""},
      {header("[('a]', '<f4'), ('b', '<i8', (2,))]", "(7, 8)"),
       "[('a]', '<f4'), … (2,))]",
       {7, 8},
       "fields"},
      // What is wrong behind the type is no shape.
      {header("'<c8'", "(2, x)"), "<c8", {}, "the type"},
      {header("[('a', '<f4'", "(2, 3)"), "", {}, "fields"},
      {header("'<f4'", "(2, 3"), "<f4", {}, "found"},
      {"{'shape': (2, 3), 'descr': '\x01\x02', 'fortran_order': False}",
       "\xef\xbf\xbd\xef\xbf\xbd",
       {2, 3},
       "the type"},
  };
  for (const auto& [text, dtype, shape, why] : cases) {
    SCOPED_TRACE(text);
    const File file = zip_of({{"c.npy", array_with(text)}, {"open.npy", file_bytes("six_f4")}});
    const core::Result<ImportFile> opened = open_in_parts(file);
    ASSERT_TRUE(opened.ok()) << opened.status.message;
    const NamedTensor& tensor = opened.value.tensors.front();
    EXPECT_FALSE(tensor.readable);
    EXPECT_EQ(tensor.dtype, dtype);
    EXPECT_EQ(tensor.array.shape, shape);
    expect_refused(read_in_parts(opened.value, file, 0, {}), {"in \"c\", byte ", why});
  }
}

TEST(ImportNpz, RefusesWhatNumPyWouldHaveToUnpickle) {
  expect_refused(import_first(zip_of({{"x.npy", file_bytes("fields")}})), {"in \"x\"", "fields"});
}

}  // namespace
}  // namespace softmask::view
