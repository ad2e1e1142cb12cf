// What web/import.js calls of import.wasm: the functions of src/view/import without the
// application, so that only who imports waits for them. No logic here. Pointers are the caller's
// blocks of softmask_alloc; a call that refuses returns 1 and leaves its reason in
// softmask_import_message(). Sizes and offsets travel as doubles, exact up to 2^53.
#include <emscripten.h>

#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "view/import/import_file.h"
#include "view/import/matrix_reader.h"
#include "view/import/refusal_texts.h"
#include "view/number_text.h"
#include "view/percent_coding.h"
#include "view/strings.h"

namespace {

using softmask::view::Bytes;
using softmask::view::FilePart;
using softmask::view::ImportedMatrix;
using softmask::view::ImportFile;
using softmask::view::MatrixReader;

// Characters of a name in a list.
constexpr std::size_t kLongestListed = 400;

struct Import {
  ImportFile file;
  std::optional<MatrixReader> reader;
  ImportedMatrix matrix;
  std::vector<uint8_t> mask;
  std::string message;
  std::string listing;
};

Import& import() {
  static Import one;
  return one;
}

int report(const softmask::core::Status& status) {
  import().message = status.message;
  return status.ok() ? 0 : 1;
}

// The indices as whole numbers; the message says which is none.
bool take_slice(const double* indices, int count, const std::vector<uint64_t>& shape,
                std::vector<uint64_t>* slice) {
  for (int i = 0; i < count; ++i) {
    const auto dim = static_cast<std::size_t>(i);
    const bool is_whole =
        indices[i] >= 0 && indices[i] < 0x1p53 && indices[i] == std::floor(indices[i]);
    if (is_whole) {
      slice->push_back(static_cast<uint64_t>(indices[i]));
      continue;
    }
    import().message = softmask::view::refusal_words(
        softmask::view::RefusalText::kIndexOutside,
        {softmask::view::shortest_text(indices[i]), std::to_string(i),
         std::to_string(dim< shape.size() && shape[dim] > 0 ? shape[dim] - 1 : 0)});
    return false;
  }
  return true;
}

Bytes bytes_of(const uint8_t* bytes, double count) {
  return {bytes, static_cast<std::size_t>(count)};
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void* softmask_alloc(size_t bytes) { return std::malloc(bytes); }
EMSCRIPTEN_KEEPALIVE void softmask_free(void* block) { std::free(block); }

EMSCRIPTEN_KEEPALIVE const char* softmask_import_message() { return import().message.c_str(); }

// Of the messages from now on: 0 English, 1 Chinese.
EMSCRIPTEN_KEEPALIVE void softmask_import_language(int chinese) {
  using softmask::view::Language;
  softmask::view::set_text_language(chinese != 0 ? Language::kChinese : Language::kEnglish);
}

// Makes the message say that softmask_alloc had not so many bytes.
EMSCRIPTEN_KEEPALIVE void softmask_import_no_memory(double bytes) {
  import().message = softmask::view::refusal_words(softmask::view::RefusalText::kNoMemoryForBytes,
                                                   {std::to_string(static_cast<uint64_t>(bytes))});
}

// The beginning of a file; see open_file.
EMSCRIPTEN_KEEPALIVE int softmask_import_open(const uint8_t* bytes, double count,
                                              double file_size) {
  import().reader.reset();
  auto opened = softmask::view::open_file(
      FilePart(bytes_of(bytes, count), 0, static_cast<uint64_t>(file_size)));
  if (opened.ok()) import().file = std::move(opened.value);
  return report(opened.status);
}

// The bytes of the file that softmask_import_read_on needs next; none where the first number is not
// below the second.
EMSCRIPTEN_KEEPALIVE double softmask_import_wanted_begin() {
  return static_cast<double>(import().file.wanted.begin);
}
EMSCRIPTEN_KEEPALIVE double softmask_import_wanted_end() {
  return static_cast<double>(import().file.wanted.end);
}
EMSCRIPTEN_KEEPALIVE int softmask_import_read_on(const uint8_t* bytes, double count, double start) {
  ImportFile& file = import().file;
  return report(softmask::view::read_on(
      file, FilePart(bytes_of(bytes, count), static_cast<uint64_t>(start), file.size)));
}

// 0 text, 1 .npy, 2 .safetensors, 3 .npz, 4 .pt.
EMSCRIPTEN_KEEPALIVE int softmask_import_kind() { return static_cast<int>(import().file.kind); }

EMSCRIPTEN_KEEPALIVE int softmask_import_tensors() {
  return static_cast<int>(import().file.tensors.size());
}

// Of one tensor, 0 … tensors-1: name, type, whether it is readable (1 or 0), and the sizes of its
// dims, each on a line of its own. Control characters of the first two, which would end a line or
// the text, are U+FFFD.
EMSCRIPTEN_KEEPALIVE const char* softmask_import_tensor(int index) {
  const auto& tensor = import().file.tensors[static_cast<std::size_t>(index)];
  std::string& text = import().listing;
  const auto line = [](const std::string& words) {
    return softmask::view::printable_excerpt(words, kLongestListed) + "\n";
  };
  text = line(tensor.name) + line(tensor.dtype) + (tensor.readable ? "1" : "0");
  for (const uint64_t size : tensor.array.shape) text += "\n" + std::to_string(size);
  return text.c_str();
}

// One matrix of a tensor; see MatrixReader. The bytes from softmask_import_begin to
// softmask_import_end are fed in order, then it is finished; or dropped at any time.
EMSCRIPTEN_KEEPALIVE int softmask_import_start(int tensor, const double* slice, int indices) {
  const ImportFile& file = import().file;
  const auto at = static_cast<std::size_t>(tensor);
  const auto& tensors = file.tensors;
  std::vector<uint64_t> whole;
  if (!take_slice(slice, indices, at < tensors.size() ? tensors[at].array.shape : whole, &whole)) {
    return 1;
  }
  return report(import().reader.emplace().begin(file, at, whole));
}
EMSCRIPTEN_KEEPALIVE double softmask_import_begin() {
  return static_cast<double>(import().reader->range().begin);
}
EMSCRIPTEN_KEEPALIVE double softmask_import_end() {
  return static_cast<double>(import().reader->range().end);
}
EMSCRIPTEN_KEEPALIVE int softmask_import_feed(const uint8_t* bytes, double count) {
  return report(import().reader->feed(bytes_of(bytes, count)));
}
// When all is fed, before it is finished: MatrixReader::parse_on, 1 while there is more to do; and
// how much of that is done, 0 … 1.
EMSCRIPTEN_KEEPALIVE int softmask_import_parse(double count) {
  return import().reader->parse_on(static_cast<std::size_t>(count)) ? 1 : 0;
}
EMSCRIPTEN_KEEPALIVE double softmask_import_parsed() { return import().reader->parsed(); }
EMSCRIPTEN_KEEPALIVE int softmask_import_finish() {
  auto read = import().reader->finish();
  if (read.ok()) import().matrix = std::move(read.value);
  return report(read.status);
}
EMSCRIPTEN_KEEPALIVE void softmask_import_drop() { import().reader.reset(); }

EMSCRIPTEN_KEEPALIVE int softmask_import_rows() { return import().matrix.rows; }
EMSCRIPTEN_KEEPALIVE int softmask_import_cols() { return import().matrix.cols; }
EMSCRIPTEN_KEEPALIVE const float* softmask_import_values() { return import().matrix.values.get(); }
// How many finite values were beyond float32 and became infinite.
EMSCRIPTEN_KEEPALIVE double softmask_import_overflowed() {
  return static_cast<double>(import().matrix.overflowed);
}

// The matrix as a mask of scores of `rows` × `cols`; see to_mask_of.
EMSCRIPTEN_KEEPALIVE int softmask_import_mask(int true_is_masked, int rows, int cols) {
  auto mask = softmask::view::to_mask_of(import().matrix, true_is_masked != 0, rows, cols);
  if (mask.ok()) import().mask = std::move(mask.value);
  return report(mask.status);
}
EMSCRIPTEN_KEEPALIVE const uint8_t* softmask_import_bits() { return import().mask.data(); }
EMSCRIPTEN_KEEPALIVE int softmask_import_bit_count() {
  return static_cast<int>(import().mask.size());
}

}  // extern "C"
