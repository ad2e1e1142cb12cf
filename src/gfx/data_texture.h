#ifndef SOFTMASK_GFX_DATA_TEXTURE_H_
#define SOFTMASK_GFX_DATA_TEXTURE_H_

#include <GLES3/gl3.h>

#include <cstdint>

namespace softmask::gfx {

// What one texel holds.
enum class TexelFormat : uint8_t {
  kFloat,  // one float: sampler2D, never interpolated
  kByte,   // one byte, 0 … 255 as an integer: usampler2D
  kColor,  // four bytes, red first: sampler2D, interpolated, clamped to the edge
};

// A 2D texture without mip levels that the shaders read. The same rules about contexts hold as for
// ShaderProgram.
class DataTexture {
 public:
  DataTexture() = default;
  DataTexture(const DataTexture&) = delete;
  DataTexture& operator=(const DataTexture&) = delete;

  // Replaces the contents; `texels` has width * height of them, the first row first. Storage is
  // made anew only when size or format differ from the last time. Leaves the texture bound to the
  // active unit.
  void upload(TexelFormat format, int width, int height, const void* texels);

  // Replaces a part of what upload() made, of the same format: `texels` has width * height of them.
  void upload_part(int x, int y, int width, int height, const void* texels);

  // Binds to texture unit GL_TEXTURE0 + unit, and leaves that unit active.
  void bind(int unit) const;

  void release();
  void forget();

 private:
  GLuint id_ = 0;
  TexelFormat format_ = TexelFormat::kFloat;
  int width_ = 0;
  int height_ = 0;
};

}  // namespace softmask::gfx

#endif  // SOFTMASK_GFX_DATA_TEXTURE_H_
