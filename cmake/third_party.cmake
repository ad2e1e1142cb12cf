# Third-party targets, compiled with their own warnings off. The sources come from
# build/third_party, where tools/build puts Debian's source packages; without that folder they come
# from the upstream git tags. FETCHCONTENT_SOURCE_DIR_<NAME> points anywhere else.
include(FetchContent)

# third_party_source(<name> <git repository> <tag>): sets <name>_SOURCE_DIR without building it.
macro(third_party_source name repository tag)
  string(TOUPPER ${name} upper_name)
  if(NOT FETCHCONTENT_SOURCE_DIR_${upper_name} AND EXISTS
                                                   "${PROJECT_SOURCE_DIR}/build/third_party/${name}")
    set(FETCHCONTENT_SOURCE_DIR_${upper_name} "${PROJECT_SOURCE_DIR}/build/third_party/${name}")
  endif()
  FetchContent_Declare(
    ${name}
    GIT_REPOSITORY ${repository}
    GIT_TAG ${tag}
    GIT_SHALLOW TRUE
    SOURCE_SUBDIR not-built-by-its-own-cmake)
  FetchContent_MakeAvailable(${name})
endmacro()

third_party_source(imgui https://github.com/ocornut/imgui.git v1.90.1)
third_party_source(glm https://github.com/g-truc/glm.git 0.9.9.8)

# GLM: headers only. Only its own folder may be on the include path: /usr/include would hide
# Emscripten's C library.
add_library(glm INTERFACE)
target_include_directories(glm SYSTEM INTERFACE "${glm_SOURCE_DIR}")

# third_party_library(<name> <sources>…): smallest code on the web, where every byte is sent.
function(third_party_library name)
  add_library(${name} STATIC ${ARGN})
  set_target_properties(${name} PROPERTIES UNITY_BUILD OFF) # its files are not written for it
  target_compile_options(${name} PRIVATE -w)
  if(EMSCRIPTEN)
    target_compile_options(${name} PRIVATE -sUSE_SDL=0 $<$<CONFIG:Release>:-Oz>
                                           $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions;-fno-rtti>)
  else()
    # For tests and the desktop window; its own speed is nobody's there.
    target_compile_options(${name} PRIVATE $<IF:$<CONFIG:Release>,-O1,-O0>)
  endif()
endfunction()

# zlib: what unpacks the arrays of .npz files, without gzip's headers, and the checksum of archives; its
# minizip reads what the archives list. Of zlib's tables few are in the module: they are made when the
# first is unpacked, and the checksum takes a byte at a time (an empty Z_TESTW).
third_party_source(zlib https://github.com/madler/zlib.git v1.2.13)
third_party_library(
  zlib "${zlib_SOURCE_DIR}/inflate.c" "${zlib_SOURCE_DIR}/inffast.c" "${zlib_SOURCE_DIR}/inftrees.c"
  "${zlib_SOURCE_DIR}/adler32.c" "${zlib_SOURCE_DIR}/crc32.c" "${zlib_SOURCE_DIR}/zutil.c"
  "${zlib_SOURCE_DIR}/contrib/minizip/unzip.c")
target_include_directories(zlib SYSTEM PUBLIC "${zlib_SOURCE_DIR}")
target_compile_definitions(zlib PRIVATE NO_GZIP BUILDFIXED DYNAMIC_CRC_TABLE Z_TESTW=)

# without_own_font(<imgui_draw.cpp> <output>): a copy without the font that is in it, 10 KB which every
# reader would wait for. No text is set in it: ui/fonts_ui.cpp adds faces before an atlas is built.
# 1.90.1 has no setting for this; IMGUI_DISABLE_DEFAULT_FONT of 1.92 leaves nothing to be done here.
function(without_own_font file output)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  file(READ "${file}" text)
  set(name "proggy_clean_ttf_compressed_data_base85[")
  string(FIND "${text}" "${name}" start)
  if(NOT start EQUAL -1)
    string(SUBSTRING "${text}" 0 ${start} before)
    string(SUBSTRING "${text}" ${start} -1 after)
    string(FIND "${after}" "\";\n" end)
    string(SUBSTRING "${after}" ${end} -1 after)
    set(text "${before}${name}1] = \"${after}")
  endif()
  file(WRITE "${output}.new" "${text}")
  file(COPY_FILE "${output}.new" "${output}" ONLY_IF_DIFFERENT)
endfunction()

# Dear ImGui without its demo. src/ui/imgui_config.h is its compile-time configuration.
set(imgui_draw "${PROJECT_BINARY_DIR}/imgui/imgui_draw.cpp")
without_own_font("${imgui_SOURCE_DIR}/imgui_draw.cpp" "${imgui_draw}")
third_party_library(
  imgui "${imgui_SOURCE_DIR}/imgui.cpp" "${imgui_draw}" "${imgui_SOURCE_DIR}/imgui_tables.cpp"
  "${imgui_SOURCE_DIR}/imgui_widgets.cpp")
target_include_directories(imgui SYSTEM PUBLIC "${imgui_SOURCE_DIR}")
file(GLOB imgui_config CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/ui/imgui_config.h")
if(imgui_config)
  target_include_directories(imgui PUBLIC "${PROJECT_SOURCE_DIR}/src")
  target_compile_definitions(imgui PUBLIC IMGUI_USER_CONFIG="ui/imgui_config.h")
endif()

# SDL2 and the window system.
if(EMSCRIPTEN)
  third_party_source(sdl2 https://github.com/libsdl-org/SDL.git release-2.26.5)
  include(sdl2_emscripten)
  set(softmask_has_window ON)
elseif(SOFTMASK_DESKTOP)
  # OpenGL ES 3 natively too: the desktop window runs the very shaders of the web.
  find_package(SDL2 CONFIG QUIET)
  find_library(SOFTMASK_GLES_LIBRARY GLESv2)
  find_path(SOFTMASK_GLES_INCLUDE GLES3/gl3.h)
  if(TARGET SDL2::SDL2
     AND SOFTMASK_GLES_LIBRARY
     AND SOFTMASK_GLES_INCLUDE)
    add_library(sdl2 INTERFACE)
    target_include_directories(sdl2 SYSTEM INTERFACE "${SOFTMASK_GLES_INCLUDE}")
    target_link_libraries(sdl2 INTERFACE SDL2::SDL2 "${SOFTMASK_GLES_LIBRARY}")
    set(softmask_has_window ON)
  else()
    message(STATUS "No desktop window: it needs libsdl2-dev and libgles-dev")
  endif()
endif()

set(known_gl_state "${PROJECT_SOURCE_DIR}/src/platform/known_gl_state.h")
if(softmask_has_window)
  third_party_library(imgui_backends "${imgui_SOURCE_DIR}/backends/imgui_impl_sdl2.cpp"
                      "${imgui_SOURCE_DIR}/backends/imgui_impl_opengl3.cpp")
  target_include_directories(imgui_backends SYSTEM PUBLIC "${imgui_SOURCE_DIR}/backends")
  target_link_libraries(imgui_backends PUBLIC imgui sdl2)
  target_compile_definitions(imgui_backends PUBLIC IMGUI_IMPL_OPENGL_ES3)
  if(EMSCRIPTEN)
    # The SDL2 backend of 1.90.1 uses EMSCRIPTEN_KEEPALIVE without including its header.
    target_compile_options(
      imgui_backends PRIVATE -include emscripten.h "SHELL:-include \"${known_gl_state}\"")
  endif()
endif()

# GoogleTest: the installed library natively, its sources compiled with our flags for the web.
if(SOFTMASK_TESTS AND NOT EMSCRIPTEN)
  find_package(GTest CONFIG QUIET)
endif()
if(SOFTMASK_TESTS AND TARGET GTest::gtest_main)
  add_library(softmask_gtest INTERFACE)
  target_link_libraries(softmask_gtest INTERFACE GTest::gtest_main)
elseif(SOFTMASK_TESTS)
  if(NOT FETCHCONTENT_SOURCE_DIR_GOOGLETEST AND EXISTS /usr/src/googletest/googletest)
    set(FETCHCONTENT_SOURCE_DIR_GOOGLETEST /usr/src/googletest)
  endif()
  third_party_source(googletest https://github.com/google/googletest.git release-1.12.1)
  set(googletest_dir "${googletest_SOURCE_DIR}/googletest")
  third_party_library(softmask_gtest "${googletest_dir}/src/gtest-all.cc"
                      "${googletest_dir}/src/gtest_main.cc")
  target_include_directories(softmask_gtest SYSTEM PUBLIC "${googletest_dir}/include")
  target_include_directories(softmask_gtest PRIVATE "${googletest_dir}")
  target_compile_definitions(softmask_gtest PUBLIC GTEST_HAS_PTHREAD=0)
endif()
