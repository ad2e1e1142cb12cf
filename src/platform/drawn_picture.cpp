#include "platform/drawn_picture.h"

#include <imgui.h>

#include <cstddef>
#include <cstring>

namespace softmask::platform {
namespace {

// Eight bytes a step of multiply and fold. Against chance only: nobody chooses the input.
class Hash {
 public:
  void add(uint64_t word) {
    state_ = (state_ ^ word) * 0x9E3779B97F4A7C15u;
    state_ ^= state_ >> 32;
  }
  void add_bytes(const void* data, size_t size) {
    const auto* bytes = static_cast<const unsigned char*>(data);
    add(size);
    for (; size >= 8; bytes += 8, size -= 8) add_word(bytes, 8);
    if (size > 0) add_word(bytes, size);
  }
  uint64_t value() const { return state_; }

 private:
  void add_word(const unsigned char* bytes, size_t size) {
    uint64_t word = 0;
    std::memcpy(&word, bytes, size);
    add(word);
  }
  uint64_t state_ = 0x243F6A8885A308D3u;
};

}  // namespace

uint64_t shapes_hash(const ImDrawData& data) {
  Hash hash;
  hash.add_bytes(&data.DisplaySize, sizeof data.DisplaySize);
  for (const ImDrawList* list : data.CmdLists) {
    hash.add_bytes(list->VtxBuffer.Data, static_cast<size_t>(list->VtxBuffer.size_in_bytes()));
    hash.add_bytes(list->IdxBuffer.Data, static_cast<size_t>(list->IdxBuffer.size_in_bytes()));
    for (const ImDrawCmd& command : list->CmdBuffer) {
      hash.add_bytes(&command.ClipRect, sizeof command.ClipRect);
      hash.add(reinterpret_cast<uintptr_t>(command.GetTexID()));
      hash.add(command.ElemCount);
      hash.add(command.IdxOffset);
      hash.add(command.VtxOffset);
      hash.add(command.UserCallback != nullptr ? 1 : 0);
    }
  }
  return hash.value();
}

}  // namespace softmask::platform
