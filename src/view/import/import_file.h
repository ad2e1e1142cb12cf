// A file that somebody dropped, whatever it is: what is in it, by as few of its bytes as that
// takes. matrix_reader.h then reads one matrix of it.
#ifndef SOFTMASK_VIEW_IMPORT_IMPORT_FILE_H_
#define SOFTMASK_VIEW_IMPORT_IMPORT_FILE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/status.h"
#include "view/import/array_bytes.h"
#include "view/import/import_npz.h"
#include "view/import/import_safetensors.h"
#include "view/import/import_torch.h"
#include "view/import/imported_matrix.h"

namespace softmask::view {

enum class FileKind : uint8_t { kText, kNpy, kSafetensors, kNpz, kTorch };

// So many bytes of the beginning tell what a file is.
inline constexpr std::size_t kFileBeginning = 65'536;
// Texts are read as a whole: 16 million numbers of as many characters as a float32 needs.
inline constexpr uint64_t kLongestText = 300'000'000;

struct ImportFile {
  FileKind kind = FileKind::kText;
  uint64_t size = 0;  // bytes of the file
  // The bytes that read_on() needs next; empty where all is known.
  ByteRange wanted;
  // What is in it. A .npy file has one, without a name; a text none, which is known only when it is
  // read.
  std::vector<NamedTensor> tensors;
  NpzArchive archive;  // of kNpz: its members, one a tensor
  TorchArchive torch;  // of kTorch
};

// `beginning` starts at byte 0 and has kFileBeginning bytes or the whole file. Refusals name the
// byte. O(header).
core::Result<ImportFile> open_file(const FilePart& beginning);

// Goes on with what `part` has, which is at least file.wanted. A file that is refused is of no use
// any more.
core::Status read_on(ImportFile& file, const FilePart& part);

// The matrix as a mask, 1 = masked: of true and false, or of zeros and ones, `true_is_masked` says
// which is; of other numbers, a mask that is added to scores, all that are -1e4 or below, -inf
// among them, where the others are 0. Refused, with the place, where a value is none of them.
core::Result<std::vector<uint8_t>> to_mask(const ImportedMatrix& matrix, bool true_is_masked);

// The mask of scores of `rows` × `cols`, by masked_fill's broadcasting: `cols` bits where `matrix`
// has one row, else rows * cols. Refused, with both shapes, where it cannot be broadcast.
core::Result<std::vector<uint8_t>> to_mask_of(const ImportedMatrix& matrix, bool true_is_masked,
                                              int rows, int cols);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_IMPORT_FILE_H_
