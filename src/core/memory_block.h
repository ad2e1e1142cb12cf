// Memory that may be refused.
#ifndef SOFTMASK_CORE_MEMORY_BLOCK_H_
#define SOFTMASK_CORE_MEMORY_BLOCK_H_

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <type_traits>

namespace softmask::core {

// By malloc: without exceptions Emscripten's operator new, the nothrow one too, aborts.
struct FreeMemory {
  void operator()(void* memory) const { std::free(memory); }
};

template <class T>
using MemoryBlock = std::unique_ptr<T[], FreeMemory>;

// `count` numbers, as they come; null where there is no memory.
template <class T>
MemoryBlock<T> allocate(size_t count) {
  static_assert(std::is_arithmetic_v<T>);
  return MemoryBlock<T>(static_cast<T*>(std::malloc(count * sizeof(T))));
}

// The same, all 0.
template <class T>
MemoryBlock<T> allocate_zeros(size_t count) {
  static_assert(std::is_arithmetic_v<T>);
  return MemoryBlock<T>(static_cast<T*>(std::calloc(count, sizeof(T))));
}

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_MEMORY_BLOCK_H_
