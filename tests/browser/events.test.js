// ready, change and error, and what is left after destroy().

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { cannot } from "./engines/cannot.js";
import { openPage, openViewer, startBrowser } from "./harness.js";
import { ViewerDriver } from "./viewer_driver.js";

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let started;
before(async () => {
  started = await startBrowser();
});
after(() => started?.close());

/** Opens a viewer whose page counts events in window.heard. */
async function openListening(fragment = "") {
  const opened = await openViewer(started, fragment, { reducedMotion: true });
  const driver = await ViewerDriver.on(opened);
  await driver.page.evaluate(() => {
    const own = /** @type {any} */ (window);
    own.heard = { change: 0, error: [] };
    own.removeChange = own.softmask.on("change", () => own.heard.change++);
    own.removeError = own.softmask.on("error", (detail) =>
      own.heard.error.push(String(detail?.message ?? detail)),
    );
  });
  const heard = () => driver.page.evaluate(() => /** @type {any} */ (window).heard);
  return { opened, driver, heard };
}

test("ready: the promise, and the event for who listens early", async () => {
  const opened = await openPage(started.browser, `${started.url}licenses.txt`);
  await opened.page.evaluateOnNewDocument(() => {
    const own = /** @type {any} */ (window);
    own.readyHeard = 0;
    let viewer;
    Object.defineProperty(window, "softmask", {
      configurable: true,
      get: () => viewer,
      set(value) {
        viewer = value;
        viewer.on("ready", () => own.readyHeard++);
      },
    });
  });
  await opened.page.goto(`${started.url}index.html`);
  const resolved = await opened.page.evaluate(async () => {
    const { softmask } = /** @type {any} */ (window);
    const value = await softmask.ready;
    await softmask.whenIdle();
    return value === undefined;
  });
  assert.ok(resolved);
  assert.equal(await opened.page.evaluate(() => /** @type {any} */ (window).readyHeard), 1);
  await opened.close();
});

test("change: once for a click, a key and a patch, never for nothing", async () => {
  const { opened, driver, heard } = await openListening("mask=00000");
  await driver.click("scores", 0, 1);
  assert.equal((await heard()).change, 1, "a click");
  await driver.press("BracketRight");
  assert.equal((await heard()).change, 2, "a key");
  await driver.set({ fill: "-inf", rows: 3, theme: "dark" });
  assert.equal((await heard()).change, 3, "a patch of three keys");
  await driver.set({ fill: "-inf" });
  assert.equal((await heard()).change, 3, "what is so already");
  await driver.hover("scores", 1, 1);
  assert.equal((await heard()).change, 3, "hovering");
  assert.ok(await driver.refusal({ fill: "x" }));
  assert.equal((await heard()).change, 3, "a refusal");
  await driver.clickRowLabel("scores", 2);
  assert.equal((await heard()).change, 4, "a selected row");
  assert.deepEqual(await heard(), { change: 4, error: [] });
  await opened.close();
});

test("a listener sees the new state, and may change it again", async () => {
  const { opened, driver } = await openListening();
  const seen = await driver.page.evaluate(async () => {
    const { softmask } = /** @type {any} */ (window);
    const seeds = [];
    softmask.on("change", () => {
      seeds.push(softmask.getState().seed);
      if (softmask.getState().seed === "1") softmask.setState({ seed: "2" });
    });
    softmask.setState({ seed: "1" });
    await softmask.whenIdle();
    return seeds;
  });
  assert.deepEqual(new Set(seen), new Set(["1", "2"]));
  assert.equal((await driver.state()).seed, "2");
  assert.deepEqual(opened.errors(), []);
  await opened.close();
});

test("removers remove, alone and twice", async () => {
  const { opened, driver, heard } = await openListening("mask=00000");
  await driver.page.evaluate(() => {
    const own = /** @type {any} */ (window);
    own.others = 0;
    own.softmask.on("change", () => own.others++);
    own.removeChange();
    own.removeChange();
    own.removeError();
  });
  await driver.click("scores", 0, 1);
  await driver.page.evaluate(() => {
    location.hash = "rows=0";
  });
  await driver.page.waitForFunction(
    () => /** @type {any} */ (window).softmask.getState().mask === "random",
  );
  assert.deepEqual(await heard(), { change: 0, error: [] });
  assert.equal(await driver.page.evaluate(() => /** @type {any} */ (window).others), 2);
  await opened.close();
});

test("error: a link's bad value is named", async () => {
  const { opened, driver, heard } = await openListening();
  await driver.page.evaluate(() => {
    location.hash = "seed=12&dtype=float64&fill=soft";
  });
  await driver.page.waitForFunction(() => /** @type {any} */ (window).heard.error.length === 2);
  const { error } = await heard();
  for (const words of ["dtype", "float64", "bfloat16"]) {
    assert.ok(
      error.some((said) => said.startsWith("dtype") && said.includes(words)),
      `${words}: ${error}`,
    );
  }
  for (const words of ["fill", "soft", "finfo.min"]) {
    assert.ok(
      error.some((said) => said.startsWith("fill") && said.includes(words)),
      `${words}: ${error}`,
    );
  }
  await opened.close();
});

test("destroy() ends everything, and twice does no harm", async () => {
  const { opened, driver, heard } = await openListening("mask=00000");
  const place = await driver.rect("scores", 1, 1);
  const timers = await driver.page.evaluate(async () => {
    const { softmask } = /** @type {any} */ (window);
    softmask.setState({ seed: "4" }); // a frame is on its way
    softmask.destroy();
    softmask.destroy();
    await softmask.whenIdle();
    return softmask.framesDrawn;
  });
  const before = await heard();
  await driver.page.mouse.click(place.x + 5, place.y + 5);
  await driver.page.keyboard.press("BracketRight");
  const deviceScaleFactor = cannot("ratio changes") ? 1 : 2;
  await driver.page.setViewport({ width: 700, height: 500, deviceScaleFactor });
  await driver.page.evaluate(() => {
    location.hash = "seed=77";
    return new Promise((resolve) => {
      let turns = 0;
      const turn = () => (++turns === 20 ? resolve(undefined) : requestAnimationFrame(turn));
      requestAnimationFrame(turn);
    });
  });
  assert.equal(await driver.framesDrawn(), timers);
  assert.deepEqual(await heard(), before);
  assert.deepEqual(opened.errors(), []);
  await opened.close();
});
