#include <algorithm>
#include <string_view>

#include "fuzz/check_import.h"
#include "fuzz/fuzz_target.h"
#include "view/import/import_text.h"

SOFTMASK_FUZZ_TARGET(import_text) {
  using namespace softmask::view;
  using softmask::require;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const ImportResult whole = import_text(text);
  check_import(whole);

  // In parts of whatever size it is the same.
  TextImport parts(text);
  while (parts.read_on(1 + size % 7)) {
    require(parts.done() <= 1, "there is an end");
  }
  const ImportResult read = parts.take();
  require(read.ok() == whole.ok() && read.status.message == whole.status.message,
          "parts are refused as the whole is");
  if (!read.ok()) return;
  const auto count = static_cast<size_t>(whole.value.rows) * static_cast<size_t>(whole.value.cols);
  require(read.value.rows == whole.value.rows && read.value.cols == whole.value.cols &&
              std::equal(read.value.values.get(), read.value.values.get() + count,
                         whole.value.values.get(),
                         [](float a, float b) { return a == b || (a != a && b != b); }),
          "parts are read as the whole is");
}
