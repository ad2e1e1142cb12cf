// What a page around may ask of its guest: the strictest policy, a sandbox, a folder deep in the
// site, a graphics context that comes and goes, a server that stalls, Back and Forward.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cannot } from "./engines/cannot.js";
import { openPage } from "./harness.js";
import { FOLDER, STRICT_POLICY, hostTests, repaints, tallPage, viewerFrame } from "./host_page.js";
import { sameImage } from "./viewer_driver.js";

const FRAGMENT = "mask=00000&hide=controls,code,ledger";
const EMBED = `${FOLDER}embed.html#${FRAGMENT}`;
const HIDE = 'hide="controls,code,ledger"';

/** What the server waits for in the middle of a .wasm file; nothing where it sends at once. */
let stall = /** @type {Promise<unknown> | undefined} */ (undefined);

const started = hostTests({
  headers: { "Content-Security-Policy": STRICT_POLICY },
  pages: {
    "/both": tallPage(
      `<iframe src="${EMBED}" title="S"></iframe><softmask-view mask="00000" ${HIDE}></softmask-view>`,
    ),
    "/frame": tallPage(`<iframe src="${EMBED}" title="S"></iframe>`),
    "/sandbox": tallPage(`<iframe sandbox="allow-scripts" src="${EMBED}" title="S"></iframe>`),
  },
  hold: (path) => (path.endsWith(".wasm") ? stall : undefined),
});

/**
 * @param {string} path
 * @param {(page: import("puppeteer-core").Page) => unknown} use
 * @param {Parameters<typeof openPage>[2] & {prepare?: (page: import("puppeteer-core").Page) => unknown}} [options]
 */
async function withHost(path, use, { prepare, ...options } = {}) {
  const { browser, site, host } = started();
  const opened = await openPage(browser, prepare ? `${site}licenses.txt` : `${host}${path}`, {
    width: 1000,
    height: 600,
    reducedMotion: true,
    ...options,
  });
  try {
    if (prepare) {
      await prepare(opened.page);
      await opened.page.goto(`${host}${path}`, { waitUntil: "domcontentloaded" });
    }
    await use(opened.page);
    assert.deepEqual(opened.errors(), []);
    if (!prepare) assert.deepEqual(opened.foreign(), []);
  } finally {
    await opened.close();
  }
}

/** Every page and frame from now on keeps what its policy forbade. */
const noteViolations = (page) =>
  page.evaluateOnNewDocument(() => {
    const own = /** @type {any} */ (window);
    own.violations = [];
    document.addEventListener("securitypolicyviolation", (event) =>
      own.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`),
    );
  });
async function violations(page) {
  const all = (await page.frames()).map((frame) =>
    frame.evaluate(() => /** @type {any} */ (window).violations),
  );
  return (await Promise.all(all)).flat();
}

test("under the strictest policy, in a folder deep below: everything works, nothing is reported", () =>
  withHost(
    "/both",
    async (page) => {
      for (const selector of ["iframe", "softmask-view"]) {
        await page.$eval(selector, (place) => place.scrollIntoView({ block: "start" }));
        const guest = await viewerFrame(page, selector);
        await repaints(page, 2); // until the browser has scrolled there, clicks go elsewhere
        const { x, y } = await guest.middle("scores", 1, 2);
        await page.mouse.click(x, y);
        await guest.settled();
        assert.equal((await guest.state()).mask, "00100");
        await guest.frame.$eval("#twin-toggle", (toggle) =>
          /** @type {HTMLElement} */ (toggle).click(),
        );
        await guest.set({ hide: "title", rows: 5, lesson: "nan-row" });
        await guest.settled();
        await guest.set({ lesson: "", hide: "controls,code,ledger" });
        await guest.settled();
      }
      // A still picture in place of the frame.
      await page.evaluate(() =>
        /** @type {any} */ (document.querySelector("softmask-view")).release(),
      );
      const drawn = await page.evaluate(async () => {
        const image = document.querySelector("softmask-view")?.shadowRoot?.querySelector("img");
        await image?.decode();
        return image?.naturalWidth;
      });
      assert.ok(Number(drawn) > 500, `${drawn} px of still picture`);
      assert.deepEqual(await violations(page), []);
    },
    { prepare: noteViolations },
  ));

const sandboxed = "in a sandbox without an origin: clicks and messages work, and nothing is stored";
test(sandboxed, { skip: cannot("know itself in a sandbox") }, () =>
  withHost("/sandbox", async (page) => {
    const guest = await viewerFrame(page, "iframe");
    const { x, y } = await guest.middle("masked", 2, 3);
    await page.mouse.click(x, y);
    await guest.settled();
    const answer = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const frame = /** @type {HTMLIFrameElement} */ (document.querySelector("iframe"));
          addEventListener("message", ({ source, origin, data }) => {
            if (source === frame.contentWindow && data.type === "reply") resolve([origin, data]);
          });
          const state = { seed: "9" };
          frame.contentWindow?.postMessage(
            { source: "softmask", type: "setState", id: 1, state },
            "*",
          );
        }),
    );
    assert.equal(answer[0], "null", "an origin of its own that nobody can name");
    assert.equal(answer[1].value.seed, "9");
    assert.equal(answer[1].value.mask, "00010");
    const stored = await guest.frame.evaluate(() => {
      try {
        return localStorage.length;
      } catch (error) {
        return /** @type {Error} */ (error).name;
      }
    });
    assert.equal(stored, "SecurityError", "there is no storage, and none is missed");
    assert.deepEqual(await page.cookies(), []);
  }),
);

test("no cookie and no storage, where there could be", () =>
  withHost("/frame", async (page) => {
    const guest = await viewerFrame(page, "iframe");
    await guest.set({ theme: "dark", lang: "zh-CN" });
    await guest.settled();
    const kept = await guest.frame.evaluate(async () => [
      localStorage.length,
      sessionStorage.length,
      document.cookie,
      (await indexedDB.databases()).length,
    ]);
    assert.deepEqual(kept, [0, 0, "", 0]);
  }));

/**
 * The canvas on the screen, without what the pointer does to it. (WebKit may draw the text below it
 * another time with other edges.)
 */
async function pictureOf(page, guest) {
  await page.mouse.move(1, 1);
  await repaints(page, 2);
  const frame = await guest.element.evaluate((one) => one.getBoundingClientRect().toJSON());
  const canvas = await guest.frame.$eval("canvas", (one) => one.getBoundingClientRect().toJSON());
  const [left, top] = await page.evaluate(() => [scrollX, scrollY]);
  const clip = {
    x: frame.x + canvas.x + left,
    y: frame.y + canvas.y + top,
    width: canvas.width,
    height: canvas.height,
  };
  return page.screenshot({ encoding: "base64", clip, captureBeyondViewport: false });
}

/** Takes the WebGL context away as a browser does that has too many, or gives it back. */
const context = (guest, what) =>
  guest.frame.evaluate((wanted) => {
    const own = /** @type {any} */ (window);
    const gl = document.querySelector("canvas")?.getContext("webgl2");
    own.loss ??= gl?.getExtension("WEBGL_lose_context");
    own.loss[wanted]();
  }, what);

test("a context lost and given back, in sight and out of sight: the same picture again", () =>
  withHost("/frame", async (page) => {
    const guest = await viewerFrame(page, "iframe");
    await guest.set({ mask: "01101" });
    await guest.settled();
    await page.evaluate(() => scrollTo(0, 300));
    const whole = await pictureOf(page, guest);
    const status = () => guest.frame.$eval("#status", (place) => place.textContent);

    for (const out of [false, true]) {
      if (out) await page.evaluate(() => scrollTo(0, 3500));
      await repaints(page, 2);
      await context(guest, "loseContext");
      await guest.frame.waitForFunction(() => !document.getElementById("status")?.hidden);
      assert.match((await status()) ?? "", /graphics context/);
      assert.equal(await guest.frame.$eval("#twin-content", (c) => c.className), "twin-card");
      assert.equal((await guest.state()).mask, "01101");
      await context(guest, "restoreContext");
      await guest.frame.waitForFunction(() => document.getElementById("status")?.hidden);
      await page.evaluate(() => scrollTo(0, 300));
      await repaints(page, 2);
      await guest.settled();
      assert.ok(
        await sameImage(page, await pictureOf(page, guest), whole),
        out ? "out of sight" : "in sight",
      );
    }
  }));

/** Keeps what pages watch of the resolution, which tellRatio() then tells. */
const watchResolution = (page) =>
  page.evaluateOnNewDocument(() => {
    const own = /** @type {any} */ (window);
    const original = window.matchMedia.bind(window);
    const watched = [];
    own.matchMedia = (query) => {
      const list = original(query);
      if (/resolution/.test(query)) watched.push(list);
      return list;
    };
    own.tellRatio = () =>
      watched
        .filter((list) => !original(list.media).matches)
        .forEach((list) => list.dispatchEvent(new Event("change")));
  });

const zoomed =
  "page zoom and another monitor while it runs: the picture has the pixels of the screen";
test(zoomed, { skip: cannot("ratio changes") }, () =>
  withHost(
    "/frame",
    async (page) => {
      const guest = await viewerFrame(page, "iframe");
      const untilSharp = (ratio) =>
        guest.frame.waitForFunction(
          (wanted) => {
            const { width, clientWidth } = /** @type {any} */ (document.querySelector("canvas"));
            const { right } = document.body.getBoundingClientRect();
            return width === Math.floor(right * wanted) && Math.abs(clientWidth - right) < 1;
          },
          {},
          ratio,
        );
      const tellRatio = async (ratio) => {
        await page.$eval("iframe", (frame) => frame.scrollIntoView({ block: "start" }));
        await guest.frame.waitForFunction((wanted) => devicePixelRatio === wanted, {}, ratio);
        await guest.frame.evaluate(() => /** @type {any} */ (window).tellRatio());
      };
      await untilSharp(1);
      await page.$eval("iframe", (frame) => frame.scrollIntoView({ block: "start" }));
      // Zoom takes the window's CSS pixels along: 200 % of a window 1000 pixels wide.
      await page.setViewport({ width: 500, height: 300, deviceScaleFactor: 2 });
      await untilSharp(2);
      // A window on another monitor keeps its CSS pixels. Chromium's emulation changes the ratio
      // but does not tell those who watch it, as a real change does.
      await page.setViewport({ width: 500, height: 300, deviceScaleFactor: 1.5 });
      await tellRatio(1.5);
      await untilSharp(1.5);
      await page.setViewport({ width: 500, height: 300, deviceScaleFactor: 3 });
      await tellRatio(3);
      await untilSharp(3);
      assert.equal(await page.title(), "The page around");
    },
    { prepare: watchResolution },
  ),
);

/**
 * What the page itself sees of the viewer in its frame, at rest: a driver knows no frames of a page
 * that the browser brings back from memory.
 */
const fromThePage = (page) =>
  page.evaluate(async () => {
    const frame = document.querySelector("iframe");
    const own = /** @type {any} */ (frame.contentWindow);
    while (!own.softmask?.getResult) await new Promise(requestAnimationFrame);
    await own.softmask.ready;
    await own.softmask.whenIdle();
    const at = frame.getBoundingClientRect();
    const cell = own.softmask.cellRect("scores", 1, 4);
    return {
      mask: own.softmask.getState().mask,
      framesDrawn: own.softmask.framesDrawn,
      x: at.x + cell.x + cell.width / 2,
      y: at.y + cell.y + cell.height / 2,
    };
  });

// Whether it comes from memory is the browser's choice: nothing in the frame may forbid it.
test("a page left and come back to goes on", () =>
  withHost("/frame", async (page) => {
    const guest = await viewerFrame(page, "iframe");
    await guest.set({ mask: "01000" });
    await guest.settled();
    await page.evaluate(() => {
      const own = /** @type {any} */ (window);
      addEventListener("pageshow", ({ persisted }) => (own.persisted = persisted));
    });
    await page.goto(`${started().host}/both`);
    await page.goBack();
    const fromMemory = await page.evaluate(() => /** @type {any} */ (window).persisted);
    if (!fromMemory) await viewerFrame(page, "iframe");
    await page.evaluate(() => scrollTo(0, 250));
    const back = await fromThePage(page);
    assert.equal(back.mask, "01000", "from the address of the frame, or from memory");
    await page.mouse.click(back.x, back.y);
    const clicked = await fromThePage(page);
    assert.equal(clicked.mask, "01001");
    assert.ok(clicked.framesDrawn > (fromMemory ? back.framesDrawn : 0), "and it was drawn");
  }));

/** The pages' timers from now on wait for fireTimers(): hours pass in no time. */
const holdTimers = (page) =>
  page.evaluateOnNewDocument(() => {
    const own = /** @type {any} */ (window);
    const timers = new Map();
    let last = 0;
    own.setTimeout = (act, delay = 0) => (timers.set(++last, [act, delay]), last);
    own.clearTimeout = (id) => timers.delete(id);
    own.fireTimers = (ms) => {
      for (const [id, [act, delay]] of [...timers]) {
        if (delay > ms || !timers.delete(id)) continue;
        act();
      }
    };
  });

test("a server that stalls: the bar shows what has come, then words say what to check", () => {
  let goOn = () => {};
  stall = new Promise((resolve) => (goOn = () => resolve(undefined)));
  return withHost(
    `${FOLDER}index.html`,
    async (page) => {
      const bar = () =>
        page.$eval("#progress", (progress) => {
          const { value, max } = /** @type {HTMLProgressElement} */ (progress);
          return value / max;
        });
      await page.waitForFunction(() => {
        const { max, value } = /** @type {any} */ (document.getElementById("progress"));
        return max > 1 && value > 0.4 * max;
      });
      assert.ok(Math.abs((await bar()) - 0.5) < 0.02, `half of it: ${await bar()}`);
      const status = () => page.$eval("#status", (place) => place.textContent ?? "");
      await page.evaluate(() => /** @type {any} */ (window).fireTimers(5000));
      assert.match(await status(), /^Loading/);
      await page.evaluate(() => /** @type {any} */ (window).fireTimers(10000));
      assert.match(await status(), /Still loading.*check.*server.*WebAssembly/);
      stall = undefined;
      goOn();
      await page.evaluate(() => /** @type {any} */ (window).softmask.ready);
      assert.equal(await page.$eval("#progress", (progress) => progress.hidden), true);
      assert.equal(await status(), "");
    },
    { prepare: holdTimers },
  ).finally(() => {
    stall = undefined;
    goOn();
  });
});
