#include "fuzz/fuzz_bytes.h"
#include "view/import/import_safetensors.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace softmask::view;
  const uint64_t last = size > 0 ? data[size - 1] : 0;
  const uint64_t slice[] = {last & 15};
  check_import(import_safetensors({data, size}, "", {}));
  const auto list = list_safetensors(Bytes(data, size));
  if (!list.ok()) return 0;
  for (size_t i = 0; i < list.value.size() && i < 8; ++i) {
    check_import(import_safetensors({data, size}, list.value[i].name, {}));
    check_import(import_safetensors({data, size}, list.value[i].name, slice));
  }
  return 0;
}
