#include "fuzz/check_import.h"
#include "fuzz/fuzz_target.h"
#include "view/import/import_npy.h"

SOFTMASK_FUZZ_TARGET(import_npy) {
  using namespace softmask::view;
  // The last byte is the slice: two indices.
  const uint64_t last = size > 0 ? data[size - 1] : 0;
  const uint64_t slice[] = {last & 15, last >> 4};
  check_import(import_npy({data, size}, {}));
  check_import(import_npy({data, size}, slice));
}
