// What the browser tests share: a browser, the built site on a port of its own, and pages that
// fail on any error they report.

import path from "node:path";
import { fileURLToPath } from "node:url";

import { serveFolder } from "../../tools/lib/serve.js";
import { engine } from "./engines/engine.js";

const SITE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../build/web");

/**
 * A browser and a site for the tests of one file. With the address of a running browser in
 * SOFTMASK_BROWSER it is that one: files that share it start in a fraction of the time. Use with
 * before() and after() of node:test.
 * @returns {Promise<{browser: import("puppeteer-core").Browser, url: string,
 *   close: () => Promise<void>}>}
 */
export async function startBrowser() {
  const launched = process.env.SOFTMASK_BROWSER ? null : await engine.launch();
  const address = launched?.address ?? process.env.SOFTMASK_BROWSER;
  const { browser, disconnect } = await engine
    .connect(/** @type {string} */ (address))
    .catch((cause) => {
      throw new Error(`no browser answers at ${address}`, { cause });
    });
  // After what may fail: an open server would keep the file's process from ending.
  const site = await serveFolder(SITE, 0);
  const close = async () => {
    await disconnect();
    await launched?.close();
    await site.close();
  };
  return { browser, url: site.url, close };
}

/**
 * Opens a page and keeps what goes wrong on it: errors() is empty where nothing did; foreign() are
 * the addresses of other hosts that it asked for.
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} url
 * @param {{width?: number, height?: number, deviceScaleFactor?: number, colorScheme?: string,
 *   reducedMotion?: boolean, isMobile?: boolean, hasTouch?: boolean, languages?: string}} [options]
 *   `languages` are the reader's, as in "zh-CN,zh"; without it the browser's own
 */
export async function openPage(browser, url, options = {}) {
  const { colorScheme = "light", reducedMotion = false, languages, ...viewport } = options;
  const page = await engine.newPage(browser, {
    viewport: { width: 1440, height: 900, deviceScaleFactor: 1, ...viewport },
    mediaFeatures: [
      { name: "prefers-color-scheme", value: colorScheme },
      { name: "prefers-reduced-motion", value: reducedMotion ? "reduce" : "no-preference" },
    ],
    languages,
  });
  const errors = [];
  const foreign = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    // A page without an icon, such as a text file, asks for this one, or not, at a time of its own.
    if (/\/favicon\.ico$/.test(message.location().url ?? "")) return;
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("request", (request) => {
    const address = request.url();
    if (/^https?:/.test(address) && !address.startsWith(new URL(url).origin)) foreign.push(address);
  });
  await page.goto(url, { waitUntil: "load" });
  return {
    page,
    errors: () => errors,
    foreign: () => foreign,
    close: () => page.close(),
  };
}

/**
 * Opens index.html (or another file) with a state in the fragment and waits until it stands still.
 * @param {{browser: import("puppeteer-core").Browser, url: string}} started by startBrowser()
 * @param {string} [fragment] such as "seed=1&mask=none"
 * @param {Parameters<typeof openPage>[2] & {file?: string}} [options]
 */
export async function openViewer({ browser, url }, fragment = "", options = {}) {
  const { file = "index.html", ...rest } = options;
  const opened = await openPage(browser, `${url}${file}${fragment && `#${fragment}`}`, rest);
  await opened.page.evaluate(async () => {
    const { softmask } = /** @type {any} */ (window);
    await softmask.ready;
    await softmask.whenIdle();
  });
  return opened;
}
