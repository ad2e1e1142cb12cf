// Large matrices: long work leaves the page alive, and a closer look is exact, by real wheel, keys and
// mouse.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { openViewer, startBrowser } from "./harness.js";
import { ViewerDriver } from "./viewer_driver.js";

let started;
before(async () => (started = await startBrowser()));
after(() => started.close());

/** @param {import("puppeteer-core").Page} page */
const viewerState = (page) => page.evaluate(() => /** @type {any} */ (window).softmask.getState());

/** Whether a column is masked, as the state spells it: all results of 16 million cells take long. */
async function isMasked(page, col) {
  const { mask } = await viewerState(page);
  return mask !== "none" && mask[col] === "1";
}

/** Ctrl + wheel over the middle of what is in sight, until a cell there has room for its number. */
async function zoomIn(driver, at) {
  const { page } = driver;
  await page.mouse.move(at.x, at.y);
  await page.keyboard.down("Control");
  for (let notch = 0; notch < 40; notch++) await page.mouse.wheel({ deltaY: -100 });
  await page.keyboard.up("Control");
  await driver.settled();
}

/** A cell that is wholly in sight, near the one given. */
const cellNear = (page, panel, row, col) =>
  page.evaluate(
    (name, nearRow, nearCol) => {
      const { softmask } = /** @type {any} */ (window);
      const { rows, cols } = softmask.getState();
      for (let away = 0; away < 20; away++) {
        for (const [r, c] of [
          [nearRow + away, nearCol],
          [nearRow, nearCol + away],
          [nearRow + away, nearCol + away],
          [nearRow - away, nearCol - away],
        ]) {
          const inside = r >= 0 && r < rows && c >= 0 && c < cols;
          if (inside && softmask.cellRect(name, r, c).width > 40) return { row: r, col: c };
        }
      }
      return null;
    },
    panel,
    row,
    col,
  );

describe("large matrices", () => {
  test("a large matrix comes in slices, and the page says how far it is", async () => {
    const opened = await openViewer(started, "rows=512&cols=600&mask=none");
    const { page } = opened;
    const driver = await ViewerDriver.on(opened);
    await page.evaluate(() => {
      const kept = /** @type {any} */ (window);
      kept.parts = [];
      const progress = document.querySelector("#twin-content progress");
      new MutationObserver(() => kept.parts.push(Number(progress.getAttribute("value")))).observe(
        progress,
        { attributes: true },
      );
      kept.changes = 0;
      kept.softmask.on("change", () => kept.changes++);
    });
    const told = await page.evaluate(() => {
      const { softmask } = /** @type {any} */ (window);
      const state = softmask.setState({ rows: 1024, cols: 1024, mask: "padding:512" });
      return { rows: state.rows, work: softmask.work, hash: location.hash };
    });
    assert.equal(told.rows, 1024);
    assert.ok(told.work >= 0 && told.work < 1, "there is work under way");
    assert.match(told.hash, /rows=512/, "the address keeps what is shown");
    await driver.settled();
    const seen = await page.evaluate(() => {
      const kept = /** @type {any} */ (window);
      return {
        parts: kept.parts,
        changes: kept.changes,
        hash: location.hash,
        work: kept.softmask.work,
        hidden: document.querySelector("#twin-content progress").parentElement.hidden,
      };
    });
    assert.equal(seen.work, null);
    assert.equal(seen.changes, 1);
    assert.match(seen.hash, /rows=1024/);
    assert.ok(seen.hidden);
    assert.ok(seen.parts.length > 1, "the twin showed how far it was");
    assert.deepEqual(
      [...seen.parts].sort((a, b) => a - b),
      seen.parts,
      "progress never falls",
    );

    // Every result is that of the core at once.
    const sums = await page.evaluate(() => {
      const { probabilities, cols } = /** @type {any} */ (window).softmask.getResult();
      const row = probabilities.subarray(1000 * cols, 1001 * cols);
      return [row.reduce((a, b) => a + b, 0), row[cols - 1]];
    });
    assert.ok(Math.abs(sums[0] - 1) < 4e-7 && sums[1] === 0);
    assert.deepEqual(opened.errors(), []);
    await opened.close();
  });

  test("the gradient and a comparison of large matrices come in slices as well", async () => {
    const opened = await openViewer(started, "rows=1024&cols=1024&mask=padding:512");
    const { page } = opened;
    const driver = await ViewerDriver.on(opened);
    await driver.focus();
    const framesDrawn = () => page.evaluate(() => /** @type {any} */ (window).softmask.framesDrawn);
    await driver.settled();
    const before = await framesDrawn();
    await page.keyboard.press("g");
    await driver.settled();
    assert.ok((await framesDrawn()) > before + 1, "first how far it is, then the numbers");
    await page.keyboard.press("a");
    await driver.settled();
    await page.keyboard.press("]");
    await driver.settled();
    assert.equal((await viewerState(page)).seed, "333513");
    // And back at once, in the middle of it.
    await page.keyboard.press("s");
    await page.keyboard.press("v");
    await driver.settled();
    assert.equal((await viewerState(page)).seed, "333512");
    assert.deepEqual(opened.errors(), []);
    await opened.close();
  });

  test("Escape stops the work: state, address and history are as before", async () => {
    const opened = await openViewer(started, "rows=512&cols=600&mask=none");
    const { page } = opened;
    const driver = await ViewerDriver.on(opened);
    await driver.set({ fill: "0" });
    await driver.focus();
    const before = await driver.result();
    await page.evaluate(() => {
      /** @type {any} */ (window).softmask.setState({ rows: 4096, cols: 4096 });
    });
    await page.waitForFunction(() => /** @type {any} */ (window).softmask.work > 0);
    await page.keyboard.press("Escape");
    await driver.settled();
    const state = await driver.state();
    assert.equal(state.rows, 512);
    assert.equal(state.fill, "0");
    assert.equal(await page.evaluate(() => /** @type {any} */ (window).softmask.work), null);
    assert.match(await page.evaluate(() => location.hash), /rows=512.*fill=0/);
    assert.ok(await driver.isFocused(), "the first Escape only stops");
    const now = await driver.result();
    assert.deepEqual(now.probabilities, before.probabilities);
    await driver.press("KeyZ", "Control");
    assert.equal((await driver.state()).fill, "-1e9", "what was stopped left no step");
    assert.deepEqual(opened.errors(), []);
    await opened.close();
  });

  test("getResult() during the work waits for nothing and is of the new state", async () => {
    const opened = await openViewer(started, "rows=512&cols=600&mask=none");
    const driver = await ViewerDriver.on(opened);
    const lengths = await opened.page.evaluate(() => {
      const { softmask } = /** @type {any} */ (window);
      softmask.setState({ rows: 700, cols: 801 });
      const result = softmask.getResult();
      return [result.rows, result.cols, result.probabilities.length, softmask.work];
    });
    assert.deepEqual(lengths, [700, 801, 700 * 801, null]);
    await driver.settled();
    assert.match(await opened.page.evaluate(() => location.hash), /rows=700/);
    await opened.close();
  });

  for (const [rows, cols] of [
    [4096, 4096],
    [16, 65536],
  ]) {
    test(`${rows} × ${cols}: wheel, click, hover, keys and drag`, async () => {
      const opened = await openViewer(started, `rows=${rows}&cols=${cols}&mask=none`);
      const { page } = opened;
      const driver = await ViewerDriver.on(opened);
      const canvas = await driver.canvas();
      const corner = await driver.rect("scores", 0, 0);
      const end = await driver.rect("scores", rows - 1, cols - 1);
      // On a whole pixel: 200 columns of the wider matrix share one.
      const middle = {
        x: Math.round(corner.x + (end.x - corner.x) * 0.4),
        y: Math.round(corner.y + (end.y - corner.y) * 0.6),
      };
      const share = (/** @type {"x" | "y"} */ axis) =>
        (middle[axis] - corner[axis]) / (end[axis] - corner[axis]);

      // The plain wheel is the page's.
      await page.mouse.move(middle.x, middle.y);
      const frames = await driver.framesDrawn();
      await page.mouse.wheel({ deltaY: 40 });
      await page.waitForFunction(() => scrollY > 0);
      await page.evaluate(() => scrollTo(0, 0));
      await page.waitForFunction(() => scrollY === 0);
      assert.ok((await driver.canvas()).height === canvas.height && frames > 0);

      await zoomIn(driver, middle);
      assert.equal(await page.evaluate(() => scrollY), 0, "Ctrl + wheel scrolls nothing");
      const near = await cellNear(
        page,
        "scores",
        Math.floor(share("y") * (rows - 1)),
        Math.floor(share("x") * (cols - 1)),
      );
      assert.ok(near, "the cell under the pointer stayed there and has room for its number");
      const { row, col } = near;

      // A click in the middle of a rectangle toggles its column, on every panel.
      let masked = false;
      for (const panel of ["scores", "masked", "probabilities"]) {
        await driver.click(panel, row, col);
        masked = !masked;
        assert.equal(await isMasked(page, col), masked, `${panel} [${row}, ${col}]`);
      }
      await driver.click("scores", -1, col);
      assert.equal(await isMasked(page, col), !masked, "the header");

      // Out of sight there is no rectangle.
      assert.equal((await driver.rect("scores", 0, 0)).width, 0);

      // A drag moves what is in sight and toggles nothing.
      const before = (await driver.state()).mask;
      const at = await driver.rect("scores", row, col);
      const from = { x: at.x + at.width / 2, y: at.y + at.height / 2 };
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      for (const step of [10, 25, 40]) await page.mouse.move(from.x + step, from.y);
      await page.mouse.up();
      await driver.settled();
      assert.equal((await driver.state()).mask, before);
      const moved = await driver.rect("scores", row, col);
      assert.ok(Math.abs(moved.x - at.x - 40) <= 4, `moved by ${moved.x - at.x}`);

      // Keys: all in sight again, and the cursor brings its cell into sight.
      await driver.focus();
      await driver.press("f");
      assert.ok((await driver.rect("scores", 0, 0)).width > 0);
      await driver.press("ArrowRight");
      await driver.press("Home");
      for (let i = 0; i < 18; i++) await driver.press("i");
      const { row: selected } = await driver.state();
      const home = await driver.rect("probabilities", Number(selected), 0);
      assert.ok(home.width >= 40, "the cursor's cell is near");
      await driver.press("End");
      const last = await driver.rect("probabilities", Number(selected), cols - 1);
      assert.ok(last.width >= 40, "End goes to the last column");
      await driver.press("Space");
      assert.ok(await isMasked(page, cols - 1));
      assert.deepEqual(opened.errors(), []);
      await opened.close();
    });
  }

  test("max and mean differ where cells share pixels, and the picture says which", async () => {
    const opened = await openViewer(started, "rows=1024&cols=2048&mask=none");
    const { page } = opened;
    const driver = await ViewerDriver.on(opened);
    const corner = await driver.rect("scores", 0, 0);
    const end = await driver.rect("scores", 1023, 2047);
    const clip = { x: corner.x, y: corner.y, width: end.x - corner.x, height: end.y - corner.y };
    await driver.pointAway();
    const max = await driver.screenshot(clip);
    await driver.focus();
    await driver.press("q");
    const mean = await driver.screenshot(clip);
    assert.notEqual(mean, max);
    await driver.press("q");
    assert.equal(await driver.screenshot(clip), max);
    assert.deepEqual(opened.errors(), []);
    await opened.close();
  });
});
