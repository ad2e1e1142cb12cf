// Firefox by WebDriver BiDi, in a real window: without one it has no WebGL 2. What BiDi has no word
// for, colour scheme, motion, forced colours, media and languages, is set where Firefox's own
// developer tools set it: on the tab's BrowsingContext, from the browser's privileged side.

import { execFileSync } from "node:child_process";

import puppeteer from "puppeteer-core";

import { KeyNames } from "./keys.js";
import { startScreen } from "./xvfb.js";

const PREFS = {
  "webgl.force-enabled": true, // drawn by software
  // The clipboard without the question that only a person can answer.
  "dom.events.testing.asyncClipboard": true,
  // What one test zooms is not zoomed in the next one's tab.
  "browser.zoom.siteSpecific": false,
  // Of the frames of a page that comes back from memory the driver does not tell.
  "browser.sessionhistory.max_total_viewers": 0,
};

function firefoxPath() {
  if (process.env.SOFTMASK_FIREFOX) return process.env.SOFTMASK_FIREFOX;
  for (const name of ["firefox-esr", "firefox"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      // The next name.
    }
  }
  throw new Error("no Firefox on the PATH: install firefox-esr or set SOFTMASK_FIREFOX");
}

/** @returns {Promise<import("./engine.js").Launched>} */
export async function launch() {
  const screen = await startScreen();
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: firefoxPath(),
    headless: false,
    args: ["--remote-allow-system-access"],
    env: { ...process.env, DISPLAY: screen.display, LIBGL_ALWAYS_SOFTWARE: "1" },
    extraPrefsFirefox: PREFS,
  });
  const address = browser.wsEndpoint();
  const firefox = browser.process();
  // Firefox has one session at a time: it is left to whoever connects.
  await browser.disconnect();
  return {
    address,
    async close() {
      const ended = new Promise((resolve) => firefox?.once("exit", resolve));
      firefox?.kill();
      await ended;
      screen.close();
    },
  };
}

/** @param {string} address */
export async function connect(address) {
  const browser = await puppeteer.connect({
    browserWSEndpoint: address,
    protocol: "webDriverBiDi",
  });
  return { browser, disconnect: () => browser.disconnect() };
}

/**
 * Runs a function in the browser's own window, with its privileges.
 * @param {any} browser
 * @param {(...args: any[]) => unknown} body
 * @param {...unknown} args of JSON
 */
async function privileged(browser, body, ...args) {
  const { result: tree } = await browser.connection.send("browsingContext.getTree", {
    "moz:scope": "chrome",
  });
  const window = tree.contexts.find(({ url }) => url.endsWith("/browser.xhtml"));
  const { result } = await browser.connection.send("script.evaluate", {
    expression: `(${body})(...${JSON.stringify(args)})`,
    target: { context: window.context },
    awaitPromise: true,
  });
  if (result.type === "exception") throw new Error(result.exceptionDetails.text);
}

/** @type {Record<string, string>} */
const OVERRIDES = {
  "prefers-color-scheme": "prefersColorSchemeOverride",
  "prefers-reduced-motion": "prefersReducedMotionOverride",
  "forced-colors": "forcedColorsOverride",
};

/** Sets members of the tab's BrowsingContext. */
const override = (browser, id, members) =>
  privileged(
    browser,
    (tab, values) => {
      const { NavigableManager } = /** @type {any} */ (globalThis).ChromeUtils.importESModule(
        "chrome://remote/content/shared/NavigableManager.sys.mjs",
      );
      Object.assign(NavigableManager.getBrowserById(tab).browsingContext, values);
    },
    id,
    members,
  );

/** The reader's languages, which are the whole browser's; null: those it came with. */
const setLanguages = (browser, languages) =>
  privileged(
    browser,
    (wanted) => {
      const { prefs } = /** @type {any} */ (globalThis).Services;
      if (wanted === null) prefs.clearUserPref("intl.accept_languages");
      else prefs.setStringPref("intl.accept_languages", wanted);
    },
    languages,
  );

/**
 * Through the page's history. puppeteer's own waits for a load, which does not come where a script
 * has made the entry.
 */
async function traverse(browser, page, delta) {
  await page.evaluate(() => {
    const own = /** @type {any} */ (window);
    own.traversed = false;
    addEventListener("popstate", () => (own.traversed = true), { once: true });
    addEventListener("pagehide", () => delete own.traversed, { once: true });
  });
  const context = page.mainFrame()._id;
  await browser.connection.send("browsingContext.traverseHistory", { context, delta });
  await page.waitForFunction(
    () => /** @type {any} */ (window).traversed !== false && document.readyState === "complete",
  );
}

/** Has a keyboard know all the names of keys that it knows in Chromium. */
function nameKeys(keyboard) {
  const names = new KeyNames();
  const [down, up] = [keyboard.down.bind(keyboard), keyboard.up.bind(keyboard)];
  keyboard.down = (key) => down(names.down(key));
  keyboard.up = (key) => up(names.up(key));
  keyboard.press = async (key) => {
    await keyboard.down(key);
    await keyboard.up(key);
  };
  keyboard.type = async (text) => {
    for (const one of text) await keyboard.press(one);
  };
}

/**
 * @param {import("puppeteer-core").Browser} browser
 * @param {import("./engine.js").PageOptions} options
 */
export async function newPage(browser, { viewport, mediaFeatures, languages }) {
  const page = /** @type {any} */ (await browser.newPage());
  const id = page.mainFrame()._id;
  nameKeys(page.keyboard);
  page.emulateMediaFeatures = (features) =>
    override(
      browser,
      id,
      Object.fromEntries(features.map(({ name, value }) => [OVERRIDES[name], value])),
    );
  page.emulateMediaType = (type) =>
    override(browser, id, { mediumOverride: type === "screen" ? "" : type });
  // The preference above grants all that is asked for.
  page.browserContext().overridePermissions = async () => {};
  page.goBack = () => traverse(browser, page, -1);
  page.goForward = () => traverse(browser, page, 1);
  await page.setViewport(viewport);
  await page.emulateMediaFeatures(mediaFeatures);
  await setLanguages(browser, languages ?? null);
  return page;
}

/** @param {import("puppeteer-core").Page} page */
export const clipboardText = (page) => page.evaluate(() => navigator.clipboard.readText());
