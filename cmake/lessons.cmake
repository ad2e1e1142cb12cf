# The lessons of assets/lessons as a C++ table, made at build time: #include
# "lessons/lessons_data.inc". A file that is wrong stops the build and says where.
set(lessons_script "${PROJECT_SOURCE_DIR}/tools/lib/make_lessons.py")
set(lessons_out "${PROJECT_BINARY_DIR}/generated/lessons/lessons_data.inc")
file(GLOB lessons_files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/assets/lessons/*.json")

add_custom_command(
  OUTPUT "${lessons_out}"
  COMMAND "${SOFTMASK_PYTHON}" "${lessons_script}" "${lessons_out}" ${lessons_files}
  DEPENDS "${lessons_script}" ${lessons_files}
  COMMENT "Making the table of lessons"
  VERBATIM)
