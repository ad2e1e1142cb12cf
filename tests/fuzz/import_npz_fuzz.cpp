#include "fuzz/check_import.h"
#include "fuzz/fuzz_target.h"
#include "view/import/in_parts.h"

SOFTMASK_FUZZ_TARGET(import_npz) {
  using namespace softmask::view;
  using softmask::require;
  const Bytes file(data, size);
  // The last byte is the slice and the sizes of the pieces. The listing begins anew after each of
  // its pieces: of 64 bytes all the time that would be most of the work.
  const uint64_t last = size > 0 ? data[size - 1] : 0;
  const uint64_t slice[] = {last & 3};
  const auto opened = open_in_parts(file, std::size_t{64} << (last >> 5));
  check_import(opened.ok() ? refused(softmask::core::Status::range("none"))
                           : refused(opened.status));
  if (!opened.ok()) return;
  const std::size_t count = opened.value.tensors.size();
  for (std::size_t i = 0; i < count && i < 4; ++i) {
    check_import(read_in_parts(opened.value, file, i, {}, 1 + last * 16));
    check_import(read_in_parts(opened.value, file, i, slice, 1 + last * 16));
  }
}
