// On paper: the picture is not blank and the numbers stand as text, from the page itself and from a
// page that embeds it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cannot } from "./engines/cannot.js";
import { openPage, openViewer } from "./harness.js";
import { viewerTests } from "./viewer_tests.js";

const { started } = viewerTests();

/** How many colours the copy for the printer has, and what the table below it shows. */
const paper = (frame) =>
  frame.evaluate(() => {
    const copy = /** @type {HTMLCanvasElement} */ (document.getElementById("printed"));
    const { data } = copy.getContext("2d").getImageData(0, 0, copy.width, copy.height);
    const { height } = copy.getBoundingClientRect();
    const table = document.querySelector(".twin-matrix").getBoundingClientRect();
    const first = document.querySelector(".twin-matrix tbody:last-child tr:last-child td");
    return {
      colours: new Set(new Uint32Array(data.buffer)).size,
      height,
      canvas: getComputedStyle(document.getElementById("canvas")).display,
      table: [table.width, table.height],
      bottom: table.bottom,
      inner: innerHeight,
      last: first.textContent,
      buttons: getComputedStyle(document.getElementById("twin-toggle")).display,
    };
  });

function check(sheet) {
  assert.ok(sheet.colours > 100, `the picture has ${sheet.colours} colours`);
  assert.ok(sheet.height > 100, `the picture is ${sheet.height} high`);
  assert.equal(sheet.canvas, "none");
  assert.equal(sheet.buttons, "none");
  assert.ok(sheet.table[0] > 100 && sheet.table[1] > 100, `a table of ${sheet.table}`);
  assert.equal(sheet.last, "0.754", "the last row begins with");
}

/** The sheet as print media lay it out, looked at between beforeprint and afterprint. */
async function printed(page, frame) {
  await page.emulateMediaType("print");
  await frame.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  const sheet = await paper(frame);
  await frame.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.emulateMediaType("screen");
  return sheet;
}

/**
 * Whether the browser's own printing reaches the page: the copy comes and goes with it. WebKit tells
 * frames of a printed page by the media query alone.
 */
async function printsItself(page, frame) {
  await frame.evaluate(() => {
    const own = /** @type {any} */ (window);
    own.sheets = [];
    const look = () =>
      own.sheets.push(document.getElementById("printed")?.getAttribute("width") ?? "none");
    window.addEventListener("beforeprint", look);
    window.matchMedia("print").addEventListener("change", ({ matches }) => matches && look());
  });
  const pdf = await page.pdf();
  const sheets = await frame.evaluate(() => /** @type {any} */ (window).sheets);
  assert.ok(sheets.length > 0, "the page is told");
  for (const width of sheets) assert.match(width, /^\d{3,}$/, "and has a copy of the picture");
  assert.equal(await frame.evaluate(() => document.getElementById("printed")), null);
  return pdf;
}

/** Opens what prints: the page itself, or a page with a plain frame of a height; use gets its frame. */
async function withPrinter(height, use) {
  const { browser, url } = started();
  const itself = height === null;
  const opened = itself
    ? await openViewer(started(), "mask=01101&theme=dark")
    : await openPage(browser, `${url}examples/plain/index.html`);
  const { page } = opened;
  try {
    const frame = itself ? page.mainFrame() : await plainFrame(page, height);
    await use(page, frame);
    assert.deepEqual(opened.errors(), []);
  } finally {
    await opened.close();
  }
}

/** In place of all that the page has. */
async function plainFrame(page, height) {
  await page.evaluate(
    (site, high) => {
      document.body.replaceChildren();
      const frame = document.createElement("iframe");
      Object.assign(frame.style, { width: "100%", height: `${high}px`, border: "0" });
      frame.id = "plain";
      frame.src = `${site}embed.html#mask=01101`;
      document.body.append(frame);
    },
    started().url,
    height,
  );
  const frame = await (await page.$("#plain")).contentFrame();
  await frame.waitForFunction(() => /** @type {any} */ (window).softmask?.getResult);
  await frame.evaluate(() => /** @type {any} */ (window).softmask.ready);
  return frame;
}

const inLight = "on paper the page has its picture and the table, in light colours";
test(inLight, { skip: cannot("print media") }, () =>
  withPrinter(null, async (page, frame) => check(await printed(page, frame))),
);

test("the browser's own printing takes the picture along", { skip: cannot("pdf") }, () =>
  withPrinter(null, async (page, frame) => {
    const pdf = await printsItself(page, frame);
    assert.ok(pdf.length > 20000, `${pdf.length} bytes: a picture is in it`);
  }),
);

test("a change in motion is drawn for the printer as it ends", async () => {
  const opened = await openViewer(started(), "mask=00000");
  const { page } = opened;
  const picture = () =>
    page.evaluate(() => {
      const canvas = document.querySelector("canvas");
      window.dispatchEvent(new Event("beforeprint"));
      const copy = /** @type {HTMLCanvasElement} */ (document.getElementById("printed"));
      const pixels = copy.getContext("2d").getImageData(0, 0, copy.width, copy.height).data;
      const bytes = new Uint8Array(pixels.buffer);
      let hash = 0;
      for (const byte of bytes) hash = (hash * 31 + byte) | 0;
      window.dispatchEvent(new Event("afterprint"));
      return `${canvas.width} ${hash}`;
    });
  const before = await picture();
  await page.evaluate(() => /** @type {any} */ (window).softmask.setState({ mask: "01101" }));
  const during = await picture();
  await page.evaluate(() => /** @type {any} */ (window).softmask.whenIdle());
  const after = await picture();
  assert.notEqual(before, after);
  assert.equal(during, after);
  await opened.close();
});

for (const height of [480, 640]) {
  const within = `on paper a plain frame of ${height} px has both within its height`;
  test(within, { skip: cannot("print media") }, () =>
    withPrinter(height, async (page, frame) => {
      const sheet = await printed(page, frame);
      check(sheet);
      assert.ok(sheet.bottom <= sheet.inner + 1, `${sheet.bottom} of ${sheet.inner}`);
    }),
  );
}

test("the browser's own printing reaches a plain frame", { skip: cannot("pdf") }, () =>
  withPrinter(480, async (page, frame) => void (await printsItself(page, frame))),
);
