// What core.js refuses, and that a refusal changes nothing.

import assert from "node:assert/strict";
import { test } from "node:test";

import { coreModule } from "./golden.js";

const { createCore } = await coreModule;
const core = await createCore();

/** That use() throws this type of error with all of these words. */
function assertRefused(use, type, ...words) {
  assert.throws(use, (error) => {
    const isType = error instanceof type && error.constructor === type;
    assert.ok(isType, `${error.constructor.name}: ${error.message}`);
    for (const word of words) {
      assert.ok(error.message.includes(word), `${word} is not in: ${error.message}`);
    }
    return true;
  });
}

const scores = Float32Array.of(1, 2, 3, 4, 5, 6);
const GOOD = { scores, rows: 2, cols: 3 };
const refusesInput = (change, type, ...words) =>
  assertRefused(() => core.maskedSoftmax({ ...GOOD, ...change }), type, ...words);

test("createCore refuses what it does not know", async () => {
  const bad = /** @type {any} */ ({ smid: true });
  await assert.rejects(createCore(bad), (error) => {
    return error instanceof TypeError && /unknown option "smid"/.test(error.message);
  });
  await assert.rejects(createCore(/** @type {any} */ ({ simd: 1 })), TypeError);
  await assert.rejects(
    createCore(/** @type {any} */ ({ relaxedSimd: "yes" })),
    /relaxedSimd.*"yes"/,
  );
  await assert.rejects(createCore({ simd: false, relaxedSimd: true }), /needs SIMD/);
  await assert.rejects(createCore(/** @type {any} */ (null)), TypeError);
});

test("simd: true without SIMD is a clear error, and scalar is taken by default", async () => {
  const { validate } = WebAssembly;
  WebAssembly.validate = () => false;
  try {
    await assert.rejects(createCore({ simd: true }), /no WebAssembly SIMD/);
    assert.equal((await createCore()).simd, false);
    await assert.rejects(createCore({ relaxedSimd: true }), /needs SIMD/);
  } finally {
    WebAssembly.validate = validate;
  }
  assert.equal((await createCore()).simd, true);
  assert.equal((await createCore({ simd: false })).simd, false);
});

test("seeds: whole numbers from 0 to 2^64 - 1", () => {
  const first = (seed) => core.generator(seed).rand(3);
  assert.deepEqual(first(5), first(5n));
  assert.deepEqual(first(5), first("5"));
  assert.deepEqual(first("005"), first(5));
  first(18446744073709551615n);
  first("18446744073709551615");
  assert.notDeepEqual(first(4294967295), first(4294967294));
  for (const seed of [-1, -1n, 2n ** 64n, "18446744073709551616", 1.5, NaN, Infinity, "", "1e3"]) {
    assertRefused(() => core.generator(seed), RangeError, "seed");
  }
  assertRefused(() => core.generator(2 ** 53), RangeError, "seed", "bigint");
  for (const seed of /** @type {any[]} */ ([undefined, null, true, {}, [1]])) {
    assertRefused(() => core.generator(seed), TypeError, "seed");
  }
  assertRefused(() => core.generator(1, /** @type {any} */ ({ cpu: "avx" })), RangeError, "cpu");
  assertRefused(() => core.generator(1, /** @type {any} */ ({ cpu: 1 })), TypeError, "cpu");
  assertRefused(() => core.generator(1, /** @type {any} */ ({ cup: 1 })), TypeError, '"cup"');
});

test("generator calls: counts and bounds", () => {
  const generator = core.generator(1);
  const reference = core.generator(1);
  for (const n of [-1, 1.5, NaN, 16_777_217]) {
    assertRefused(() => generator.rand(n), RangeError, "n must be");
    assertRefused(() => generator.randperm(n), RangeError, "n must be");
  }
  for (const n of /** @type {any[]} */ ([undefined, "3", 3n, null])) {
    assertRefused(() => generator.randn(n), TypeError, "n must be");
  }
  assertRefused(() => generator.randint(0.5, 2, 3), RangeError, "low");
  assertRefused(() => generator.randint(0, 2 ** 53, 3), RangeError, "high");
  assertRefused(() => generator.randint(2, 2, 3), RangeError, "low", "high");
  assertRefused(() => generator.randint(0, /** @type {any} */ ("2"), 3), TypeError, "high");
  for (const p of [-0.1, 1.1, NaN]) {
    assertRefused(() => generator.bernoulli(p, 3), RangeError, "p must be");
  }
  assertRefused(() => generator.bernoulli(/** @type {any} */ ("1"), 3), TypeError, "p must be");
  assert.deepEqual(generator.rand(4), reference.rand(4), "refused calls draw nothing");
  assert.equal(generator.randn(0).length, 0);
  assert.deepEqual(
    generator.randint(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 1).length,
    1,
  );
});

test("maskedSoftmax: the input object", () => {
  const call = /** @type {any} */ (core.maskedSoftmax.bind(core));
  assertRefused(() => call(), TypeError, "input");
  assertRefused(() => call(null), TypeError, "input");
  assertRefused(() => call(3), TypeError, "input");
  refusesInput({ temprature: 1 }, TypeError, '"temprature"', "temperature");
});

test("maskedSoftmax: shapes", () => {
  refusesInput({ scores: [1, 2, 3, 4, 5, 6] }, TypeError, "scores", "Float32Array");
  refusesInput({ scores: new Float64Array(6) }, TypeError, "scores", "Float64Array");
  refusesInput({ scores: undefined }, TypeError, "scores");
  refusesInput({ scores: new Float32Array(5) }, RangeError, "scores", "6", "5");
  refusesInput({ rows: 0 }, RangeError, "rows");
  refusesInput({ rows: 4097 }, RangeError, "rows");
  refusesInput({ rows: 1.5 }, RangeError, "rows");
  refusesInput({ rows: "2" }, TypeError, "rows");
  refusesInput({ cols: 65537 }, RangeError, "cols");
  refusesInput({ cols: NaN }, RangeError, "cols");
  refusesInput({ cols: undefined }, TypeError, "cols");
  refusesInput({ rows: 4096, cols: 65536 }, RangeError, "rows * cols", "16777216");
  refusesInput({ mask: [0, 1, 0] }, TypeError, "mask", "Uint8Array");
  refusesInput({ mask: null }, TypeError, "mask");
  refusesInput({ mask: new Uint8Array(2) }, RangeError, "mask", "cols or rows * cols", "3 or 6");
  refusesInput({ mask: new Uint8Array(0) }, RangeError, "mask");
});

test("maskedSoftmax: options", () => {
  const mask = Uint8Array.of(0, 1, 0);
  refusesInput({ fill: "-inf" }, TypeError, "fill");
  refusesInput({ dtype: "float64" }, RangeError, "dtype", '"float32"', '"float64"');
  refusesInput({ dtype: 32 }, TypeError, "dtype");
  refusesInput({ order: "Fill" }, RangeError, "order");
  refusesInput({ dim: 1 }, RangeError, "dim");
  refusesInput({ dim: "0" }, TypeError, "dim");
  refusesInput({ method: "auto" }, RangeError, "method");
  refusesInput({ cpu: "avx512" }, RangeError, "cpu");
  for (const temperature of [NaN, 0, -1, Infinity]) {
    refusesInput({ temperature }, RangeError, "temperature");
  }
  refusesInput({ temperature: "1" }, TypeError, "temperature");
  refusesInput({ temperature: null }, TypeError, "temperature");

  const torch = "value cannot be converted to type c10::Half without overflow";
  for (const given of [{ mask }, { fill: -1e9 }, { mask, fill: -1e9 }, { mask, fill: 65505 }]) {
    assert.throws(
      () => core.maskedSoftmax({ ...GOOD, ...given, dtype: "float16" }),
      new RangeError(torch),
    );
  }
  assert.throws(
    () => core.maskedSoftmax({ ...GOOD, mask, fill: -3.4e38, dtype: "bfloat16" }),
    new RangeError(torch.replace("Half", "BFloat16")),
  );
  assert.throws(
    () => core.maskedSoftmax({ ...GOOD, mask, fill: 1e300 }),
    new RangeError(torch.replace("c10::Half", "float")),
  );
  core.maskedSoftmax({ ...GOOD, dtype: "float16" }); // nothing to fill
  core.maskedSoftmax({ ...GOOD, mask, fill: -Infinity, dtype: "float16" });
  core.maskedSoftmax({ ...GOOD, mask, fill: NaN, dtype: "float16" });
});

test("an option that is undefined is the default", () => {
  const defaults = { mask: undefined, fill: undefined, dtype: undefined, order: undefined };
  const more = { dim: undefined, temperature: undefined, method: undefined, cpu: undefined };
  assert.deepEqual(core.maskedSoftmax({ ...GOOD, ...defaults, ...more }), core.maskedSoftmax(GOOD));
  assert.equal(core.format(scores, 2, 3, { precision: undefined }), core.format(scores, 2, 3));
});

test("format: data and options", () => {
  const format = /** @type {any} */ (core.format.bind(core));
  assertRefused(() => format([1], 1, 1), TypeError, "data");
  assertRefused(() => format(new Float64Array(1), 1, 1), TypeError, "data", "Float64Array");
  assertRefused(() => format(scores, 2, 2), RangeError, "data", "4", "6");
  assertRefused(() => format(scores, 0, 6), RangeError, "rows");
  assertRefused(() => format(scores, "2", 3), TypeError, "rows");
  assertRefused(() => format(scores, 2, 3, { precision: -1 }), RangeError, "precision");
  assertRefused(() => format(scores, 2, 3, { precision: 101 }), RangeError, "precision");
  assertRefused(() => format(scores, 2, 3, { precision: 1.5 }), RangeError, "precision");
  assertRefused(() => format(scores, 2, 3, { precision: "3" }), TypeError, "precision");
  assertRefused(() => format(scores, 2, 3, { sciMode: 1 }), TypeError, "sciMode");
  assertRefused(() => format(scores, 2, 3, { style: "2.9" }), RangeError, "style");
  assertRefused(() => format(scores, 2, 3, { style: 2.1 }), TypeError, "style");
  assertRefused(() => format(scores, 2, 3, { sci_mode: true }), TypeError, '"sci_mode"');
  assertRefused(() => format(scores, 2, 3, null), TypeError, "options");
});

test("arguments are never changed", () => {
  const input = { ...GOOD, scores: scores.slice(), mask: Uint8Array.of(0, 1, 0) };
  core.maskedSoftmax({ ...input, dtype: "bfloat16", order: "zero", temperature: 2 });
  assert.deepEqual(input.scores, scores);
  assert.deepEqual(input.mask, Uint8Array.of(0, 1, 0));
  const view = new Float32Array(new Float32Array(10).fill(7).buffer, 8, 6);
  view.set(scores);
  assert.deepEqual(core.maskedSoftmax({ ...GOOD, scores: view }), core.maskedSoftmax(GOOD));
});
