# softmask_json: nlohmann/json, of imported headers and of tests/golden. Debian's headers are
# copied out of /usr/include, which would hide Emscripten's own C library.
if(EXISTS /usr/include/nlohmann/json.hpp)
  file(COPY /usr/include/nlohmann DESTINATION "${PROJECT_BINARY_DIR}/json")
  set(json_include_dir "${PROJECT_BINARY_DIR}/json")
else()
  third_party_source(nlohmann_json https://github.com/nlohmann/json.git v3.11.2)
  set(json_include_dir "${nlohmann_json_SOURCE_DIR}/include")
endif()
add_library(softmask_json INTERFACE)
target_include_directories(softmask_json SYSTEM INTERFACE "${json_include_dir}")
