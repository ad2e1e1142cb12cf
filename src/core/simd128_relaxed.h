// The fused multiply-adds of WebAssembly's relaxed SIMD, four floats at once.
// To be included where WebAssembly SIMD is compiled; they are there where __wasm_relaxed_simd__ is.
#ifndef SOFTMASK_CORE_SIMD128_RELAXED_H_
#define SOFTMASK_CORE_SIMD128_RELAXED_H_

#include <wasm_simd128.h>

#ifdef __wasm_relaxed_simd__

namespace softmask::core::simd128 {

// clang had them before they had their last names, and their last numbers
// (tools/lib/relaxed_opcodes.js).
#if __has_builtin(__builtin_wasm_relaxed_madd_f32x4)
#define SOFTMASK_RELAXED_MADD __builtin_wasm_relaxed_madd_f32x4
#define SOFTMASK_RELAXED_NMADD __builtin_wasm_relaxed_nmadd_f32x4
#else
#define SOFTMASK_RELAXED_MADD __builtin_wasm_fma_f32x4
#define SOFTMASK_RELAXED_NMADD __builtin_wasm_fms_f32x4
#endif

// a * b + c, rounded once or twice.
[[gnu::always_inline]] inline v128_t relaxed_multiply_add(v128_t a, v128_t b, v128_t c) {
  using Floats = float __attribute__((__vector_size__(16)));
  return reinterpret_cast<v128_t>(SOFTMASK_RELAXED_MADD(
      reinterpret_cast<Floats>(a), reinterpret_cast<Floats>(b), reinterpret_cast<Floats>(c)));
}

// c - a * b, likewise.
[[gnu::always_inline]] inline v128_t relaxed_negative_multiply_add(v128_t a, v128_t b, v128_t c) {
  using Floats = float __attribute__((__vector_size__(16)));
  return reinterpret_cast<v128_t>(SOFTMASK_RELAXED_NMADD(
      reinterpret_cast<Floats>(a), reinterpret_cast<Floats>(b), reinterpret_cast<Floats>(c)));
}

#undef SOFTMASK_RELAXED_MADD
#undef SOFTMASK_RELAXED_NMADD

}  // namespace softmask::core::simd128

#endif  // __wasm_relaxed_simd__

#endif  // SOFTMASK_CORE_SIMD128_RELAXED_H_
