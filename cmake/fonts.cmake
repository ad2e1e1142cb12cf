# softmask_fonts: subsets of the fonts, made at build time from the installed ones (Debian's
# fonts-inter and fonts-jetbrains-mono), embedded as C++ arrays. #include "fonts/fonts.h".
set(SOFTMASK_INTER_DIR /usr/share/fonts/opentype/inter CACHE PATH "Folder of Inter-*.otf")
set(SOFTMASK_MONO_DIR /usr/share/fonts/truetype/jetbrains-mono
    CACHE PATH "Folder of JetBrainsMono-*.ttf")
# Debian's own Python has Debian's fontTools; another python3 on the PATH has not.
find_program(SOFTMASK_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH
             NO_CMAKE_FIND_ROOT_PATH)
if(NOT SOFTMASK_PYTHON)
  find_program(SOFTMASK_PYTHON python3 REQUIRED NO_CMAKE_FIND_ROOT_PATH)
endif()

set(font_sources
    "${SOFTMASK_INTER_DIR}/Inter-Regular.otf"
    "${SOFTMASK_INTER_DIR}/Inter-SemiBold.otf"
    "${SOFTMASK_MONO_DIR}/JetBrainsMono-Regular.ttf"
    "${SOFTMASK_MONO_DIR}/JetBrainsMono-SemiBold.ttf")
set(font_script "${PROJECT_SOURCE_DIR}/tools/lib/make_fonts.py")
set(font_out "${PROJECT_BINARY_DIR}/generated/fonts")
# Whatever is written on the screen stands in one of these.
file(GLOB font_texts CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/ui/*.cpp"
     "${PROJECT_SOURCE_DIR}/src/view/*.cpp" "${PROJECT_SOURCE_DIR}/src/view/*.inc"
     "${PROJECT_SOURCE_DIR}/assets/lessons/*.json")

add_custom_command(
  OUTPUT "${font_out}/fonts.cpp" "${font_out}/fonts.h"
  COMMAND "${SOFTMASK_PYTHON}" "${font_script}" "${font_out}" ${font_sources}
          --texts ${font_texts}
  DEPENDS "${font_script}" ${font_sources} ${font_texts}
  COMMENT "Making the font subsets"
  VERBATIM)
add_library(softmask_fonts STATIC "${font_out}/fonts.cpp" "${font_out}/fonts.h")
target_include_directories(softmask_fonts PUBLIC "${PROJECT_BINARY_DIR}/generated")
