#include "gfx/shader_program.h"

#include <string>

#include "view/strings.h"

namespace softmask::gfx {
namespace {

using view::Text;

std::string trimmed(std::string text, GLsizei length) {
  text.resize(static_cast<size_t>(length));
  return text.empty() ? view::text(Text::kShaderNoReason) : text;
}

// 0 when it does not compile; `error` then says why.
GLuint compiled(GLenum stage, const char* source, std::string* error) {
  const GLuint shader = glCreateShader(stage);
  glShaderSource(shader, 1, &source, nullptr);
  glCompileShader(shader);
  GLint ok = GL_FALSE;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &ok);
  if (ok == GL_TRUE) return shader;
  std::string log(4096, '\0');
  GLsizei length = 0;
  glGetShaderInfoLog(shader, static_cast<GLsizei>(log.size()), &length, log.data());
  *error = view::fill_in(
      stage == GL_VERTEX_SHADER ? Text::kVertexShaderFails : Text::kFragmentShaderFails,
      {trimmed(std::move(log), length)});
  glDeleteShader(shader);
  return 0;
}

}  // namespace

std::string ShaderProgram::link(const char* vertex_source, const char* fragment_source) {
  std::string error;
  const GLuint vertex = compiled(GL_VERTEX_SHADER, vertex_source, &error);
  if (vertex == 0) return error;
  const GLuint fragment = compiled(GL_FRAGMENT_SHADER, fragment_source, &error);
  if (fragment == 0) {
    glDeleteShader(vertex);
    return error;
  }
  const GLuint program = glCreateProgram();
  glAttachShader(program, vertex);
  glAttachShader(program, fragment);
  glLinkProgram(program);
  // The program keeps what it needs of them.
  glDeleteShader(vertex);
  glDeleteShader(fragment);
  GLint ok = GL_FALSE;
  glGetProgramiv(program, GL_LINK_STATUS, &ok);
  if (ok != GL_TRUE) {
    std::string log(4096, '\0');
    GLsizei length = 0;
    glGetProgramInfoLog(program, static_cast<GLsizei>(log.size()), &length, log.data());
    glDeleteProgram(program);
    return view::fill_in(Text::kLinkingFails, {trimmed(std::move(log), length)});
  }
  release();
  id_ = program;
  return {};
}

GLint ShaderProgram::uniform(const char* name) const { return glGetUniformLocation(id_, name); }

void ShaderProgram::release() {
  if (id_ != 0) glDeleteProgram(id_);
  id_ = 0;
}

}  // namespace softmask::gfx
