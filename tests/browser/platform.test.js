// What the page does around the picture: typing, touch, scrolling, focus.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { cannot } from "./engines/cannot.js";
import { openViewer, startBrowser } from "./harness.js";
import { ViewerDriver } from "./viewer_driver.js";

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let started;
before(async () => {
  started = await startBrowser();
});
after(() => started?.close());

/**
 * @param {string} fragment
 * @param {any} options
 * @param {(driver: ViewerDriver, page: import("puppeteer-core").Page) => Promise<void>} use
 */
async function withPage(fragment, options, use) {
  const opened = await openViewer(started, fragment, options);
  try {
    await use(await ViewerDriver.on(opened), opened.page);
    assert.deepEqual(opened.errors(), []);
  } finally {
    await opened.close();
  }
}

/** The seed's field is no public place: it stands where the scene of 1440 pixels puts it. */
async function openSeedField(driver, page) {
  await page.mouse.click(1220, 130);
  await driver.settled();
  await page.waitForSelector(".softmask-entry input");
}

test("a seed is typed into a real field; a bad one is refused in words", () =>
  withPage("", {}, async (driver, page) => {
    await openSeedField(driver, page);
    await page.keyboard.type("12x");
    await page.keyboard.press("Enter");
    const words = await page.$eval(".softmask-entry p", (p) => p.textContent);
    assert.match(words ?? "", /seed: "12x".*18446744073709551615/);
    assert.equal((await driver.state()).seed, "333512");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Enter");
    await driver.settled();
    assert.equal((await driver.state()).seed, "12");
    assert.equal(await page.$(".softmask-entry"), null);
  }));

test("Escape leaves the field and the value as they were", () =>
  withPage("", {}, async (driver, page) => {
    await openSeedField(driver, page);
    await page.keyboard.type("99");
    await page.keyboard.press("Escape");
    assert.equal(await page.$(".softmask-entry"), null);
    assert.equal((await driver.state()).seed, "333512");
  }));

const PHONE = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

test("a tap masks a column once, and again lets it go", { skip: cannot("touch") }, () =>
  withPage("mask=00000", PHONE, async (driver, page) => {
    const cell = await driver.rect("scores", 1, 2);
    await page.touchscreen.tap(cell.x + cell.width / 2, cell.y + cell.height / 2);
    await page.waitForFunction(() => window["softmask"].getState().mask === "00100");
    await page.touchscreen.tap(cell.x + cell.width / 2, cell.y + cell.height / 2);
    await page.waitForFunction(() => window["softmask"].getState().mask === "00000");
  }),
);

test(
  "a swipe over the picture scrolls the page and masks nothing",
  { skip: cannot("finger scroll") },
  () =>
    withPage("mask=00000", PHONE, async (driver, page) => {
      const finger = await page.touchscreen.touchStart(200, 600);
      for (let y = 580; y >= 300; y -= 20) await finger.move(200, y);
      await finger.end();
      await page.waitForFunction(() => scrollY > 100);
      await driver.settled();
      assert.equal((await driver.state()).mask, "00000");
    }),
);

test("the wheel scrolls the page", () =>
  withPage("", { height: 500 }, async (driver, page) => {
    const cell = await driver.rect("scores", 1, 2);
    await page.mouse.move(cell.x, cell.y);
    await page.mouse.wheel({ deltaY: 200 });
    await page.waitForFunction(() => scrollY > 50);
  }));

test("the page keeps its title, and nothing has the focus before a click", () =>
  withPage("", {}, async (driver, page) => {
    assert.match(await page.title(), /^Softmask/);
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "BODY");
    await driver.click("scores", 1, 1);
    assert.equal(await page.evaluate(() => document.activeElement?.id), "canvas");
  }));
