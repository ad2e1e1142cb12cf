// In the browser: PyTorch's arithmetic by SIMD and by the scalar module.

import { CoreMemory } from "/build/modules/bench/core_memory.js";
import { coreWork, randomCase } from "/build/modules/bench/softmax_work.js";
import { timeInterleaved } from "/build/modules/bench/timing.js";
import { fastestCore } from "/build/modules/simd.js";

const ROWS = 512;
const COLS = 512;

/** @param {{rounds: number, sampleMs: number}} options */
export async function runExact(options) {
  const simd = await CoreMemory.load(fastestCore());
  const scalar = await CoreMemory.load("core-scalar.wasm");
  const masked = randomCase(simd, ROWS, COLS);
  const results = [];
  for (const [what, mask] of /** @type {const} */ ([
    ["half masked", masked.mask],
    ["nothing masked", new Uint8Array(COLS)],
  ])) {
    const input = { ...masked, mask };
    const contenders = [
      coreWork("SIMD", simd, input, { method: "torch" }),
      coreWork("scalar", scalar, input, { method: "torch" }),
    ];
    for (const { work } of contenders) work();
    const [a, b] = contenders.map(({ result }) => new Uint32Array(result().buffer));
    if (a.some((bits, i) => bits !== b[i])) throw new Error("SIMD and scalar differ in their bits");
    results.push({ what, timings: await timeInterleaved(contenders, options) });
    simd.free();
    scalar.free();
  }
  return { elements: ROWS * COLS, results };
}
