// Uses what web/*.d.ts declares, as somebody's program would. Compiled, never run.

import { mount, type State } from "../../web/softmask.js";
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

async function useViewers(place: HTMLElement) {
  const viewer = await mount(place, {
    seed: 7n,
    mask: "causal",
    state: { fill: 0 },
    title: "here",
  });
  const stop = viewer.on("change", (state) => console.log(state.mask.length, state.rows + 1));
  const { probabilities, notes } = await viewer.getResult();
  const state: State = await viewer.setState({ dtype: "float16" });
  const cell = await viewer.cellRect("masked", -1, 0);
  console.log(
    probabilities[0],
    notes.join(),
    state.seed,
    cell.width,
    (await viewer.framesDrawn) > 0,
  );
  stop();
  viewer.destroy();
  const element = document.createElement("softmask-view");
  element.start();
  console.log(element.viewer?.frame.title);
  // @ts-expect-error: there is no such panel
  await viewer.cellRect("probs", 0, 0);
  // @ts-expect-error: there is no such option
  await mount(place, { sead: 1 });
}
void useViewers;
