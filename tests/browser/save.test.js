// What the Share panel saves: tensors as files, and the picture.

import assert from "node:assert/strict";
import { test } from "node:test";

import { viewerTests } from "./viewer_tests.js";

const { withViewer } = viewerTests({ reducedMotion: true });
const PART = ".softmask-share .save-part";

/** Opens the panel; what it saves is kept on the page instead of in the reader's folder. */
async function open(page) {
  await page.evaluate(() => {
    const own = /** @type {any} */ (window);
    own.saved = [];
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      own.blob = blob;
      return createObjectURL.call(URL, blob);
    };
    HTMLAnchorElement.prototype.click = function () {
      own.saved.push({ name: this.download, blob: own.blob });
    };
  });
  await page.focus("#canvas");
  await page.keyboard.press("e");
  await page.waitForSelector(PART);
}

async function press(page, words) {
  const count = await page.evaluate(() => /** @type {any} */ (window).saved.length);
  await page.evaluate(
    (part, label) => {
      const buttons = [...document.querySelectorAll(`${part} button`)];
      const found = buttons.find(({ textContent }) => textContent === label);
      /** @type {HTMLElement} */ (found).focus();
    },
    PART,
    words,
  );
  await page.keyboard.press("Enter");
  await page.waitForFunction((was) => /** @type {any} */ (window).saved.length > was, {}, count);
}

const last = (page) =>
  page.evaluate(async () => {
    const { name, blob } = /** @type {any} */ (window).saved.at(-1);
    return { name, type: blob.type, bytes: [...new Uint8Array(await blob.arrayBuffer())] };
  });

test("each tensor is saved with the bits that are on the screen", () =>
  withViewer("mask=01101&fill=-inf", {}, async (driver) => {
    const { page } = driver;
    const result = await driver.result();
    await open(page);
    for (const [name, data] of Object.entries({
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

test("the picture has as many times the pixels, and the screen its own again", () =>
  withViewer("", { width: 700, height: 700 }, async (driver) => {
    const { page } = driver;
    const before = await driver.canvas();
    await open(page);
    const sizes = [];
    for (const times of [1, 2]) {
      await press(page, `PNG ${times}×`);
      const { name, type } = await last(page);
      assert.deepEqual([name, type], [`softmask@${times}x.png`, "image/png"]);
      sizes.push(
        await page.evaluate(async () => {
          const { blob } = /** @type {any} */ (window).saved.at(-1);
          const { width, height } = await createImageBitmap(blob);
          return { width, height };
        }),
      );
    }
    // Asked for at once, each is as large as it is named.
    const together = await page.evaluate(async (part) => {
      const own = /** @type {any} */ (window);
      const before = own.saved.length;
      const buttons = [...document.querySelectorAll(`${part} button`)];
      for (const times of [2, 1]) {
        const found = buttons.find(({ textContent }) => textContent === `PNG ${times}×`);
        found?.dispatchEvent(new MouseEvent("click"));
      }
      while (own.saved.length < before + 2) await new Promise(requestAnimationFrame);
      const pictures = own.saved.slice(before).map(({ blob }) => createImageBitmap(blob));
      return (await Promise.all(pictures)).map(({ width }) => width);
    }, PART);
    assert.deepEqual(together, [sizes[1].width, sizes[0].width]);
    const [once, twice] = sizes;
    assert.equal(twice.width, 2 * once.width);
    assert.ok(Math.abs(twice.height - 2 * once.height) <= 4, `${twice.height}, ${once.height}`);
    await page.keyboard.press("Escape");
    await driver.settled();
    assert.deepEqual(await driver.canvas(), before);
  }));

test("where PyTorch raises there are no probabilities to save, and that is said", () =>
  withViewer("dtype=float16", {}, async ({ page }) => {
    await open(page);
    await page.$eval("#save-tensor", (select) => (select.value = "scores_softmax"));
    await page.evaluate((part) => {
      /** @type {HTMLElement} */ (document.querySelector(`${part} button`)).click();
    }, PART);
    await page.waitForFunction(
      (part) =>
        /PyTorch refuses/.test(document.querySelector(`${part} [role=status]`)?.textContent ?? ""),
      {},
      PART,
    );
  }));
