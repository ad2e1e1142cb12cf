// A matrix that came from outside, whatever it was written in.
#ifndef SOFTMASK_VIEW_IMPORT_IMPORTED_MATRIX_H_
#define SOFTMASK_VIEW_IMPORT_IMPORTED_MATRIX_H_

#include <cstdint>
#include <string>

#include "core/memory_block.h"
#include "core/status.h"

namespace softmask::view {

// What the values were before they became float32.
enum class ElementType : uint8_t { kBool, kInteger, kFloat16, kBFloat16, kFloat32, kFloat64 };

// Within the limits of core/types.h. A matrix of rank 1 is one row.
//
// Every value is the float32 that PyTorch's .to(torch.float32) makes of it: rounded to nearest,
// infinity where it is beyond the range (1e308). `overflowed` counts those, so that the reader is
// told; what was infinite before is not among them. True is 1, False 0.
struct ImportedMatrix {
  int rows = 0;
  int cols = 0;
  core::MemoryBlock<float> values;  // rows * cols, row-major
  ElementType type = ElementType::kFloat32;
  int64_t overflowed = 0;
  // Text of no written dtype is kFloat32, or kBool or kInteger where every value is one.
  bool type_is_written = true;
};

// "ok()" and a matrix, or why not: what was found, where, and what is allowed.
using ImportResult = core::Result<ImportedMatrix>;

// The refusals that every format shares.
core::Status no_memory_for(int64_t elements);
// Ok, or the limit that a matrix of this size is beyond; any numbers may be given.
core::Status check_import_size(uint64_t rows, uint64_t cols);

inline ImportResult refused(core::Status status) { return {{}, std::move(status)}; }

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_IMPORTED_MATRIX_H_
