// What is true of every outcome of an importer.
#ifndef SOFTMASK_TESTS_FUZZ_CHECK_IMPORT_H_
#define SOFTMASK_TESTS_FUZZ_CHECK_IMPORT_H_

#include <cstddef>
#include <cstdint>

#include "fuzz/fuzz_target.h"
#include "view/import/imported_matrix.h"
#include "view/percent_coding.h"

namespace softmask::view {

inline void check_import(const ImportResult& result) {
  if (!result.ok()) {
    require(!result.status.message.empty(), "a refusal has a message");
    require(result.status.message.size() < 2000, "a message is short");
    require(is_utf8(result.status.message), "a message is UTF-8");
    require(result.value.values == nullptr, "a refusal has no matrix");
    return;
  }
  const ImportedMatrix& matrix = result.value;
  require(check_import_size(static_cast<uint64_t>(matrix.rows), static_cast<uint64_t>(matrix.cols))
              .ok(),
          "the size is within the limits");
  // Every value is there to be read: AddressSanitizer looks on.
  volatile float last = 0.0f;
  const int64_t count = int64_t{matrix.rows} * matrix.cols;
  for (int64_t i = 0; i < count; ++i) last = matrix.values[static_cast<size_t>(i)];
  static_cast<void>(last);
}

}  // namespace softmask::view

#endif  // SOFTMASK_TESTS_FUZZ_CHECK_IMPORT_H_
