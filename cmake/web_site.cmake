# The static site, put together by `cmake --install build/web-release --prefix <folder>`.
# tools/build installs into a new folder and then swaps it with build/web, so that a failing build
# leaves the last good page.
install(
  DIRECTORY "${PROJECT_SOURCE_DIR}/web/"
  DESTINATION .
  FILES_MATCHING
  REGEX "\\.(js|d\\.ts|html|css|svg|png|json)$"
  # Sources for other tools, which tests/hosts builds.
  REGEX "/examples/(mkdocs|sphinx|vitepress|notebook)$" EXCLUDE
  # What takes the place of modules in build/softmask.html and in the npm package.
  PATTERN "single_file" EXCLUDE
  PATTERN "package" EXCLUDE)
install(FILES "${PROJECT_SOURCE_DIR}/assets/icon.svg" DESTINATION .)
install(
  FILES "${PROJECT_SOURCE_DIR}/shell.html"
  DESTINATION .
  RENAME index.html
  OPTIONAL)

# `site` is what the page needs, without the tests.
add_custom_target(site)
include(web_strings)
add_dependencies(site web_strings chinese_fonts)
install(FILES ${web_strings_out} ${chinese_files} DESTINATION .)
foreach(program IN ITEMS app-simd app-scalar core-relaxed core-simd core-scalar import)
  if(TARGET ${program})
    add_dependencies(site ${program})
    install(FILES "$<TARGET_FILE_DIR:${program}>/${program}.wasm" DESTINATION .)
    if(program MATCHES "^app-")
      install(FILES "$<TARGET_FILE_DIR:${program}>/${program}.js" DESTINATION .)
    endif()
  endif()
endforeach()

# The licences of everything that ends in the page, in one file.
set(softmask_licenses "${PROJECT_BINARY_DIR}/licenses.txt")
set(license_parts "Softmask=${PROJECT_SOURCE_DIR}/LICENSE")
list(
  APPEND
  license_parts
  "Dear ImGui=${imgui_SOURCE_DIR}/LICENSE.txt"
  "SDL2=${sdl2_SOURCE_DIR}/LICENSE.txt"
  "GLM=${glm_SOURCE_DIR}/copying.txt"
  "zlib=${zlib_SOURCE_DIR}/LICENSE"
  "minizip=${zlib_SOURCE_DIR}/contrib/minizip/MiniZip64_info.txt"
  "nlohmann/json=/usr/share/doc/nlohmann-json3-dev/copyright"
  "Inter=/usr/share/doc/fonts-inter/copyright"
  "JetBrains Mono=/usr/share/doc/fonts-jetbrains-mono/copyright"
  "Noto Sans CJK=/usr/share/doc/fonts-noto-cjk/copyright"
  "musl, the C library=${EMSCRIPTEN_ROOT_PATH}/system/lib/libc/musl/COPYRIGHT"
  "Emscripten, libc++, libc++abi, compiler-rt=${PROJECT_SOURCE_DIR}/cmake/emscripten_license.txt")
set(license_text "Softmask and what is linked into it.\n")
foreach(part IN LISTS license_parts)
  string(REGEX MATCH "^([^=]+)=(.*)$" matched "${part}")
  set(license_title "${CMAKE_MATCH_1}")
  set(license_path "${CMAKE_MATCH_2}")
  if(EXISTS "${license_path}")
    file(READ "${license_path}" one_license)
    string(APPEND license_text "\n==== ${license_title} ====\n\n${one_license}")
  else()
    message(STATUS "licenses.txt: no licence text of ${license_title} at ${license_path}")
  endif()
endforeach()
file(CONFIGURE OUTPUT "${softmask_licenses}" CONTENT "@license_text@" @ONLY)
install(FILES "${softmask_licenses}" DESTINATION .)
