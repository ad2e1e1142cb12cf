#include "view/import/import_torch.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "view/import/refusal_texts.h"
#include "view/import/zip_member.h"
#include "view/percent_coding.h"

namespace softmask::view {
namespace {

constexpr std::string_view kPickleName = "data.pkl";
// Of a storage: its own header, whose extra field aligns the values to 64 bytes.
constexpr uint64_t kFirstLook = 4096;
// A member's own header with the longest name and extra field.
constexpr uint64_t kLongestHeader = kZipHeaderSize + 2 * 65'535;

// "archive/data.pkl", or without a folder. Other pickles may lie deeper: TorchScript's code.
bool is_pickle(const ZipMember& member) {
  const std::size_t slash = member.name.find('/');
  return std::string_view(member.name).substr(slash == std::string::npos ? 0 : slash + 1) ==
         kPickleName;
}

// The folder that the pickle is in, with its slash.
std::string_view folder_of(const TorchArchive& archive) {
  const std::string_view name = archive.members[archive.pickle].name;
  return name.substr(0, name.size() - kPickleName.size());
}

// By name; members.size() where there is none.
std::size_t find_byte_order(const TorchArchive& archive) {
  const std::string wanted = std::string(folder_of(archive)) + "byteorder";
  const auto found = std::find_if(archive.members.begin(), archive.members.end(),
                                  [&](const ZipMember& member) { return member.name == wanted; });
  return static_cast<std::size_t>(found - archive.members.begin());
}

// The member of each tensor's storage; members.size() where there is none.
std::vector<std::size_t> find_storages(const TorchArchive& archive) {
  const std::string folder = std::string(folder_of(archive)) + "data/";
  std::unordered_map<std::string_view, std::size_t> by_key;
  for (std::size_t i = 0; i < archive.members.size(); ++i) {
    const std::string_view name = archive.members[i].name;
    if (name.starts_with(folder)) by_key.emplace(name.substr(folder.size()), i);
  }
  std::vector<std::size_t> all;
  for (const PickledTensor& tensor : archive.tensors) {
    const auto found = by_key.find(tensor.storage);
    all.push_back(found == by_key.end() ? archive.members.size() : found->second);
  }
  return all;
}

// Feeds a whole member to `reader`. Gives where its packed bytes are in the file.
core::Result<ByteRange> unpack(ZipArchive& zip, const FilePart& part, const ZipMember& member,
                               MemberReader& reader) {
  core::Status status = check_member(member);
  if (!status.ok()) return {{}, std::move(status)};
  core::Result<ByteRange> packed = zip.packed_bytes(part, member);
  if (!packed.ok()) return packed;
  const auto [begin, end] = packed.value;
  if (!part.has(begin, end - begin)) {
    return {{}, refused_at_byte(begin, RefusalText::kValuesNotRead)};
  }
  if (!reader.has_memory()) {
    return {{},
            core::Status::range(
                refusal_words(RefusalText::kNoMemoryForBytes, {std::to_string(member.size)}))};
  }
  if (begin < end) {
    status = reader.feed({part.at(begin), static_cast<std::size_t>(end - begin)});
  }
  if (status.ok()) status = reader.finish();
  return {packed.value, std::move(status)};
}

core::Status take_pickle(TorchArchive& archive, const FilePart& part) {
  const ZipMember& member = archive.members[archive.pickle];
  if (member.size > kLongestPickle) {
    return refused_at_byte(member.header, refusal_words(RefusalText::kPickleTooLong,
                                                        {std::to_string(member.size),
                                                         std::to_string(kLongestPickle)}));
  }
  MemberReader reader(member, {0, member.size});
  core::Result<ByteRange> packed = unpack(archive.zip, part, member, reader);
  if (!packed.ok()) return std::move(packed.status);
  // Where it is stored, the bytes that messages name are those of the file.
  const uint64_t offset = member.method == kZipStored ? packed.value.begin : 0;
  core::Result<std::vector<PickledTensor>> read = read_torch_pickle(reader.kept(), offset);
  if (!read.ok()) return std::move(read.status);
  if (read.value.empty()) return refused_at_byte(0, RefusalText::kFileHasNoTensor);
  archive.tensors = std::move(read.value);

  archive.storage_of = find_storages(archive);
  std::vector<bool> is_wanted(archive.members.size() + 1, false);
  for (const std::size_t storage : archive.storage_of) is_wanted[storage] = true;
  for (std::size_t i = archive.members.size(); i-- > 0;) {
    if (is_wanted[i]) archive.storages.push_back(i);
  }
  archive.packed.resize(archive.members.size());
  archive.byte_order = find_byte_order(archive);
  archive.stage = archive.byte_order < archive.members.size() ? TorchArchive::Stage::kByteOrder
                                                              : TorchArchive::Stage::kStorages;
  return {};
}

core::Status take_byte_order(TorchArchive& archive, const FilePart& part) {
  const ZipMember& member = archive.members[archive.byte_order];
  constexpr uint64_t kLongestWord = 6;
  MemberReader reader(member, {0, std::min<uint64_t>(member.size, kLongestWord)});
  core::Result<ByteRange> packed = unpack(archive.zip, part, member, reader);
  if (!packed.ok()) return std::move(packed.status);
  const Bytes bytes = reader.kept();
  const std::string_view word(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (word != "little" && word != "big") {
    return refused_at_byte(member.header, RefusalText::kTorchByteOrder);
  }
  archive.big_endian = word == "big";
  archive.stage = TorchArchive::Stage::kStorages;
  return {};
}

// Why a tensor of that form is not read.
std::string refused_form(const PickledTensor& pickled) {
  switch (pickled.form) {
    case TensorForm::kSparse:
      return refusal_words(RefusalText::kTorchSparse, {});
    case TensorForm::kQuantized:
      return refusal_words(RefusalText::kTorchQuantized, {});
    case TensorForm::kNested:
      return refusal_words(RefusalText::kTorchNested, {});
    case TensorForm::kMeta:
      return refusal_words(RefusalText::kTorchMeta, {});
    case TensorForm::kStrided:
    case TensorForm::kOther:
      break;
  }
  return refusal_words(RefusalText::kTorchOther, {pickled.dtype});
}

NamedTensor tensor_of(const TorchArchive& archive, const PickledTensor& pickled, std::size_t at) {
  NamedTensor tensor;
  tensor.name = pickled.name;
  tensor.dtype = pickled.dtype;
  tensor.readable = pickled.readable;
  tensor.array.shape = pickled.shape;
  tensor.array.strides = pickled.strides;
  tensor.array.type = pickled.type;
  tensor.array.type.big_endian = archive.big_endian;
  const auto refuse = [&](std::string why) {
    tensor.readable = false;
    tensor.refusal = pickled.name.empty()
                         ? std::move(why)
                         : refusal_words(RefusalText::kMemberRefused,
                                         {printable_excerpt(pickled.name, 60), std::move(why)});
    return tensor;
  };
  const auto refuse_here = [&](std::string_view why) {
    return refuse(refused_at_byte(pickled.at, why).message);
  };
  if (pickled.form != TensorForm::kStrided) return refuse_here(refused_form(pickled));
  if (!tensor.readable) {
    const std::string type = printable_excerpt(pickled.dtype, 40);
    const std::string why =
        pickled.name.empty()
            ? refusal_words(RefusalText::kTorchTypeUnnamed, {type})
            : refusal_words(RefusalText::kTorchType, {printable_excerpt(pickled.name, 60), type});
    tensor.refusal = refused_at_byte(pickled.at, why).message;
    return tensor;
  }
  if (at == archive.members.size()) {
    return refuse_here(refusal_words(RefusalText::kTorchNoStorage,
                                     {"data/" + printable_excerpt(pickled.storage, 20)}));
  }
  const ZipMember& member = archive.members[at];
  if (const auto why = archive.refused.find(at); why != archive.refused.end()) {
    return refuse(why->second);
  }
  const auto size = static_cast<uint64_t>(pickled.type.size);
  if (pickled.storage_size > member.size / size || pickled.storage_offset > pickled.storage_size) {
    return refuse_here(
        refusal_words(RefusalText::kTorchStorageBytes,
                      {std::to_string(pickled.storage_offset), std::to_string(pickled.storage_size),
                       pickled.dtype, std::to_string(member.size)}));
  }
  const uint64_t begin = member.method == kZipStored ? archive.packed[at].begin : 0;
  tensor.array.offset = begin + pickled.storage_offset * size;
  tensor.end = begin + pickled.storage_size * size;
  tensor.member = at;
  return tensor;
}

void take_storage(TorchArchive& archive, const FilePart& part) {
  const std::size_t at = archive.storages.back();
  archive.storages.pop_back();
  const ZipMember& member = archive.members[at];
  core::Status status = check_member(member);
  if (status.ok()) {
    core::Result<ByteRange> packed = archive.zip.packed_bytes(part, member);
    archive.packed[at] = packed.value;
    status = std::move(packed.status);
  }
  // Its tensors are refused one by one, when all are listed.
  if (!status.ok()) archive.refused.emplace(at, std::move(status.message));
}

}  // namespace

bool is_torch_archive(const std::vector<ZipMember>& members) {
  return std::any_of(members.begin(), members.end(), is_pickle);
}

TorchArchive::TorchArchive(ZipArchive archive, std::vector<ZipMember> all)
    : zip(std::move(archive)), members(std::move(all)) {
  pickle = static_cast<std::size_t>(std::find_if(members.begin(), members.end(), is_pickle) -
                                    members.begin());
}

ByteRange torch_wanted(const TorchArchive& archive) {
  const auto whole = [&](std::size_t index) {
    const ZipMember& member = archive.members[index];
    const uint64_t most = std::min<uint64_t>(member.packed_size, 2 * kLongestPickle);
    return ByteRange{member.header, std::min(member.limit, member.header + kLongestHeader + most)};
  };
  switch (archive.stage) {
    case TorchArchive::Stage::kPickle:
      return whole(archive.pickle);
    case TorchArchive::Stage::kByteOrder:
      return whole(archive.byte_order);
    case TorchArchive::Stage::kStorages:
      break;
  }
  if (archive.storages.empty()) return {};
  const ZipMember& member = archive.members[archive.storages.back()];
  return {member.header, std::min(member.limit, member.header + kFirstLook)};
}

core::Status read_torch_on(TorchArchive& archive, const FilePart& part,
                           std::vector<NamedTensor>& tensors) {
  core::Status status;
  switch (archive.stage) {
    case TorchArchive::Stage::kPickle:
      status = take_pickle(archive, part);
      break;
    case TorchArchive::Stage::kByteOrder:
      status = take_byte_order(archive, part);
      break;
    case TorchArchive::Stage::kStorages:
      take_storage(archive, part);
      break;
  }
  if (!status.ok() || archive.stage != TorchArchive::Stage::kStorages ||
      !archive.storages.empty()) {
    return status;
  }
  for (std::size_t i = 0; i < archive.tensors.size(); ++i) {
    tensors.push_back(tensor_of(archive, archive.tensors[i], archive.storage_of[i]));
  }
  archive.tensors.clear();
  archive.zip = {};
  const bool has_some = std::any_of(tensors.begin(), tensors.end(),
                                    [](const NamedTensor& tensor) { return tensor.readable; });
  return has_some ? core::Status{} : refused_type(tensors.front());
}

}  // namespace softmask::view
