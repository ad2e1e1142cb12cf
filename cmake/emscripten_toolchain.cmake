# Finds the CMake toolchain file of the emcc on the PATH. Distributions and emsdk put emcc (or a
# link to it) in different places, so a few roots are looked at, nearest first.
find_program(SOFTMASK_EMCC emcc)
if(NOT SOFTMASK_EMCC)
  message(FATAL_ERROR "emcc is not on the PATH: install Debian's package emscripten, or emsdk")
endif()

get_filename_component(real_emcc "${SOFTMASK_EMCC}" REALPATH)
get_filename_component(real_dir "${real_emcc}" DIRECTORY)
get_filename_component(path_dir "${SOFTMASK_EMCC}" DIRECTORY)
find_file(
  SOFTMASK_EMSCRIPTEN_CMAKE Emscripten.cmake
  PATHS "${real_dir}" "${path_dir}" "$ENV{EMSDK}/upstream/emscripten" /usr/share/emscripten
        "${path_dir}/../share/emscripten" "${path_dir}/../libexec"
  PATH_SUFFIXES cmake/Modules/Platform
  NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
if(NOT SOFTMASK_EMSCRIPTEN_CMAKE)
  message(FATAL_ERROR "no cmake/Modules/Platform/Emscripten.cmake beside ${real_emcc}")
endif()
include("${SOFTMASK_EMSCRIPTEN_CMAKE}")
