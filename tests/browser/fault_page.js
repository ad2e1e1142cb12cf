// Pages in which something is wrong: a browser that lacks or refuses a thing, a server that sends
// something else, a clock that jumps.

import assert from "node:assert/strict";

import { openPage } from "./harness.js";
import { repaints } from "./host_page.js";

/** In which languages a reader is told of a fault. */
export const LANGUAGES = /** @type {const} */ (["en", "zh-CN"]);

// What browsers themselves write into the console of a page when a file does not come.
const OF_THE_NETWORK =
  /^Failed to load resource|loading (dynamically imported )?module|NetworkError|Loading failed for|Load failed|preload|integrity|Could not connect|connection was lost|Cross-Origin Request|closed unexpectedly|terminated/i;

/**
 * Opens a page of which `broken` has run in every frame, before any script of theirs.
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} url
 * @param {((...args: any[]) => void) | null} broken
 * @param {Parameters<typeof openPage>[2] & {args?: unknown[], network?: boolean}} options `args` of
 *   `broken`; `network`: the browser may say that files did not come
 * @param {(page: import("puppeteer-core").Page) => unknown} use
 */
export async function withBroken(browser, url, broken, options, use) {
  const { args = [], network = false, ...look } = options;
  const opened = await openPage(browser, "about:blank", look);
  try {
    if (broken) await opened.page.evaluateOnNewDocument(broken, ...args);
    await opened.page.goto(url);
    await use(opened.page);
    const errors = opened.errors().filter((words) => !network || !OF_THE_NETWORK.test(words));
    assert.deepEqual(errors, []);
  } finally {
    await opened.close();
  }
}

/** Until a page or frame with a viewer is ready and stands still. */
export const settled = (frame) =>
  frame.evaluate(async () => {
    const { softmask } = /** @type {any} */ (window);
    await softmask.ready;
    await softmask.whenIdle();
  });

/** Until a page or frame says that it has failed; what it says. */
export async function failure(frame) {
  await frame.waitForFunction(() => document.getElementById("status")?.className === "failed");
  return frame.$eval("#status", ({ textContent }) => textContent);
}

/** All that getResult() gives, as bits. */
export const bitsOf = (frame) =>
  frame.evaluate(() => {
    const { softmask } = /** @type {any} */ (window);
    const result = Object.entries(softmask.getResult()).map(([name, value]) => [
      name,
      value instanceof Float32Array ? [...new Uint32Array(value.buffer)] : value,
    ]);
    return JSON.stringify(result);
  });

export const stateOf = (frame) =>
  frame.evaluate(() => /** @type {any} */ (window).softmask.getState());

/** setState(): the new state, or what it threw. */
export const patched = (frame, patch) =>
  frame.evaluate((wanted) => {
    try {
      return { state: /** @type {any} */ (window).softmask.setState(wanted) };
    } catch (error) {
      return { name: error.name, message: error.message };
    }
  }, patch);

/**
 * Begins a change and comes back in the middle of its motion, frames drawn and more wanted.
 * @param {any} frame
 * @param {Record<string, unknown>} patch
 */
export const midMotion = (frame, patch) =>
  frame.evaluate(
    (wanted) =>
      new Promise((resolve) => {
        const { softmask } = /** @type {any} */ (window);
        const before = softmask.framesDrawn;
        const turn = () =>
          softmask.framesDrawn > before + 1 ? resolve(0) : requestAnimationFrame(turn);
        softmask.setState(wanted);
        turn();
      }),
    patch,
  );

const framesDrawn = (frame) =>
  frame.evaluate(() => /** @type {any} */ (window).softmask.framesDrawn);

/** Nothing is drawn while the page has thirty frames. */
export async function assertAtRest(page, frame, when) {
  const before = await framesDrawn(frame);
  await repaints(page, 30);
  assert.equal(await framesDrawn(frame), before, `frames drawn ${when}`);
}

/**
 * For withBroken(): all clocks of a page say what they would plus `clockAhead` milliseconds, which
 * may change at any time.
 */
export function shiftClocks() {
  const own = /** @type {any} */ (window);
  own.clockAhead = 0;
  const { performance, Date } = own;
  const now = performance.now.bind(performance);
  performance.now = () => now() + own.clockAhead;
  const today = Date.now.bind(Date);
  Date.now = () => today() + own.clockAhead;
  const frame = own.requestAnimationFrame.bind(own);
  own.requestAnimationFrame = (draw) => frame((time) => draw(time + own.clockAhead));
}
