// A page of somebody's documentation with a reader in front of it: wheel, mouse and Tab, and what
// the two viewers on it show.

import assert from "node:assert/strict";

import { repaints } from "../browser/host_page.js";
import { installPacking, unpack } from "../browser/viewer_driver.js";

/** @typedef {import("puppeteer-core").Page} Page */
/** @typedef {import("puppeteer-core").Frame} Frame */

/** The two ways to embed, by what a page has for them. */
const VIEW = "softmask-view";
export const EMBEDS = { element: VIEW, frame: 'iframe[src*="embed.html"]' };
/** @typedef {keyof typeof EMBEDS} Embed */

// What a header of the page may cover, and where a pointer is well inside the window.
const MARGIN = 90;

export class HostPage {
  /** @param {Page} page with a lesson open */
  constructor(page) {
    this.page = page;
  }

  /**
   * The element is there and only a poster, as it is out of sight. (When a browser loads a plain frame
   * that says loading="lazy" is the browser's affair: Chromium looks 2,500 pixels ahead.)
   */
  async waits() {
    await this.page.waitForFunction((name) => document.querySelector(name)?.shadowRoot, {}, VIEW);
    const started = await this.page.$eval(VIEW, async (view) => {
      // After two frames whoever observes what is in sight has been told.
      for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
      return /** @type {any} */ (view).viewer !== null;
    });
    assert.equal(started, false, "the element waits for its reader");
  }

  /**
   * Turns the wheel until the embed's top edge is in the window, then waits until it is ready.
   * @param {Embed} embed
   */
  async scrollTo(embed) {
    await this.#wheelTo(() =>
      this.page.$eval(EMBEDS[embed], (one) => one.getBoundingClientRect().y),
    );
    if (embed === "element") {
      await this.page.waitForFunction((name) => document.querySelector(name).viewer, {}, VIEW);
    }
    const frame = await this.frame(embed);
    await frame.waitForFunction(() =>
      /** @type {any} */ (window).softmask?.ready?.then(() => true),
    );
    await frame.evaluate(installPacking);
    await frame.evaluate(() => /** @type {any} */ (window).softmask.whenIdle());
  }

  /** @param {Embed} embed @returns {Promise<Frame>} where its viewer runs */
  async frame(embed) {
    const frame = await this.#find(embed);
    if (!frame) throw new Error(`the ${embed} has no frame`);
    return frame;
  }

  /** The address with which the element's frame began. */
  addressAtStart() {
    return this.page.$eval(VIEW, (view) => /** @type {any} */ (view).viewer.frame.src);
  }

  async result(embed) {
    const frame = await this.frame(embed);
    return unpack(await frame.evaluate(() => /** @type {any} */ (window).packedResult()));
  }

  async state(embed) {
    const frame = await this.frame(embed);
    return frame.evaluate(() => /** @type {any} */ (window).softmask.getState());
  }

  /** A click of the mouse on the header of a column. */
  async clickColumn(embed, col) {
    const frame = await this.frame(embed);
    await this.#wheelTo(async () => (await this.#cell(embed, frame, col)).y);
    const { x, y } = await this.#cell(embed, frame, col);
    await this.page.mouse.click(x, y);
    await frame.evaluate(() => /** @type {any} */ (window).softmask.whenIdle());
  }

  /** Waits until both viewers show that theme. */
  async showsTheme(theme) {
    for (const embed of /** @type {Embed[]} */ (Object.keys(EMBEDS))) {
      const frame = await this.frame(embed);
      await frame.waitForFunction(
        (wanted) => document.documentElement.dataset.theme === wanted,
        {},
        theme,
      );
    }
  }

  /**
   * Presses Tab until the focus has gone through both embeds and out again. What had it, in turn.
   * @returns {Promise<string[]>}
   */
  async tabThrough() {
    // A click on a text is where Tab goes on from.
    const heading = await this.page.$("h2#try-it, #try-it > h2, h2#Try-it");
    await heading.evaluate((one) => one.scrollIntoView({ block: "center" }));
    await heading.click();
    const stops = [];
    for (let i = 0; i < 20; i++) {
      await this.page.keyboard.press("Tab");
      await repaints(this.page, 2); // Firefox moves the focus into a frame after the key is through
      stops.push(await this.#focused());
      if (stops.some((stop) => stop.startsWith("frame")) && !stops.at(-1).startsWith("frame"))
        break;
    }
    return stops;
  }

  async #focused() {
    const outer = await this.page.evaluate((embeds) => {
      const focused = document.activeElement;
      for (const [embed, name] of Object.entries(embeds)) if (focused.matches(name)) return embed;
      return null;
    }, EMBEDS);
    if (!outer) return "page";
    const frame = await this.frame(/** @type {Embed} */ (outer));
    const inner = await frame.evaluate(() => document.activeElement.localName);
    return `${outer} ${inner}`;
  }

  /** @param {Embed} embed @returns {Promise<Frame | null>} */
  async #find(embed) {
    const handle = await this.page.evaluateHandle((name) => {
      const found = /** @type {any} */ (document.querySelector(name));
      return found?.localName === "iframe" ? found : (found?.viewer?.frame ?? null);
    }, EMBEDS[embed]);
    return (await handle.asElement()?.contentFrame()) ?? null;
  }

  /** The middle of a column's header, in CSS pixels of the window. */
  async #cell(embed, frame, col) {
    const inside = await frame.evaluate(
      (which) => /** @type {any} */ (window).softmask.cellRect("scores", -1, which).toJSON(),
      col,
    );
    const outer = await (
      await frame.frameElement()
    ).evaluate((one) => {
      const { x, y } = one.getBoundingClientRect();
      return { x: x + one.clientLeft, y: y + one.clientTop };
    });
    return {
      x: outer.x + inside.x + inside.width / 2,
      y: outer.y + inside.y + inside.height / 2,
    };
  }

  /** Turns the wheel over the page until what `place` measures is well inside the window. */
  async #wheelTo(place) {
    const { width, height } = this.page.viewport();
    await this.page.mouse.move(width / 2, height / 2);
    for (let y = await place(); y < MARGIN || y > height - MARGIN; y = await place()) {
      const before = await this.page.evaluate(() => scrollY);
      const far = Math.round(y - height / 3); // Firefox's wheel turns by whole pixels
      await this.page.mouse.wheel({ deltaY: Math.sign(far) * Math.min(400, Math.abs(far)) });
      await this.page.waitForFunction((was) => scrollY !== was, { timeout: 10000 }, before);
    }
  }
}
