#include "fuzz/check_import.h"
#include "fuzz/fuzz_target.h"
#include "view/import/import_safetensors.h"

SOFTMASK_FUZZ_TARGET(import_safetensors) {
  using namespace softmask::view;
  const uint64_t last = size > 0 ? data[size - 1] : 0;
  const uint64_t slice[] = {last & 15};
  check_import(import_safetensors({data, size}, "", {}));
  const auto list = list_safetensors(Bytes(data, size));
  if (!list.ok()) return;
  for (size_t i = 0; i < list.value.size() && i < 8; ++i) {
    check_import(import_safetensors({data, size}, list.value[i].name, {}));
    check_import(import_safetensors({data, size}, list.value[i].name, slice));
  }
}
