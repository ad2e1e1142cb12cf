// What the page does around the picture: typing, touch, copying, losing WebGL, having none, and
// files that are missing.

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

const statusOf = (page) => page.evaluate(() => document.getElementById("status")?.textContent);

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

test("a lost WebGL context: said in words, numbers kept, the picture comes back", () =>
  withPage("mask=01000", {}, async (driver, page) => {
    await driver.pointAway();
    const image = await driver.screenshot();
    await page.evaluate(() => {
      const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById("canvas"));
      const gl = /** @type {WebGL2RenderingContext} */ (canvas.getContext("webgl2"));
      window["lost"] = gl.getExtension("WEBGL_lose_context");
      window["lost"].loseContext();
    });
    await page.waitForFunction(() => !document.getElementById("status")?.hidden);
    assert.match((await statusOf(page)) ?? "", /graphics context/);
    assert.equal((await driver.state()).mask, "01000");
    await driver.set({ mask: "01100" });
    assert.equal((await driver.result()).probabilities.length, 20);
    await driver.set({ mask: "01000" });
    await page.evaluate(() => window["lost"].restoreContext());
    await page.waitForFunction(() => document.getElementById("status")?.hidden);
    await driver.settled();
    await page.reload();
    await page.evaluate(() => window["softmask"].ready);
    await driver.settled();
    assert.ok(await driver.same(await driver.screenshot(), image));
  }));

test("without WebAssembly the page says so", async () => {
  const opened = await openPage(started.browser, `${started.url}licenses.txt`);
  await opened.page.evaluateOnNewDocument(() => {
    delete (/** @type {any} */ (window).WebAssembly);
  });
  await opened.page.goto(`${started.url}index.html`);
  await opened.page.waitForFunction(() =>
    /no WebAssembly/.test(document.getElementById("status")?.textContent ?? ""),
  );
  await opened.close();
});

for (const [what, answer, words] of /** @type {const} */ ([
  ["missing", { status: 404, body: "" }, /not there.*404/],
  [
    "cut off",
    { status: 200, contentType: "application/wasm", body: "\0asm" },
    /not the WebAssembly/,
  ],
])) {
  test(`a .wasm file that is ${what} is named in the page`, async () => {
    const opened = await openPage(started.browser, `${started.url}licenses.txt`);
    const { page } = opened;
    await page.setRequestInterception(true);
    page.on("request", (request) =>
      request.url().endsWith(".wasm") ? request.respond(answer) : request.continue(),
    );
    await page.goto(`${started.url}index.html`);
    await page.waitForFunction(() => document.getElementById("status")?.className === "failed");
    assert.match((await statusOf(page)) ?? "", words);
    await opened.close();
  });
}

test("a server that gives .wasm another type is forgiven", async () => {
  const opened = await openPage(started.browser, `${started.url}licenses.txt`);
  const { page } = opened;
  await page.setRequestInterception(true);
  page.on("request", async (request) => {
    if (!request.url().endsWith(".wasm")) return request.continue();
    const body = Buffer.from(await (await fetch(request.url())).arrayBuffer());
    return request.respond({ status: 200, contentType: "text/plain", body });
  });
  await page.goto(`${started.url}index.html`);
  await page.evaluate(() => window["softmask"].ready);
  assert.equal(await page.evaluate(() => window["softmask"].getResult().rows), 4);
  await opened.close();
});

test("without SIMD the scalar module gives the same bits", async () => {
  const opened = await openPage(started.browser, `${started.url}licenses.txt`);
  const { page } = opened;
  await page.evaluateOnNewDocument(() => {
    WebAssembly.validate = () => false;
  });
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`${started.url}index.html`);
  await page.evaluate(() => window["softmask"].ready);
  assert.ok(asked.some((url) => url.endsWith("app-scalar.wasm")));
  const bits = (other) =>
    other.evaluate(() => [...new Uint32Array(window["softmask"].getResult().probabilities.buffer)]);
  const scalar = await bits(page);
  await opened.close();
  await withPage("", {}, async (_, simd) => assert.deepEqual(await bits(simd), scalar));
});
