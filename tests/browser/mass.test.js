// The ribbons, read back as the last frame drew them, and the lenses that show the same row.

import assert from "node:assert/strict";
import { test } from "node:test";

import { FEW_PIXELS, viewerTests } from "./viewer_tests.js";

const { withViewer } = viewerTests({ ...FEW_PIXELS, width: 1024, height: 768 });

/** Mass by kind, from the widths of the bands: all of them together are the row. */
async function drawnMass(driver) {
  const ribbons = await driver.page.evaluate(() =>
    /** @type {any} */ (window).softmask.getRibbons(),
  );
  const mass = { moved: 0, stayed: 0, leaked: 0, lost: 0 };
  const width = ribbons.reduce((sum, { top }) => sum + top[1] - top[0], 0);
  for (const { kind, top, bottom } of ribbons) {
    mass[kind] += (top[1] - top[0]) / width;
    assert.ok(Math.abs(top[1] - top[0] - (bottom[1] - bottom[0])) < 0.01, "as wide at both ends");
  }
  return { ...mass, bands: ribbons.length };
}

const near = (actual, expected, what) =>
  assert.ok(Math.abs(actual - expected) < 1e-4, `${what}: ${actual}, not ${expected}`);

/** Of one row: what its masked cells gave, kept and lost, from getResult(). */
function expectedMass({ cols, mask, baseline, probabilities }, row) {
  const out = { moved: 0, leaked: 0, lost: 0 };
  for (let i = row * cols; i < (row + 1) * cols; i++) {
    const [p, q] = [baseline[i], probabilities[i]];
    if (mask[i]) {
      out.moved += Math.max(p - q, 0);
      out.leaked += Math.min(p, q);
    }
    out.lost += p - q;
  }
  return out;
}

for (const [name, fragment] of [
  ["moved", ""],
  ["leaked", "fill=-1"],
  ["lost", "order=zero"],
  ["renormalised", "order=renorm&seed=12"],
  ["of many columns", "cols=200&rows=3&fill=-2"],
]) {
  test(`bands of mass: ${name}`, () =>
    withViewer(fragment, async (driver) => {
      for (const row of [0, 2]) {
        await driver.set({ row: String(row) });
        const drawn = await drawnMass(driver);
        const expected = expectedMass(await driver.result(), row);
        const lost = fragment.includes("zero") ? expected.lost : 0;
        near(drawn.lost, lost, "lost");
        near(drawn.moved, expected.moved - lost, "moved");
        near(drawn.leaked, expected.leaked, "leaked");
      }
    }));
}

test("a NaN row and dim 0 have no bands", () =>
  withViewer("fill=-inf&mask=11111", async (driver) => {
    assert.equal((await drawnMass(driver)).bands, 0);
    await driver.set({ fill: "-1e9", dim: 0, mask: "random" });
    assert.equal((await drawnMass(driver)).bands, 0);
    await driver.set({ dim: -1 });
    assert.ok((await drawnMass(driver)).bands > 0);
  }));

test("bands follow the selected row by click", () =>
  withViewer("", async (driver) => {
    const { moved } = await driver.result();
    near((await drawnMass(driver)).moved, moved[0], "row 0");
    await driver.clickRowLabel("scores", 3);
    near((await drawnMass(driver)).moved, moved[3], "row 3");
  }));

test("in every frame of a change the bands carry the whole row", () =>
  withViewer("animate=1", async (driver) => {
    await driver.steadyFrames();
    await driver.page.evaluate(() => {
      const { softmask } = /** @type {any} */ (window);
      /** @type {any} */ (window).frames_ = [];
      softmask.setState({ fill: "1e-9" });
      const look = () => {
        /** @type {any} */ (window).frames_.push(softmask.getRibbons());
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await driver.settled();
    const frames = await driver.page.evaluate(() => /** @type {any} */ (window).frames_);
    const widths = frames
      .filter((ribbons) => ribbons.length > 0)
      .map((ribbons) => ribbons.reduce((sum, { top }) => sum + top[1] - top[0], 0));
    assert.ok(new Set(frames.map((ribbons) => JSON.stringify(ribbons))).size > 5, "it eased");
    for (const width of widths) assert.ok(Math.abs(width - widths[0]) < 0.05, `${width}`);
  }));

test("steps, pin and swap by keyboard", () =>
  withViewer("animate=0", async (driver) => {
    await driver.focus();
    const frames = await driver.framesDrawn();
    for (const key of [".", ".", ".", ","]) await driver.press(key);
    assert.ok((await driver.framesDrawn()) > frames);
    assert.equal((await drawnMass(driver)).bands, 0, "the step lens has taken the card");
    await driver.press("a");
    await driver.set({ fill: "1e-9" });
    const before = await driver.framesDrawn();
    await driver.settled();
    assert.equal(await driver.framesDrawn(), before, "at rest with two states on the screen");
  }));
