// std::bit_cast for standard libraries that lack it, as Emscripten 3.1's does.
#ifndef SOFTMASK_CORE_BIT_CAST_H_
#define SOFTMASK_CORE_BIT_CAST_H_

namespace softmask::core {

// The object representation of `from`, read as a To of the same size. No conversion, no cost.
template <class To, class From>
constexpr To bit_cast(const From& from) {
  static_assert(sizeof(To) == sizeof(From));
  return __builtin_bit_cast(To, from);
}

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_BIT_CAST_H_
