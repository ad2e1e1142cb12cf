// The state in the address: live, after a reload, through back and forward, edited by hand.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openViewer } from "./harness.js";
import { ViewerDriver, differences, installPacking } from "./viewer_driver.js";
import { FEW_PIXELS, viewerTests } from "./viewer_tests.js";

const { started, withViewer } = viewerTests({ ...FEW_PIXELS, reducedMotion: true });

const hashOf = (driver) => driver.page.evaluate(() => location.hash);

/** The fragment as a reader of the address would take it apart. */
const fieldsOf = async (driver) =>
  Object.fromEntries(new URLSearchParams((await hashOf(driver)).slice(1)));

/** The address edited by hand, and rest. */
async function editAddress(driver, fragment) {
  await driver.page.evaluate(
    (hash) =>
      new Promise((resolve) => {
        addEventListener("hashchange", resolve, { once: true });
        location.hash = hash;
      }),
    fragment,
  );
  await driver.settled();
}

/** Waits until a key of the state has that value, and for rest. */
async function untilState(driver, key, value) {
  await driver.page.waitForFunction(
    (...wanted) => /** @type {any} */ (window).softmask.getState()[wanted[0]] === wanted[1],
    {},
    key,
    value,
  );
  await driver.settled();
}

async function reload(driver) {
  await driver.page.reload();
  await driver.page.evaluate(async () => {
    await /** @type {any} */ (window).softmask.ready;
    await /** @type {any} */ (window).softmask.whenIdle();
  });
  await driver.page.evaluate(installPacking);
}

const spelled = (values) => Buffer.from(Float32Array.from(values).buffer).toString("base64url");

const STATES = [
  {
    seed: "18446744073709551615",
    rows: 3,
    cols: 4,
    cpu: "default",
    mask: "011000001111",
    fill: "finfo.min",
    dtype: "bfloat16",
    order: "renorm",
    dim: 0,
    temperature: 0.7,
    row: "none",
    lang: "en",
    theme: "dark",
    hide: "code,ledger",
    animate: "0",
  },
  { rows: 2, cols: 2, scores: spelled([1.5, -0, NaN, -Infinity]), mask: "10", row: "1" },
  { rows: 6, cols: 9, mask: "window:2", fill: "-2.5", dtype: "float16", lang: "zh-CN" },
  { rows: 5, cols: 5, mask: "padding:3", fill: "-inf", order: "zero", theme: "light" },
  { seed: "0", mask: "none", temperature: 1e-3, lesson: "article" },
];

for (const [i, patch] of STATES.entries()) {
  test(`state ${i} survives the way through the address and a reload`, () =>
    withViewer("", async (driver) => {
      const state = await driver.set(patch);
      const result = await driver.result();
      const fields = await fieldsOf(driver);
      for (const [key, value] of Object.entries(patch)) {
        // A value that is the default need not be in the address; the reload below decides.
        if (key in fields) assert.equal(fields[key], String(value), `${key} in the address`);
      }
      await reload(driver);
      assert.deepEqual(await driver.state(), state);
      assert.deepEqual(differences(await driver.result(), result), []);
    }));
}

test("an untouched page keeps its clean address; a click puts the state there", () =>
  withViewer("", async (driver) => {
    assert.equal(await hashOf(driver), "");
    await driver.click("scores", 1, 0);
    assert.deepEqual(await fieldsOf(driver), { seed: "333512", mask: "11101" });
    await driver.press("Digit2");
    assert.equal((await fieldsOf(driver)).fill, "-inf");
    await driver.clickRowLabel("scores", 2);
    assert.equal((await fieldsOf(driver)).row, "2");
    await reload(driver);
    const { mask, fill, row } = await driver.state();
    assert.deepEqual([mask, fill, row], ["11101", "-inf", "2"]);
  }));

test("an edited fragment is taken at once", () =>
  withViewer("seed=1&mask=none", async (driver) => {
    await driver.page.evaluate(() => {
      location.hash = "seed=42&rows=3&mask=00011&fill=-inf";
    });
    await untilState(driver, "seed", "42");
    const { rows, mask, fill } = await driver.state();
    assert.deepEqual([rows, mask, fill], [3, "00011", "-inf"]);
    assert.equal((await driver.result()).probabilities.length, 15);
    await driver.page.goto(`${started().url}index.html#seed=43`);
    await untilState(driver, "seed", "43");
    assert.equal((await driver.state()).rows, 4, "what is not named has its default");
  }));

test("back and forward lead through the views", () =>
  withViewer("", async (driver) => {
    const { page } = driver;
    const first = await driver.state();
    await driver.click("scores", 0, 0);
    const second = await driver.state();
    await driver.click("probabilities", 2, 3);
    const third = await driver.state();
    await driver.set({ seed: "9", dtype: "bfloat16" });
    const fourth = await driver.state();

    const go = async (direction, expected) => {
      await (direction < 0 ? page.goBack() : page.goForward());
      await page.waitForFunction(
        (wanted) => JSON.stringify(/** @type {any} */ (window).softmask.getState()) === wanted,
        {},
        JSON.stringify(expected),
      );
      await driver.settled();
    };
    await go(-1, third);
    await go(-1, second);
    await go(-1, first);
    await go(1, second);
    await go(1, third);
    await go(1, fourth);
    assert.equal((await driver.result()).scores.length, 20);
    await go(-1, third);
    await driver.click("scores", 0, 1);
    assert.equal(await page.evaluate(() => history.state !== undefined), true);
    await go(-1, third);
  }));

test("one seed after the other is one step back", () =>
  withViewer("seed=10&mask=none", async (driver) => {
    await driver.click("scores", 0, 0);
    const length = await driver.page.evaluate(() => history.length);
    for (let i = 0; i < 5; i++) await driver.press("BracketRight");
    assert.equal((await driver.state()).seed, "15");
    assert.ok((await driver.page.evaluate(() => history.length)) <= length + 1);
    assert.equal((await fieldsOf(driver)).seed, "15");
    await driver.page.goBack();
    await untilState(driver, "seed", "10");
    assert.equal((await driver.state()).mask, "10000");
  }));

const BAD_LINKS = [
  ["seed=abc", {}],
  ["seed=-1&rows=3", { rows: 3 }],
  ["rows=99999&cols=7", { cols: 7 }],
  ["mask=0101&fill=-inf", { fill: "-inf" }],
  ["dtype=float64&order=after&seed=5", { seed: "5" }],
  ["scores=AAAA&temperature=-1", {}],
  ["row=17&theme=dark", { theme: "dark" }],
  ["fill=%zz&seed=6", { seed: "6" }],
];

test("bad values in a link fall back to their defaults, and the page says so", async () => {
  const good = await openViewer(started(), "", { reducedMotion: true });
  const plain = await ViewerDriver.on(good);
  const defaults = await plain.state();
  const usual = await plain.rect("scores", 0, 0);
  await good.close();
  const check = async (driver, [fragment, rest]) => {
    assert.deepEqual(await driver.state(), { ...defaults, ...rest }, fragment);
    // What was wrong is said above the heatmaps, which make room for it.
    assert.ok((await driver.rect("scores", 0, 0)).y > usual.y + 20, `${fragment}: no notice`);
  };
  await withViewer(BAD_LINKS[0][0], async (driver) => {
    await check(driver, BAD_LINKS[0]);
    for (const bad of BAD_LINKS.slice(1)) {
      await editAddress(driver, "lang=en"); // nothing wrong with that
      assert.equal((await driver.rect("scores", 0, 0)).y, usual.y, "the notice has gone");
      await editAddress(driver, /** @type {string} */ (bad[0]));
      await check(driver, bad);
    }
  });
});

test("unknown keys and an empty fragment say nothing", async () => {
  await withViewer("utm_source=a&seed=3&=&&x", async (driver) => {
    assert.equal((await driver.state()).seed, "3");
    const place = await driver.rect("scores", 0, 0);
    await driver.page.evaluate(() => {
      location.hash = "";
    });
    await untilState(driver, "seed", "333512");
    assert.equal((await driver.rect("scores", 0, 0)).y, place.y);
  });
});

test("a fragment of a megabyte and one of nonsense do no harm", async () => {
  await withViewer("", async (driver) => {
    for (const hash of [`mask=${"01".repeat(500_000)}`, "%%%&&&===\u0000😀", "seed=1&seed=2"]) {
      await driver.page.evaluate((text) => {
        location.hash = text;
      }, hash);
      await driver.page.waitForFunction(
        (text) => !text.startsWith("seed") || softmask.getState().seed === "2",
        {},
        hash,
      );
      await driver.settled();
    }
    assert.equal((await driver.state()).mask, "random");
  });
});
