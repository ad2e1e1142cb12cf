#include "gfx/data_texture.h"

namespace softmask::gfx {
namespace {

struct GlFormat {
  GLint internal;
  GLenum format;
  GLenum type;
};

GlFormat gl_format(TexelFormat format) {
  switch (format) {
    case TexelFormat::kFloat:
      return {GL_R32F, GL_RED, GL_FLOAT};
    case TexelFormat::kByte:
      return {GL_R8UI, GL_RED_INTEGER, GL_UNSIGNED_BYTE};
    case TexelFormat::kColor:
      break;
  }
  return {GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE};
}

void set_parameters(bool interpolated) {
  const GLint filter = interpolated ? GL_LINEAR : GL_NEAREST;
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

}  // namespace

void DataTexture::upload(TexelFormat format, int width, int height, const void* texels) {
  const bool is_new = id_ == 0;
  if (is_new) glGenTextures(1, &id_);
  glBindTexture(GL_TEXTURE_2D, id_);
  if (is_new || format != format_) set_parameters(format == TexelFormat::kColor);
  // Rows of single bytes are not padded; 4 is what everybody else expects to find.
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  const GlFormat gl = gl_format(format);
  if (is_new || format != format_ || width != width_ || height != height_) {
    glTexImage2D(GL_TEXTURE_2D, 0, gl.internal, width, height, 0, gl.format, gl.type, texels);
  } else {
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width, height, gl.format, gl.type, texels);
  }
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  format_ = format;
  width_ = width;
  height_ = height;
}

void DataTexture::upload_part(int x, int y, int width, int height, const void* texels) {
  if (id_ == 0) return;
  glBindTexture(GL_TEXTURE_2D, id_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  const GlFormat gl = gl_format(format_);
  glTexSubImage2D(GL_TEXTURE_2D, 0, x, y, width, height, gl.format, gl.type, texels);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
}

void DataTexture::bind(int unit) const {
  glActiveTexture(GL_TEXTURE0 + static_cast<GLenum>(unit));
  glBindTexture(GL_TEXTURE_2D, id_);
}

void DataTexture::release() {
  if (id_ != 0) glDeleteTextures(1, &id_);
  forget();
}

void DataTexture::forget() {
  id_ = 0;
  width_ = 0;
  height_ = 0;
}

}  // namespace softmask::gfx
