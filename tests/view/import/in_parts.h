// Files read as a page reads them: the beginning, as much more as is asked for, then a matrix's own
// bytes in pieces. Every part is a block of its own, so that AddressSanitizer sees its ends.
#ifndef SOFTMASK_TESTS_VIEW_IMPORT_IN_PARTS_H_
#define SOFTMASK_TESTS_VIEW_IMPORT_IN_PARTS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "view/import/import_file.h"
#include "view/import/matrix_reader.h"

namespace softmask::view {

inline std::vector<uint8_t> part_of(Bytes file, const ByteRange& range) {
  const auto begin = static_cast<std::size_t>(std::min<uint64_t>(range.begin, file.size()));
  const auto end = static_cast<std::size_t>(std::min<uint64_t>(range.end, file.size()));
  const Bytes part = file.subspan(begin, end - begin);
  return {part.begin(), part.end()};
}

inline core::Result<ImportFile> open_in_parts(Bytes file, std::size_t beginning = kFileBeginning) {
  const std::vector<uint8_t> first = part_of(file, {0, beginning});
  core::Result<ImportFile> opened = open_file(FilePart(Bytes(first), 0, file.size()));
  while (opened.ok() && opened.value.wanted.begin < opened.value.wanted.end) {
    const ByteRange wanted = opened.value.wanted;
    const std::vector<uint8_t> part = part_of(file, wanted);
    opened.status = read_on(opened.value, FilePart(Bytes(part), wanted.begin, file.size()));
  }
  return opened;
}

inline ImportResult read_in_parts(const ImportFile& opened, Bytes file, std::size_t tensor,
                                  std::span<const uint64_t> slice, uint64_t piece = 7) {
  MatrixReader reader;
  core::Status status = reader.begin(opened, tensor, slice);
  if (!status.ok()) return refused(status);
  const ByteRange range = reader.range();
  for (uint64_t at = range.begin; at < range.end && status.ok(); at += piece) {
    const std::vector<uint8_t> part = part_of(file, {at, std::min(at + piece, range.end)});
    status = reader.feed(Bytes(part));
  }
  return status.ok() ? reader.finish() : refused(status);
}

inline ImportResult import_in_parts(Bytes file, std::size_t tensor, std::span<const uint64_t> slice,
                                    std::size_t beginning = kFileBeginning) {
  const core::Result<ImportFile> opened = open_in_parts(file, beginning);
  if (!opened.ok()) return refused(opened.status);
  return read_in_parts(opened.value, file, tensor, slice);
}

}  // namespace softmask::view

#endif  // SOFTMASK_TESTS_VIEW_IMPORT_IN_PARTS_H_
