#include "fuzz/fuzz_bytes.h"
#include "view/import/import_npy.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace softmask::view;
  // The last byte is the slice: two indices.
  const uint64_t last = size > 0 ? data[size - 1] : 0;
  const uint64_t slice[] = {last & 15, last >> 4};
  check_import(import_npy({data, size}, {}));
  check_import(import_npy({data, size}, slice));
  return 0;
}
