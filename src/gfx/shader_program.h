#ifndef SOFTMASK_GFX_SHADER_PROGRAM_H_
#define SOFTMASK_GFX_SHADER_PROGRAM_H_

#include <GLES3/gl3.h>

#include <string>

namespace softmask::gfx {

// A linked vertex and fragment shader. Every function needs the context that it was linked in to be
// current; nothing is deleted by the destructor, because by then there may be no context.
class ShaderProgram {
 public:
  ShaderProgram() = default;
  ShaderProgram(const ShaderProgram&) = delete;
  ShaderProgram& operator=(const ShaderProgram&) = delete;

  // Compiles and links. Empty text means success; otherwise the driver's words, headed by which of
  // the steps failed, and the program stays as it was before the call.
  std::string link(const char* vertex_source, const char* fragment_source);

  // -1 for a name that the shaders do not use; OpenGL ignores values set there.
  GLint uniform(const char* name) const;
  bool is_linked() const { return id_ != 0; }
  void use() const { glUseProgram(id_); }

  void release();
  // The context is lost and the handle with it: forgets it without calling OpenGL.
  void forget() { id_ = 0; }

 private:
  GLuint id_ = 0;
};

}  // namespace softmask::gfx

#endif  // SOFTMASK_GFX_SHADER_PROGRAM_H_
