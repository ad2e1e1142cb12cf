// The keys of a page that embeds a viewer: they reach it by a click or a tap and leave it again.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cannot } from "./engines/cannot.js";
import { openPage } from "./harness.js";
import { viewerTests } from "./viewer_tests.js";

const { started } = viewerTests();
const PHONE = { width: 390, height: 700, isMobile: true, hasTouch: true };

/** A page taller than its window with a link before and after a plain frame. */
async function withFrame(options, use) {
  const url = `${started().url}examples/plain/index.html`;
  const opened = await openPage(started().browser, url, { reducedMotion: true, ...options });
  const { page } = opened;
  await page.evaluate((site) => {
    document.body.replaceChildren();
    const link = (id) => Object.assign(document.createElement("a"), { id, href: "#", text: id });
    const frame = document.createElement("iframe");
    Object.assign(frame.style, { display: "block", width: "100%", height: "3600px", border: "0" });
    frame.src = `${site}embed.html#mask=00000`;
    const below = document.createElement("div");
    below.style.height = "3000px";
    document.body.append(link("before"), frame, link("after"), below);
  }, started().url);
  const frame = await (await page.$("iframe")).contentFrame();
  await frame.waitForFunction(() => /** @type {any} */ (window).softmask?.getResult);
  const rect = await frame.evaluate(async () => {
    const { softmask } = /** @type {any} */ (window);
    await softmask.ready;
    return softmask.cellRect("scores", 1, 2).toJSON();
  });
  const outer = await page.$eval("iframe", (one) => one.getBoundingClientRect().toJSON());
  const cell = { x: outer.x + rect.x + rect.width / 2, y: outer.y + rect.y + rect.height / 2 };
  try {
    await use({ page, frame, cell });
    assert.deepEqual(opened.errors(), []);
    assert.deepEqual(opened.foreign(), []);
  } finally {
    await opened.close();
  }
}

const active = (place) =>
  place.evaluate(() => document.activeElement?.id || document.activeElement?.tagName);
const mask = (frame) => frame.evaluate(() => /** @type {any} */ (window).softmask.getState().mask);
const seed = (frame) => frame.evaluate(() => /** @type {any} */ (window).softmask.getState().seed);
const untilMask = (frame, wanted) =>
  frame.waitForFunction((bits) => window["softmask"].getState().mask === bits, {}, wanted);

test("no focus on load; a click gives it, Tab and Shift+Tab and Esc take it out of the frame", () =>
  withFrame({}, async ({ page, frame, cell }) => {
    assert.equal(await active(page), "BODY");
    assert.equal(await active(frame), "BODY");
    await page.mouse.click(cell.x, cell.y);
    await untilMask(frame, "00100");
    assert.equal(await active(page), "IFRAME");
    assert.equal(await active(frame), "canvas");
    await page.keyboard.press("Escape");
    await frame.waitForFunction(() => document.activeElement === document.body);
    await page.keyboard.press("]");
    assert.equal(await seed(frame), "333512", "after Esc keys do nothing");

    await page.mouse.click(cell.x, cell.y);
    await untilMask(frame, "00000");
    await page.keyboard.down("Shift");
    await page.keyboard.press("Tab");
    await page.keyboard.up("Shift");
    assert.equal(await active(page), "before");

    // On through the frame: the picture, the button of the table, the host's next link.
    await page.keyboard.press("Tab");
    assert.equal(await active(frame), "canvas");
    const ring = await frame.evaluate(
      () => getComputedStyle(document.getElementById("canvas")).outlineStyle,
    );
    assert.equal(ring, "solid", "the focus is seen");
    await page.keyboard.press("Tab");
    assert.equal(await active(frame), "twin-toggle");
    await page.keyboard.press("Tab");
    assert.equal(await active(page), "after");
    await page.keyboard.press("]");
    assert.equal(await seed(frame), "333512", "outside keys do nothing");
  }));

const swipe = "a finger that scrolls over the frame moves the page: no focus, no column";
test(swipe, { skip: cannot("finger scroll") }, () =>
  withFrame(PHONE, async ({ page, frame, cell }) => {
    const finger = await page.touchscreen.touchStart(cell.x, cell.y);
    for (let moved = 10; moved <= 150; moved += 10) await finger.move(cell.x, cell.y - moved);
    await finger.end();
    await page.waitForFunction(() => scrollY > 50, { timeout: 5000 });
    assert.equal(await active(page), "BODY");
    assert.equal(await active(frame), "BODY");
    assert.equal(await mask(frame), "00000");
  }),
);

test("a finger's tap in the frame has focus and column", { skip: cannot("touch") }, () =>
  withFrame(PHONE, async ({ page, frame, cell }) => {
    await page.touchscreen.tap(cell.x, cell.y);
    await untilMask(frame, "00100");
    assert.equal(await active(frame), "canvas");
  }),
);

test("the wheel over the frame scrolls the page; with Ctrl it changes nothing in the viewer", () =>
  withFrame({}, async ({ page, frame, cell }) => {
    const before = await frame.evaluate(() => window["softmask"].getState());
    await page.mouse.move(cell.x, cell.y);
    await page.mouse.wheel({ deltaY: 300 });
    await page.waitForFunction(() => scrollY > 100);
    await page.keyboard.down("Control");
    await page.mouse.wheel({ deltaY: -100 });
    await page.keyboard.up("Control");
    await frame.evaluate(() => window["softmask"].whenIdle());
    assert.deepEqual(await frame.evaluate(() => window["softmask"].getState()), before);
    assert.equal(await active(page), "BODY");
  }));
