#include "fuzz/check_import.h"
#include "fuzz/fuzz_target.h"
#include "view/import/in_parts.h"

SOFTMASK_FUZZ_TARGET(import_npz) {
  using namespace softmask::view;
  using softmask::require;
  const Bytes file(data, size);
  // The last byte is the slice and the size of the pieces.
  const uint64_t last = size > 0 ? data[size - 1] : 0;
  const uint64_t slice[] = {last & 3};
  const auto opened = open_in_parts(file, 64);
  check_import(opened.ok() ? refused(softmask::core::Status::range("none"))
                           : refused(opened.status));
  if (!opened.ok()) return;
  const std::size_t count = opened.value.tensors.size();
  for (std::size_t i = 0; i < count && i < 4; ++i) {
    check_import(read_in_parts(opened.value, file, i, {}, 1 + last * 16));
    check_import(read_in_parts(opened.value, file, i, slice, 1 + last * 16));
  }
}
