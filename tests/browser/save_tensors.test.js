// What the Share panel saves of numbers: tensors as files, and programs.

import assert from "node:assert/strict";
import { test } from "node:test";

import { differing, runPrograms, without } from "../node/programs.js";
import { choose, last, open, PART, press } from "./save_panel.js";
import { viewerTests } from "./viewer_tests.js";

const { withViewer } = viewerTests({ reducedMotion: true });

/** The first button, which saves nothing here. */
const clickFirst = (page) =>
  page.evaluate((part) => {
    /** @type {HTMLElement} */ (document.querySelector(`${part} button`)).click();
  }, PART);
const waitForWords = (page, words) =>
  page.waitForFunction(
    (part, wanted) =>
      document.querySelector(`${part} [role=status]`)?.textContent?.includes(wanted),
    {},
    PART,
    words,
  );

test("each tensor is saved with the bits that are on the screen", () =>
  withViewer("mask=01101&fill=-inf", {}, async (driver) => {
    const { page } = driver;
    const result = await driver.result();
    await open(page);
    for (const [name, data] of Object.entries({
      unmasked_softmax: result.baseline,
      scores: result.scores,
      mask: result.mask,
      masked_scores: result.maskedScores,
      scores_softmax: result.probabilities,
    })) {
      await page.$eval(
        "#save-tensor",
        (select, value) => {
          select.value = value;
        },
        name,
      );
      await press(page, ".npy");
      const file = await last(page);
      assert.equal(file.name, `${name}.npy`);
      const wanted = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      assert.deepEqual(file.bytes.slice(-data.byteLength), [...wanted], name);
    }
    await press(page, ".csv");
    const text = Buffer.from((await last(page)).bytes).toString();
    const rows = text.trim().split("\n");
    assert.deepEqual(
      rows.flatMap((row) => row.split(",").map((cell) => Math.fround(Number(cell)))),
      [...result.probabilities],
    );
  }));

test("the gradient is saved, of the loss that its lens has chosen", () =>
  withViewer("mask=01101&fill=-inf", {}, async (driver) => {
    const { page } = driver;
    const { probabilities, mask, cols } = await driver.result();
    const gradientOf = async () => {
      await choose(page, "#save-tensor", "scores.grad");
      await press(page, ".npy");
      const { name, bytes } = await last(page);
      assert.equal(name, "scores.grad.npy");
      return new Float32Array(Uint8Array.from(bytes).buffer.slice(-4 * mask.length));
    };
    const expect = (found, wanted) =>
      found.forEach((value, i) => {
        if (mask[i]) assert.equal(value, 0);
        else assert.ok(Math.abs(value - wanted(i)) < 1e-6, `${i}: ${value}, ${wanted(i)}`);
      });
    await open(page);
    // Of cross-entropy, p less 1 at the target, column 0.
    expect(await gradientOf(), (i) => probabilities[i] - Number(i % cols === 0));
    await page.keyboard.press("Escape");
    await page.focus("#canvas");
    await page.keyboard.press("G"); // the lens Gradient, with the next loss
    await driver.settled();
    await page.keyboard.press("e");
    await page.waitForSelector(PART);
    // Of the probability of column 0: p at 0 times 1 at it, less p.
    expect(await gradientOf(), (i) => {
      const first = probabilities[i - (i % cols)];
      return first * (Number(i % cols === 0) - probabilities[i]);
    });
    const words = await page.$eval("#save-tensor", (select) => select.textContent);
    assert.match(words, /softmax\(scores\)scores\.gradthe steps of the rowA, pinnedB − A$/);
  }));

test("what the lenses Steps and Compare show is saved, and before a pin it is said what is missing", () =>
  withViewer("mask=01101&fill=-inf&row=2", {}, async (driver) => {
    const { page } = driver;
    const before = await driver.result();
    const saved = async (name) => {
      await choose(page, "#save-tensor", name);
      await press(page, ".npy");
      const file = await last(page);
      assert.equal(file.name, `${name}.npy`);
      const bytes = Uint8Array.from(file.bytes);
      const header = Buffer.from(bytes.slice(10, 10 + bytes[8] + 256 * bytes[9])).toString();
      const [, rows, cols] = header.match(/\((\d+), (\d+)\)/).map(Number);
      return { rows, cols, data: new Float32Array(bytes.buffer.slice(-4 * rows * cols)) };
    };
    await open(page);
    const steps = await saved("softmax_steps");
    assert.deepEqual([steps.rows, steps.cols], [7, 5]);
    assert.deepEqual(steps.data.slice(0, 5), before.scores.slice(10, 15));
    assert.deepEqual(steps.data.slice(5, 10), before.maskedScores.slice(10, 15));
    assert.deepEqual(steps.data.slice(30), before.probabilities.slice(10, 15));
    await choose(page, "#save-tensor", "pinned_softmax");
    await clickFirst(page);
    await waitForWords(page, "Nothing is pinned");
    await page.keyboard.press("Escape");
    await page.focus("#canvas");
    await page.keyboard.press("a");
    await driver.settled();
    await page.evaluate(() => /** @type {any} */ (window).softmask.setState({ fill: "1e-9" }));
    const after = await driver.result();
    await page.focus("#canvas");
    await page.keyboard.press("e");
    await page.waitForSelector(PART);
    assert.deepEqual((await saved("pinned_softmax")).data, before.probabilities);
    assert.deepEqual(
      (await saved("softmax_difference")).data,
      after.probabilities.map((value, i) => value - before.probabilities[i]),
    );
  }));

test("the view is saved as a program in PyTorch, NumPy and JAX", () =>
  withViewer("mask=01101&fill=-inf&temperature=0.5", {}, async (driver) => {
    const { page } = driver;
    const { probabilities } = await driver.result();
    await open(page);
    const programs = {};
    for (const name of ["PyTorch", "NumPy", "JAX"]) {
      await choose(page, "#save-program", name);
      await press(page, ".py");
      const file = await last(page);
      assert.equal(file.name, `softmask_${name.toLowerCase()}.py`);
      programs[name] = Buffer.from(file.bytes).toString();
    }
    assert.match(programs.PyTorch, /^import torch\n/);
    assert.match(programs.JAX, /jax\.nn\.softmax\(masked_scores \/ 0\.5, axis=-1\)\n$/);
    assert.match(programs.NumPy, /\nimport numpy as np\n/);
    if (without("numpy")) return;
    const [{ values, error }] = runPrograms([{ program: programs.NumPy }]);
    assert.equal(differing(values ?? new Float32Array(), probabilities), 0, error);
  }));

test("where PyTorch raises there are no probabilities to save, and that is said", () =>
  withViewer("dtype=float16", {}, async ({ page }) => {
    await open(page);
    await page.$eval("#save-tensor", (select) => (select.value = "scores_softmax"));
    await clickFirst(page);
    await waitForWords(page, "PyTorch refuses");
  }));
