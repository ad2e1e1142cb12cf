// The engine that the tests run in: SOFTMASK_ENGINE is chromium (without it), firefox or webkit. All
// three offer the part of puppeteer's Page that the tests use.

/**
 * @typedef {{address: string, close: () => Promise<void>}} Launched   a running browser: `address`
 *   is what connect() takes, in this process or another
 * @typedef {{viewport: import("puppeteer-core").Viewport,
 *   mediaFeatures: import("puppeteer-core").MediaFeature[], languages?: string}} PageOptions
 * @typedef {{
 *   launch: () => Promise<Launched>,
 *   connect: (address: string) => Promise<{browser: import("puppeteer-core").Browser,
 *     disconnect: () => Promise<void>}>,
 *   newPage: (browser: import("puppeteer-core").Browser, options: PageOptions) =>
 *     Promise<import("puppeteer-core").Page>,
 *   clipboardText: (page: import("puppeteer-core").Page) => Promise<string>,
 * }} Engine
 */

export const ENGINES = ["chromium", "firefox", "webkit"];

/** The name of the engine that this process tests. */
export const engineName = process.env.SOFTMASK_ENGINE || "chromium";
if (!ENGINES.includes(engineName)) {
  throw new Error(`SOFTMASK_ENGINE is ${engineName}; there are ${ENGINES.join(", ")}`);
}

/**
 * @param {string} name
 * @returns {Promise<Engine>}
 */
export const engineNamed = (name) => import(`./${name}.js`);

/** @type {Engine} */
export const engine = await engineNamed(engineName);
