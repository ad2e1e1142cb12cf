// Drives one open viewer as a reader does: real mouse and keyboard on the canvas, at the places that
// viewer.cellRect names. Nothing waits by the clock; settled() waits for viewer.whenIdle().

import { decode } from "../node/golden_checks.js";

export const PANELS = ["scores", "mask", "masked", "probabilities"];
const FLOAT_ARRAYS = ["scores", "maskedScores", "baseline", "probabilities", "moved"];

/** What pages need to hand results over bit for bit: JSON has neither NaN nor float32. */
export function installPacking() {
  const base64 = (array) => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    let text = "";
    for (let i = 0; i < bytes.length; i += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    }
    return btoa(text);
  };
  /** @type {any} */ (window).packedResult = () => {
    const result = /** @type {any} */ (window).softmask.getResult();
    const packed = {};
    for (const [key, value] of Object.entries(result)) {
      packed[key] = ArrayBuffer.isView(value)
        ? { type: value.constructor.name, data: base64(value) }
        : value;
    }
    return packed;
  };
}

/** getResult() as the page had it, from what packedResult() made of it. */
export function unpack(packed) {
  const types = { Float32Array, Uint8Array };
  return Object.fromEntries(
    Object.entries(packed).map(([key, value]) =>
      value?.type ? [key, decode(value.data, types[value.type])] : [key, value],
    ),
  );
}

/** Where two results differ in any bit, as a list of names; NaN equals only its own bits. */
export function differences(actual, expected) {
  const bits = (array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  return [...FLOAT_ARRAYS, "mask"].filter(
    (key) => Buffer.compare(bits(actual[key]), bits(expected[key])) !== 0,
  );
}

/**
 * Whether two screenshots show the same. Firefox draws the same picture anew with a colour here and
 * there that is one step of 255 beside what it was.
 * @param {import("puppeteer-core").Page} page any page: it only compares
 * @param {string} one base64 of a PNG
 * @param {string} other
 */
export async function sameImage(page, one, other) {
  if (one === other) return true;
  return page.evaluate(
    async (...pictures) => {
      const pixelsOf = async (data) => {
        const image = new Image();
        image.src = `data:image/png;base64,${data}`;
        await image.decode();
        const { width, height } = image;
        const context = Object.assign(document.createElement("canvas"), {
          width,
          height,
        }).getContext("2d");
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, width, height);
      };
      const [a, b] = await Promise.all(pictures.map(pixelsOf));
      const sameSize = a.width === b.width && a.height === b.height;
      return sameSize && a.data.every((level, i) => Math.abs(level - b.data[i]) <= 1);
    },
    one,
    other,
  );
}

export class ViewerDriver {
  /** @param {{page: import("puppeteer-core").Page}} opened by openViewer() */
  constructor({ page }) {
    this.page = page;
  }

  static async on(opened) {
    await opened.page.evaluate(installPacking);
    return new ViewerDriver(opened);
  }

  settled() {
    return this.page.evaluate(() => /** @type {any} */ (window).softmask.whenIdle());
  }

  /** From now on every frame is 40 ms after the one before, however long the machine takes. */
  steadyFrames() {
    return this.page.evaluate(() => {
      const plain = window.requestAnimationFrame.bind(window);
      let now = performance.now();
      window.requestAnimationFrame = (draw) => plain(() => draw((now += 40)));
    });
  }

  framesDrawn() {
    return this.page.evaluate(() => /** @type {any} */ (window).softmask.framesDrawn);
  }

  state() {
    return this.page.evaluate(() => /** @type {any} */ (window).softmask.getState());
  }

  async result() {
    return unpack(await this.page.evaluate(() => /** @type {any} */ (window).packedResult()));
  }

  /** setState() and rest; resolves to the new state. */
  async set(patch) {
    const state = await this.page.evaluate(
      (wanted) => /** @type {any} */ (window).softmask.setState(wanted),
      patch,
    );
    await this.settled();
    return state;
  }

  /** setState() of something bad: what it threw, or null where it threw nothing. */
  refusal(patch) {
    return this.page.evaluate((wanted) => {
      try {
        /** @type {any} */ (window).softmask.setState(wanted);
        return null;
      } catch (error) {
        return { isRangeError: error instanceof RangeError, message: String(error.message) };
      }
    }, patch);
  }

  /** A cell in CSS pixels of the viewport, as the page is scrolled now. */
  rect(panel, row, col) {
    return this.page.evaluate(
      (...at) => {
        const rect = /** @type {any} */ (window).softmask.cellRect(...at);
        if (!(rect instanceof DOMRect)) throw new TypeError("cellRect gave no DOMRect");
        return rect.toJSON();
      },
      panel,
      row,
      col,
    );
  }

  /** The same after scrolling the page so that the cell is in sight. */
  async rectInSight(panel, row, col) {
    const { y, height } = await this.rect(panel, row, col);
    await this.page.evaluate(
      (middle) => {
        if (middle < 60 || middle > innerHeight - 60) scrollBy(0, middle - innerHeight / 2);
      },
      y + height / 2,
    );
    return this.rect(panel, row, col);
  }

  /**
   * Clicks a cell (row -1: the header). `at` is the place inside, 0 … 1 on both axes.
   * @param {string} panel
   * @param {number} row
   * @param {number} col
   * @param {{shift?: boolean, at?: [number, number]}} [options]
   */
  async click(panel, row, col, { shift = false, at = [0.5, 0.5] } = {}) {
    const rect = await this.rectInSight(panel, row, col);
    if (shift) await this.page.keyboard.down("Shift");
    await this.page.mouse.click(rect.x + rect.width * at[0], rect.y + rect.height * at[1]);
    if (shift) await this.page.keyboard.up("Shift");
    await this.settled();
  }

  /** Clicks the number that stands left of a row. */
  async clickRowLabel(panel, row) {
    const rect = await this.rectInSight(panel, row, 0);
    await this.page.mouse.click(rect.x - 10, rect.y + rect.height / 2);
    await this.settled();
  }

  /** The pointer over the middle of a cell. */
  async hover(panel, row, col) {
    const rect = await this.rectInSight(panel, row, col);
    await this.page.mouse.move(rect.x + rect.width / 2, rect.y + rect.height / 2);
    await this.settled();
  }

  /** The pointer where nothing is: the page's left top corner, in its margin. */
  async pointAway() {
    await this.page.mouse.move(1, 1);
    await this.settled();
  }

  /** Gives the canvas the focus as Tab does, without a click. */
  async focus() {
    await this.page.evaluate(() => document.querySelector("canvas").focus());
    await this.settled();
  }

  isFocused() {
    return this.page.evaluate(() => document.activeElement === document.querySelector("canvas"));
  }

  /** One key, with modifiers: press("KeyZ", "Control", "Shift"). */
  async press(key, ...modifiers) {
    for (const modifier of modifiers) await this.page.keyboard.down(modifier);
    await this.page.keyboard.press(key);
    for (const modifier of modifiers.reverse()) await this.page.keyboard.up(modifier);
    await this.settled();
  }

  /** The canvas: its size in CSS pixels and in its own, and its place in the viewport. */
  canvas() {
    return this.page.evaluate(() => {
      const canvas = document.querySelector("canvas");
      const { x, y, width, height } = canvas.getBoundingClientRect();
      return { x, y, width, height, pixelsWide: canvas.width, pixelsHigh: canvas.height };
    });
  }

  /**
   * What is on the screen, as base64 of a PNG.
   * @param {{x: number, y: number, width: number, height: number}} [clip] CSS pixels of the page
   */
  screenshot(clip) {
    return this.page.screenshot({ encoding: "base64", clip, captureBeyondViewport: false });
  }

  /** Whether two screenshots show the same. */
  same(one, other) {
    return sameImage(this.page, one, other);
  }

  /** How many different colours a screenshot has. */
  colors(png) {
    return this.page.evaluate(async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const scratch = document.createElement("canvas");
      scratch.width = image.width;
      scratch.height = image.height;
      const context = scratch.getContext("2d");
      context.drawImage(image, 0, 0);
      const { data: bytes } = context.getImageData(0, 0, image.width, image.height);
      return new Set(new Uint32Array(bytes.buffer)).size;
    }, png);
  }
}

/** The mask after a click on a column: everything masked becomes free, all else masked. */
export function withColumnToggled(mask, rows, cols, col) {
  const next = Uint8Array.from(mask);
  let all = true;
  for (let row = 0; row < rows; row++) all = all && mask[row * cols + col] === 1;
  for (let row = 0; row < rows; row++) next[row * cols + col] = all ? 0 : 1;
  return next;
}

/** The first row of a mask as the state spells a column mask. */
export const columnBits = (mask, cols) => mask.subarray(0, cols).join("");
