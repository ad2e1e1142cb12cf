// A matrix out of pasted text, in whichever of the usual forms it is.
#ifndef SOFTMASK_VIEW_IMPORT_IMPORT_TEXT_H_
#define SOFTMASK_VIEW_IMPORT_IMPORT_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "view/import/imported_matrix.h"
#include "view/import/text_parser.h"

namespace softmask::view {

// By what the text begins with and holds; what is none of the others counts as delimited. A byte
// order mark is skipped.
enum class TextFormat : uint8_t {
  kBrackets,   // Python, NumPy, PyTorch, JAX, JSON
  kLatex,      // & and \\ or an environment
  kMarkdown,   // bars
  kDelimited,  // commas, tabs, semicolons or blanks
};

// A text that is read a part at a time. `text` has to outlive it.
class TextImport {
 public:
  explicit TextImport(std::string_view text);

  // Reads on for about so many bytes, at least one. False once there is no more to read, or
  // something was refused. Every byte is passed twice: whether it is text, then what it says.
  bool read_on(std::size_t bytes);
  // How much of that is done: 0 … 1.
  double done() const;

  // As import_text, once read_on was false.
  ImportResult take();

 private:
  bool check_on(std::size_t bytes);
  TextFormat format() const;

  std::string_view text_;
  std::size_t checked_ = 0;
  std::size_t sign_;  // the first & or \ of it, where it may be of LaTeX; else its size
  core::Status status_;
  std::unique_ptr<TextParser> parser_;
  std::size_t read_ = 0;
};

// The matrix, or the first problem with its line and column (both from 1), what was found there and
// what is allowed. `text` may be any bytes: what is not UTF-8 is refused. O(length).
ImportResult import_text(std::string_view text);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_IMPORT_TEXT_H_
