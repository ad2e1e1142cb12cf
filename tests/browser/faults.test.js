// What may happen to a page that runs: the graphics context goes, memory and the clipboard are
// refused, the server is out of reach, the tab is hidden, clocks jump. The state before stays whole,
// readers are told, and what comes back is the same to the bit. faults_start.test.js has what may be
// wrong from the start.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  LANGUAGES,
  assertAtRest,
  bitsOf,
  midMotion,
  patched,
  settled,
  shiftClocks,
  stateOf,
  withBroken,
} from "./fault_page.js";
import { FOLDER, hostTests, repaints, tallPage, viewerFrame } from "./host_page.js";
import { sameImage } from "./viewer_driver.js";
import { FEW_PIXELS } from "./viewer_tests.js";

const PANEL = "dialog.softmask-import";
const NOTICE = "dialog.softmask-notice[open]";

let offline = false;
/** What the server makes of the reader of files. @type {((file: any) => any) | null} */
let spoilImporter = null;
const started = hostTests({
  pages: {
    "/frame": tallPage(
      `<iframe src="${FOLDER}embed.html#animate=1&hide=controls,code" title="S"></iframe>`,
    ),
  },
  spoil(path, file) {
    if (offline) return null;
    return spoilImporter && path.endsWith("import.wasm") ? spoilImporter(file) : file;
  },
});

/**
 * A page with a viewer at rest: index.html with a fragment, or the frame of a page around it.
 * @param {{frame?: boolean, fragment?: string, broken?: any, args?: unknown[], network?: boolean}} how
 * @param {(page: any, viewer: any) => unknown} use `viewer`: the page, or the frame in it
 */
function open({ frame = false, fragment = "", broken = null, ...options }, use) {
  const path = frame ? "/frame" : `${FOLDER}index.html#${fragment}`;
  const look = { ...FEW_PIXELS, width: 1000, height: 700, ...options };
  return withBroken(started().browser, started().host + path, broken, look, async (page) => {
    if (frame) await page.evaluate(() => scrollTo(0, 250));
    const viewer = frame ? (await viewerFrame(page, "iframe")).frame : page;
    await settled(viewer);
    await page.mouse.move(1, 1);
    await settled(viewer);
    await use(page, viewer);
  });
}

const statusOf = (viewer) =>
  viewer.$eval("#status", ({ hidden, textContent }) => (hidden ? "" : textContent));

/** Takes the graphics context away as a browser does that has too many, or gives it back. */
const context = (viewer, what) =>
  viewer.evaluate((wanted) => {
    const own = /** @type {any} */ (window);
    const gl = document.querySelector("canvas").getContext("webgl2");
    own.loss ??= gl.getExtension("WEBGL_lose_context");
    own.loss[wanted]();
  }, what);

const picture = async (page) => {
  await repaints(page, 2);
  return page.screenshot({ encoding: "base64", captureBeyondViewport: false });
};

/** What a new context has drawn a browser may show some repaints later. */
async function assertPicture(page, wanted, words) {
  let same = false;
  for (let tries = 0; !same && tries < 10; tries++) {
    same = await sameImage(page, await picture(page), wanted);
  }
  assert.ok(same, words);
}

for (const frame of [false, true]) {
  const where = frame ? "in a frame" : "in the page";

  test(`${where}: the graphics context goes in the middle of a motion, and comes back`, () =>
    open({ frame, fragment: "animate=1" }, async (page, viewer) => {
      const goal = { mask: "10010", seed: "7" };
      await patched(viewer, goal);
      await settled(viewer);
      const whole = [await picture(page), await bitsOf(viewer)];
      for (const [i, lang] of LANGUAGES.entries()) {
        await patched(viewer, { mask: "01101", seed: "5", lang });
        await settled(viewer);
        await midMotion(viewer, { seed: "6" });
        await context(viewer, "loseContext");
        await viewer.waitForFunction(() => !document.getElementById("status").hidden);
        assert.match(await statusOf(viewer), [/graphics context.*kept/, /图形上下文.*都还在/][i]);
        assert.equal(await viewer.$eval("#twin-content", (c) => c.className), "twin-card");
        await assertAtRest(page, viewer, "without a context");
        assert.equal((await stateOf(viewer)).seed, "6");
        assert.deepEqual((await patched(viewer, { mask: "1010" })).name, "RangeError");
        await patched(viewer, goal); // which has its numbers at once
        await context(viewer, "restoreContext");
        await viewer.waitForFunction(() => document.getElementById("status").hidden);
        await patched(viewer, { lang: "auto" });
        await settled(viewer);
        await assertPicture(page, whole[0], `the picture, ${lang}`);
        assert.equal(await bitsOf(viewer), whole[1]);
        await assertAtRest(page, viewer, "after it");
      }
    }));

  test(`${where}: memory is refused at 4096 × 4096; what was there stays and goes on`, () => {
    // All that there is from `refuse` on; and how often more was asked for.
    const broken = () => {
      const own = /** @type {any} */ (window);
      const grow = WebAssembly.Memory.prototype.grow;
      own.refuse = false;
      own.refused = 0;
      WebAssembly.Memory.prototype.grow = function (pages) {
        if (own.refuse && pages > 0) {
          own.refused += 1;
          throw new RangeError("no more memory");
        }
        return grow.call(this, pages);
      };
    };
    return open({ frame, broken, fragment: "mask=01101" }, async (page, viewer) => {
      await patched(viewer, { mask: "01101" });
      await settled(viewer);
      const before = [await bitsOf(viewer), await stateOf(viewer)];
      const refuse = (wanted) =>
        viewer.evaluate((now) => /** @type {any} */ (window.refuse = now), wanted);
      for (const [i, lang] of LANGUAGES.entries()) {
        await refuse(false);
        await patched(viewer, { lang });
        await settled(viewer);
        await refuse(true);
        const told = await patched(viewer, { rows: 4096, cols: 4096 });
        assert.equal(told.name, "RangeError");
        assert.match(
          told.message,
          [/^rows, cols: .*4096 × 4096 cells, about \d+ MB.*helps/, /^rows、cols：没有.*\d+ MB/][i],
        );
      }
      assert.ok((await viewer.evaluate(() => /** @type {any} */ (window).refused)) > 0);
      await patched(viewer, { lang: "auto" });
      await settled(viewer);
      assert.deepEqual(await stateOf(viewer), before[1]);
      assert.equal(await bitsOf(viewer), before[0]);
      // By an address, where nobody hears of an error: the page itself says so.
      await viewer.evaluate(() => {
        const own = /** @type {any} */ (window);
        own.said = [];
        own.softmask.on("error", (message) => own.said.push(message));
        location.hash = "rows=4096&cols=4096";
      });
      await viewer.waitForFunction(() => /** @type {any} */ (window).said.length > 0);
      assert.match(await viewer.evaluate(() => /** @type {any} */ (window).said[0]), /no memory/);
      assert.deepEqual(await stateOf(viewer), before[1]);
      await patched(viewer, { seed: "8" });
      await refuse(false);
      const large = await patched(viewer, { rows: 2048, cols: 2048 });
      assert.equal(large.state?.rows, 2048, large.message);
      await settled(viewer);
      await patched(viewer, { rows: 4, cols: 5, seed: "333512", mask: "01101" });
      await settled(viewer);
      assert.equal(await bitsOf(viewer), before[0]);
    });
  });

  test(`${where}: hidden for a minute in the middle of a motion, nothing is drawn or planned`, () =>
    open({ frame, fragment: "animate=1", broken: shiftClocks }, async (page, viewer) => {
      await patched(viewer, { mask: "10010" });
      await settled(viewer);
      const whole = await picture(page);
      await patched(viewer, { mask: "00000" });
      await settled(viewer);
      await midMotion(viewer, { mask: "01101" });
      const hide = (hidden) =>
        viewer.evaluate((now) => {
          const own = /** @type {any} */ (window);
          if (!now) own.clockAhead += 60_000;
          Object.defineProperty(document, "hidden", { value: now, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
          own.plainTimer ??= own.setTimeout;
          own.planned = [];
          own.setTimeout = (...given) => {
            own.planned.push(String(given[0]));
            return own.plainTimer(...given);
          };
        }, hidden);
      await hide(true);
      await assertAtRest(page, viewer, "while the tab is hidden");
      await patched(viewer, { mask: "10010" }); // as a message from the page around may
      await assertAtRest(page, viewer, "while the tab is hidden");
      assert.deepEqual(await viewer.evaluate(() => /** @type {any} */ (window).planned), []);
      await hide(false);
      await settled(viewer);
      assert.ok(await sameImage(page, await picture(page), whole), "the end of the motion");
      await assertAtRest(page, viewer, "after it");
    }));

  test(`${where}: clocks jump in the middle of a motion, which ends all the same`, () =>
    open({ frame, fragment: "animate=1", broken: shiftClocks }, async (page, viewer) => {
      await patched(viewer, { mask: "10010" });
      await settled(viewer);
      const whole = [await picture(page), await bitsOf(viewer)];
      for (const jumps of [[3.6e6], [-3.6e6], [50, -50, -90, -90]]) {
        await patched(viewer, { mask: "00000" });
        await settled(viewer);
        await midMotion(viewer, { mask: "10010" });
        const drawn = await viewer.evaluate(async (all) => {
          const own = /** @type {any} */ (window);
          const before = own.softmask.framesDrawn;
          for (const jump of all) {
            own.clockAhead += jump;
            await new Promise(requestAnimationFrame);
          }
          await own.softmask.whenIdle();
          return own.softmask.framesDrawn - before;
        }, jumps);
        assert.ok(drawn < 120, `${jumps}: ${drawn} frames to the end`);
        assert.ok(await sameImage(page, await picture(page), whole[0]), `${jumps}: the picture`);
        assert.equal(await bitsOf(viewer), whole[1]);
        await assertAtRest(page, viewer, `after ${jumps}`);
      }
    }));
}

test("the word that something was copied goes away although the clock jumps back", () =>
  open({ fragment: "animate=0&hide=title,controls,ledger", broken: shiftClocks }, async (page) => {
    const before = await picture(page);
    await page.evaluate(() => {
      const own = /** @type {any} */ (window);
      navigator.clipboard.writeText = async (text) => void (own.copied = text);
    });
    // The button is no public place: at the right of the card below the heatmaps.
    const { bottom } = await page.evaluate(() =>
      /** @type {any} */ (window).softmask.cellRect("probabilities", 3, 0).toJSON(),
    );
    await page.mouse.click(920, bottom + 105);
    await page.waitForFunction(() => /** @type {any} */ (window).copied);
    await page.mouse.move(1, 1);
    await page.evaluate(() => {
      /** @type {any} */ (document.activeElement).blur();
      /** @type {any} */ (window).clockAhead -= 3.6e6;
    });
    await settled(page);
    assert.ok(await sameImage(page, await picture(page), before));
    await assertAtRest(page, page, "after it");
  }));

/** The import panel with one matrix taken, which it closes on. */
async function importMatrix(page) {
  await page.waitForSelector(PANEL);
  await page.focus(`${PANEL} textarea`);
  await page.keyboard.type("1, 2, 3");
  await page.click(`${PANEL} .dialog-primary`);
}

test("the server is gone after the page has come: what is here works, what is not is told, and comes later", () =>
  open({ network: true }, async (page) => {
    const press = async (key) => {
      await page.focus("#canvas");
      await page.keyboard.press(key);
    };
    const noticed = async (pattern) => {
      await page.waitForSelector(NOTICE);
      assert.match(await page.$eval(`${NOTICE} p`, (words) => words.textContent), pattern);
      await page.keyboard.press("Escape");
      await page.waitForFunction(() => !document.querySelector("dialog"));
      assert.equal(await page.evaluate(() => document.activeElement.id), "canvas");
    };
    offline = true;
    try {
      await patched(page, { mask: "01101", seed: "7" });
      await press("r");
      await patched(page, { lesson: "nan-row" });
      await settled(page);
      assert.equal((await stateOf(page)).lesson, "nan-row");
      await page.click("#twin-toggle");
      assert.ok(await page.$eval(".twin-lesson, #twin-content", (part) => part.textContent));
      await page.click("#twin-toggle");
      await patched(page, { lesson: "" });
      await patched(page, { rows: 4, cols: 5, seed: "333512", mask: "01101" });
      await settled(page);
      const before = [await stateOf(page), await bitsOf(page)];

      await press("e");
      await noticed(/share_panel|could not be fetched/);
      await press("y");
      await noticed(/could not be fetched.*server/);
      await page.evaluate(() => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", "1, 2");
        const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
        Object.defineProperty(event, "clipboardData", { value: clipboardData });
        document.body.dispatchEvent(event);
      });
      await noticed(/could not be fetched.*server/);
      await patched(page, { lang: "zh-CN" });
      await settled(page); // the font does not come: the picture stays English, and that is said
      assert.match(await statusOf(page), /中文.*无法获取|无法获取.*chinese/);
      await press("e");
      await noticed(/无法获取.*服务器/);
      await patched(page, { lang: "en" });
      await settled(page);
      assert.deepEqual(
        [await stateOf(page), await bitsOf(page)],
        [{ ...before[0], lang: "en" }, before[1]],
      );

      offline = false;
      await press("y"); // the panel comes, and then the server is gone again: its reader of files does not
      await page.waitForSelector(PANEL);
      offline = true;
      await importMatrix(page);
      await page.waitForFunction(() => document.querySelector(".import-said")?.textContent);
      assert.match(
        await page.$eval(".import-said", (words) => words.textContent),
        /import\.wasm could not be fetched.*server/,
      );
      offline = false;
      await page.click(`${PANEL} .dialog-primary`);
      await page.waitForFunction((panel) => !document.querySelector(panel), {}, PANEL);
      assert.equal((await stateOf(page)).cols, 3);
      await press("e");
      await page.waitForSelector("dialog.softmask-share");
      await page.keyboard.press("Escape");
      await page.waitForFunction(() => !document.querySelector("dialog"));
      await patched(page, { lang: "zh-CN" });
      await settled(page);
      assert.equal(await statusOf(page), "");
    } finally {
      offline = false;
    }
  }));

test("the reader of files comes cut off, or as a page of words: named in words, another try works", () =>
  open({ network: true }, async (page) => {
    const cutOff = (file) => ({ ...file, body: file.body.subarray(0, file.body.length / 2) });
    const words = () => ({ status: 200, type: "text/html", body: Buffer.from("<p>Log in") });
    // Begins as one, has nothing in it, and is valid.
    const other = (file) => ({ ...file, body: file.body.subarray(0, 8) });
    try {
      for (const [i, lang] of LANGUAGES.entries()) {
        await patched(page, { lang, mask: "01101" });
        for (const spoiled of [cutOff, words, other]) {
          spoilImporter = spoiled;
          await page.focus("#canvas");
          await page.keyboard.press("y");
          await importMatrix(page);
          await page.waitForFunction(() => document.querySelector(".import-said")?.textContent);
          assert.match(
            await page.$eval(".import-said", (line) => line.textContent),
            [
              /import\.wasm is not the WebAssembly.*“Use it” tries once more.*reload the page/,
              /import\.wasm 不是.*WebAssembly.*点“使用”可再试一次.*重新加载页面/,
            ][i],
          );
          spoilImporter = null;
          await page.click(`${PANEL} .dialog-primary`);
          await page.waitForFunction((panel) => !document.querySelector(panel), {}, PANEL);
          assert.equal((await stateOf(page)).cols, 3);
        }
        await patched(page, { cols: 5, scores: "" });
      }
    } finally {
      spoilImporter = null;
    }
  }));

/** Whatever a page may keep or ask for throws where it is only looked at. */
function forbidEverything() {
  const forbidden = (place, names) => {
    for (const name of names) {
      Object.defineProperty(place, name, {
        configurable: true,
        get() {
          throw new DOMException(`${name} is forbidden`, "SecurityError");
        },
      });
    }
  };
  forbidden(window, ["localStorage", "sessionStorage", "indexedDB", "caches"]);
  forbidden(Navigator.prototype, ["clipboard", "storage", "serviceWorker", "permissions"]);
  forbidden(Document.prototype, ["cookie"]);
  const own = /** @type {any} */ (window);
  own.asked = 0;
  Object.defineProperty(Document.prototype, "fullscreenEnabled", { get: () => false });
  Element.prototype.requestFullscreen = () => {
    own.asked += 1;
    return Promise.reject(new TypeError("forbidden"));
  };
}

for (const frame of [false, true]) {
  const where = frame ? "in a frame" : "in the page";
  test(`${where}: clipboard, storage and fullscreen forbidden: the text is shown, all else is as ever`, () =>
    open({ frame, fragment: "mask=01101", broken: forbidEverything }, async (page, viewer) => {
      for (const [i, lang] of LANGUAGES.entries()) {
        await patched(viewer, { mask: "01101", lang, hide: "title,controls,ledger" });
        await settled(viewer);
        // The button is no public place: at the right of the card below the heatmaps.
        const at = await viewer.evaluate(() => {
          const { softmask } = /** @type {any} */ (window);
          softmask.options.container.scrollIntoView({ block: "start" });
          return {
            x: document.querySelector("canvas").getBoundingClientRect().right - 80,
            y: softmask.cellRect("probabilities", 3, 0).bottom + 105,
          };
        });
        const outer = frame ? await (await viewer.frameElement()).boundingBox() : { x: 0, y: 0 };
        await page.mouse.click(outer.x + at.x, outer.y + at.y);
        await viewer.waitForSelector(NOTICE);
        assert.match(
          await viewer.$eval(`${NOTICE} p`, (words) => words.textContent),
          [/may not use the clipboard.*by hand/, /不能使用剪贴板.*手动/][i],
        );
        const selected = await viewer.$eval(`${NOTICE} textarea`, (area) =>
          area.value.slice(area.selectionStart, area.selectionEnd),
        );
        assert.match(selected, /torch\.manual_seed\(333512\)/);
        await page.keyboard.press("Escape");
        await viewer.waitForFunction(() => !document.querySelector("dialog"));
      }
      await viewer.focus("#canvas");
      await page.keyboard.press("p"); // teaching mode fills what the page has
      assert.equal(await viewer.evaluate(() => /** @type {any} */ (window).asked), 0);
      await page.keyboard.press("BracketRight");
      await settled(viewer);
      assert.equal((await stateOf(viewer)).seed, "333513");
      assert.equal(await statusOf(viewer), "");
      await assertAtRest(page, viewer, "after it");
    }));
}
