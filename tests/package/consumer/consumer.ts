// A TypeScript program that has Softmask from npm. Compiled, never run.

import { mount, type FrameViewer, type State } from "softmask";
import { createCore, type Core } from "softmask/core";

export async function use(place: HTMLElement): Promise<number> {
  const core: Core = await createCore({ simd: true });
  const scores: Float32Array = core.generator(1n).randn(20);
  const viewer: FrameViewer = await mount(place, { seed: 7, mask: "causal", site: "/softmask/" });
  const state: State = await viewer.setState({ fill: "-inf" });
  const element = document.querySelector("softmask-view");
  element?.start();
  // @ts-expect-error: there is no such option
  await mount(place, { sead: 1 });
  return scores.length + state.rows;
}
