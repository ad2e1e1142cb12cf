# core-relaxed.wasm, core-simd.wasm and core-scalar.wasm: the numerical core alone, loaded by web/core.js.
# They allocate a handful of blocks per call, for which the smaller of Emscripten's two allocators does.
if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/core_exports.cpp")
  softmask_core_module(core-simd softmask_core core_exports.cpp)
  softmask_core_module(core-scalar softmask_core_scalar core_exports.cpp)
  softmask_core_module(core-relaxed softmask_core_relaxed core_exports.cpp)
  softmask_relaxed_opcodes(core-relaxed)
  foreach(module IN ITEMS core-relaxed core-simd core-scalar)
    target_compile_options(${module} PRIVATE $<$<CONFIG:Release>:-Os>)
    target_link_options(${module} PRIVATE -sMALLOC=emmalloc)
  endforeach()
endif()

# import.wasm: the parsers of src/view/import, loaded by web/import.js where somebody imports.
softmask_core_module(import softmask_core_scalar import_exports.cpp)
target_link_libraries(import PRIVATE softmask_import softmask_view)
target_compile_options(import PRIVATE $<$<CONFIG:Release>:-Oz>)
target_link_options(import PRIVATE -sMALLOC=emmalloc)
