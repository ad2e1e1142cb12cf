# How Softmask's own targets are compiled and put together.

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_C_FLAGS_RELEASE "-O3 -DNDEBUG")
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")

if(EMSCRIPTEN)
  include(emscripten)
endif()

if(SOFTMASK_SANITIZE)
  # Half the compile time of -O2 -g, and the reports still name function and line.
  set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O1 -g1")
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

if(SOFTMASK_FUZZ)
  set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g1")
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Flags of our own code. Contraction into fused multiply-adds would give other bits on machines
# that have them, so it is off everywhere.
add_library(softmask_flags INTERFACE)
target_include_directories(softmask_flags INTERFACE "${PROJECT_SOURCE_DIR}/src")
target_compile_options(
  softmask_flags
  INTERFACE -ffp-contract=off -Wall -Wextra -Wpedantic -Wshadow -Wconversion
            -Wno-sign-conversion # clang counts it into -Wconversion, gcc does not
            $<$<BOOL:${SOFTMASK_WERROR}>:-Werror>)
if(EMSCRIPTEN)
  target_compile_options(softmask_flags INTERFACE ${softmask_web_compile_flags})
elseif(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # gcc 12 sees overlapping copies in every "text" + std::string (its bug 105651).
  target_compile_options(softmask_flags INTERFACE -Wno-restrict)
endif()

# softmask_library(<name> SOURCES <files> [LINK <targets>] [OBJECT] [SIMD | RELAXED] [SMALL])
# One part of src/. Without a .cpp file it stands for its include path and links alone.
# OBJECT: all of it is linked, also what nothing refers to (exported functions, main).
# SIMD: may use WebAssembly SIMD, RELAXED: relaxed SIMD too.
# SMALL: on the web, what is sent counts for more than its speed.
function(softmask_library name)
  cmake_parse_arguments(arg "OBJECT;SIMD;RELAXED;SMALL" "" "SOURCES;LINK" ${ARGN})
  if(NOT arg_SOURCES MATCHES "\\.cpp")
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE softmask_flags ${arg_LINK})
    return()
  endif()
  if(arg_OBJECT)
    add_library(${name} OBJECT ${arg_SOURCES})
  else()
    add_library(${name} STATIC ${arg_SOURCES})
  endif()
  target_link_libraries(${name} PRIVATE softmask_flags PUBLIC ${arg_LINK})
  target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}/src")
  if(EMSCRIPTEN AND arg_SIMD)
    target_compile_options(${name} PRIVATE ${softmask_web_simd_flags})
  elseif(EMSCRIPTEN AND arg_RELAXED)
    target_compile_options(${name} PRIVATE ${softmask_web_relaxed_flags})
  endif()
  # Emscripten takes all inlining away with -Oz, down to what a vector calls for every element: its
  # code would be larger, and 16 million bytes of a mask would be let go of by as many calls.
  if(EMSCRIPTEN AND arg_SMALL)
    target_compile_options(${name} PRIVATE "$<$<CONFIG:Release>:-Oz;-finline-functions>")
  endif()
endfunction()

# softmask_test(<name> SOURCES <files> LINK <targets>)
# One GoogleTest binary per part: native as it is; for the web once with the SIMD core (<name>) and
# once with the scalar one (<name>_scalar), to be run by Node. The core is linked by this function.
function(softmask_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  if(NOT arg_SOURCES MATCHES "\\.cpp")
    return()
  endif()
  add_library(${name}_objects OBJECT ${arg_SOURCES})
  target_include_directories(${name}_objects PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_compile_definitions(
    ${name}_objects PRIVATE SOFTMASK_GOLDEN_DIR="${PROJECT_SOURCE_DIR}/tests/golden")
  # What is tested is compiled as it ships; the tests themselves need not be fast, their compilation
  # does: it is the larger part of a native build. Undefined behaviour is looked for in what they call.
  target_compile_options(${name}_objects PRIVATE $<IF:$<BOOL:${EMSCRIPTEN}>,-O1,-O0>
                                                 $<$<BOOL:${SOFTMASK_SANITIZE}>:-fno-sanitize=undefined>)
  set_target_properties(${name}_objects PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  target_link_libraries(${name}_objects PRIVATE softmask_flags ${arg_LINK} softmask_core
                                                softmask_gtest)
  set(variants simd)
  if(EMSCRIPTEN)
    set(variants simd scalar)
  endif()
  foreach(variant IN LISTS variants)
    set(target ${name})
    set(core softmask_core)
    if(variant STREQUAL scalar)
      set(target ${name}_scalar)
      set(core softmask_core_scalar)
    endif()
    add_executable(${target} $<TARGET_OBJECTS:${name}_objects>)
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
                                               "${PROJECT_BINARY_DIR}/tests" LINKER_LANGUAGE CXX)
    target_link_libraries(${target} PRIVATE softmask_flags ${arg_LINK} ${core} softmask_gtest)
    if(EMSCRIPTEN)
      target_link_options(${target} PRIVATE ${softmask_node_link_flags})
      set_target_properties(${target} PROPERTIES SUFFIX .cjs)
      add_test(NAME ${target} COMMAND node "$<TARGET_FILE:${target}>")
    else()
      add_test(NAME ${target} COMMAND ${target})
    endif()
  endforeach()
endfunction()

# softmask_app(<name> <core>): the application with one of the two cores, as <name>.js and
# <name>.wasm. src/platform/web_host.js, where it exists, is what C++ may call of the page.
function(softmask_app name core)
  add_executable(${name})
  target_link_libraries(${name} PRIVATE softmask_platform ${core})
  target_link_options(${name} PRIVATE ${softmask_app_link_flags})
  set_target_properties(${name} PROPERTIES SUFFIX .js LINKER_LANGUAGE CXX
                                           RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/site")
  file(GLOB host CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/platform/web_host.js")
  if(host)
    target_link_options(${name} PRIVATE "SHELL:--js-library \"${host}\"")
    set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS "${host}")
  endif()
endfunction()

# softmask_core_module(<name> <core> <sources>…): the core alone, as <name>.wasm.
function(softmask_core_module name core)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE softmask_flags ${core})
  target_link_options(${name} PRIVATE ${softmask_core_module_link_flags})
  set_target_properties(${name} PROPERTIES SUFFIX .wasm RUNTIME_OUTPUT_DIRECTORY
                                                        "${PROJECT_BINARY_DIR}/site")
endfunction()

# softmask_relaxed_opcodes(<name>): the instructions of relaxed SIMD in <name>.wasm by their last
# numbers. clang before 16 and the Binaryen that comes with it know those of the proposal.
function(softmask_relaxed_opcodes name)
  target_link_options(${name} PRIVATE -mrelaxed-simd)
  if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 16)
    find_program(SOFTMASK_WASM_DIS wasm-dis HINTS "${EMSCRIPTEN_ROOT_PATH}/../bin" REQUIRED)
    add_custom_command(
      TARGET ${name}
      POST_BUILD
      COMMAND node "${PROJECT_SOURCE_DIR}/tools/lib/relaxed_opcodes.js" "$<TARGET_FILE:${name}>"
              "${SOFTMASK_WASM_DIS}"
      VERBATIM)
  endif()
endfunction()
