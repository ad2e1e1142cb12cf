// The browser and the viewers of one test file.

import assert from "node:assert/strict";
import { after, before } from "node:test";

import { cannot } from "./engines/cannot.js";
import { openViewer, startBrowser } from "./harness.js";
import { ViewerDriver } from "./viewer_driver.js";

/**
 * For files that look at numbers and words: the same layout with a quarter of the pixels, as where a
 * reader has zoomed out to one half, in about half of the time.
 */
export const FEW_PIXELS = cannot("fractional ratio") ? {} : { deviceScaleFactor: 0.5 };

/**
 * Has a browser started before the file's first test and closed after its last.
 * @param {Parameters<typeof openViewer>[2] & {fragment?: string}} [defaults] how viewers are opened;
 *   `fragment` goes with every one: what a file does not look at need not be drawn
 */
export function viewerTests({ fragment: always = "", ...defaults } = {}) {
  /** @type {Awaited<ReturnType<typeof startBrowser>>} */
  let started;
  before(async () => {
    started = await startBrowser();
  });
  after(() => started?.close());

  /**
   * Opens a viewer, hands its driver to `body`, and fails on any error of the page.
   * @param {string} fragment
   * @param {[(driver: ViewerDriver, opened: Awaited<ReturnType<typeof openViewer>>) => unknown]
   *   | [typeof defaults, (driver: ViewerDriver,
   *       opened: Awaited<ReturnType<typeof openViewer>>) => unknown]} optionsAndBody
   */
  async function withViewer(fragment, ...optionsAndBody) {
    const body = /** @type {Function} */ (optionsAndBody.pop());
    const whole = [fragment, always].filter(Boolean).join("&");
    const opened = await openViewer(started, whole, { ...defaults, ...optionsAndBody[0] });
    try {
      await body(await ViewerDriver.on(opened), opened);
      assert.deepEqual(opened.errors(), []);
    } finally {
      await opened.close();
    }
  }
  return { started: () => started, withViewer };
}
