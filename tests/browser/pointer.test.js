// The mouse and the finger on the canvas, at the places that cellRect names.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cannot } from "./engines/cannot.js";
import { PANELS, differences } from "./viewer_driver.js";
import { viewerTests } from "./viewer_tests.js";

const { withViewer } = viewerTests({
  reducedMotion: true,
  fragment: "hide=controls,code",
});

const maskOf = async (driver) => (await driver.state()).mask;

test("a click on any panel's header or cell toggles that column", () =>
  withViewer("mask=00000", {}, async (driver) => {
    let bits = [0, 0, 0, 0, 0];
    for (const [i, panel] of PANELS.entries()) {
      for (const row of [-1, 0, 3]) {
        const col = (i + row + 1) % 5;
        bits[col] ^= 1;
        await driver.click(panel, row, col);
        assert.equal(await maskOf(driver), bits.join(""), `${panel} ${row} ${col}`);
      }
    }
  }));

test("a click in a grid of switches toggles the column in every row", () =>
  withViewer("rows=4&cols=4&mask=causal", {}, async (driver) => {
    const rects = await Promise.all([driver.rect("mask", 0, 0), driver.rect("mask", 3, 3)]);
    assert.ok(rects[1].y > rects[0].y && rects[1].x > rects[0].x, "the grid has rows");
    await driver.click("mask", 2, 1);
    assert.equal(await maskOf(driver), ["0111", "0111", "0101", "0100"].join(""));
    await driver.click("mask", -1, 1);
    assert.equal(await maskOf(driver), ["0011", "0011", "0001", "0000"].join(""));
  }));

test("shift-click toggles one cell", () =>
  withViewer("mask=00110", {}, async (driver) => {
    await driver.click("scores", 1, 0, { shift: true });
    const expected = ["00110", "10110", "00110", "00110"];
    assert.equal(await maskOf(driver), expected.join(""));
    await driver.click("probabilities", 3, 2, { shift: true });
    expected[3] = "00010";
    assert.equal(await maskOf(driver), expected.join(""));
    const { mask, probabilities } = await driver.result();
    assert.equal([...mask].join(""), expected.join(""));
    assert.equal(probabilities[5], 0);
    assert.notEqual(probabilities[17], 0);
  }));

test("shift-click on the same cell twice gives back the same numbers", () =>
  withViewer("seed=3", {}, async (driver) => {
    const first = await driver.result();
    await driver.click("masked", 2, 1, { shift: true });
    assert.notEqual(differences(await driver.result(), first).length, 0);
    await driver.click("masked", 2, 1, { shift: true });
    assert.deepEqual(differences(await driver.result(), first), []);
  }));

test("a click on a row's number selects it and changes no number", () =>
  withViewer("", {}, async (driver) => {
    const first = await driver.result();
    for (const [i, panel] of ["scores", "masked", "probabilities"].entries()) {
      await driver.clickRowLabel(panel, 3 - i);
      assert.equal((await driver.state()).row, String(3 - i), panel);
    }
    assert.deepEqual(differences(await driver.result(), first), []);
    assert.equal(await maskOf(driver), "random");
  }));

/** Presses on one header and releases on another, over `steps` positions between. */
async function drag(driver, panel, from, to, steps) {
  const [first, last] = [
    await driver.rectInSight(panel, -1, from),
    await driver.rect(panel, -1, to),
  ];
  const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
  const [startX, startY] = middle(first);
  const [endX, endY] = middle(last);
  await driver.page.mouse.move(startX, startY);
  await driver.page.mouse.down();
  await driver.page.mouse.move(endX, endY, { steps });
  await driver.settled();
  await driver.page.mouse.up();
  await driver.settled();
}

test("a drag across headers paints, and is one step to undo", () =>
  withViewer("seed=4&cols=8&mask=00000000", {}, async (driver) => {
    await drag(driver, "scores", 1, 5, 12);
    assert.equal(await maskOf(driver), "01111100");
    await drag(driver, "probabilities", 6, 4, 9);
    assert.equal(await maskOf(driver), "01111110", "free columns join, masked ones stay");
    await drag(driver, "masked", 3, 0, 7);
    assert.equal(await maskOf(driver), "00001110", "a drag from a masked column frees");
    await driver.press("KeyZ", "Control");
    assert.equal(await maskOf(driver), "01111110");
    await driver.press("KeyZ", "Control");
    assert.equal(await maskOf(driver), "01111100");
    await driver.press("KeyZ", "Control");
    assert.equal(await maskOf(driver), "00000000");
    await driver.press("KeyZ", "Control", "Shift");
    assert.equal(await maskOf(driver), "01111100");
  }));

test("a drag too quick for the screen skips no column", () =>
  withViewer("cols=16&mask=none", {}, async (driver) => {
    await drag(driver, "scores", 2, 13, 1);
    assert.equal(await maskOf(driver), "0011111111111100");
  }));

test("pressed on a cell, moved away and released: nothing happens", () =>
  withViewer("mask=01010", {}, async (driver) => {
    const { mouse } = driver.page;
    const targets = [
      ["another column", await driver.rect("scores", 1, 3)],
      ["another panel", await driver.rect("probabilities", 1, 1)],
      ["the page's margin", { x: 0, y: 0, width: 2, height: 2 }],
    ];
    for (const [where, target] of targets) {
      const from = await driver.rect("scores", 1, 1);
      await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
      await mouse.down();
      await mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 4 });
      await mouse.up();
      await driver.settled();
      assert.equal(await maskOf(driver), "01010", where);
    }
    await driver.click("scores", 1, 1);
    assert.equal(await maskOf(driver), "00010", "the next click counts");
  }));

test("only the main button toggles", () =>
  withViewer("mask=01010", {}, async (driver) => {
    const { x, y } = await driver.rect("scores", 1, 1);
    for (const button of /** @type {const} */ (["right", "middle"])) {
      await driver.page.mouse.click(x + 9, y + 9, { button });
      await driver.settled();
      assert.equal(await maskOf(driver), "01010", button);
    }
  }));

test("two clicks in quick succession are two clicks", () =>
  withViewer("mask=01010", {}, async (driver) => {
    const [first, second] = [await driver.rect("scores", 1, 0), await driver.rect("scores", 1, 4)];
    await driver.page.mouse.click(first.x + 9, first.y + 9);
    await driver.page.mouse.click(second.x + 9, second.y + 9);
    await driver.settled();
    assert.equal(await maskOf(driver), "11011");
    await driver.page.mouse.click(second.x + 9, second.y + 9, { count: 2 });
    await driver.settled();
    assert.equal(await maskOf(driver), "11011", "a double click toggles twice");
  }));

test("hovering shows a cell's arithmetic and changes nothing", () =>
  withViewer("", {}, async (driver) => {
    await driver.pointAway();
    const plain = await driver.screenshot();
    const state = await driver.state();
    const address = await driver.page.url();
    const tips = [];
    for (const [panel, row, col] of [
      ["scores", 1, 2],
      ["masked", 0, 1],
      ["probabilities", 3, 0],
    ]) {
      await driver.hover(panel, row, col);
      tips.push(await driver.screenshot());
      assert.notEqual(tips.at(-1), plain, `no tip over ${panel}`);
    }
    assert.equal(new Set(tips).size, 3, "each cell has its own");
    await driver.pointAway();
    assert.ok(await driver.same(await driver.screenshot(), plain), "the tip goes with the pointer");
    assert.deepEqual(await driver.state(), state);
    assert.equal(await driver.page.url(), address);
  }));

const CORNERS = /** @type {[number, number][]} */ ([
  [0.04, 0.06],
  [0.96, 0.94],
]);

for (const width of [390, 1024]) {
  for (const deviceScaleFactor of [1, 1.5, 2, 3]) {
    const name = `clicks land where cellRect says: ${width} px wide, ratio ${deviceScaleFactor}`;
    const skip = deviceScaleFactor % 1 !== 0 && cannot("fractional ratio");
    test(name, { skip }, () =>
      withViewer("mask=00000", { width, height: 800, deviceScaleFactor }, async (driver) => {
        const bits = [0, 0, 0, 0, 0];
        const click = async (panel, row, col, at) => {
          bits[col] ^= 1;
          await driver.click(panel, row, col, { at });
          assert.equal(await maskOf(driver), bits.join(""), `${panel} ${row} ${col} ${at}`);
        };
        for (const at of CORNERS) {
          await click("scores", -1, 1, at);
          await click("masked", 2, 4, at);
          await click("probabilities", 3, 0, at);
        }
        await driver.clickRowLabel("probabilities", 2);
        assert.equal((await driver.state()).row, "2");
      }),
    );
  }
}

const PHONE = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

test("a finger's tap toggles", { skip: cannot("touch") }, () =>
  withViewer("mask=00000", PHONE, async (driver) => {
    const { page } = driver;
    const untilMask = (mask) =>
      page.waitForFunction(
        (wanted) => /** @type {any} */ (window).softmask.getState().mask === wanted,
        {},
        mask,
      );
    const header = await driver.rectInSight("scores", -1, 2);
    await page.touchscreen.tap(header.x + header.width / 2, header.y + header.height / 2);
    await untilMask("00100");
    const cell = await driver.rectInSight("probabilities", 1, 4);
    await page.touchscreen.tap(cell.x + cell.width / 2, cell.y + cell.height / 2);
    await untilMask("00101");
  }),
);

test("a finger's swipe scrolls and toggles nothing", { skip: cannot("finger scroll") }, () =>
  withViewer("mask=00101", PHONE, async (driver) => {
    const { page } = driver;
    const from = await driver.rect("scores", 1, 1);
    const [x, y] = [from.x + from.width / 2, from.y + from.height / 2];
    const touch = await page.touchscreen.touchStart(x, y);
    for (let moved = 20; moved <= 200; moved += 20) await touch.move(x, y - moved);
    await touch.end();
    await page.waitForFunction(() => scrollY > 100);
    await driver.settled();
    assert.equal(await maskOf(driver), "00101");
  }),
);

test("the wheel scrolls the page", () =>
  withViewer("mask=00000", { width: 390, height: 600 }, async (driver) => {
    const { x, y } = await driver.rect("scores", 1, 1);
    await driver.page.mouse.move(x + 5, y + 5);
    await driver.page.mouse.wheel({ deltaY: 240 });
    await driver.page.waitForFunction(() => scrollY > 100);
    await driver.settled();
    assert.equal(await maskOf(driver), "00000");
    await driver.click("scores", 0, 3);
    assert.equal(await maskOf(driver), "00010", "cellRect follows the scroll position");
  }));
