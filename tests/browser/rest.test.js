// At rest nothing is drawn and nothing is planned; motion ends, and stays away where unwanted.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.js";
import { FEW_PIXELS, viewerTests } from "./viewer_tests.js";

const { started, withViewer } = viewerTests(FEW_PIXELS);

/** How many frames the viewer draws while the page has thirty. */
const drawnInThirty = (driver) =>
  driver.page.evaluate(
    () =>
      new Promise((resolve) => {
        const { softmask } = /** @type {any} */ (window);
        const before = softmask.framesDrawn;
        let turns = 0;
        const turn = () => {
          if (++turns === 30) resolve(softmask.framesDrawn - before);
          else requestAnimationFrame(turn);
        };
        requestAnimationFrame(turn);
      }),
  );

/** How many frames a change takes until rest. */
async function framesOf(driver, change) {
  const before = await driver.framesDrawn();
  await change();
  await driver.settled();
  return (await driver.framesDrawn()) - before;
}

test("no frame at rest, whatever came before", () =>
  withViewer("", {}, async (driver) => {
    assert.ok((await driver.framesDrawn()) > 0);
    assert.equal(await drawnInThirty(driver), 0, "after the start");
    assert.equal(
      await framesOf(driver, () => driver.focus()),
      0,
      "what looks the same is not drawn",
    );
    for (const [what, change] of /** @type {[string, () => Promise<any>][]} */ ([
      ["a click", () => driver.click("scores", 0, 1)],
      ["a patch", () => driver.set({ seed: "5", theme: "dark" })],
      ["a key", () => driver.press("BracketRight")],
      ["hovering", () => driver.hover("probabilities", 2, 2)],
      ["a larger matrix", () => driver.set({ rows: 16, cols: 17 })],
      ["numbers that are NaN", () => driver.set({ mask: "none", fill: "-inf" })],
      ["PyTorch's refusal", () => driver.set({ dtype: "float16", fill: "-1e9" })],
      ["the list of keys", () => driver.press("Slash", "Shift")],
    ])) {
      assert.ok((await framesOf(driver, change)) > 0, `${what} draws nothing`);
      assert.equal(await drawnInThirty(driver), 0, `after ${what}`);
    }
  }));

test("at rest the page plans neither a frame nor a timer", async () => {
  const opened = await openPage(started().browser, `${started().url}licenses.txt`);
  const { page } = opened;
  await page.evaluateOnNewDocument(() => {
    const own = /** @type {any} */ (window);
    own.planned = [];
    for (const name of ["requestAnimationFrame", "setTimeout", "setInterval"]) {
      const original = window[name];
      window[name] = (...given) => {
        own.planned.push(name);
        return original.apply(window, given);
      };
    }
    own.plainFrame = (callback) => MessageChannelFrame(callback);
    // Thirty turns of the task queue, which need none of the above.
    const MessageChannelFrame = (callback) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = callback;
      port2.postMessage(null);
    };
  });
  await page.goto(`${started().url}index.html`);
  const planned = await page.evaluate(async () => {
    const own = /** @type {any} */ (window);
    await own.softmask.ready;
    own.softmask.setState({ seed: "11" });
    await own.softmask.whenIdle();
    const during = own.planned.splice(0).length;
    for (let i = 0; i < 200; i++) await new Promise((resolve) => own.plainFrame(resolve));
    return { during, after: own.planned };
  });
  assert.ok(planned.during > 0, "changes are drawn in the page's frames");
  assert.deepEqual(planned.after, []);
  await opened.close();
});

test("whenIdle() waits for the end of the motion", () =>
  withViewer("animate=1&hide=title&mask=00000", {}, async (driver) => {
    const end = await driver.page.evaluate(async () => {
      const { softmask } = /** @type {any} */ (window);
      softmask.setState({ mask: "01101" });
      await softmask.whenIdle();
      return softmask.framesDrawn;
    });
    const image = await driver.screenshot();
    assert.equal(await drawnInThirty(driver), 0);
    assert.equal(await driver.framesDrawn(), end);
    assert.ok(await driver.same(await driver.screenshot(), image), "the picture is the last one");
    await driver.set({ animate: "0", theme: "dark" });
    await driver.set({ theme: "light" });
    assert.ok(
      await driver.same(await driver.screenshot(), image),
      "and the one that a still page shows",
    );
  }));

test("a change eases; with reduced motion, or animate=0, it does not", async () => {
  const counts = {};
  for (const [name, fragment, reducedMotion] of /** @type {[string, string, boolean][]} */ ([
    ["auto, motion welcome", "mask=00000", false],
    ["auto, reduced motion", "mask=00000", true],
    ["animate=1, reduced motion", "mask=00000&animate=1", true],
    ["animate=0, motion welcome", "mask=00000&animate=0", false],
  ])) {
    await withViewer(fragment, { reducedMotion, width: 640, height: 480 }, async (driver) => {
      await driver.steadyFrames();
      counts[name] = await framesOf(driver, () => driver.set({ mask: "01101" }));
    });
  }
  const still = Math.max(counts["auto, reduced motion"], counts["animate=0, motion welcome"]);
  const moving = Math.min(counts["auto, motion welcome"], counts["animate=1, reduced motion"]);
  assert.ok(still <= 2, `without motion ${still} frames`);
  assert.ok(moving >= 10, `with motion ${moving} frames, without ${still}`);
});

// Without the title bar: its undo button knows how a page came to its state.
test("a change in the middle of a motion ends where the last one leads", () =>
  withViewer("animate=1&hide=title&mask=00000", {}, async (driver) => {
    await driver.pointAway();
    await driver.page.evaluate(async () => {
      const { softmask } = /** @type {any} */ (window);
      for (const mask of ["01000", "01100", "01101"]) {
        softmask.setState({ mask });
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      await softmask.whenIdle();
    });
    const image = await driver.screenshot();
    await withViewer("animate=1&hide=title&mask=01101", {}, async (fresh) => {
      await fresh.pointAway();
      assert.ok(await fresh.same(await fresh.screenshot(), image));
    });
  }));
