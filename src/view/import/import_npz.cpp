#include "view/import/import_npz.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "view/import/import_npy.h"
#include "view/import/import_torch.h"
#include "view/import/refusal_texts.h"
#include "view/import/zip_member.h"
#include "view/percent_coding.h"

namespace softmask::view {
namespace {

constexpr std::string_view kArrayEnding = ".npy";
// Of a member; the header of most arrays has 128 bytes.
constexpr uint64_t kFirstLook = 4096;
// Holds the longest header with its names, also where deflate made it longer.
constexpr uint64_t kSecondLook = 262'144;

core::Status take_directory(NpzArchive& archive, const FilePart& part) {
  core::Result<std::vector<ZipMember>> members = archive.zip.read_directory(part);
  if (!members.ok()) return std::move(members.status);
  std::vector<ZipMember>& all = members.value;
  if (is_torch_archive(all)) {
    archive.members = std::move(all);
    archive.stage = NpzArchive::Stage::kTorch;
    return {};
  }
  std::erase_if(all, [](const ZipMember& m) { return !m.name.ends_with(kArrayEnding); });
  if (all.empty()) return refused_at_byte(0, RefusalText::kZipNoArray);
  archive.members = std::move(all);
  archive.stage = NpzArchive::Stage::kMembers;
  archive.beginning = kFirstLook;
  return {};
}

// What a member holds, by its beginning.
struct Beginning {
  bool is_enough = true;  // else more of it has to be read
  ByteRange packed;
  StoredArray array;
  std::string descr;  // of an array that is refused, its type as it is written, where it is
};

constexpr std::size_t kLongestDescr = 24;

core::Result<Beginning> read_beginning(ZipArchive& zip, const FilePart& part,
                                       const ZipMember& member, bool may_read_more) {
  Beginning found;
  core::Status status = check_member(member);
  if (!status.ok()) return {{}, std::move(status)};
  core::Result<ByteRange> packed = zip.packed_bytes(part, member);
  if (!packed.ok()) return {{}, std::move(packed.status)};
  found.packed = packed.value;
  const uint64_t there = part.start + part.bytes.size();
  const uint64_t end = std::clamp(there, found.packed.begin, found.packed.end);

  MemberReader reader(member, {0, std::min<uint64_t>(member.size, kLongestNpyHeader)});
  if (!reader.has_memory()) return {{}, no_memory_for(kLongestNpyHeader)};
  if (found.packed.begin < end) {
    status = reader.feed(
        {part.at(found.packed.begin), static_cast<std::size_t>(end - found.packed.begin)});
  }
  if (!status.ok()) return {{}, std::move(status)};
  const Bytes header = reader.kept();
  found.is_enough = end == found.packed.end || header.size() >= npy_header_end(header);
  if (!found.is_enough && may_read_more) return {std::move(found), {}};
  found.is_enough = true;
  core::Result<StoredArray> array = read_npy_header(header, &found.descr);
  found.array = std::move(array.value);
  return {std::move(found), std::move(array.status)};
}

NamedTensor tensor_of(const ZipMember& member, core::Result<Beginning> found) {
  const std::string_view name =
      std::string_view(member.name).substr(0, member.name.size() - kArrayEnding.size());
  NamedTensor tensor;
  tensor.name = is_utf8(name) ? std::string(name) : printable_excerpt(name, name.size());
  if (!found.ok()) {
    tensor.readable = false;
    tensor.dtype = printable_excerpt(found.value.descr, kLongestDescr);
    tensor.array.shape = std::move(found.value.array.shape);
    tensor.refusal = refusal_words(RefusalText::kMemberRefused,
                                   {printable_excerpt(name, 60), found.status.message});
    return tensor;
  }
  tensor.array = std::move(found.value.array);
  tensor.dtype = numpy_type_name(tensor.array.type);
  const bool is_stored = member.method == kZipStored;
  if (is_stored) tensor.array.offset += found.value.packed.begin;
  tensor.end = is_stored ? found.value.packed.end : member.size;
  return tensor;
}

core::Status take_member(NpzArchive& archive, const FilePart& part,
                         std::vector<NamedTensor>& tensors) {
  const ZipMember& member = archive.members[archive.packed.size()];
  core::Result<Beginning> found =
      read_beginning(archive.zip, part, member, archive.beginning < kSecondLook);
  if (found.ok() && !found.value.is_enough) {
    archive.beginning = kSecondLook;
    return {};
  }
  archive.beginning = kFirstLook;
  archive.packed.push_back(found.value.packed);
  tensors.push_back(tensor_of(member, std::move(found)));
  if (archive.packed.size() < archive.members.size()) return {};
  archive.zip = {};
  const bool has_some = std::any_of(tensors.begin(), tensors.end(),
                                    [](const NamedTensor& tensor) { return tensor.readable; });
  return has_some ? core::Status{} : refused_type(tensors.front());
}

}  // namespace

ByteRange npz_wanted(const NpzArchive& archive, uint64_t file_size) {
  switch (archive.stage) {
    case NpzArchive::Stage::kEnd:
      return zip_tail(file_size);
    case NpzArchive::Stage::kDirectory:
      return archive.directory;
    case NpzArchive::Stage::kTorch:
      return {};
    case NpzArchive::Stage::kMembers:
      break;
  }
  if (archive.packed.size() == archive.members.size()) return {};
  const ZipMember& member = archive.members[archive.packed.size()];
  return {member.header, std::min(member.limit, member.header + archive.beginning)};
}

core::Status read_npz_on(NpzArchive& archive, const FilePart& part,
                         std::vector<NamedTensor>& tensors) {
  switch (archive.stage) {
    case NpzArchive::Stage::kEnd: {
      core::Result<ByteRange> directory = archive.zip.find_directory(part);
      if (!directory.ok()) return std::move(directory.status);
      archive.directory = directory.value;
      archive.stage = NpzArchive::Stage::kDirectory;
      // There is nothing to ask for.
      if (archive.directory.begin < archive.directory.end) return {};
      return refused_at_byte(0, RefusalText::kZipNoArray);
    }
    case NpzArchive::Stage::kDirectory:
      return take_directory(archive, part);
    case NpzArchive::Stage::kTorch:
      return {};
    case NpzArchive::Stage::kMembers:
      break;
  }
  return take_member(archive, part, tensors);
}

}  // namespace softmask::view
