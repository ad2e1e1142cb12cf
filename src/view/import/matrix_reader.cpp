#include "view/import/matrix_reader.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "view/import/refusal_texts.h"

namespace softmask::view {
namespace {

core::Status no_memory_for_bytes(const ByteRange& bytes) {
  return core::Status::range(
      refusal_words(RefusalText::kNoMemoryForBytes, {std::to_string(bytes.end - bytes.begin)}));
}

core::Status check_tensor(const ImportFile& file, std::size_t tensor) {
  if (tensor >= file.tensors.size()) {
    return core::Status::range(refusal_words(
        RefusalText::kTensorNumber, {std::to_string(tensor), std::to_string(file.tensors.size())}));
  }
  const NamedTensor& found = file.tensors[tensor];
  return found.readable ? core::Status{} : refused_type(found);
}

}  // namespace

core::Status MatrixReader::begin(const ImportFile& file, std::size_t tensor,
                                 std::span<const uint64_t> slice) {
  file_ = &file;
  if (file.kind == FileKind::kText) return begin_plain({0, file.size});
  core::Status status = check_tensor(file, tensor);
  if (!status.ok()) return status;
  array_ = file.tensors[tensor].array;
  array_size_ = file.tensors[tensor].end;
  slice_.assign(slice.begin(), slice.end());
  core::Result<ByteRange> matrix = matrix_range(array_size_, array_, slice);
  if (!matrix.ok()) return std::move(matrix.status);
  if (file.kind == FileKind::kNpz) {
    return begin_member(file.archive.members[tensor], file.archive.packed[tensor], matrix.value);
  }
  if (file.kind != FileKind::kTorch) return begin_plain(matrix.value);
  const std::size_t member = file.tensors[tensor].member;
  return begin_member(file.torch.members[member], file.torch.packed[member], matrix.value);
}

core::Status MatrixReader::begin_plain(const ByteRange& bytes) {
  range_ = kept_ = bytes;
  const uint64_t size = bytes.end - bytes.begin;
  if (size < std::numeric_limits<std::size_t>::max()) {
    block_ = core::allocate<uint8_t>(static_cast<std::size_t>(size) + 1);
  }
  return block_ ? core::Status{} : no_memory_for_bytes(bytes);
}

core::Status MatrixReader::begin_member(const ZipMember& member, const ByteRange& packed,
                                        const ByteRange& matrix) {
  if (member.method == kZipStored) {
    // A checksum is that of all bytes; a matrix among others is read without them.
    const bool is_all = matrix.begin == array_.offset && matrix.end == packed.end;
    if (!is_all) return begin_plain(matrix);
    // From here on the array is in the member.
    array_.offset -= packed.begin;
    array_size_ -= packed.begin;
    kept_ = {matrix.begin - packed.begin, matrix.end - packed.begin};
  } else {
    kept_ = matrix;
  }
  range_ = packed;
  member_.emplace(member, kept_);
  return member_->has_memory() ? core::Status{} : no_memory_for_bytes(kept_);
}

core::Status MatrixReader::feed(Bytes piece) {
  if (member_) return member_->feed(piece);
  const uint64_t room = range_.end - range_.begin - filled_;
  const auto count = static_cast<std::size_t>(std::min<uint64_t>(room, piece.size()));
  if (count > 0) std::memcpy(block_.get() + filled_, piece.data(), count);
  filled_ += count;
  return {};
}

core::Status MatrixReader::begin_parse() {
  if (member_) {
    core::Status status = member_->finish();
    if (!status.ok()) return status;
  }
  const Bytes bytes =
      member_ ? member_->kept() : Bytes(block_.get(), static_cast<std::size_t>(filled_));
  if (file_->kind != FileKind::kText) {
    return values_.begin(FilePart(bytes, kept_.begin, array_size_), array_, slice_);
  }
  if (filled_ != file_->size) return refused_at_byte(0, RefusalText::kFileTextNotRead);
  text_.emplace(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  return {};
}

bool MatrixReader::parse_on(std::size_t count) {
  if (!is_parsing_) parse_status_ = begin_parse();
  is_parsing_ = true;
  if (!parse_status_.ok()) return false;
  return text_ ? text_->read_on(count) : values_.read_on(count);
}

ImportResult MatrixReader::finish() {
  while (parse_on(core::kMaxElements)) {
  }
  if (!parse_status_.ok()) return refused(std::move(parse_status_));
  if (text_) return text_->take();
  return {values_.take(), {}};
}

}  // namespace softmask::view
