// What the Share panel saves of the picture: all of it, its panels, as SVG and PNG.

import assert from "node:assert/strict";
import { test } from "node:test";

import { choose, last, open, PART, press } from "./save_panel.js";
import { viewerTests } from "./viewer_tests.js";

const { withViewer } = viewerTests({ reducedMotion: true });

const PANELS = ["scores", "mask", "masked_scores", "scores_softmax", "ledger"];

/** What an SVG is, read by the browser: its texts, shapes, and whether it is well-formed. */
const readSvg = (page) =>
  page.evaluate(async () => {
    const { name, blob } = /** @type {any} */ (window).saved.at(-1);
    const source = await blob.text();
    const svg = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
    const all = (selector) => [...svg.querySelectorAll(selector)];
    return {
      name,
      type: blob.type,
      root: svg.nodeName,
      errors: all("parsererror").map(({ textContent }) => textContent),
      language: svg.getAttribute("xml:lang"),
      title: svg.querySelector("title")?.textContent,
      active: all("*").filter(
        (node) =>
          /^(script|foreignObject|a|use)$/.test(node.nodeName) ||
          [...node.attributes].some(({ name: key }) => key.startsWith("on")),
      ).length,
      texts: all("text").map(({ textContent }) => textContent),
      cells: all(".cell").length,
      ribbons: all(".ribbon").length,
      images: all("image").map((image) => image.getAttribute("href")?.slice(0, 15)),
      size: [svg.getAttribute("width"), svg.getAttribute("height")].map(Number),
      view: (svg.getAttribute("viewBox") ?? "").split(" ").map(Number),
      foreign: (source.match(/(href|src)="(?!data:)[^"]*"|url\((?!#)[^)]*\)/g) ?? []).length,
    };
  });

/** The mean difference of a level, 0 … 255, of the last two files as pictures in CSS pixels. */
const meanDifference = (page) =>
  page.evaluate(async () => {
    const files = /** @type {any} */ (window).saved.slice(-2);
    const pictures = await Promise.all(
      files.map(async ({ blob }) => {
        const bytes = new Uint8Array(await blob.arrayBuffer());
        const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
        const image = new Image();
        image.src = `data:${blob.type};base64,${btoa(text)}`;
        await image.decode();
        return image;
      }),
    );
    const { width, height } = pictures[1]; // of the PNG
    const levels = pictures.map((picture) => {
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      context.drawImage(picture, 0, 0, width, height);
      return context.getImageData(0, 0, width, height).data;
    });
    const sum = levels[0].reduce((all, level, i) => all + Math.abs(level - levels[1][i]), 0);
    return sum / levels[0].length;
  });

for (const [name, fragment, options] of /** @type {[string, string, object][]} */ ([
  ["the article", "", {}],
  ["NaN rows, dark", "mask=11111&fill=-inf&theme=dark", { colorScheme: "dark" }],
  ["Chinese, lost mass", "lang=zh-CN&order=zero&row=1", { width: 1024 }],
  [
    "a grid of masks, infinities, on a phone",
    "mask=causal&scores=AACAfwAAgP8AAIA_AAAAwA&rows=2&cols=2",
    { width: 390 },
  ],
]))
  test(`SVG looks as the screen does, and its words are words: ${name}`, () =>
    withViewer(fragment, options, async (driver) => {
      const { page } = driver;
      const { probabilities, rows, cols } = await driver.result();
      await open(page);
      await press(page, "SVG");
      const whole = await readSvg(page);
      assert.deepEqual(
        [whole.name, whole.type, whole.root],
        ["softmask.svg", "image/svg+xml", "svg"],
      );
      assert.deepEqual([whole.errors, whole.active, whole.foreign], [[], 0, 0]);
      assert.equal(whole.language, fragment.includes("zh-CN") ? "zh-CN" : "en");
      const grids = fragment.includes("causal") ? 4 : 3;
      assert.equal(whole.cells, grids * rows * cols);
      const shown = await page.evaluate(
        (values) => {
          const { twin } = /** @type {any} */ (window).softmask;
          return values.map((value) => twin.cellText(value).replaceAll("-", "\u2212"));
        },
        [...probabilities],
      );
      for (const number of shown) assert.ok(whole.texts.includes(number), number);
      for (const word of ["scores", "masked_scores", "scores_softmax", "masked_fill"]) {
        assert.ok(whole.texts.includes(word), word);
      }
      await press(page, "PNG 1×");
      const difference = await meanDifference(page);
      assert.ok(difference < 4, `the levels differ by ${difference} in the mean`);
    }));

test("each panel is saved by itself, as SVG and as a piece of the picture at every ratio", () =>
  withViewer("", { width: 1000, height: 800 }, async (driver) => {
    const { page } = driver;
    await open(page);
    const sizeOf = () =>
      page.evaluate(async () => {
        const { name, blob } = /** @type {any} */ (window).saved.at(-1);
        const { width, height } = await createImageBitmap(blob);
        return { name, width, height };
      });
    for (const panel of PANELS) {
      await choose(page, "#save-part", panel);
      await press(page, "SVG");
      const svg = await readSvg(page);
      assert.deepEqual([svg.name, svg.errors, svg.active], [`${panel}.svg`, [], 0]);
      const isTensor = !["mask", "ledger"].includes(panel);
      assert.equal(svg.cells, isTensor ? 20 : 0, panel);
      assert.equal(svg.texts.includes(panel), isTensor, panel);
      assert.equal(svg.ribbons > 3, panel === "ledger", panel);
      await press(page, "PNG 1×");
      const once = await sizeOf();
      assert.deepEqual([once.width, once.height], svg.size.map(Math.round), panel);
      assert.ok((await meanDifference(page)) < 8, panel);
      // Each is the whole drawn anew, which takes a machine without a graphics card seconds.
      for (const times of { scores: [2], mask: [4] }[panel] ?? []) {
        await press(page, `PNG ${times}×`);
        const { name, width, height } = await sizeOf();
        assert.equal(name, `${panel}@${times}x.png`);
        // Cells are whole pixels: with more of them, each may be a little wider.
        assert.ok(Math.abs(width / times - once.width) <= 8, `${panel} ${width} ${once.width}`);
        assert.ok(Math.abs(height / times - once.height) <= 8, `${panel} ${height} ${once.height}`);
      }
    }
    // Pixel for pixel what stands in the whole, near where it does at the screen's own ratio.
    await choose(page, "#save-part", "scores_softmax");
    await press(page, "SVG");
    const { view } = await readSvg(page);
    await press(page, "PNG 2×");
    await choose(page, "#save-part", "figure");
    await press(page, "PNG 2×");
    const place = await page.evaluate(
      async ([nearLeft, nearTop]) => {
        const [piece, whole] = await Promise.all(
          /** @type {any} */ (window).saved.slice(-2).map(async ({ blob }) => {
            const picture = await createImageBitmap(blob);
            const { width, height } = picture;
            const canvas = Object.assign(document.createElement("canvas"), { width, height });
            const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
            context.drawImage(picture, 0, 0);
            return { width, height, levels: context.getImageData(0, 0, width, height).data };
          }),
        );
        const isAt = (/** @type {number} */ left, /** @type {number} */ top) => {
          for (let y = 0; y < piece.height; y++) {
            for (let x = 0; x < piece.width; x++) {
              const a = 4 * (y * piece.width + x);
              const b = 4 * ((top + y) * whole.width + left + x);
              for (let i = 0; i < 3; i++) {
                if (Math.abs(piece.levels[a + i] - whole.levels[b + i]) > 2) return false;
              }
            }
          }
          return true;
        };
        for (let top = nearTop - 40; top <= nearTop + 40; top++) {
          for (let left = nearLeft - 40; left <= nearLeft + 40; left++) {
            if (isAt(left, top)) return [left, top];
          }
        }
        return null;
      },
      view.map((at) => 2 * at),
    );
    assert.notEqual(place, null);
  }));

test("of a large matrix the cells are pixels, and everything else is shapes and words", () =>
  withViewer("rows=300&cols=400&mask=padding:100", {}, async ({ page }) => {
    await open(page);
    await choose(page, "#save-part", "scores_softmax");
    await press(page, "SVG");
    const svg = await readSvg(page);
    assert.deepEqual([svg.errors, svg.cells], [[], 0]);
    assert.deepEqual(svg.images, ["data:image/png;", "data:image/png;"]); // the strip and the cells
    assert.ok(svg.texts.includes("scores_softmax"));
    await press(page, "PNG 1×");
    assert.ok((await meanDifference(page)) < 8);
  }));

test("a panel that PyTorch's refusal stands in place of is no picture, and that is said", () =>
  withViewer("dtype=float16", {}, async ({ page }) => {
    await open(page);
    await choose(page, "#save-part", "scores_softmax");
    await page.evaluate((part) => {
      const buttons = [...document.querySelectorAll(`${part} button`)];
      /** @type {HTMLElement} */ (buttons.find(({ textContent }) => textContent === "SVG")).click();
    }, PART);
    await page.waitForFunction(
      (part) =>
        /not shown/.test(document.querySelector(`${part} [role=status]`)?.textContent ?? ""),
      {},
      PART,
    );
  }));

// Of the whole: more pixels than the browsers' WebGL canvases have.
test("a panel of a high view is that panel at 4 times the pixels, and the whole is whole", () =>
  withViewer("rows=12&cols=9", { width: 1440, height: 900 }, async (driver) => {
    const { page } = driver;
    const before = await driver.canvas();
    assert.ok(16 * before.width * before.height > 5760 * 5760);
    await open(page);
    await page.evaluate(() => {
      const own = /** @type {any} */ (window);
      own.sizes = 0;
      const observer = new MutationObserver((changes) => (own.sizes += changes.length));
      const attributeFilter = ["width", "height"];
      observer.observe(document.getElementById("canvas"), { attributeFilter });
    });
    for (const part of ["scores_softmax", "mask", "figure"]) {
      await choose(page, "#save-part", part);
      await press(page, "PNG 1×");
      await press(page, "PNG 4×");
      const { once, times, mean } = await page.evaluate(async () => {
        const [small, large] = await Promise.all(
          /** @type {any} */ (window).saved.slice(-2).map(({ blob }) => createImageBitmap(blob)),
        );
        const { width, height } = small;
        const levels = [small, large].map((picture) => {
          const canvas = Object.assign(document.createElement("canvas"), { width, height });
          const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
          context.drawImage(picture, 0, 0, width, height);
          return context.getImageData(0, 0, width, height).data;
        });
        let sum = 0;
        for (let i = 0; i < levels[0].length; i++) sum += Math.abs(levels[0][i] - levels[1][i]);
        return {
          once: [width, height],
          times: [large.width, large.height],
          mean: sum / levels[0].length,
        };
      });
      for (const i of [0, 1]) {
        assert.ok(Math.abs(times[i] / 4 - once[i]) <= 8, `${part} ${times} ${once}`);
      }
      assert.ok(mean < 12, `${part}: ${mean} of 255`);
    }
    assert.equal(await page.evaluate(() => /** @type {any} */ (window).sizes), 0);
    assert.deepEqual(await driver.canvas(), before);
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

test("without a graphics context there is no picture, and that is said until it is back", () =>
  withViewer("", {}, async (driver) => {
    const { page } = driver;
    const context = (what) =>
      page.evaluate((wanted) => {
        const own = /** @type {any} */ (window);
        own.loss ??= document
          .querySelector("canvas")
          .getContext("webgl2")
          .getExtension("WEBGL_lose_context");
        own.loss[wanted]();
      }, what);
    const until = (pattern) =>
      page.waitForFunction(
        (part, source) =>
          new RegExp(source).test(document.querySelector(`${part} [role=status]`).textContent),
        {},
        PART,
        pattern,
      );
    const pressed = (words) =>
      page.evaluate(
        (part, label) => {
          const buttons = [...document.querySelectorAll(`${part} button`)];
          const found = buttons.find(({ textContent }) => textContent === label);
          /** @type {HTMLElement} */ (found).click();
        },
        PART,
        words,
      );
    for (const [lang, lost] of [
      ["en", "^The browser took the graphics context away.*as soon as the picture is back"],
      ["zh-CN", "^浏览器收回了图形上下文.*画面恢复后即可保存"],
    ]) {
      await driver.set({ lang });
      await open(page);
      await context("loseContext");
      for (const words of ["PNG 1×", "SVG"]) {
        await pressed(words);
        await until(lost);
      }
      await context("restoreContext");
      await until("^$");
      await press(page, "PNG 1×");
      await until("softmask@1x\\.png");
      await page.keyboard.press("Escape");
      await page.waitForFunction(() => !document.querySelector("dialog"));
      await driver.settled();
    }
  }));
