// The keys of the canvas, and those that stay the browser's.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { cannot } from "./engines/cannot.js";
import { openViewer, startBrowser } from "./harness.js";
import { ViewerDriver } from "./viewer_driver.js";
import { FEW_PIXELS } from "./viewer_tests.js";

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let started;
before(async () => {
  started = await startBrowser();
});
after(() => started?.close());

/** Opens a viewer with the focus on its canvas, and fails on any error of the page. */
async function withKeys(fragment, body, { focus = true, ...options } = {}) {
  const opened = await openViewer(started, fragment, {
    ...FEW_PIXELS,
    reducedMotion: true,
    ...options,
  });
  const driver = await ViewerDriver.on(opened);
  if (focus) {
    await driver.focus();
    assert.ok(await driver.isFocused(), "the canvas takes the focus");
  }
  await body(driver);
  assert.deepEqual(opened.errors(), []);
  await opened.close();
}

const stateOf = async (driver, key) => (await driver.state())[key];

test("arrows move the cell that Space and Shift+Space toggle", () =>
  withKeys("mask=00000", async (driver) => {
    await driver.press("Space");
    assert.equal(await stateOf(driver, "mask"), "10000");
    await driver.press("ArrowRight");
    await driver.press("ArrowRight");
    await driver.press("Space");
    assert.equal(await stateOf(driver, "mask"), "10100");
    await driver.press("ArrowDown");
    await driver.press("ArrowDown");
    await driver.press("ArrowLeft");
    assert.equal(await stateOf(driver, "row"), "2", "the selected row goes along");
    await driver.press("Space", "Shift");
    assert.equal(
      await stateOf(driver, "mask"),
      ["10100", "10100", "11100", "10100"].join(""),
      "row 2, column 1",
    );
    await driver.press("ArrowUp");
    await driver.press("Space", "Shift");
    assert.equal(await stateOf(driver, "mask"), ["10100", "11100", "11100", "10100"].join(""));
    await driver.press("Space");
    assert.equal(await stateOf(driver, "mask"), "11100", "the column becomes masked in every row");
  }));

test("arrows stop at the edges", () =>
  withKeys("rows=2&cols=3&mask=000&row=1", async (driver) => {
    for (let i = 0; i < 6; i++) await driver.press("ArrowRight");
    for (let i = 0; i < 4; i++) await driver.press("ArrowDown");
    await driver.press("Space", "Shift");
    assert.equal(await stateOf(driver, "mask"), "000001");
    for (let i = 0; i < 6; i++) await driver.press("ArrowLeft");
    for (let i = 0; i < 4; i++) await driver.press("ArrowUp");
    await driver.press("Space", "Shift");
    assert.equal(await stateOf(driver, "mask"), "100001");
  }));

test("a slow press of an arrow moves once", () =>
  withKeys("mask=00000", async (driver) => {
    const { keyboard } = driver.page;
    await driver.press("ArrowRight"); // shows the cursor, at column 0
    await keyboard.down("ArrowRight");
    await driver.settled();
    // Longer than ImGui's repeat delay of 275 ms, and then a frame while the key is still down.
    await driver.page.evaluate(async () => {
      const end = performance.now() + 400;
      while (performance.now() < end) await new Promise(requestAnimationFrame);
    });
    await driver.set({ theme: "dark" });
    await keyboard.up("ArrowRight");
    await driver.press("Space");
    assert.equal(await stateOf(driver, "mask"), "01000");
  }));

test("a held arrow moves on with the keyboard's repeats", { skip: cannot("key repeats") }, () =>
  withKeys("mask=00000", async (driver) => {
    const { keyboard } = driver.page;
    await driver.press("ArrowRight"); // shows the cursor, at column 0
    await keyboard.down("ArrowRight");
    await keyboard.down("ArrowRight");
    await keyboard.up("ArrowRight");
    await driver.press("Space");
    assert.equal(await stateOf(driver, "mask"), "00100");
  }),
);

test("brackets step the seed, around both ends", () =>
  withKeys("seed=1", async (driver) => {
    await driver.press("BracketRight");
    assert.equal(await stateOf(driver, "seed"), "2");
    for (const seed of ["1", "0", "18446744073709551615"]) {
      await driver.press("BracketLeft");
      assert.equal(await stateOf(driver, "seed"), seed);
    }
    await driver.press("BracketRight");
    assert.equal(await stateOf(driver, "seed"), "0");
  }));

test("r draws another seed each time", () =>
  withKeys("", async (driver) => {
    const seeds = new Set(["333512"]);
    for (let i = 0; i < 4; i++) {
      await driver.press("KeyR");
      seeds.add(await stateOf(driver, "seed"));
    }
    assert.equal(seeds.size, 5);
    for (const seed of seeds) assert.match(seed, /^\d+$/);
  }));

test("1 to 6 pick a fill", () =>
  withKeys("fill=-7", async (driver) => {
    const fills = ["-1e9", "-inf", "1e-9", "0", "-1e4", "finfo.min"];
    for (const [i, fill] of fills.entries()) {
      await driver.press(`Digit${i + 1}`);
      assert.equal(await stateOf(driver, "fill"), fill);
    }
    await driver.press("Digit7");
    assert.equal(await stateOf(driver, "fill"), "finfo.min");
  }));

test("Ctrl+Z undoes and Ctrl+Shift+Z redoes whatever changed", () =>
  withKeys("seed=5&mask=00000", async (driver) => {
    const trail = [await driver.state()];
    const change = async (action) => {
      await action;
      trail.push(await driver.state());
      assert.notDeepEqual(trail.at(-1), trail.at(-2));
    };
    await change(driver.press("Space"));
    await change(driver.press("Digit3"));
    await change(driver.press("BracketRight"));
    await change(driver.set({ rows: 6, dtype: "bfloat16" }));
    for (let i = trail.length - 2; i >= 0; i--) {
      await driver.press("KeyZ", "Control");
      assert.deepEqual(await driver.state(), trail[i], `undone to ${i}`);
    }
    await driver.press("KeyZ", "Control");
    assert.deepEqual(await driver.state(), trail[0], "nothing left to undo");
    for (let i = 1; i < trail.length; i++) {
      await driver.press("KeyZ", "Control", "Shift");
      assert.deepEqual(await driver.state(), trail[i], `redone to ${i}`);
    }
    await driver.press("KeyZ", "Control", "Shift");
    assert.deepEqual(await driver.state(), trail.at(-1), "nothing left to redo");
    await driver.press("KeyZ", "Control");
    await driver.press("Digit5");
    const branched = await driver.state();
    await driver.press("KeyZ", "Control", "Shift");
    assert.deepEqual(await driver.state(), branched, "a new change forgets what was undone");
  }));

test("? lists the keys, Esc closes the list, and again leaves", () =>
  withKeys("mask=00000", async (driver) => {
    const plain = await driver.screenshot();
    await driver.press("Slash", "Shift");
    const help = await driver.screenshot();
    assert.ok(help !== plain, "a list appears");
    await driver.press("Space");
    assert.equal(await stateOf(driver, "mask"), "00000", "behind the list nothing toggles");
    await driver.press("Escape");
    assert.ok(await driver.same(await driver.screenshot(), plain), "the list is gone");
    assert.ok(await driver.isFocused());
    await driver.press("Escape");
    assert.equal(await driver.isFocused(), false);
  }));

test("a click on the canvas gives it the keys; Esc and Tab take them away", () =>
  withKeys(
    "mask=00000",
    async (driver) => {
      for (const key of /** @type {const} */ (["Escape", "Tab"])) {
        await driver.click("scores", 1, 2);
        assert.ok(await driver.isFocused(), "focused by the click");
        const before = await stateOf(driver, "fill");
        const digit = before === "0" ? "Digit1" : "Digit4";
        await driver.press(digit);
        const changed = await stateOf(driver, "fill");
        assert.notEqual(changed, before);
        await driver.press(key);
        assert.equal(await driver.isFocused(), false, `${key} leaves`);
        await driver.press(digit === "Digit1" ? "Digit4" : "Digit1");
        await driver.press("Space");
        assert.equal(await stateOf(driver, "fill"), changed, "keys are the page's again");
      }
      assert.equal(await stateOf(driver, "mask"), "00000", "two clicks, no Space");
    },
    // Tall, so that Space, which is the page's then, does not scroll the cells away.
    { focus: false, height: 3000 },
  ));

test("Tab reaches the canvas", () =>
  withKeys(
    "",
    async (driver) => {
      await driver.page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
      let presses = 0;
      while (!(await driver.isFocused()) && presses < 5) {
        await driver.press("Tab");
        presses++;
      }
      assert.ok(await driver.isFocused(), "within five presses");
      await driver.press("Digit2");
      assert.equal(await stateOf(driver, "fill"), "-inf");
    },
    { focus: false },
  ));

/** Watches keydown events: afterwards, which of them the page kept from the browser. */
async function watchKeys(page) {
  await page.evaluate(() => {
    const events = [];
    addEventListener("keydown", (event) => events.push(event), { capture: true });
    /** @type {any} */ (window).takeKeys = () =>
      events
        .splice(0)
        .filter(({ key }) => !["Control", "Shift", "Alt"].includes(key))
        .map(({ key, defaultPrevented }) => [key, defaultPrevented]);
  });
  return () => page.evaluate(() => /** @type {any} */ (window).takeKeys());
}

test("the browser's own keys reach the browser, and change nothing here", () =>
  withKeys("", async (driver) => {
    const taken = await watchKeys(driver.page);
    const before = await driver.state();
    for (const [key, ...modifiers] of [
      ["F5"],
      ["KeyR", "Control"],
      ["KeyL", "Control"],
      ["KeyT", "Control"],
      ["KeyF", "Control"],
      ["Digit2", "Control"],
      ["KeyC", "Control"],
      ["KeyR", "Control", "Shift"],
      ["F12"],
      ["PageDown"],
    ]) {
      await driver.focus();
      await driver.press(/** @type {any} */ (key), ...modifiers);
      const kept = (await taken()).filter(([, prevented]) => prevented);
      assert.deepEqual(kept, [], `${modifiers.join("+")} ${key}`);
    }
    await driver.focus();
    await driver.press("Tab");
    assert.deepEqual(await taken(), [["Tab", false]]);
    assert.deepEqual(await driver.state(), before);
  }));

test("keys that act here do not also scroll the page; without the focus they do", () =>
  withKeys("mask=00000", async (driver) => {
    const taken = await watchKeys(driver.page);
    for (const key of /** @type {const} */ (["ArrowDown", "ArrowUp", "Space"])) {
      await driver.press(key);
    }
    assert.deepEqual(
      (await taken()).map(([, prevented]) => prevented),
      [true, true, true],
    );
    assert.equal(await driver.page.evaluate(() => scrollY), 0);
    await driver.press("Escape");
    await taken();
    for (const key of /** @type {const} */ (["ArrowDown", "Space", "KeyR", "Digit2"])) {
      await driver.press(key);
    }
    assert.deepEqual(
      (await taken()).map(([, prevented]) => prevented),
      [false, false, false, false],
    );
  }));
