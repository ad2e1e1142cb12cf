# strings_table.js, the texts of web/*.js, from the one table of strings; a line that is wrong stops
# the build and says where.
set(web_strings_script "${PROJECT_SOURCE_DIR}/tools/lib/make_web_strings.py")
set(web_strings_source "${PROJECT_SOURCE_DIR}/src/view/strings.inc")
set(web_strings_out "${PROJECT_BINARY_DIR}/site/strings_table.js")

add_custom_command(
  OUTPUT "${web_strings_out}"
  COMMAND "${SOFTMASK_PYTHON}" "${web_strings_script}" "${web_strings_out}" "${web_strings_source}"
  DEPENDS "${web_strings_script}" "${web_strings_source}"
  COMMENT "Making the texts of the pages"
  VERBATIM)
add_custom_target(web_strings DEPENDS "${web_strings_out}")
