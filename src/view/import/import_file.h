// A file that somebody dropped, whatever it is, read in parts: first its beginning, then the bytes
// of the one matrix that is wanted.
#ifndef SOFTMASK_VIEW_IMPORT_IMPORT_FILE_H_
#define SOFTMASK_VIEW_IMPORT_IMPORT_FILE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/status.h"
#include "view/import/array_bytes.h"
#include "view/import/import_safetensors.h"
#include "view/import/imported_matrix.h"

namespace softmask::view {

enum class FileKind : uint8_t { kText, kNpy, kSafetensors };

// So many bytes of the beginning tell what a file is.
inline constexpr std::size_t kFileBeginning = 65'536;
// Texts are read as a whole: 16 million numbers of as many characters as a float32 needs.
inline constexpr uint64_t kLongestText = 300'000'000;

struct ImportFile {
  FileKind kind = FileKind::kText;
  uint64_t size = 0;  // bytes of the file
  // Where it has not been read far enough: open it again with so many bytes. 0: it has.
  uint64_t needed = 0;
  // What is in it. A .npy file has one, without a name; a text none, which is known only when it is
  // read.
  std::vector<NamedTensor> tensors;
};

// `beginning` starts at byte 0 and has kFileBeginning bytes or the whole file, and later as many as
// `needed` said. Refusals name the byte. O(header).
core::Result<ImportFile> open_file(const FilePart& beginning);

// The bytes of the file that read_file() needs for a tensor's matrix at `slice` (see read_matrix);
// of a text all. Refuses what read_file() would.
core::Result<ByteRange> range_to_read(const ImportFile& file, std::size_t tensor,
                                      std::span<const uint64_t> slice);

// `part` has at least those bytes.
ImportResult read_file(const ImportFile& file, const FilePart& part, std::size_t tensor,
                       std::span<const uint64_t> slice);

// The matrix as a mask, 1 = masked: of true and false, or of zeros and ones, `true_is_masked` says
// which is; of other numbers, a mask that is added to scores, all that are -1e4 or below, -inf
// among them, where the others are 0. Refused, with the place, where a value is none of them.
core::Result<std::vector<uint8_t>> to_mask(const ImportedMatrix& matrix, bool true_is_masked);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_IMPORT_FILE_H_
