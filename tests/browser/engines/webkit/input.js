// Mouse and keyboard of WebKit's pages: WebDriver's actions, which WebKit takes as events of its
// window.

import { KeyNames } from "../keys.js";

export class Keyboard {
  #page;
  #names = new KeyNames();

  /** @param {import("./page.js").WebKitPage} page */
  constructor(page) {
    this.#page = page;
  }

  #perform(...actions) {
    return this.#page.perform({ type: "key", id: "keyboard", actions });
  }

  /** @param {string} key */
  async down(key) {
    await this.#perform({ type: "keyDown", value: this.#names.down(key) });
  }

  /** @param {string} key */
  async up(key) {
    await this.#perform({ type: "keyUp", value: this.#names.up(key) });
  }

  /** @param {string} key */
  isDown(key) {
    return this.#names.isDown(key);
  }

  /** @param {string} key */
  async press(key) {
    await this.down(key);
    await this.up(key);
  }

  /** @param {string} text */
  async type(text) {
    for (const one of text) await this.press(one);
  }
}

/** WebDriver counts them. */
const BUTTONS = ["left", "middle", "right"];

export class Mouse {
  #page;
  #at = { x: 0, y: 0 };

  /** @param {import("./page.js").WebKitPage} page */
  constructor(page) {
    this.#page = page;
  }

  #perform(...actions) {
    const parameters = { pointerType: "mouse" };
    return this.#page.perform({ type: "pointer", id: "mouse", parameters, actions });
  }

  #moveTo(x, y) {
    this.#at = { x, y };
    return { type: "pointerMove", duration: 0, origin: "viewport", x, y };
  }

  /** @param {number} x @param {number} y @param {{steps?: number}} [options] */
  async move(x, y, { steps = 1 } = {}) {
    const from = this.#at;
    for (let i = 1; i <= steps; i++) {
      const part = i / steps;
      await this.#perform(this.#moveTo(from.x + (x - from.x) * part, from.y + (y - from.y) * part));
    }
  }

  /** @param {{button?: string}} [options] */
  async down({ button = "left" } = {}) {
    await this.#perform({ type: "pointerDown", button: BUTTONS.indexOf(button) });
  }

  /** @param {{button?: string}} [options] */
  async up({ button = "left" } = {}) {
    await this.#perform({ type: "pointerUp", button: BUTTONS.indexOf(button) });
  }

  /** @param {number} x @param {number} y @param {{button?: string, count?: number}} [options] */
  async click(x, y, { button, count = 1 } = {}) {
    await this.#perform(this.#moveTo(x, y));
    for (let i = 0; i < count; i++) {
      await this.down({ button });
      await this.up({ button });
    }
  }

  /**
   * The driver's wheel knows no keys: where one is down, the windows' program turns it itself.
   *
   * WebKit turns the wheel by the difference to what it was told before: it is told the sums.
   * @param {{deltaX?: number, deltaY?: number}} deltas
   */
  async wheel({ deltaX = 0, deltaY = 0 }) {
    const { x, y } = this.#at;
    if (this.#page.keyboard.isDown("Control")) {
      const given = { x, y, delta_x: deltaX, delta_y: deltaY };
      return void (await this.#page.session.ask("control_wheel", given, this.#page.view));
    }
    const { turned } = this.#page.session;
    turned.x += deltaX;
    turned.y += deltaY;
    const sums = { deltaX: turned.x, deltaY: turned.y };
    const scroll = { type: "scroll", duration: 0, origin: "viewport", x, y, ...sums };
    await this.#page.perform({ type: "wheel", id: "wheel", actions: [scroll] });
  }
}
