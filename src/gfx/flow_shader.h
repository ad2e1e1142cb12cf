// The shaders of FlowRenderer, in GLSL ES 3.00.
#ifndef SOFTMASK_GFX_FLOW_SHADER_H_
#define SOFTMASK_GFX_FLOW_SHADER_H_

namespace softmask::gfx {

inline constexpr char kFlowVertexShader[] = R"glsl(#version 300 es
precision highp float;

uniform mat3 u_ndc_from_canvas_px;

layout(location = 0) in vec2 a_canvas_px;
layout(location = 1) in vec2 a_inside_px;
layout(location = 2) in vec3 a_color;
layout(location = 3) in vec3 a_look;  // alpha, pattern, down

out vec2 v_inside_px;
out vec3 v_color;
out vec3 v_look;

void main() {
  v_inside_px = a_inside_px;
  v_color = a_color;
  v_look = a_look;
  gl_Position = vec4((u_ndc_from_canvas_px * vec3(a_canvas_px, 1.0)).xy, 0.0, 1.0);
}
)glsl";

inline constexpr char kFlowFragmentShader[] = R"glsl(#version 300 es
precision highp float;

uniform vec2 u_canvas_origin;  // canvas pixels of the lower left corner
uniform float u_scale;  // physical pixels of a CSS pixel
uniform float u_strength;  // of a plain band, 0 … 1

in vec2 v_inside_px;
in vec3 v_color;
in vec3 v_look;

out vec4 o_color;

// view::RibbonDraw::Pattern
const float kFaint = 1.0;
const float kHatched = 2.0;
const float kDashed = 3.0;

bool is_pattern(float pattern) { return abs(v_look.y - pattern) < 0.25; }

// The part of the pixel that the band covers: right also where it is narrower than the pixel.
float coverage() {
  vec2 edges = clamp(v_inside_px + 0.5, 0.0, 1.0);
  return max(edges.x + edges.y - 1.0, 0.0);
}

// Lines at 45 degrees, as on masked cells.
float hatch(vec2 px) {
  float across = (px.x + px.y) * 0.70710678;
  float from_line = abs(mod(across, 7.0 * u_scale) - 3.5 * u_scale);
  return clamp(0.5 - (from_line - 0.9 * u_scale), 0.0, 1.0);
}

void main() {
  vec2 px = vec2(u_canvas_origin.x + gl_FragCoord.x, u_canvas_origin.y - gl_FragCoord.y);
  float covered = coverage();
  float strength = u_strength;
  if (is_pattern(kFaint)) strength *= 0.34;
  if (is_pattern(kHatched)) strength = mix(0.16, 0.8, hatch(px)) * u_strength / 0.46;
  if (is_pattern(kDashed)) {
    float from_edge = min(v_inside_px.x, v_inside_px.y);
    float line = 1.0 - clamp(from_edge - 1.5 * u_scale + 0.5, 0.0, 1.0);
    float dash = step(mod(px.y, 9.0 * u_scale), 5.5 * u_scale);
    float fade = 1.0 - smoothstep(0.3, 0.8, v_look.z);
    strength = mix(0.07, 0.95 * dash, line) * fade;
  }
  o_color = vec4(v_color, covered * strength * v_look.x);
}
)glsl";

}  // namespace softmask::gfx

#endif  // SOFTMASK_GFX_FLOW_SHADER_H_
