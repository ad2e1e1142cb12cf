# strings_table.js and save_strings_table.js, the texts of web/*.js, from the one table of strings; a line that is wrong stops
# the build and says where.
set(web_strings_script "${PROJECT_SOURCE_DIR}/tools/lib/make_web_strings.py")
set(web_strings_source "${PROJECT_SOURCE_DIR}/src/view/strings.inc")
set(web_strings_out)
# What saves files is loaded when somebody wants it, and its texts with it.
foreach(table IN ITEMS strings_table=SOFTMASK_WEB_TEXT save_strings_table=SOFTMASK_SAVE_TEXT)
  string(REPLACE "=" ";" table "${table}")
  list(GET table 0 name)
  list(GET table 1 macro)
  set(out "${PROJECT_BINARY_DIR}/site/${name}.js")
  add_custom_command(
    OUTPUT "${out}"
    COMMAND "${SOFTMASK_PYTHON}" "${web_strings_script}" "${out}" "${web_strings_source}" ${macro}
    DEPENDS "${web_strings_script}" "${web_strings_source}"
    COMMENT "Making the texts of the pages"
    VERBATIM)
  list(APPEND web_strings_out "${out}")
endforeach()
add_custom_target(web_strings DEPENDS ${web_strings_out})
