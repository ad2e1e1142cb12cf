// .npy, the file of one NumPy array, versions 1, 2 and 3.
#ifndef SOFTMASK_VIEW_IMPORT_IMPORT_NPY_H_
#define SOFTMASK_VIEW_IMPORT_IMPORT_NPY_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "view/import/array_bytes.h"
#include "view/import/imported_matrix.h"

namespace softmask::view {

// No header is longer, with what is before it: NumPy itself refuses those unless told otherwise.
inline constexpr std::size_t kLongestNpyHeader = 10'012;

// How many bytes from the beginning the header takes, by the first 12; 12 where there are fewer.
std::size_t npy_header_end(Bytes beginning);

// What the file says that it holds; sizes are not compared with the file yet. Refusals name the
// byte. Types: bool, integers, float16, float32 and float64 in either byte order. `|V2`, as which
// NumPy saves ml_dtypes' bfloat16, is refused: it may be anything. Where the type alone is refused,
// the value has the shape. `descr` becomes the type as it is written there: "<c8", any bytes; it
// stays where there is none to be read.
core::Result<StoredArray> read_npy_header(Bytes beginning, std::string* descr = nullptr);

// The matrix at `slice` (see read_matrix).
ImportResult import_npy(Bytes file, std::span<const uint64_t> slice);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_IMPORT_NPY_H_
