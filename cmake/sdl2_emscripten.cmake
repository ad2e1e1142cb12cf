# SDL2 for the web, compiled from the folders that Softmask needs with SDL's own
# SDL_config_emscripten.h. SDL's CMake project would run minutes of feature checks through emcc to
# find what that file already says. Audio, game controllers, haptics, sensors, power, the 2D
# renderers and everything that copies pixels between surfaces are left out.
set(sdl2_sources)
foreach(
  folder IN
  ITEMS . atomic cpuinfo dynapi events file filesystem/emscripten libm loadso/dlopen locale
        locale/emscripten misc misc/emscripten stdlib thread thread/generic timer timer/unix video
        video/emscripten)
  file(GLOB folder_sources CONFIGURE_DEPENDS "${sdl2_SOURCE_DIR}/src/${folder}/*.c")
  list(APPEND sdl2_sources ${folder_sources})
endforeach()

# What draws into surfaces: WebGL draws here, and the browser has the cursors. cmake/sdl2_left_out.c
# has the functions of these files that others name.
list(FILTER sdl2_sources EXCLUDE REGEX
     "/video/SDL_(blit.*|RLEaccel|yuv|stretch|bmp|shape|fillrect|vulkan_utils)\\.c$")

third_party_library(sdl2 ${sdl2_sources} "${PROJECT_SOURCE_DIR}/cmake/sdl2_left_out.c")
target_include_directories(sdl2 SYSTEM PUBLIC "${sdl2_SOURCE_DIR}/include")
target_compile_definitions(
  sdl2
  PUBLIC SDL_MAIN_HANDLED
  PRIVATE SDL_AUDIO_DISABLED=1 SDL_JOYSTICK_DISABLED=1
          SDL_SENSOR_DISABLED=1 SDL_POWER_DISABLED=1 SDL_RENDER_DISABLED=1)

# Several files a compilation: starting emcc takes longer than most of them. Those of libm share names.
set_target_properties(sdl2 PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
file(GLOB libm_sources "${sdl2_SOURCE_DIR}/src/libm/*.c")
set_source_files_properties(${libm_sources} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
