# core-simd.wasm and core-scalar.wasm: the numerical core alone, loaded by web/core.js.
if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/core_exports.cpp")
  softmask_core_module(core-simd softmask_core core_exports.cpp)
  softmask_core_module(core-scalar softmask_core_scalar core_exports.cpp)
endif()
