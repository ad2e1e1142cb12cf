// Chromium by the DevTools protocol, without a window.

import { execFileSync } from "node:child_process";

import puppeteer from "puppeteer-core";

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

/** @returns {Promise<import("./engine.js").Launched>} */
export async function launch() {
  const browser = await puppeteer.launch({ executablePath: chromiumPath(), args: FLAGS });
  return { address: browser.wsEndpoint(), close: () => browser.close() };
}

/** @param {string} address */
export async function connect(address) {
  const browser = await puppeteer.connect({ browserWSEndpoint: address });
  return { browser, disconnect: () => browser.disconnect() };
}

/**
 * In the browser's one context, whose caches make every page after the first start twice as fast.
 * @param {import("puppeteer-core").Browser} browser
 * @param {import("./engine.js").PageOptions} options
 */
export async function newPage(browser, { viewport, mediaFeatures, languages }) {
  const page = await browser.newPage();
  const session = await page.createCDPSession();
  // puppeteer's own knows no forced colours.
  page.emulateMediaFeatures = (features) =>
    session.send("Emulation.setEmulatedMedia", { features });
  await page.setViewport(viewport);
  await page.emulateMediaFeatures(mediaFeatures);
  if (languages) {
    await session.send("Emulation.setUserAgentOverride", {
      userAgent: await browser.userAgent(),
      acceptLanguage: languages,
    });
  }
  return page;
}

/** @param {import("puppeteer-core").Page} page */
export const clipboardText = (page) => page.evaluate(() => navigator.clipboard.readText());
