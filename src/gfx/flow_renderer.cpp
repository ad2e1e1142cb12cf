#include "gfx/flow_renderer.h"

#include <cstddef>
#include <glm/gtc/type_ptr.hpp>

#include "gfx/draw_state.h"
#include "gfx/flow_shader.h"
#include "gfx/transforms.h"

namespace softmask::gfx {
namespace {

void attribute(GLuint location, GLint components, size_t offset) {
  glEnableVertexAttribArray(location);
  glVertexAttribPointer(location, components, GL_FLOAT, GL_FALSE, sizeof(RibbonVertex),
                        reinterpret_cast<const void*>(offset));
}

}  // namespace

std::string FlowRenderer::init() {
  release();
  if (std::string error = program_.link(kFlowVertexShader, kFlowFragmentShader); !error.empty()) {
    return error;
  }
  ndc_from_canvas_px_ = program_.uniform("u_ndc_from_canvas_px");
  canvas_origin_ = program_.uniform("u_canvas_origin");
  scale_ = program_.uniform("u_scale");
  strength_ = program_.uniform("u_strength");
  glGenVertexArrays(1, &vertex_array_);
  glGenBuffers(1, &vertices_);
  glGenBuffers(1, &indices_);
  glBindVertexArray(vertex_array_);
  glBindBuffer(GL_ARRAY_BUFFER, vertices_);
  attribute(0, 2, offsetof(RibbonVertex, canvas_px));
  attribute(1, 2, offsetof(RibbonVertex, inside_px));
  attribute(2, 3, offsetof(RibbonVertex, color));
  attribute(3, 3, offsetof(RibbonVertex, alpha));
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices_);
  glBindVertexArray(0);
  return {};
}

void FlowRenderer::release() {
  program_.release();
  if (vertex_array_ != 0) glDeleteVertexArrays(1, &vertex_array_);
  if (vertices_ != 0) glDeleteBuffers(1, &vertices_);
  if (indices_ != 0) glDeleteBuffers(1, &indices_);
  forget();
}

void FlowRenderer::forget() {
  program_.forget();
  vertex_array_ = 0;
  vertices_ = 0;
  indices_ = 0;
}

void FlowRenderer::upload(const RibbonMesh& mesh) {
  glBindVertexArray(vertex_array_);
  glBindBuffer(GL_ARRAY_BUFFER, vertices_);
  glBufferData(GL_ARRAY_BUFFER,
               static_cast<GLsizeiptr>(mesh.vertices.size() * sizeof(RibbonVertex)),
               mesh.vertices.data(), GL_STREAM_DRAW);
  glBufferData(GL_ELEMENT_ARRAY_BUFFER,
               static_cast<GLsizeiptr>(mesh.indices.size() * sizeof(uint32_t)), mesh.indices.data(),
               GL_STREAM_DRAW);
}

void FlowRenderer::draw(const view::FlowDraw& flow, const DrawTarget& target) {
  if (!program_.is_linked()) return;
  const RibbonMesh mesh = ribbon_mesh(flow);
  if (mesh.indices.empty()) return;
  if (!set_scissor(flow.clip, target)) return;
  set_blending();
  glViewport(0, 0, target.width, target.height);
  program_.use();
  const glm::mat3 ndc_from_px = ndc_from_canvas_px(target);
  glUniformMatrix3fv(ndc_from_canvas_px_, 1, GL_FALSE, glm::value_ptr(ndc_from_px));
  glUniform2f(canvas_origin_, static_cast<float>(target.left),
              static_cast<float>(target.top + target.height));
  glUniform1f(scale_, flow.scale);
  glUniform1f(strength_, view::kFlowStrength[flow.dark ? 1 : 0]);
  upload(mesh);
  glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(mesh.indices.size()), GL_UNSIGNED_INT, nullptr);
}

}  // namespace softmask::gfx
