// The browser and the viewers of one test file.

import assert from "node:assert/strict";
import { after, before } from "node:test";

import { openViewer, startBrowser } from "./harness.js";
import { ViewerDriver } from "./viewer_driver.js";

/**
 * Has a browser started before the file's first test and closed after its last.
 * @param {Parameters<typeof openViewer>[2]} [defaults] how viewers are opened
 */
export function viewerTests(defaults = {}) {
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
    const opened = await openViewer(started, fragment, { ...defaults, ...optionsAndBody[0] });
    try {
      await body(await ViewerDriver.on(opened), opened);
      assert.deepEqual(opened.errors(), []);
    } finally {
      await opened.close();
    }
  }
  return { started: () => started, withViewer };
}
