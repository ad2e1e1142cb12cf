// Somebody's documentation page around the viewer: taller than the window, with links before and
// after, on an origin of its own or the site's, with the site in a folder deep below it.

import { createServer } from "node:http";
import { after, before } from "node:test";

import { engineName } from "./engines/engine.js";
import { startBrowser } from "./harness.js";

/** Where the site is on a host: no file of it may take the root for its own. */
export const FOLDER = "/docs/a/b/softmask/";

/** As strict as a page around can be, and the site with it. */
export const STRICT_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "frame-src 'self'",
].join("; ");

const STYLE = `
  body { margin: 0 16px; font: 16px/1.5 sans-serif; }
  .room { height: 300px; }
  .much { height: 3000px; }
  iframe { display: block; width: 100%; height: 1100px; border: 0; }
`;

/** @param {string} content what stands between two links on a tall page */
export const tallPage = (content) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>The page around</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/host.css" />
    <script type="module" src="${FOLDER}softmask.js"></script>
  </head>
  <body>
    <p class="room"><a id="before" href="#before">before</a></p>
    ${content}
    <p class="much"><a id="after" href="#after">after</a></p>
  </body>
</html>`;

/** @typedef {{status: number, type: string, body: Buffer}} SiteFile   as it is sent */

/**
 * A server with host pages at / and the site in FOLDER.
 * @param {string} siteUrl where the site itself is served
 * @param {{pages?: Record<string, string>, headers?: Record<string, string>,
 *   hold?: (path: string) => Promise<unknown> | undefined,
 *   spoil?: (path: string, file: SiteFile) => SiteFile | null}} [options] `pages` by path; `headers` go
 *   with every answer; where `hold` gives a promise, half of the file is sent before it and the rest
 *   after it; what `spoil` makes of a file of the site is sent, null: the connection ends
 * @returns {Promise<{url: string, close: () => Promise<void>}>}
 */
export async function serveHost(
  siteUrl,
  { pages = {}, headers = {}, hold = () => undefined, spoil = (_, file) => file } = {},
) {
  const server = createServer(async (request, response) => {
    const path = (request.url ?? "/").split(/[?#]/, 1)[0];
    const own = path === "/host.css" ? STYLE : pages[path];
    if (own !== undefined) {
      const type = path.endsWith(".css") ? "text/css" : "text/html";
      response.writeHead(200, { ...headers, "Content-Type": `${type}; charset=utf-8` });
      return response.end(own);
    }
    if (!path.startsWith(FOLDER)) {
      response.writeHead(404, headers);
      return response.end();
    }
    const found = await fetch(new URL(path.slice(FOLDER.length), siteUrl));
    const file = spoil(path, {
      status: found.status,
      type: found.headers.get("content-type") ?? "",
      body: Buffer.from(await found.arrayBuffer()),
    });
    if (!file) {
      // WebKit asks again and again where there was no answer at all.
      if (engineName === "webkit") return request.socket.end("nothing\r\n");
      return request.socket.destroy();
    }
    const { status, type, body } = file;
    response.writeHead(status, {
      "Access-Control-Allow-Origin": "*",
      "Content-Type": type,
      "Content-Length": body.length,
      ...headers,
    });
    const held = hold(path);
    if (!held) return response.end(body);
    const half = Math.floor(body.length / 2);
    response.write(body.subarray(0, half));
    await held;
    return response.end(body.subarray(half));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Has a browser and a host started before the file's first test and closed after its last.
 * @param {Parameters<typeof serveHost>[1]} [options]
 * @returns {() => {browser: import("puppeteer-core").Browser, site: string, host: string}}
 */
export function hostTests(options) {
  /** @type {Awaited<ReturnType<typeof startBrowser>>} */
  let started;
  /** @type {Awaited<ReturnType<typeof serveHost>>} */
  let host;
  before(async () => {
    started = await startBrowser();
    host = await serveHost(started.url, options);
  });
  after(async () => {
    await host?.close();
    await started?.close();
  });
  return () => ({ browser: started.browser, site: started.url, host: host.url });
}

/**
 * The frame in the element that a selector finds, once its viewer is ready and stands still. Of a
 * <softmask-view> the frame in it.
 * @param {import("puppeteer-core").Page} page
 * @param {string} selector
 */
export async function viewerFrame(page, selector) {
  await page.waitForFunction(
    (wanted) => {
      const place = /** @type {any} */ (document.querySelector(wanted));
      return place.localName === "iframe" || place.viewer;
    },
    {},
    selector,
  );
  const element = await page.evaluateHandle((wanted) => {
    const place = /** @type {any} */ (document.querySelector(wanted));
    return place.localName === "iframe" ? place : place.viewer.frame;
  }, selector);
  const iframe = /** @type {import("puppeteer-core").ElementHandle<HTMLIFrameElement>} */ (element);
  let frame = await iframe.contentFrame();
  // The page may have the frame before the driver has heard of it, as after going back.
  for (let tries = 0; !frame && tries < 100; tries++) {
    await page.evaluate(() => new Promise(requestAnimationFrame));
    frame = await iframe.contentFrame();
  }
  await frame.waitForFunction(() => /** @type {any} */ (window).softmask?.getResult);
  await frame.evaluate(async () => {
    const { softmask } = /** @type {any} */ (window);
    await softmask.ready;
    await softmask.whenIdle();
  });
  return new GuestFrame(page, element, frame);
}

/** A viewer in a frame, and where its cells are in the window around. */
export class GuestFrame {
  constructor(page, element, frame) {
    this.page = page;
    this.element = element;
    this.frame = frame;
  }

  /** @returns {Promise<any>} */
  state() {
    return this.frame.evaluate(() => /** @type {any} */ (window).softmask.getState());
  }

  settled() {
    return this.frame.evaluate(() => /** @type {any} */ (window).softmask.whenIdle());
  }

  framesDrawn() {
    return this.frame.evaluate(() => /** @type {any} */ (window).softmask.framesDrawn);
  }

  /** @param {Record<string, unknown>} patch */
  set(patch) {
    return this.frame.evaluate(
      (wanted) => /** @type {any} */ (window).softmask.setState(wanted),
      patch,
    );
  }

  /** The middle of a cell in CSS pixels of the page's window. */
  async middle(panel, row, col) {
    const inside = await this.frame.evaluate(
      (...at) => /** @type {any} */ (window).softmask.cellRect(...at).toJSON(),
      panel,
      row,
      col,
    );
    const { x, y } = await this.element.evaluate((frame) => frame.getBoundingClientRect().toJSON());
    return { x: x + inside.x + inside.width / 2, y: y + inside.y + inside.height / 2 };
  }

  /** What has the focus inside. */
  focused() {
    return this.frame.evaluate(() => document.activeElement?.id || document.activeElement?.tagName);
  }

  /** Waits for a mask, as after a tap, which the browser turns into a click when it sees fit. */
  untilMask(mask) {
    return this.frame.waitForFunction(
      (wanted) => /** @type {any} */ (window).softmask.getState().mask === wanted,
      {},
      mask,
    );
  }
}

/** What has the focus on the page around: the id, or the name of the element. */
export const focusedOutside = (page) =>
  page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName);

/** As many repaints of the page around; frames in sight have had theirs then. */
export const repaints = (page, count) =>
  page.evaluate(
    (many) =>
      new Promise((resolve) => {
        let turns = 0;
        const turn = () => (++turns > many ? resolve(undefined) : requestAnimationFrame(turn));
        turn();
      }),
    count,
  );
