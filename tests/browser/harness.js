// What the browser tests share: a Chromium, the built site on a port of its own, and pages that
// fail on any error they report.

import { execFileSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

import puppeteer from "puppeteer-core";

import { serveFolder } from "../../tools/lib/serve.js";

const SITE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../build/web");

// WebGL 2 is drawn by software, so that a machine without a graphics card gives the same picture.
const FLAGS = [
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  // The sandbox is not to be had as root nor in many containers, and the only pages are our own.
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function chromiumPath() {
  if (process.env.SOFTMASK_CHROMIUM) return process.env.SOFTMASK_CHROMIUM;
  // The one without windows draws the same pages in less time.
  for (const name of ["chromium-headless-shell", "chromium", "google-chrome", "chrome"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      // The next name.
    }
  }
  throw new Error("no Chromium on the PATH: install it or set SOFTMASK_CHROMIUM");
}

export const launchBrowser = () =>
  puppeteer.launch({ executablePath: chromiumPath(), args: FLAGS });

/**
 * A browser and a site for the tests of one file. With the address of a running browser in
 * SOFTMASK_BROWSER it is that one: files that share it start in a fraction of the time. Use with
 * before() and after() of node:test.
 * @returns {Promise<{browser: import("puppeteer-core").Browser, url: string,
 *   close: () => Promise<void>}>}
 */
export async function startBrowser() {
  const shared = process.env.SOFTMASK_BROWSER;
  const browser = shared
    ? await puppeteer.connect({ browserWSEndpoint: shared }).catch(() => {
        throw new Error(`no browser answers at SOFTMASK_BROWSER=${shared}`);
      })
    : await launchBrowser();
  // After what may fail: an open server would keep the file's process from ending.
  const site = await serveFolder(SITE, 0);
  const close = async () => {
    await (shared ? browser.disconnect() : browser.close());
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
  // In the browser's one context, whose caches make every page after the first start twice as fast.
  const page = await browser.newPage();
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
  await page.setViewport({ width: 1440, height: 900, deviceScaleFactor: 1, ...viewport });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: colorScheme },
    { name: "prefers-reduced-motion", value: reducedMotion ? "reduce" : "no-preference" },
  ]);
  if (languages) {
    const session = await page.createCDPSession();
    await session.send("Emulation.setUserAgentOverride", {
      userAgent: await browser.userAgent(),
      acceptLanguage: languages,
    });
  }
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
