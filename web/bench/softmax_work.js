// One masked softmax as work to be timed: by the core's kernels, by a loop of plain JavaScript, and
// a copy of the same bytes, which no kernel can be faster than.

/**
 * @typedef {import("./timing.js").Contender} Contender
 * @typedef {{scores: Float32Array, mask: Uint8Array, rows: number, cols: number, fill: number}} Case
 */

/** The numbers of core/types.h. */
const FLOAT32 = 0;
const ORDER_FILL = 0;
const TORCH = 1;
const FAST = 2;
const AVX2 = 0;

/**
 * Scores as torch.randn draws them, with seed 333512, and a mask of `cols` columns, exactly half of
 * them masked, at places that a fixed generator chose.
 * @param {import("./core_memory.js").CoreMemory} memory
 * @param {number} rows @param {number} cols
 * @returns {Case}
 */
export function randomCase(memory, rows, cols) {
  const { exports } = memory;
  const count = rows * cols;
  const generator = memory.alloc(exports.softmask_generator_bytes());
  exports.softmask_generator_seed(generator, 333512, 0, AVX2);
  const block = memory.alloc(4 * count);
  exports.softmask_randn(generator, block, count);
  const scores = memory.floats(block, count);
  const places = memory.alloc(8 * cols);
  exports.softmask_randperm(generator, places, cols);
  const order = new BigInt64Array(exports.memory.buffer, places, cols);
  const mask = new Uint8Array(cols);
  for (let i = 0; i < cols >> 1; i++) mask[Number(order[i])] = 1;
  memory.free();
  return { scores, mask, rows, cols, fill: -1e9 };
}

/**
 * @param {string} name
 * @param {import("./core_memory.js").CoreMemory} memory
 * @param {Case} input
 * @param {{method?: "fast" | "torch", maskedScores?: boolean}} [options] maskedScores: written too
 * @returns {Contender}
 */
export function coreWork(name, memory, input, { method = "fast", maskedScores = false } = {}) {
  const { rows, cols, fill } = input;
  const count = rows * cols;
  const scores = memory.store(input.scores);
  const mask = memory.store(input.mask);
  const probabilities = memory.alloc(4 * count);
  const masked = maskedScores ? memory.alloc(4 * count) : 0;
  const shape = [scores, rows, cols, mask, input.mask.length / cols];
  const how = [fill, FLOAT32, ORDER_FILL, -1, 1, method === "fast" ? FAST : TORCH, AVX2];
  const softmax = memory.exports.softmask_masked_softmax;
  return {
    name,
    work() {
      if (softmax(...shape, ...how, masked, probabilities) !== 0) throw new Error("refused");
    },
    result: () => memory.floats(probabilities, count),
  };
}

/** @param {Case} input @returns {Contender} */
export function javascriptWork({ scores, mask, rows, cols, fill }) {
  const out = new Float32Array(scores.length);
  const work = () => {
    for (let row = 0; row < rows; row++) {
      const at = row * cols;
      let max = -Infinity;
      for (let col = 0; col < cols; col++) {
        const x = mask[col] ? fill : scores[at + col];
        if (x > max) max = x;
      }
      let sum = 0;
      for (let col = 0; col < cols; col++) {
        const e = Math.exp((mask[col] ? fill : scores[at + col]) - max);
        out[at + col] = e;
        sum += e;
      }
      const scale = 1 / sum;
      for (let col = 0; col < cols; col++) out[at + col] *= scale;
    }
  };
  return { name: "JavaScript", work, result: () => out.slice() };
}

/** (memory "m" "memory") (func (export "copy") (param to from bytes) memory.copy) */
// prettier-ignore
const COPY_MODULE = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 3, 127, 127, 127, 0, 2, 8, 1, 1, 109, 1, 109, 2, 0, 0,
  3, 2, 1, 0, 7, 8, 1, 4, 99, 111, 112, 121, 0, 0, 10, 14, 1, 12, 0, 32, 0, 32, 1, 32, 2, 252, 10,
  0, 0, 11,
);

/**
 * @param {import("./core_memory.js").CoreMemory} memory
 * @param {Case} input
 * @returns {Contender}
 */
export function copyWork(memory, { scores }) {
  const module = new WebAssembly.Module(COPY_MODULE);
  const { exports } = new WebAssembly.Instance(module, { m: { m: memory.exports.memory } });
  const copy = /** @type {(to: number, from: number, bytes: number) => void} */ (exports.copy);
  const from = memory.store(scores);
  const to = memory.alloc(scores.byteLength);
  return {
    name: "copy",
    work: () => copy(to, from, scores.byteLength),
    result: () => memory.floats(to, scores.length),
  };
}
