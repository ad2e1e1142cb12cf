// Own scores that no address can hold: where they stay, and that the reader is told where they do not.

import assert from "node:assert/strict";
import { test } from "node:test";

import { viewerTests } from "./viewer_tests.js";

const PANEL = "dialog.softmask-import";
const NOTICE = "dialog.softmask-notice[open]";
const { withViewer } = viewerTests({ reducedMotion: true });

/** As many cells as no address has room for: a text file that is dropped and taken. */
async function takeOwn(driver, rows, cols) {
  const { page } = driver;
  const values = Array.from({ length: rows * cols }, (_, i) => Math.fround(Math.sin(i)));
  const lines = Array.from({ length: rows }, (_, row) =>
    values.slice(row * cols, (row + 1) * cols).join(","),
  );
  await page.evaluate((words) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([words], "own.csv"));
    const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
  }, lines.join("\n"));
  await page.waitForFunction(() => document.querySelector(".import-file")?.textContent);
  await page.click(`${PANEL} .dialog-primary`);
  await page.waitForFunction((name) => !document.querySelector(name), {}, PANEL);
  await driver.settled();
  assert.deepEqual([...(await driver.result()).scores], values);
  return values;
}

/** The + beside the number of rows, which is no public place. */
async function addRow(driver) {
  const { rows, lang } = await driver.state();
  await driver.page.mouse.click(1218, lang === "zh-CN" ? 460 : 494);
  await driver.page.waitForFunction(
    (was) => /** @type {any} */ (window).softmask.getState().rows === was + 1,
    {},
    rows,
  );
  await driver.settled();
}

const scoresOf = async (driver) => [...(await driver.result()).scores];

const notice = async (page) => {
  await page.waitForSelector(NOTICE);
  return page.$eval(`${NOTICE} p`, ({ textContent }) => textContent);
};

/** Back or forward, until there are as many rows. */
async function go(driver, direction, rows) {
  const { page } = driver;
  await (direction < 0 ? page.goBack() : page.goForward());
  await page.waitForFunction(
    (wanted) => /** @type {any} */ (window).softmask.getState().rows === wanted,
    {},
    rows,
  );
  await driver.settled();
}

test("another row has drawn numbers come for own scores: that is said, and Undo is there", () =>
  withViewer("", {}, async (driver) => {
    const { page } = driver;
    const own = await takeOwn(driver, 40, 50);
    await addRow(driver);
    assert.match(await notice(page), /^Your own scores were replaced.*Undo \(Ctrl \+ Z\)/);
    const [undo] = await page.$$(`${NOTICE} button`);
    await undo.click();
    await page.waitForFunction(() => !document.querySelector("dialog"));
    await driver.settled();
    assert.deepEqual(await scoresOf(driver), own);

    await driver.set({ lang: "zh-CN" });
    await addRow(driver);
    assert.match(await notice(page), /^自己的分数已被随机生成的数取代。撤销/);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    await addRow(driver); // of drawn numbers, which is nothing to tell
    await driver.focus();
    for (const rows of [41, 40]) {
      await driver.press("KeyZ", "Control");
      assert.equal((await driver.state()).rows, rows);
    }
    assert.deepEqual(await scoresOf(driver), own);
    await driver.press("KeyZ", "Control"); // before them
    assert.equal((await driver.state()).rows, 4);
    assert.equal(await page.$("dialog"), null);
  }));

test("own scores of a link are told of as well", () =>
  withViewer("rows=1&cols=2&scores=AACAPwAAAEA&lang=en", {}, async (driver) => {
    assert.deepEqual(await scoresOf(driver), [1, 2]);
    const { page } = driver;
    await page.waitForFunction(() =>
      performance.getEntriesByType("resource").some(({ name }) => /own_scores/.test(name)),
    );
    await addRow(driver);
    assert.match(await notice(page), /^Your own scores were replaced/);
  }));

test("back and forward find own scores that no address holds, and say where they are gone", () =>
  withViewer("lang=zh-CN", {}, async (driver) => {
    const { page } = driver;
    const drawn = await scoresOf(driver);
    const first = await takeOwn(driver, 40, 50);
    const second = await takeOwn(driver, 50, 41);
    await addRow(driver);
    await notice(page);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    const larger = await scoresOf(driver);

    await go(driver, -1, 50);
    assert.deepEqual(await scoresOf(driver), second);
    await go(driver, -1, 40);
    assert.deepEqual(await scoresOf(driver), first);
    await go(driver, -1, 4);
    assert.deepEqual(await scoresOf(driver), drawn);
    await go(driver, 1, 40);
    assert.deepEqual(await scoresOf(driver), first);
    await go(driver, 1, 50);
    assert.deepEqual(await scoresOf(driver), second);
    await go(driver, 1, 51);
    assert.deepEqual(await scoresOf(driver), larger);
    await go(driver, -1, 50);
    await driver.focus();
    await driver.press("KeyZ", "Control");
    assert.deepEqual(await scoresOf(driver), larger, "one step of undo");
    assert.equal(await page.$("dialog"), null, "nothing was lost");

    await go(driver, -1, 50);
    await page.reload(); // with which the page's memory goes
    for (const step of [() => page.goBack(), () => page.goForward()]) {
      assert.match(await notice(page), /^这一视图原来用的是自己的分数/);
      await page.keyboard.press("Escape");
      await page.waitForFunction(() => !document.querySelector("dialog"));
      await step(); // the entry of the first ones; then the second ones', of which all has been said
    }
    await driver.settled();
    assert.equal((await driver.state()).rows, 50);
    assert.equal(await page.$("dialog"), null);
  }));

test("who asks for drawn numbers is told nothing", () =>
  withViewer("", {}, async (driver) => {
    await takeOwn(driver, 40, 50);
    await driver.set({ rows: 41, scores: "" });
    await takeOwn(driver, 40, 50);
    await driver.focus();
    await driver.press("KeyZ", "Control"); // 41 rows of drawn ones
    assert.equal((await driver.state()).rows, 41);
    await driver.page.evaluate(() => new Promise(requestAnimationFrame));
    assert.equal(await driver.page.$("dialog"), null);
  }));
