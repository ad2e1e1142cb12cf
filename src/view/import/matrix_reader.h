// One matrix out of a file, whatever holds it, from the pieces in which its bytes are read.
#ifndef SOFTMASK_VIEW_IMPORT_MATRIX_READER_H_
#define SOFTMASK_VIEW_IMPORT_MATRIX_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/memory_block.h"
#include "core/status.h"
#include "view/import/import_file.h"
#include "view/import/import_text.h"
#include "view/import/zip_member.h"

namespace softmask::view {

// Begun, fed and finished once; `file` has to outlive it. A text is read as a whole, of an array
// only the bytes from the matrix's first value to its last. A deflated array is unpacked from its
// beginning to its end, but nothing else of it is kept. With that, and with a stored array of one
// matrix, the archive's checksum is looked at.
class MatrixReader {
 public:
  // Of the tensor's last two dims at `slice` (see read_matrix). Takes the memory for the bytes;
  // refuses all that the file's header tells to be wrong.
  core::Status begin(const ImportFile& file, std::size_t tensor, std::span<const uint64_t> slice);

  // The bytes of the file that are to be fed.
  const ByteRange& range() const { return range_; }

  // The next of them, in order, in pieces of any size.
  core::Status feed(Bytes piece);

  // After the last of them: makes numbers of about so many bytes of a text, or values of an array.
  // False once there is nothing left to do but finish().
  bool parse_on(std::size_t count);
  // How much of that is done: 0 … 1.
  double parsed() const { return text_ ? text_->done() : values_.done(); }

  // After the last of them; does what parse_on has not.
  ImportResult finish();

 private:
  core::Status begin_member(const ZipMember& member, const ByteRange& packed,
                            const ByteRange& matrix);
  core::Status begin_plain(const ByteRange& bytes);
  core::Status begin_parse();

  const ImportFile* file_ = nullptr;
  std::vector<uint64_t> slice_;
  StoredArray array_;
  uint64_t array_size_ = 0;  // of what the array's offset counts in
  ByteRange range_;
  ByteRange kept_;                    // what is kept of it, counted likewise
  core::MemoryBlock<uint8_t> block_;  // of range_, where there is no member
  uint64_t filled_ = 0;               // bytes of block_
  std::optional<MemberReader> member_;
  bool is_parsing_ = false;
  core::Status parse_status_;
  std::optional<TextImport> text_;
  MatrixValues values_;  // where it is no text
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_MATRIX_READER_H_
