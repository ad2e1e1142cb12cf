// The page's numbers against PyTorch's own, bit for bit, and after clicks against core.js, which
// the tests under Node hold against the same data.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { coreModule, goldenFiles } from "../node/golden.js";
import { decode, firstDifference } from "../node/golden_checks.js";
import { openViewer, startBrowser } from "./harness.js";
import {
  ViewerDriver,
  columnBits,
  differences,
  installPacking,
  unpack,
  withColumnToggled,
} from "./viewer_driver.js";
import { FEW_PIXELS } from "./viewer_tests.js";

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let started;
const files = goldenFiles();
const CPUS = ["avx2", "default"];

before(async () => {
  started = await startBrowser();
});
after(() => started?.close());

/** getResult() of the page after each of these patches, one after the other. */
async function resultsOf(patches) {
  const opened = await openViewer(started, "animate=0", FEW_PIXELS);
  await opened.page.evaluate(installPacking);
  const packed = await opened.page.evaluate((wanted) => {
    const { softmask, packedResult } = /** @type {any} */ (window);
    return wanted.map((patch) => {
      softmask.setState(patch);
      return packedResult();
    });
  }, patches);
  assert.deepEqual(opened.errors(), []);
  await opened.close();
  return packed.map(unpack);
}

/** Fails unless the bits of a result are those of base64 data. */
function assertBits(actual, base64, what) {
  assert.equal(firstDifference(actual, decode(base64)), null, what);
}

const named = (patch) => JSON.stringify(patch);

/** The golden mask has one row; the page's has them all. */
function assertMask(result, base64, what) {
  const row = decode(base64, Uint8Array);
  const { rows, cols } = result;
  const expected = Uint8Array.from({ length: rows * cols }, (_, i) => row[i % cols]);
  assert.deepEqual(result.mask, expected, what);
}

test("the default page is the article's program, bit for bit", async () => {
  const opened = await openViewer(started, "", FEW_PIXELS);
  const driver = await ViewerDriver.on(opened);
  const result = await driver.result();
  const is = ({ seed, rows, cols, fill }) => `${seed} ${rows} ${cols} ${fill}` === ARTICLE;
  const ARTICLE = "333512 4 5 -1e9";
  const golden = files["torch-avx2.json"].cases.find(is);
  assert.deepEqual([result.rows, result.cols], [4, 5]);
  assertBits(result.scores, golden.scores, "scores");
  assertMask(result, golden.mask, "mask");
  assertBits(result.maskedScores, golden.masked_scores, "masked_scores");
  assertBits(result.probabilities, golden.softmax, "softmax");

  const core = await (await coreModule).createCore();
  const options = { precision: 3, sciMode: false, style: /** @type {const} */ ("1.13") };
  const texts = [
    core.format(result.scores, 4, 5, options),
    core.format(result.mask.subarray(0, 5), 1, 5, options),
    core.format(result.maskedScores, 4, 5, options),
    core.format(result.probabilities, 4, 5, options),
  ];
  const printed = files["torch-1.13-texts.json"].texts.find(is);
  assert.deepEqual(texts, printed.precision3_no_sci);
  assert.deepEqual(result.notes, []);
  await opened.close();
});

for (const cpu of CPUS) {
  test(`${cpu}: every golden shape, fill and seed, over either dim`, async () => {
    const { cases } = files[`torch-${cpu}.json`];
    const patches = cases.flatMap(({ seed, rows, cols, fill }) =>
      [-1, 0].map((dim) => ({ seed, rows, cols, fill, dim, cpu, mask: "random" })),
    );
    const results = await resultsOf(patches);
    assert.equal(results.length, 110);
    results.forEach((result, i) => {
      const golden = cases[Math.floor(i / 2)];
      const what = named(patches[i]);
      assertBits(result.scores, golden.scores, what);
      assertMask(result, golden.mask, what);
      assertBits(result.maskedScores, golden.masked_scores, what);
      assertBits(result.probabilities, golden[i % 2 ? "softmax_dim0" : "softmax"], what);
    });
  });

  test(`${cpu}: float16 and bfloat16`, async () => {
    const cases = files[`torch-${cpu}.json`].low_precision;
    const patches = cases.map(({ seed, rows, cols, fill, dtype }) => {
      return { seed, rows, cols, fill, dtype, cpu };
    });
    const results = await resultsOf(patches);
    assert.equal(results.length, 72);
    results.forEach((result, i) => {
      const what = named(patches[i]);
      assertBits(result.scores, cases[i].scores_rounded, what);
      assertBits(result.maskedScores, cases[i].masked_scores, what);
      assertBits(result.probabilities, cases[i].softmax, what);
    });
  });

  test(`${cpu}: orders, dims and temperatures`, async () => {
    const cases = files["torch-1.13-orders.json"][cpu].filter((entry) => entry.probabilities);
    const patches = cases.map((entry) => {
      const { seed, rows, cols, fill, dtype, order, dim, temperature } = entry;
      return { seed, rows, cols, fill, dtype, order, dim: Number(dim), temperature, cpu };
    });
    const results = await resultsOf(patches);
    assert.equal(results.length, 156);
    results.forEach((result, i) =>
      assertBits(result.probabilities, cases[i].probabilities, named(patches[i])),
    );
  });
}

const FILLS = { "finfo.min": -3.4028234663852886e38, "-inf": -Infinity };

/** What getResult() has to be for a state and a mask, by core.js. */
function expectedResult(core, state, mask) {
  const { rows, cols, dim, temperature, dtype, order, cpu } = state;
  const drawn = core.generator(state.seed, { cpu }).randn(rows * cols);
  const fill = FILLS[state.fill] ?? Number(state.fill);
  const options = { rows, cols, dim, temperature, dtype, cpu, method: "torch" };
  const scores = core.maskedSoftmax({ ...options, scores: drawn }).maskedScores;
  const baseline = core.maskedSoftmax({ ...options, scores: drawn }).probabilities;
  const filled = core.maskedSoftmax({ ...options, scores: drawn, mask, fill, order });
  return { scores, mask, baseline, ...filled };
}

/** Σ over a row's masked cells of what each lost. */
function movedMass({ mask, baseline, probabilities }, row, cols) {
  let sum = 0;
  for (let i = row * cols; i < (row + 1) * cols; i++) {
    if (mask[i]) sum += Math.max(baseline[i] - probabilities[i], 0);
  }
  return sum;
}

const STARTS = [
  ["", [0, 3, 1, 0, 4]],
  ["seed=1&rows=3&cols=8&fill=-inf&mask=none&cpu=default", [7, 0, 3, 7]],
  ["seed=42&rows=5&cols=5&mask=causal&fill=finfo.min&order=renorm", [1, 4, 1, 0]],
  ["seed=7&dtype=float16&fill=-1e4&dim=0&temperature=0.5", [2, 2, 0]],
  ["seed=18446744073709551615&dtype=bfloat16&fill=-5&order=zero&mask=padding:2", [4, 3, 0]],
];

for (const [fragment, columns] of STARTS) {
  test(`columns clicked give PyTorch's numbers: #${fragment}`, async () => {
    const core = await (await coreModule).createCore();
    const opened = await openViewer(started, fragment, { ...FEW_PIXELS, reducedMotion: true });
    const driver = await ViewerDriver.on(opened);
    const state = await driver.state();
    let { mask } = await driver.result();
    for (const [i, col] of columns.entries()) {
      const panel = ["scores", "masked", "probabilities"][i % 3];
      await driver.click(panel, (i % (state.rows + 1)) - 1, col);
      mask = withColumnToggled(mask, state.rows, state.cols, col);
      const result = await driver.result();
      const expected = expectedResult(core, state, mask);
      assert.deepEqual(result.mask, mask, `mask after click ${i}`);
      for (const key of ["scores", "maskedScores", "baseline", "probabilities"]) {
        assert.equal(firstDifference(result[key], expected[key]), null, `${key}, click ${i}`);
      }
      assert.equal(result.moved.length, state.rows);
      result.moved.forEach((moved, row) => {
        const exact = movedMass(expected, row, state.cols);
        assert.ok(Math.abs(moved - exact) < 1e-6, `moved in row ${row}: ${moved}, not ${exact}`);
      });
    }
    if (!fragment.includes("causal")) {
      assert.equal((await driver.state()).mask, columnBits(mask, state.cols));
    }
    assert.deepEqual(opened.errors(), []);
    await opened.close();
  });
}

test("a column toggled twice gives back the same bits", async () => {
  const opened = await openViewer(started, "seed=2&rows=6&cols=7", {
    ...FEW_PIXELS,
    reducedMotion: true,
  });
  const driver = await ViewerDriver.on(opened);
  const first = await driver.result();
  for (const col of [0, 3, 6]) {
    await driver.click("probabilities", 2, col);
    const once = await driver.result();
    assert.notEqual(differences(once, first).length, 0, `column ${col} did not change anything`);
    await driver.click("probabilities", 2, col);
    assert.deepEqual(differences(await driver.result(), first), [], `column ${col}`);
  }
  await opened.close();
});
