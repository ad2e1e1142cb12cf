// Sessions of core.js: the same results as a fresh maskedSoftmax after any changes, and refusals.

import assert from "node:assert/strict";
import { test } from "node:test";

import { coreModule, coreOptions } from "./golden.js";

const { createCore } = await coreModule;

/** A seeded generator of integers below n, so that a failure can be had again. */
function integers(seed) {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % n;
  };
}

/** Softmax of a row in float64, masked columns being the fill. */
function exactRow(scores, mask, fill) {
  const x = Array.from(scores, (score, col) => (mask[col] ? Math.fround(fill) : score));
  const max = Math.max(...x);
  const e = x.map((value) => Math.exp(value - max));
  const sum = e.reduce((a, b) => a + b);
  return { p: e.map((value) => value / sum), distance: x.map((value) => max - value) };
}

function assertBounds(actual, { p, distance }, what) {
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    sum += actual[i];
    if (p[i] <= 1e-30) continue;
    const error = Math.abs(actual[i] / p[i] - 1);
    assert.ok(error <= 2 ** -24 * (distance[i] + 8), `${what}, column ${i}: ${actual[i]}, ${p[i]}`);
  }
  assert.ok(Math.abs(sum - 1) <= 4e-7, `${what}: sum ${sum}`);
}

for (const options of await coreOptions()) {
  test(`10,000 changes and a fresh softmax agree, ${JSON.stringify(options)}`, async () => {
    const core = await createCore(options);
    const [rows, cols] = [12, 50];
    const scores = core.generator(11).randn(rows * cols);
    const session = core.session(scores, rows, cols);
    const mask = new Uint8Array(cols);
    const random = integers(17);
    let fill = -1e9;
    for (let i = 1; i <= 10_000; i++) {
      const col = random(cols);
      mask[col] ^= 1;
      session.setColumn(col, mask[col] === 1);
      if (i % 1000 === 0) session.setFill((fill = [-1e9, -Infinity, 1e-9, -5][random(4)]));
      if (i % 500 !== 0) continue;
      const all = session.probabilities();
      const scale = session.rowScale();
      for (let row = 0; row < rows; row++) {
        const x = scores.subarray(row * cols, (row + 1) * cols);
        const exact = exactRow(x, mask, fill);
        assertBounds(all.subarray(row * cols, (row + 1) * cols), exact, `change ${i} row ${row}`);
        const kept = mask.indexOf(0);
        if (kept < 0) continue;
        const p = Math.exp(x[kept] - Math.max(...x)) * scale[row];
        assert.ok(Math.abs(p / exact.p[kept] - 1) < 1e-6, `scale of row ${row}: ${scale[row]}`);
      }
      assert.deepEqual(session.probabilities(3, 2), all.slice(3 * cols, 5 * cols));
    }
    session.free();
  });
}

test("sessions are apart from each other, and their results are the caller's own", async () => {
  const core = await createCore();
  const scores = Float32Array.of(1, 2, 3, 4, 5, 6);
  const [a, b] = [core.session(scores, 2, 3), core.session(scores, 2, 3)];
  scores.fill(7);
  a.setColumn(2, true);
  const results = [a.probabilities(), b.probabilities(), a.rowScale()];
  const copies = results.map((result) => result.slice());
  assert.equal(results[0][2], 0);
  assert.ok(results[1][2] > 0.6);
  a.free();
  core.generator(1).randn(3_000_000);
  b.setColumn(0, true);
  results.forEach((result, i) => assert.deepEqual(result, copies[i]));
  assert.ok(b.probabilities()[2] > 0.7);
  b.free();
});

test("a session that was freed says so; to free it again does nothing", async () => {
  const core = await createCore();
  const session = core.session(new Float32Array(6), 2, 3);
  session.free();
  session.free();
  for (const use of [
    () => session.setFill(0),
    () => session.setColumn(0, true),
    () => session.probabilities(),
    () => session.rowScale(),
  ]) {
    assert.throws(use, (error) => error instanceof TypeError && /freed/.test(error.message));
  }
});

test("wrong arguments are refused by name, and change nothing", async () => {
  const core = await createCore();
  const scores = core.generator(3).randn(12);
  const made = /** @type {any} */ (core).session.bind(core);
  for (const [args, type, name] of /** @type {[any[], any, RegExp][]} */ ([
    [[[1, 2], 1, 2], TypeError, /scores/],
    [[scores, 3, 5], RangeError, /scores/],
    [[scores, 0, 12], RangeError, /rows/],
    [[scores, 2.5, 4], RangeError, /rows/],
    [[scores, "3", 4], TypeError, /rows/],
    [[scores, 1, 65537], RangeError, /cols/],
  ])) {
    assert.throws(
      () => made(...args),
      (error) => error instanceof type && name.test(error.message),
    );
  }

  const session = /** @type {any} */ (core.session(scores, 3, 4));
  session.setColumn(1, true);
  const before = session.probabilities();
  for (const [call, type, name] of /** @type {[() => void, any, RegExp][]} */ ([
    [() => session.setColumn(4, true), RangeError, /col must/],
    [() => session.setColumn(-1, true), RangeError, /col must/],
    [() => session.setColumn(1.5, true), RangeError, /col must/],
    [() => session.setColumn("1", true), TypeError, /col must/],
    [() => session.setColumn(1, 1), TypeError, /masked must/],
    [() => session.setColumn(1), TypeError, /masked must/],
    [() => session.setFill("0"), TypeError, /fill/],
    [() => session.setFill(1e39), RangeError, /type float without overflow/],
    [() => session.probabilities(-1), RangeError, /rowStart/],
    [() => session.probabilities(4), RangeError, /rowStart/],
    [() => session.probabilities(1, 3), RangeError, /rowCount/],
    [() => session.probabilities(0, 0.5), RangeError, /rowCount/],
    [() => session.probabilities("0"), TypeError, /rowStart/],
  ])) {
    assert.throws(call, (error) => error instanceof type && name.test(error.message), `${name}`);
  }
  assert.deepEqual(session.probabilities(), before);
  assert.equal(session.probabilities(3).length, 0);
  session.free();
});

test("the largest session", async () => {
  const core = await createCore();
  const scores = core.generator(3).rand(4096 * 4096);
  const session = core.session(scores, 4096, 4096);
  session.setColumn(4095, true);
  assert.ok(Math.abs(session.probabilities(7, 1).reduce((a, b) => a + b) - 1) < 1e-6);
  assert.equal(session.rowScale().length, 4096);
  session.free();
});
