#include <string_view>

#include "fuzz/check_import.h"
#include "fuzz/fuzz_target.h"
#include "view/import/import_text.h"

SOFTMASK_FUZZ_TARGET(import_text) {
  using namespace softmask::view;
  check_import(import_text({reinterpret_cast<const char*>(data), size}));
}
