# Every Emscripten flag of the project. Works with 3.1.6 (Debian 12) and the releases after it;
# where a setting was renamed on the way, the release decides.

# USE_SDL=0: 3.1.6 has its own SDL 1 on the include path otherwise, and links it.
# No unrolling: it made no kernel faster, and core-simd.wasm 8 % larger.
set(softmask_web_compile_flags -fno-exceptions -fno-rtti -fno-unroll-loops -sUSE_SDL=0)
# Every engine with SIMD had bulk memory before: copies are one instruction, and no C library's.
set(softmask_web_simd_flags -msimd128 -mbulk-memory)
set(softmask_web_relaxed_flags ${softmask_web_simd_flags} -mrelaxed-simd)

# 64 KB is the default stack of newer releases, too little for Dear ImGui's text formatting.
if(EMSCRIPTEN_VERSION VERSION_LESS 3.1.25)
  set(softmask_stack_setting TOTAL_STACK)
else()
  set(softmask_stack_setting STACK_SIZE)
endif()

set(softmask_web_link_flags
    $<IF:$<CONFIG:Debug>,-O1,-O3>
    $<$<CONFIG:Debug>:-sASSERTIONS=2>
    $<$<CONFIG:Debug>:--profiling-funcs>
    -s${softmask_stack_setting}=1MB)

# The application: an ES module with a factory function, started by the page.
# No eval (a page's Content-Security-Policy may forbid it), no virtual file system. Of Emscripten's
# JavaScript libraries the listed ones alone: by itself it would add many that are not used.
set(softmask_app_link_flags
    ${softmask_web_link_flags}
    $<$<NOT:$<CONFIG:Debug>>:-Oz> # the last -O counts: the smallest JavaScript and module
    -sMODULARIZE=1
    -sEXPORT_ES6=1
    -sENVIRONMENT=web
    -sDYNAMIC_EXECUTION=0
    -sFILESYSTEM=0
    -sALLOW_MEMORY_GROWTH=1
    # So that it seldom grows: in WebKitGTK 2.50 test files ended in a trap or a crash in 4 of 7 runs
    # with growth by 1 MB from 16, in 1 of 10 by a fifth, in 0 of 12 with this. Not proven to be growth.
    -sINITIAL_MEMORY=64MB
    -sMAXIMUM_MEMORY=2GB
    -sMIN_WEBGL_VERSION=2
    -sMAX_WEBGL_VERSION=2
    # What the page gives it, and nothing for old browsers that have no WebGL 2 either.
    -sINCOMING_MODULE_JS_API=canvas,print,onAbort,instantiateWasm
    -sTEXTDECODER=2
    -sPOLYFILL=0
    # No fullscreen of SDL's, no errors and extensions of WebGL's that nobody asks for.
    -sHTML5_SUPPORT_DEFERRING_USER_SENSITIVE_REQUESTS=0
    -sGL_TRACK_ERRORS=0
    -sGL_SUPPORT_AUTOMATIC_ENABLE_EXTENSIONS=0
    -sGL_SUPPORT_SIMPLE_ENABLE_EXTENSIONS=0
    -sUSE_SDL=0
    -sAUTO_JS_LIBRARIES=0
    -lasync.js
    -lbrowser.js
    -lhtml5.js
    -lhtml5_webgl.js
    -lwebgl.js
    -lwebgl2.js
    -legl.js
    -sEXPORTED_FUNCTIONS=_main,_malloc,_free
    -sEXPORTED_RUNTIME_METHODS=UTF8ToString,stringToUTF8,lengthBytesUTF8,HEAPU8,HEAP32,HEAPU32,HEAPF32)

# The numerical core alone: one .wasm file without JavaScript of Emscripten's; web/core.js loads it.
set(softmask_core_module_link_flags
    ${softmask_web_link_flags}
    $<$<NOT:$<CONFIG:Debug>>:-flto;-Oz>
    --no-entry
    -sSTANDALONE_WASM=1
    -sALLOW_MEMORY_GROWTH=1
    -sMAXIMUM_MEMORY=2GB
    -sFILESYSTEM=0)

# Test programs under Node, which see the real file system and report through their exit code. The
# optimiser that runs over a whole program takes longer than their tests; the modules that ship went
# through it, and tests/node runs those.
set(softmask_node_link_flags
    ${softmask_web_link_flags}
    -O1
    -sENVIRONMENT=node
    -sWASM_ASYNC_COMPILATION=0 # 3.1.6 would fetch() a file name where Node has fetch
    -sNODERAWFS=1
    -sEXIT_RUNTIME=1
    -sASSERTIONS=1
    -sALLOW_MEMORY_GROWTH=1
    -sMAXIMUM_MEMORY=2GB)

# Debian's emcc takes its Node modules from Debian's folder, which a Node from elsewhere does not
# search: the link would end with "Cannot find module 'acorn'".
if(NOT EXISTS "${EMSCRIPTEN_ROOT_PATH}/node_modules" AND EXISTS /usr/share/nodejs/acorn)
  set_property(GLOBAL PROPERTY RULE_LAUNCH_LINK
                               "${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs")
endif()
