// Times pieces of work against each other, so that their ratios hold on a machine that others use.

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {() => unknown} work one whole piece of work; may return a promise, which is awaited
 * @property {() => Float32Array | Promise<Float32Array>} [result] what the last work left
 * @property {() => void} [free]
 */

/** @typedef {{name: string, ms: number, lowMs: number, highMs: number, calls: number}} Timing */

/** @param {() => unknown} work @param {number} calls @returns {Promise<number>} milliseconds */
async function timeCalls(work, calls) {
  const start = performance.now();
  for (let i = 0; i < calls; i++) {
    const pending = work();
    // Work that is done at once must not pay for a turn of the event loop.
    if (pending instanceof Promise) await pending;
  }
  return performance.now() - start;
}

/** How many calls last `sampleMs`: a browser's clock may have steps of 0.1 ms. */
async function callsPerSample(work, sampleMs) {
  let calls = 1;
  for (;;) {
    const ms = await timeCalls(work, calls);
    if (ms >= sampleMs / 2) return Math.max(1, Math.round((calls * sampleMs) / ms));
    calls *= ms > 1 ? Math.ceil(sampleMs / ms) : 8;
  }
}

/** @param {number[]} values @returns {number} */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Milliseconds of one call of each contender: the median of `rounds`. In every round each of them
 * has one turn, the first one another each time; what disturbs the machine for a while disturbs
 * all of them.
 * @param {Contender[]} contenders
 * @param {{rounds?: number, sampleMs?: number, pause?: () => Promise<unknown>}} [options] `pause`:
 *   between two turns, so that a page lives on; what it throws ends the timing
 * @returns {Promise<Timing[]>} in the order of the contenders
 */
export async function timeInterleaved(contenders, { rounds = 9, sampleMs = 40, pause } = {}) {
  const calls = [];
  for (const { work } of contenders) {
    await pause?.();
    calls.push(await callsPerSample(work, sampleMs));
  }
  /** @type {number[][]} */
  const samples = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const i = (round + turn) % contenders.length;
      await pause?.();
      samples[i].push((await timeCalls(contenders[i].work, calls[i])) / calls[i]);
    }
  }
  return contenders.map(({ name }, i) => ({
    name,
    ms: median(samples[i]),
    lowMs: Math.min(...samples[i]),
    highMs: Math.max(...samples[i]),
    calls: calls[i],
  }));
}
