// Frames and elements of WebKit's pages, with the part of puppeteer's Frame and ElementHandle that
// the tests use.

import { Handle, elementScript, laterScript, scriptOf, valueOf } from "./values.js";

const POLL_MS = 15;
const TIMEOUT_MS = 30_000;
/** The key of an element in WebDriver's JSON. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
/** What a page that is on its way to another says instead of an answer. */
const BETWEEN_PAGES = /no such (frame|window|element|node)|stale element/;

/** Between two looks: WebDriver does not tell when something is so. */
const pause = () => new Promise((again) => setTimeout(again, POLL_MS));

/**
 * The first answer that is not null.
 * @template T
 * @param {() => Promise<T | null>} look
 * @param {string} what
 * @param {number} [timeout]
 * @returns {Promise<T>}
 */
export async function until(look, what, timeout = TIMEOUT_MS) {
  const end = Date.now() + timeout;
  for (;;) {
    const found = await look().catch((error) => {
      if (!BETWEEN_PAGES.test(error.message)) throw error;
      return null;
    });
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`waited ${timeout} ms for ${what}`);
    await pause();
  }
}

const inSight = (element) => {
  element.scrollIntoView({ block: "nearest", behavior: "instant" });
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
};

/** One of the document's frames, those in shadows included; null beyond the last. */
const frameElement = (index) => {
  const places = (root) =>
    [...root.querySelectorAll("*")].flatMap((one) => [
      ...(one.localName === "iframe" ? [one] : []),
      ...(one.shadowRoot ? places(one.shadowRoot) : []),
    ]);
  return places(document)[index] ?? null;
};

/** What is no element comes as its value. */
class Value {
  /** @param {unknown} value @param {boolean} truthy what the page itself has: a function stays there */
  constructor(value, truthy) {
    this.value = value;
    this.truthy = truthy;
  }

  asElement() {
    return null;
  }

  async jsonValue() {
    return this.value;
  }
}

export class ElementHandle extends Handle {
  /** @param {WebKitFrame} frame @param {number} key */
  constructor(frame, key) {
    super(key);
    this.frame = frame;
  }

  asElement() {
    return this;
  }

  evaluate(body, ...args) {
    return this.frame.evaluate(body, this, ...args);
  }

  evaluateHandle(body, ...args) {
    return this.frame.evaluateHandle(body, this, ...args);
  }

  async $(selector) {
    const find = (element, wanted) => element.querySelector(wanted);
    return (await this.evaluateHandle(find, selector)).asElement();
  }

  /** In CSS pixels of the page's window. */
  async boundingBox() {
    const { x, y, width, height } = await this.evaluate((element) => {
      const rect = element.getBoundingClientRect();
      return { x: rect.x, y: rect.y, width: rect.width, height: rect.height };
    });
    const origin = await this.frame.origin();
    return { x: x + origin.x, y: y + origin.y, width, height };
  }

  async click() {
    const middle = await this.evaluate(inSight);
    const origin = await this.frame.origin();
    await this.frame.page.mouse.click(origin.x + middle.x, origin.y + middle.y);
  }

  /** The frame in this element. */
  async contentFrame() {
    const isFrame = await this.evaluate((element) => element.localName === "iframe");
    return isFrame ? new WebKitFrame(this.frame.page, this) : null;
  }
}

export class WebKitFrame {
  #address = "";
  /** WebDriver's name of its element, where scripts of the page around cannot go. */
  #reference = /** @type {object | undefined} */ (undefined);

  /**
   * @param {import("./page.js").WebKitPage} page
   * @param {ElementHandle | null} element that holds it; null: the page itself
   */
  constructor(page, element) {
    this.page = page;
    this.element = element;
  }

  async frameElement() {
    return this.element;
  }

  /** Where its left top corner is in the page's window. */
  async origin() {
    if (!this.element) return { x: 0, y: 0 };
    const { x, y } = await this.element.evaluate((element) => {
      const rect = element.getBoundingClientRect();
      return { x: rect.x + element.clientLeft, y: rect.y + element.clientTop };
    });
    const outer = await this.element.frame.origin();
    return { x: outer.x + x, y: outer.y + y };
  }

  /**
   * How to get there: the driver's own way, through the frames of other origins, and from there the
   * keys of the elements that scripts go through.
   * @returns {{frames: object[], keys: number[]}}
   */
  get way() {
    if (!this.element) return { frames: [], keys: [] };
    const outer = this.element.frame.way;
    return this.#reference
      ? { frames: [...outer.frames, this.#reference], keys: [] }
      : { frames: outer.frames, keys: [...outer.keys, this.element.key] };
  }

  /** One command of the driver, where scripts start from. */
  #in(method, path, body) {
    const place = { handle: this.page.handle, frames: this.way.frames };
    return this.page.session.in(place, method, path, body);
  }

  /** From now on the driver itself goes there: scripts are the frame's own, and it takes the focus. */
  async goInto() {
    this.#reference = await this.element?.frame.referenceTo(this.element);
  }

  async #run(body, args, wantsElement) {
    const ask = () =>
      this.#in("post", "/execute/async", scriptOf(this.way.keys, body, args, wantsElement));
    let answer = await ask();
    if (answer.foreign) {
      await this.goInto();
      answer = await ask();
    }
    const { pending } = answer;
    while (answer === null || answer.pending) {
      await pause();
      answer = await this.#in("post", "/execute/sync", laterScript(this.way.keys, pending));
    }
    return answer;
  }

  async evaluate(body, ...args) {
    return valueOf(await this.#run(body, args, false));
  }

  async evaluateHandle(body, ...args) {
    const answer = await this.#run(body, args, true);
    if (answer.key) return new ElementHandle(this, answer.key);
    return new Value(valueOf(answer), answer.truthy);
  }

  /** WebDriver's name of an element. @param {Handle} handle */
  referenceTo(handle) {
    return this.#in("post", "/execute/sync", elementScript(this.way.keys, handle.key));
  }

  async $(selector) {
    const named = /^aria\/(.*)$/.exec(selector);
    if (named) return this.#named(named[1]);
    const found = await this.evaluateHandle((wanted) => document.querySelector(wanted), selector);
    return found.asElement();
  }

  /** The button that has a name for those who do not see it. */
  async #named(name) {
    for (const button of await this.$$("button")) {
      const path = `/element/${(await this.referenceTo(button))[ELEMENT]}`;
      const said = (what) => this.#in("get", `${path}/computed${what}`);
      if ((await said("label")) === name && (await said("role")) === "button") return button;
    }
    return null;
  }

  async $$(selector) {
    const count = await this.$$eval(selector, (list) => list.length);
    const at = (wanted, index) => document.querySelectorAll(wanted)[index];
    const found = [];
    for (let i = 0; i < count; i++) found.push(await this.evaluateHandle(at, selector, i));
    return found;
  }

  async $eval(selector, body, ...args) {
    const element = await this.$(selector);
    if (!element) throw new Error(`no element for ${selector}`);
    return this.evaluate(body, element, ...args);
  }

  $$eval(selector, body, ...args) {
    const source = `(wanted, ...args) =>
      (${body})([...document.querySelectorAll(wanted)], ...args)`;
    return this.evaluate(functionOf(source), selector, ...args);
  }

  /** What a function gives when that is something; an element comes as its handle. */
  waitForFunction(body, { timeout = TIMEOUT_MS } = {}, ...args) {
    return until(
      async () => {
        const handle = await this.evaluateHandle(body, ...args);
        return handle.asElement() || handle.truthy ? handle : null;
      },
      String(body),
      timeout,
    );
  }

  /** @param {string} selector @param {{hidden?: boolean}} [options] `hidden`: until it is gone */
  waitForSelector(selector, { hidden = false } = {}) {
    const there = (wanted) => document.querySelector(wanted);
    const gone = (wanted) => !document.querySelector(wanted)?.getClientRects().length;
    return this.waitForFunction(hidden ? gone : there, {}, selector);
  }

  async focus(selector) {
    // Of a frame, too: keys go to the one that has the page's focus.
    await this.$eval(selector, (element) => {
      window.focus();
      element.focus();
    });
  }

  async click(selector) {
    const element = await this.waitForSelector(selector);
    await element.click();
  }

  /** One entry of a list, by its value, as puppeteer does: with the events, without the pointer. */
  async select(selector, value) {
    await this.$eval(
      selector,
      (list, wanted) => {
        list.value = wanted;
        for (const type of ["input", "change"]) {
          list.dispatchEvent(new Event(type, { bubbles: true }));
        }
      },
      value,
    );
  }

  /** As it was when the frame was found. */
  url() {
    return this.#address;
  }

  /** It and all frames in it, in which scripts are their own: what they send comes from there. */
  async tree() {
    if (this.element) await this.goInto();
    this.#address = await this.evaluate(() => location.href);
    const all = [/** @type {WebKitFrame} */ (this)];
    for (let i = 0; ; i++) {
      const element = (await this.evaluateHandle(frameElement, i)).asElement();
      if (!element) return all;
      const frame = await element.contentFrame();
      if (frame) all.push(...(await frame.tree()));
    }
  }
}

/** A function that scriptOf() writes as the given text. */
function functionOf(source) {
  const body = () => {};
  body.toString = () => source;
  return body;
}
