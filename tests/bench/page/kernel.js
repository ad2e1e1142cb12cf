// In the browser: the fast kernel against the peers and against a copy.

import { CoreMemory } from "/build/modules/bench/core_memory.js";
import {
  copyWork,
  coreWork,
  javascriptWork,
  randomCase,
} from "/build/modules/bench/softmax_work.js";
import { timeInterleaved } from "/build/modules/bench/timing.js";
import { fastestCore } from "/build/modules/simd.js";

import { loadOnnxRuntime, loadTensorFlow, onnxRuntimeWork, tensorFlowWork } from "./peers.js";

const SIZES = [
  [64, 64],
  [512, 512],
  [2048, 2048],
  [16, 65536],
];

/** The largest difference; NaN where one has a NaN. */
function distance(a, b) {
  if (a.length !== b.length) return NaN;
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}

/**
 * @param {{rounds: number, sampleMs: number}} options
 * @returns {Promise<{rows: number, cols: number, distances: Record<string, number>,
 *   timings: import("../../../web/bench/timing.js").Timing[]}[]>}
 */
export async function runKernel(options) {
  const memory = await CoreMemory.load(fastestCore());
  const tf = await loadTensorFlow();
  const ort = await loadOnnxRuntime();
  const results = [];
  for (const [rows, cols] of SIZES) {
    const input = randomCase(memory, rows, cols);
    const ours = coreWork("ours", memory, input);
    const peers = [
      tensorFlowWork(tf, input),
      await onnxRuntimeWork(ort, input),
      javascriptWork(input),
    ];
    ours.work();
    const expected = ours.result();
    /** @type {Record<string, number>} */
    const distances = {};
    for (const peer of peers) {
      await peer.work();
      distances[peer.name] = distance(expected, await peer.result());
    }
    const contenders = [
      ours,
      coreWork("with masked scores", memory, input, { maskedScores: true }),
      copyWork(memory, input),
      ...peers,
    ];
    const timings = await timeInterleaved(contenders, options);
    results.push({ rows, cols, distances, timings });
    for (const { free } of contenders) free?.();
    memory.free();
  }
  return results;
}
