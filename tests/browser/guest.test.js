// The viewer as a guest in a page that is taller than the window: focus, keys, wheel and fingers
// belong to the page around, but for what is really meant for the viewer. guest_focus.test.js has the
// same for a plain frame.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cannot } from "./engines/cannot.js";
import { openPage } from "./harness.js";
import { FOLDER, focusedOutside, hostTests, repaints, tallPage, viewerFrame } from "./host_page.js";

const FRAGMENT = "mask=00000&hide=controls,code,ledger";
/** @type {Record<string, string>} */
const CONTENTS = {
  iframe: `<iframe src="${FOLDER}embed.html#${FRAGMENT}" title="S"></iframe>`,
  "softmask-view": '<softmask-view mask="00000" hide="controls,code,ledger"></softmask-view>',
};

const started = hostTests({
  pages: Object.fromEntries(
    Object.entries(CONTENTS).map(([name, content]) => [`/${name}`, tallPage(content)]),
  ),
});

/**
 * A window of 1000 × 600 on a page of some 4000 px with the viewer in it.
 * @param {string} name
 * @param {(guest: import("./host_page.js").GuestFrame, page: import("puppeteer-core").Page) => unknown} use
 * @param {Parameters<typeof openPage>[2]} [options]
 */
async function withGuest(name, use, options = {}) {
  const opened = await openPage(started().browser, `${started().host}/${name}`, {
    width: 1000,
    height: 600,
    reducedMotion: true,
    ...options,
  });
  try {
    await use(await viewerFrame(opened.page, name), opened.page);
    // Chromium's own word on what a test of a frame without permission is about.
    const errors = opened
      .errors()
      .filter((words) => !/The Clipboard API has been blocked/.test(words));
    assert.deepEqual(errors, []);
    const { site } = started();
    assert.deepEqual(
      opened.foreign().filter((address) => !address.startsWith(site)),
      [],
    );
  } finally {
    await opened.close();
  }
}

/** Until a scroll has come to rest: a finger on a page that still glides only stops it. */
async function untilStill(page) {
  let before = NaN;
  for (let now = await scrolled(page); now !== before; now = await scrolled(page)) {
    before = now;
    await repaints(page, 5);
  }
}
const scrolled = (page) => page.evaluate(() => scrollY);

const PHONE = { width: 390, height: 700, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

test("the element: the keyboard goes in and out by Tab, and Escape gives the keys back", () =>
  withGuest("softmask-view", async (guest, page) => {
    assert.equal(await focusedOutside(page), "BODY", "nothing takes the focus on load");
    assert.equal(await guest.focused(), "BODY");
    await page.focus("#before");
    await page.keyboard.press("Tab");
    assert.equal(await guest.focused(), "canvas");
    const ring = await guest.frame.$eval("canvas", (canvas) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(canvas);
      return `${outlineStyle} ${outlineWidth}`;
    });
    assert.equal(ring, "solid 2px", "who comes by keyboard sees where the focus is");
    await page.keyboard.press("BracketRight");
    await guest.settled();
    assert.equal((await guest.state()).seed, "333513", "the keys are the viewer's");

    await page.keyboard.down("Shift");
    await page.keyboard.press("Tab");
    await page.keyboard.up("Shift");
    assert.equal(await focusedOutside(page), "before");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await guest.settled();
    assert.equal(await guest.focused(), "BODY");
    for (const key of ["BracketRight", "r", "Space", "1", "ArrowRight"]) {
      await page.keyboard.press(/** @type {any} */ (key));
    }
    await guest.settled();
    const { seed, mask, fill } = await guest.state();
    assert.deepEqual([seed, mask, fill], ["333513", "00000", "-1e9"], "keys do nothing any more");

    await page.keyboard.press("Tab");
    if (cannot("go on from where the focus was")) {
      assert.equal(await guest.focused(), "canvas");
      await page.keyboard.press("Tab");
    }
    assert.equal(await guest.focused(), "twin-toggle");
    await page.keyboard.press("Tab");
    assert.equal(await focusedOutside(page), "after", "the next link of the page around");
    await page.keyboard.press("BracketRight");
    await guest.settled();
    assert.equal((await guest.state()).seed, "333513");
  }));

test("the element: a click takes the focus, the wheel scrolls the page around", () =>
  withGuest("softmask-view", async (guest, page) => {
    const { x, y } = await guest.middle("scores", 1, 2);
    await page.mouse.move(x, y);
    await page.mouse.wheel({ deltaY: 120 });
    await page.waitForFunction(() => scrollY > 100);
    await guest.settled();
    assert.equal((await guest.state()).mask, "00000");
    assert.equal(await focusedOutside(page), "BODY", "to look is not to press");
    const now = await guest.middle("scores", 1, 2);
    await page.mouse.click(now.x, now.y);
    await guest.settled();
    assert.equal((await guest.state()).mask, "00100");
    assert.equal(await guest.focused(), "canvas");
    assert.equal(await page.title(), "The page around");
  }));

const zoom = "the element: the browser's own zoom is not kept from it, and changes nothing";
test(zoom, () =>
  withGuest("softmask-view", async (guest, page) => {
    const { x, y } = await guest.middle("scores", 1, 2);
    await page.mouse.move(x, y);
    await guest.frame.evaluate(() => {
      const own = /** @type {any} */ (window);
      own.wheels = [];
      addEventListener("wheel", (event) => own.wheels.push([event.ctrlKey, event]));
    });
    const before = await guest.state();
    await page.keyboard.down("Control");
    await page.mouse.wheel({ deltaY: -120 });
    await page.keyboard.up("Control");
    await guest.frame.waitForFunction(() => /** @type {any} */ (window).wheels.length > 0);
    const kept = await guest.frame.evaluate(() =>
      /** @type {any} */ (window).wheels.map(([ctrl, event]) => [ctrl, event.defaultPrevented]),
    );
    assert.deepEqual(kept[0], [true, false]);
    await guest.settled();
    assert.deepEqual(await guest.state(), before);
  }),
);

/** With the heatmaps of the element in the window of a phone. */
const withPhone = (use) =>
  withGuest(
    "softmask-view",
    async (guest, page) => {
      await page.evaluate(() => scrollTo(0, 250));
      await use(guest, page);
    },
    PHONE,
  );

test("the element: a finger scrolls the page", { skip: cannot("finger scroll") }, () =>
  withPhone(async (guest, page) => {
    const from = await guest.middle("scores", 1, 1);
    const finger = await page.touchscreen.touchStart(from.x, from.y);
    for (let moved = 15; moved <= 195; moved += 15) await finger.move(from.x, from.y - moved);
    await finger.end();
    await page.waitForFunction(() => scrollY > 350);
    await untilStill(page);
    await guest.settled();
    assert.equal((await guest.state()).mask, "00000", "and masks nothing");
    assert.equal(await guest.focused(), "BODY", "nor does it take the focus");
    assert.equal(await focusedOutside(page), "BODY");
  }),
);

test("the element: a finger's tap masks one column", { skip: cannot("touch") }, () =>
  withPhone(async (guest, page) => {
    const cell = await guest.middle("scores", 1, 2);
    await page.touchscreen.tap(cell.x, cell.y);
    await guest.untilMask("00100");
    assert.equal(await guest.focused(), "canvas");
    await repaints(page, 5);
    assert.equal((await guest.state()).mask, "00100", "once");
  }),
);

test("the element: two fingers are the browser's zoom", { skip: cannot("pinch") }, () =>
  withPhone(async (guest, page) => {
    const cell = await guest.middle("scores", 1, 2);
    const session = await page.createCDPSession();
    await session.send("Input.synthesizePinchGesture", { ...cell, scaleFactor: 1.5 });
    await page.waitForFunction(() => (visualViewport?.scale ?? 1) > 1.2);
    await guest.settled();
    assert.equal((await guest.state()).mask, "00000");
  }),
);

test(
  "a tap on the seed's field opens a real field, in sight, that is left as it was entered",
  { skip: cannot("touch") },
  () =>
    withGuest(
      "iframe",
      async (guest, page) => {
        await guest.set({ hide: "code" });
        await guest.settled();
        await guest.element.evaluate((frame) => frame.scrollIntoView({ block: "start" }));
        // The field is no public place: it stands in the first card, above the heatmaps of a phone.
        const { x, y } = await guest.element.evaluate((f) => f.getBoundingClientRect().toJSON());
        await page.touchscreen.tap(x + 110, y + 46);
        const input = await guest.frame.waitForSelector(".softmask-entry input");
        assert.equal(await input?.evaluate((field) => document.activeElement === field), true);
        assert.equal(await input?.evaluate((field) => field.inputMode), "numeric");
        await page.keyboard.type("77");
        await page.keyboard.press("Enter");
        await guest.frame.waitForFunction(() => window["softmask"].getState().seed === "77");
        assert.equal(await guest.focused(), "canvas");
      },
      PHONE,
    ),
);

const shown =
  "where a frame may not copy, the text is shown in sight, selected, and the focus goes back";
test(shown, { skip: cannot("forbid frames to copy") }, () =>
  withGuest("iframe", async (_, page) => {
    // From another origin, without allow="clipboard-write", and far taller than the window.
    const site = started().site;
    await page.evaluate((address) => {
      const frame = /** @type {HTMLIFrameElement} */ (document.querySelector("iframe"));
      frame.style.height = "3000px";
      frame.src = `${address}embed.html#hide=title,controls,ledger`;
    }, site);
    await page.waitForFrame((frame) => frame.url().startsWith(site));
    const guest = await viewerFrame(page, "iframe");
    for (const [top, close] of /** @type {[number, string][]} */ ([
      [300, "Escape"],
      [600, "button"],
    ])) {
      await page.evaluate((to) => scrollTo(0, to), top);
      await repaints(page, 2);
      // The button is no public place: at the right of the card below the heatmaps.
      const { y } = await guest.middle("probabilities", 3, 0);
      const { right } = await guest.element.evaluate((f) => f.getBoundingClientRect().toJSON());
      await page.mouse.click(right - 80, y + 130);
      const dialog = await guest.frame.waitForSelector(".softmask-notice[open]");
      const box = await dialog?.boundingBox();
      assert.ok(box && box.y >= 0 && box.y + box.height <= 600, JSON.stringify(box));
      const selected = await guest.frame.$eval(".softmask-notice textarea", (area) => {
        const { value, selectionStart, selectionEnd } = /** @type {any} */ (area);
        return value.slice(selectionStart, selectionEnd);
      });
      assert.match(selected, /torch\.manual_seed\(333512\)/);
      if (close === "Escape") await page.keyboard.press("Escape");
      else await (await dialog?.$("button"))?.click();
      await guest.frame.waitForFunction(() => !document.querySelector(".softmask-notice"));
      assert.equal(await guest.focused(), "canvas");
      assert.equal(await focusedOutside(page), "IFRAME");
    }
  }),
);

test("out of sight an embed stops in the middle of its motion, and comes back right", () =>
  withGuest(
    "iframe",
    async (guest, page) => {
      await guest.frame.evaluate(
        () =>
          new Promise((resolve) => {
            const { softmask } = /** @type {any} */ (window);
            const before = softmask.framesDrawn;
            const turn = () =>
              softmask.framesDrawn > before + 1 ? resolve(0) : requestAnimationFrame(turn);
            softmask.setState({ mask: "01101" });
            turn();
          }),
      );
      await page.evaluate(() => scrollTo(0, 3000));
      await repaints(page, 2);
      const stopped = await guest.framesDrawn();
      await guest.set({ seed: "5" });
      await guest.set({ mask: "10000" });
      await repaints(page, 30);
      assert.equal(await guest.framesDrawn(), stopped, "nothing is drawn out of sight");
      assert.equal((await guest.state()).seed, "5", "but what is set is set");
      await page.evaluate(() => scrollTo(0, 250));
      await guest.frame.waitForFunction(
        (count) => window["softmask"].framesDrawn > count,
        {},
        stopped,
      );
      await guest.settled();
      const drawn = await guest.framesDrawn();
      await repaints(page, 30);
      assert.equal(await guest.framesDrawn(), drawn, "and at rest nothing more");
    },
    { reducedMotion: false },
  ));

test("in a hidden tab an embed stops, and goes on when it is seen again", () =>
  withGuest(
    "iframe",
    async (guest, page) => {
      // Chromium without windows hides no tab: this says the word, the rest is the viewer's own.
      const hide = (hidden) =>
        guest.frame.evaluate((now) => {
          Object.defineProperty(document, "hidden", { value: now, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }, hidden);
      await guest.set({ mask: "01101" });
      await hide(true);
      const stopped = await guest.framesDrawn();
      await guest.set({ mask: "10000" });
      await repaints(page, 30);
      assert.equal(await guest.framesDrawn(), stopped);
      await hide(false);
      await guest.settled();
      assert.ok((await guest.framesDrawn()) > stopped);
      assert.equal((await guest.state()).mask, "10000");
    },
    { reducedMotion: false },
  ));
