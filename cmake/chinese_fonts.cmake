# chinese_fonts: subsets of Noto Sans CJK with the characters of the Chinese texts, made at build time
# (Debian's fonts-noto-cjk), as files that are read at run time and only where Chinese is wanted. The
# header "fonts/chinese_ranges.h" has their characters. A text or a lesson that changes makes them anew.
set(SOFTMASK_NOTO_CJK_DIR /usr/share/fonts/opentype/noto CACHE PATH "Folder of NotoSansCJK-*.ttc")
set(chinese_sources "${SOFTMASK_NOTO_CJK_DIR}/NotoSansCJK-Regular.ttc"
                    "${SOFTMASK_NOTO_CJK_DIR}/NotoSansCJK-Bold.ttc")
set(chinese_script "${PROJECT_SOURCE_DIR}/tools/lib/make_chinese_fonts.py")
file(GLOB chinese_texts CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/assets/lessons/*.json")
list(PREPEND chinese_texts "${PROJECT_SOURCE_DIR}/src/view/strings.inc")

set(chinese_dir "${PROJECT_BINARY_DIR}/generated/chinese")
set(chinese_ranges "${font_out}/chinese_ranges.h")
set(chinese_files "${chinese_dir}/chinese-regular.otf" "${chinese_dir}/chinese-bold.otf")
add_custom_command(
  OUTPUT "${chinese_ranges}" ${chinese_files}
  COMMAND "${SOFTMASK_PYTHON}" "${chinese_script}" "${chinese_ranges}" "${chinese_dir}"
          ${chinese_sources} ${chinese_texts}
  DEPENDS "${chinese_script}" ${chinese_sources} ${chinese_texts}
  COMMENT "Making the Chinese font subsets"
  VERBATIM)
add_custom_target(chinese_fonts DEPENDS "${chinese_ranges}" ${chinese_files})
target_sources(softmask_fonts PRIVATE "${chinese_ranges}")
add_dependencies(softmask_fonts chinese_fonts)
