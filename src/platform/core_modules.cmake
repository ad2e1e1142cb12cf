# core-simd.wasm and core-scalar.wasm: the numerical core alone, loaded by web/core.js. They
# allocate a handful of blocks per call, for which the smaller of Emscripten's two allocators does.
if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/core_exports.cpp")
  softmask_core_module(core-simd softmask_core core_exports.cpp)
  softmask_core_module(core-scalar softmask_core_scalar core_exports.cpp)
  foreach(module IN ITEMS core-simd core-scalar)
    target_compile_options(${module} PRIVATE $<$<CONFIG:Release>:-Os>)
    target_link_options(${module} PRIVATE -sMALLOC=emmalloc)
  endforeach()
endif()
