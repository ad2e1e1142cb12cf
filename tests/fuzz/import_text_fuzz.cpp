#include <string_view>

#include "fuzz/fuzz_bytes.h"
#include "view/import/import_text.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace softmask::view;
  check_import(import_text({reinterpret_cast<const char*>(data), size}));
  return 0;
}
