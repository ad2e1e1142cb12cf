// The picture at any width, ratio, colour scheme and matrix size.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cannot } from "./engines/cannot.js";
import { PANELS } from "./viewer_driver.js";
import { viewerTests } from "./viewer_tests.js";

const { withViewer } = viewerTests({ reducedMotion: true });

const WIDTHS = [320, 390, 768, 1024, 1440, 1920];
// One for each width, and those of a page that changes its own.
const RATIOS = cannot("ratio changes") ? [1, 1, 1, 1, 1, 1] : [1, 1.5, 2, 3, 1, 1.25];
const SHARP = cannot("ratio changes") ? 1 : 2;

/** The canvas has a pixel for each of the screen's, and fits the page. */
async function assertCanvasFits(driver, ratio, what) {
  const canvas = await driver.canvas();
  // Sharp: the backing store has exactly the pixels that the canvas covers.
  assert.ok(Math.abs(canvas.width * ratio - canvas.pixelsWide) < 0.51, `${what}: width`);
  assert.ok(Math.abs(canvas.height * ratio - canvas.pixelsHigh) < 0.51, `${what}: height`);
  const page = await driver.page.evaluate(() => {
    const root = document.documentElement;
    return { scrollWidth: root.scrollWidth, clientWidth: root.clientWidth };
  });
  assert.ok(page.scrollWidth <= page.clientWidth, `${what}: the page scrolls sideways`);
  assert.ok(canvas.width >= page.clientWidth - 1, `${what}: the canvas leaves a margin`);
  return canvas;
}

/** Cells lie inside the canvas, in order, and do not overlap. */
async function assertCellsInside(driver, canvas, rows, cols, what) {
  for (const panel of PANELS) {
    let last = null;
    for (const [row, col] of [
      [-1, 0],
      [0, 0],
      [rows - 1, cols - 1],
    ]) {
      const rect = await driver.rect(panel, row, col);
      const where = `${what}: ${panel} ${row} ${col}`;
      assert.ok(rect.width > 0 && rect.height > 0, `${where} is empty`);
      assert.ok(rect.x >= canvas.x && rect.y >= canvas.y, where);
      assert.ok(rect.x + rect.width <= canvas.x + canvas.width + 0.01, where);
      assert.ok(rect.y + rect.height <= canvas.y + canvas.height + 0.01, where);
      if (last) assert.ok(rect.x >= last.x && rect.y >= last.y, `${where} is out of order`);
      last = rect;
    }
  }
}

for (const colorScheme of ["light", "dark"]) {
  test(`every width, ${colorScheme}: sharp, whole, and not blank`, () =>
    withViewer("", { colorScheme }, async (driver) => {
      const images = new Set();
      for (const [i, width] of WIDTHS.entries()) {
        const what = `${width} px, ratio ${RATIOS[i]}, ${colorScheme}`;
        await driver.page.setViewport({ width, height: 844, deviceScaleFactor: RATIOS[i] });
        await driver.page.waitForFunction(
          (ratio) => {
            const { width: css } = document.querySelector("canvas").getBoundingClientRect();
            const wide = document.querySelector("canvas").width;
            return Math.abs(css * ratio - wide) < 1 && css <= innerWidth && css > innerWidth - 20;
          },
          {},
          RATIOS[i],
        );
        await driver.settled();
        const canvas = await assertCanvasFits(driver, RATIOS[i], what);
        await assertCellsInside(driver, canvas, 4, 5, what);
        const image = await driver.screenshot();
        assert.ok((await driver.colors(image)) > 100, `${what}: hardly any colour`);
        images.add(image);
      }
      assert.equal(images.size, WIDTHS.length);
    }));
}

test("a page that starts at a width looks like one that was resized to it", () =>
  withViewer("", { width: 390, height: 844, deviceScaleFactor: SHARP }, async (driver) => {
    await driver.pointAway();
    const fresh = await driver.canvas();
    const image = await driver.screenshot();
    await driver.page.setViewport({ width: 1440, height: 900, deviceScaleFactor: 1 });
    await driver.page.waitForFunction(
      () => document.querySelector("canvas").getBoundingClientRect().width > 1000,
    );
    await driver.settled();
    await driver.page.setViewport({ width: 390, height: 844, deviceScaleFactor: SHARP });
    await driver.page.waitForFunction(
      () => document.querySelector("canvas").getBoundingClientRect().width < 400,
    );
    await driver.settled();
    await driver.pointAway();
    assert.deepEqual(await driver.canvas(), fresh);
    assert.ok(await driver.same(await driver.screenshot(), image));
  }));

test("a page that is not shown for a while draws nothing and comes back as it was", () =>
  withViewer("hide=code", async (driver) => {
    const first = await driver.canvas();
    const drawn = await driver.framesDrawn();
    /** Sizes are reported in the frame after they have changed. */
    const show = (wanted) =>
      driver.page.evaluate(async (display) => {
        document.getElementById("softmask").style.display = display;
        for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
        await /** @type {any} */ (window).softmask.whenIdle();
      }, wanted);
    await show("none");
    assert.equal((await driver.canvas()).pixelsWide, first.pixelsWide);
    assert.equal(await driver.framesDrawn(), drawn);
    await show("");
    assert.deepEqual(await driver.canvas(), first);
  }));

test("light and dark: by the system, by the state, live", () =>
  withViewer("", { colorScheme: "light" }, async (driver) => {
    const light = await driver.screenshot();
    await driver.page.emulateMediaFeatures([
      { name: "prefers-color-scheme", value: "dark" },
      { name: "prefers-reduced-motion", value: "reduce" },
    ]);
    await driver.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    await driver.settled();
    const dark = await driver.screenshot();
    assert.ok(dark !== light, "follows the system");
    await driver.set({ theme: "light" });
    assert.ok((await driver.screenshot()) !== dark, "the state comes first");
    await driver.set({ theme: "auto" });
    assert.ok(await driver.same(await driver.screenshot(), dark));
  }));

/** The screenshot of a panel's cells. */
async function panelImage(driver, panel, rows, cols) {
  const first = await driver.rectInSight(panel, 0, 0);
  const last = await driver.rect(panel, rows - 1, cols - 1);
  const scroll = await driver.page.evaluate(() => [scrollX, scrollY]);
  return driver.screenshot({
    x: first.x + scroll[0],
    y: first.y + scroll[1],
    width: last.x + last.width - first.x,
    height: last.y + last.height - first.y,
  });
}

test("each heatmap shows its own numbers", () =>
  withViewer("mask=01101", {}, async (driver) => {
    await driver.pointAway();
    const shown = async () => {
      const images = {};
      for (const panel of ["scores", "masked", "probabilities"]) {
        images[panel] = await panelImage(driver, panel, 4, 5);
        assert.ok((await driver.colors(images[panel])) > 20, `${panel} is blank`);
      }
      return images;
    };
    const first = await shown();
    assert.equal(new Set(Object.values(first)).size, 3);
    await driver.set({ fill: "-5" });
    const filled = await shown();
    assert.ok(await driver.same(filled.scores, first.scores), "scores do not know the fill");
    assert.ok(filled.masked !== first.masked);
    assert.ok(filled.probabilities !== first.probabilities);
    await driver.set({ fill: "-1e9", temperature: 3 });
    const warm = await shown();
    assert.ok(
      await driver.same(warm.masked, first.masked),
      "masked_scores do not know the temperature",
    );
    assert.ok(warm.probabilities !== first.probabilities);
    await driver.set({ temperature: 1, seed: "1" });
    assert.ok((await shown()).scores !== first.scores);
    await driver.set({ seed: "333512" });
    for (const [panel, image] of Object.entries(await shown())) {
      assert.ok(await driver.same(image, first[panel]), `${panel} as at first`);
    }
  }));

test("where PyTorch raises, the right-hand heatmaps give way to its message", () =>
  withViewer("dtype=float16&fill=-1e4&mask=01101", {}, async (driver) => {
    const before = await panelImage(driver, "probabilities", 4, 5);
    const scores = await panelImage(driver, "scores", 4, 5);
    await driver.set({ fill: "-1e9" });
    assert.ok((await panelImage(driver, "probabilities", 4, 5)) !== before);
    assert.ok(await driver.same(await panelImage(driver, "scores", 4, 5), scores));
  }));

const SIZES = [
  [1, 1],
  [16, 17],
  [64, 64],
  [4096, 1],
  [1, 65536],
  [512, 512],
  [4096, 4096],
];

for (const width of [390, 1440]) {
  test(`any matrix size is drawn and can be clicked, ${width} px wide`, () =>
    withViewer("mask=none", { width, height: 844 }, async (driver) => {
      await driver.pointAway();
      // 16 million numbers take their time: once is enough.
      for (const [rows, cols] of width === 390 ? SIZES.slice(0, -1) : SIZES) {
        const what = `${rows} × ${cols}`;
        await driver.set({ seed: "1", rows, cols, mask: "none" });
        const canvas = await assertCanvasFits(driver, 1, what);
        assert.ok(canvas.height < 6000, `${what}: ${canvas.height} px high`);
        await assertCellsInside(driver, canvas, rows, cols, what);
        assert.ok((await driver.colors(await driver.screenshot())) > 100, what);
        await driver.set({ mask: `padding:${Math.ceil(cols / 2)}` });
        const col = cols >> 1;
        await driver.click("probabilities", rows >> 1, col);
        const { mask } = await driver.state();
        assert.equal(mask.length, cols, `${what}: the click toggled nothing`);
      }
    }));
}

test("16 × 17 and 64 × 64 at phone and desktop width hit single columns", async () => {
  for (const width of [390, 1440]) {
    await withViewer("mask=none", { width, height: 844 }, async (driver) => {
      for (const [rows, cols] of [
        [16, 17],
        [64, 64],
      ]) {
        await driver.set({ rows, cols, mask: "none" });
        for (const [panel, row, col] of /** @type {[string, number, number][]} */ ([
          ["scores", -1, 3],
          ["masked", rows - 1, cols - 1],
          ["probabilities", 0, 0],
        ])) {
          await driver.click(panel, row, col);
          assert.equal((await driver.state()).mask[col], "1", `${panel} ${row} ${col}`);
        }
        const marked = [...(await driver.state()).mask].filter((bit) => bit === "1");
        assert.equal(marked.length, 3);
      }
    });
  }
});

test("parts can be hidden: what stays is in its place", () =>
  withViewer("hide=controls,code,ledger,title", {}, async (driver) => {
    const small = await assertCanvasFits(driver, 1, "hidden");
    await assertCellsInside(driver, small, 4, 5, "hidden");
    await driver.set({ hide: "" });
    assert.ok((await driver.canvas()).height > small.height);
    await driver.set({ hide: "scores,masked" });
    assert.equal((await driver.rect("scores", 0, 0)).width, 0);
    assert.ok((await driver.rect("probabilities", 0, 0)).width > 0);
    await driver.click("mask", -1, 0);
    assert.equal((await driver.state()).mask, "11101");
  }));
