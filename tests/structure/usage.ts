// Uses what web/*.d.ts declares, as somebody's program would. Compiled, never run.

import { createCore } from "../../web/core.js";

export async function articleProgram(): Promise<string> {
  const core = await createCore({ simd: false });
  const generator = core.generator(333512n, { cpu: "avx2" });
  const scores: Float32Array = generator.randn(20);
  const mask = Uint8Array.from(generator.randint(0, 2, 5), Number);
  const { maskedScores, probabilities } = core.maskedSoftmax({
    scores,
    rows: 4,
    cols: 5,
    mask,
    fill: -1e9,
    dtype: "float32",
    order: "fill",
    dim: -1,
    temperature: 1,
    method: "torch",
    cpu: "avx2",
  });
  // @ts-expect-error a dtype that does not exist
  core.maskedSoftmax({ scores, rows: 4, cols: 5, dtype: "float64" });
  // @ts-expect-error a style that does not exist
  core.format(maskedScores, 4, 5, { style: "1.0" });
  return core.format(probabilities, 4, 5, { precision: 3, sciMode: false, style: "1.13" });
}
