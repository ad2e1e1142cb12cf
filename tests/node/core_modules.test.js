// core-relaxed.wasm and core-simd.wasm against core-scalar.wasm on many thousands of cases: method "torch" gives the same
// bits, method "fast" and a session what the contract of both allows, NaN in the same places.

import assert from "node:assert/strict";
import { test } from "node:test";

import { coreModule, coreOptions } from "./golden.js";

const CASES = 8000;
const FILLS = [
  -1e9,
  -Infinity,
  1e-9,
  0,
  -1e4,
  -3.4028234663852886e38,
  -5,
  1e4,
  NaN,
  Infinity,
  -88,
  -103.97,
];
const AWKWARD = [Infinity, -Infinity, NaN, 0, -0, 1e-45, -1e-38, 3.4e38, -3.4e38, -1e9, -104, -88];

/** mulberry32: numbers from 0 to 1. @param {number} seed */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {() => number} random */
function caseOf(random) {
  const below = (/** @type {number} */ n) => Math.floor(random() * n);
  const oneOf = (/** @type {any[]} */ list) => list[below(list.length)];
  const flat = below(4) > 0;
  const rows = flat ? 1 + below(3) : 1 + below(67);
  const cols = flat ? 1 + below(67) : 1 + below(5);
  const spread = oneOf([0.01, 1, 5, 40, 200]);
  const awkward = oneOf([0, 0, 0, 0.02, 0.3]);
  const scores = Float32Array.from({ length: rows * cols }, () =>
    random() < awkward ? oneOf(AWKWARD) : (random() + random() + random() - 1.5) * spread,
  );
  const density = oneOf([0, 0.1, 0.5, 0.9, 1]);
  const mask = Uint8Array.from({ length: below(3) ? cols : rows * cols }, () =>
    random() < density ? 1 + below(255) : 0,
  );
  const fill = below(8) ? oneOf(FILLS) : (random() - 0.5) * 10 ** below(38);
  const order = oneOf(["fill", "fill", "zero", "renorm"]);
  const options = { fill, order, dim: oneOf([-1, 0]), cpu: oneOf(["avx2", "default"]) };
  const temperature = below(4) ? 1 : 0.05 + 4 * random();
  const dtype = oneOf(["float32", "float32", "float16", "bfloat16"]);
  return { scores, rows, cols, mask, temperature, dtype, ...options };
}

/** What a call gives, or the words of its refusal. */
function outcome(core, input) {
  try {
    return core.maskedSoftmax(input);
  } catch (error) {
    return String(error);
  }
}

/** The same floats, but that there is one NaN. */
const bits = (/** @type {Float32Array} */ floats) =>
  new Uint32Array(floats.map((value) => (Number.isNaN(value) ? NaN : value)).buffer);

/** Each within 2^-24 (|x - m| + 8) of the truth: at most twice that from each other. */
function assertNear(simd, scalar, input) {
  const { rows, cols, dim, maskedScores } = input;
  for (let i = 0; i < simd.length; i++) {
    assert.equal(Number.isNaN(simd[i]), Number.isNaN(scalar[i]), `NaN at ${i}`);
    if (!(scalar[i] > 1e-30)) continue;
    let largest = -Infinity;
    for (let j = 0; j < (dim === 0 ? rows : cols); j++) {
      const at = dim === 0 ? j * cols + (i % cols) : i - (i % cols) + j;
      largest = Math.max(largest, maskedScores[at]);
    }
    const distance = Math.abs(largest - maskedScores[i]);
    const error = Math.abs(simd[i] / scalar[i] - 1) * 2 ** 24;
    assert.ok(error <= 2 * (distance + 8), `${i}: ${simd[i]} and ${scalar[i]}, ${error}`);
  }
}

const { createCore } = await coreModule;
const scalar = await createCore({ simd: false });
for (const options of (await coreOptions()).filter(({ simd }) => simd)) {
  const simd = await createCore(options);
  const name = options.relaxedSimd ? "relaxed SIMD" : "SIMD";
  compare(name, simd);
}

/** @param {string} name @param {Awaited<ReturnType<typeof createCore>>} simd */
function compare(name, simd) {
  test(`${name} and the scalar module compute the same`, async (t) => {
    assert.deepEqual([simd.simd, scalar.simd], [true, false]);
    const seed = Number(process.env.SOFTMASK_SEED ?? Math.floor(Math.random() * 2 ** 32));
    t.diagnostic(`SOFTMASK_SEED=${seed}`);
    const random = randomOf(seed);
    for (let i = 0; i < CASES; i++) {
      const input = caseOf(random);
      const words = `SOFTMASK_SEED=${seed}, case ${i}`;
      const exact = { ...input, method: "torch" };
      const [a, b] = [outcome(simd, exact), outcome(scalar, exact)];
      if (typeof a === "string" || typeof b === "string") {
        assert.equal(a, b, words);
        continue;
      }
      assert.deepEqual(bits(a.probabilities), bits(b.probabilities), words);
      assert.deepEqual(bits(a.maskedScores), bits(b.maskedScores), words);

      const fast = { ...input, dtype: "float32", order: "fill", temperature: 1, method: "fast" };
      const [c, d] = [outcome(simd, fast), outcome(scalar, fast)];
      assert.equal(typeof c, typeof d, words);
      if (typeof c === "string" || typeof d === "string") continue;
      assert.deepEqual(bits(c.maskedScores), bits(d.maskedScores), words);
      assertNear(c.probabilities, d.probabilities, { ...fast, maskedScores: d.maskedScores });
    }
  });

  test(`${name}: sessions agree after any changes, and their scales to the bit`, async (t) => {
    const cores = [simd, scalar];
    const seed = Number(process.env.SOFTMASK_SEED ?? Math.floor(Math.random() * 2 ** 32));
    t.diagnostic(`SOFTMASK_SEED=${seed}`);
    const random = randomOf(seed);
    for (let i = 0; i < 300; i++) {
      const { scores, rows, cols } = caseOf(random);
      const sessions = cores.map((core) => core.session(scores, rows, cols));
      const maskedScores = scores.slice();
      const mask = new Uint8Array(cols);
      let fill = -1e9;
      for (let change = 0; change < 12; change++) {
        const col = Math.floor(random() * cols);
        mask[col] ^= 1;
        if (change % 5 === 4) fill = FILLS[Math.floor(random() * FILLS.length)];
        for (const session of sessions) {
          session.setColumn(col, mask[col] === 1);
          session.setFill(fill);
        }
      }
      const words = `SOFTMASK_SEED=${seed}, case ${i}`;
      const [ours, reference] = sessions;
      assert.deepEqual(bits(ours.rowScale()), bits(reference.rowScale()), words);
      maskedScores.forEach((_, at) => {
        if (mask[at % cols]) maskedScores[at] = fill;
      });
      const input = { rows, cols, dim: -1, maskedScores };
      assertNear(ours.probabilities(), reference.probabilities(), input);
      for (const session of sessions) session.free();
    }
  });

  test(`${name}: generators draw the same bits`, () => {
    const cores = [simd, scalar];
    for (let seed = 0; seed < 200; seed++) {
      for (const cpu of /** @type {const} */ (["avx2", "default"])) {
        const [a, b] = cores.map((core) => core.generator(seed * 7919, { cpu }));
        for (const n of [1, 15, 16, 17, 64, 100 + seed]) {
          assert.deepEqual(bits(a.randn(n)), bits(b.randn(n)), `seed ${seed * 7919}, randn(${n})`);
        }
        assert.deepEqual(a.randperm(50), b.randperm(50));
      }
    }
  });
}
