// The small files of files.inc and torch_files.inc, as NumPy, safetensors and PyTorch wrote them.
#ifndef SOFTMASK_TESTS_VIEW_IMPORT_FILE_BYTES_H_
#define SOFTMASK_TESTS_VIEW_IMPORT_FILE_BYTES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace softmask::view {

// The bytes of a file of that name; none where there is no such file.
inline std::vector<uint8_t> file_bytes(std::string_view wanted) {
  static const struct {
    std::string_view name;
    std::string_view hex;
  } kFiles[] = {
#define FILE(name, hex) {#name, hex},
#include "view/import/files.inc"
#include "view/import/torch_files.inc"
#undef FILE
  };
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::vector<uint8_t> bytes;
  for (const auto& [name, hex] : kFiles) {
    if (name != wanted) continue;
    for (size_t i = 0; i < hex.size(); i += 2) {
      bytes.push_back(static_cast<uint8_t>(digit(hex[i]) * 16 + digit(hex[i + 1])));
    }
  }
  return bytes;
}

inline std::vector<uint8_t> bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

}  // namespace softmask::view

#endif  // SOFTMASK_TESTS_VIEW_IMPORT_FILE_BYTES_H_
