// A viewer in an iframe, as the page around it sees it: the interface of viewer.js across messages
// (messages.js is the other end).

import { Listeners } from "./listeners.js";
import { pageAddress } from "./site_pages.js";
import { STATE_KEYS } from "./state_defaults.js";
import { languageOf, textIn } from "./strings.js";

const FIRST_HEIGHT = 480; // until the frame tells its own

/**
 * The folder that an author names as `site`.
 * @param {unknown} site
 * @returns {URL} a TypeError where it is none
 */
export function siteFolder(site) {
  try {
    const folder = new URL(String(site), document.baseURI);
    if (/^(https?|file):$/.test(folder.protocol)) {
      folder.pathname = folder.pathname.replace(/\/?$/, "/");
      return folder;
    }
  } catch {
    // No address at all.
  }
  throw new TypeError(`site: "${site}" is not allowed; allowed: the address of a folder`);
}

/**
 * The address of a page of the site, with a state in its fragment.
 * @param {Record<string, unknown>} state keys that no state has are left out, but for `site`: the
 *   folder of another copy of the site
 * @param {string} [file]
 */
export function frameAddress(state, file = "embed.html") {
  const { site } = state;
  const known = site !== undefined && site !== null;
  const address = known ? new URL(file, siteFolder(site)) : pageAddress(file);
  const fields = STATE_KEYS.filter((key) => state[key] !== undefined && state[key] !== null);
  address.hash = fields
    .map((key) => `${key}=${encodeURIComponent(String(state[key])).replaceAll("%2C", ",")}`)
    .join("&");
  return address;
}

/**
 * The keys that an address of frameAddress() names.
 * @param {URL} address
 * @returns {Record<string, string>}
 */
function stateOf(address) {
  return Object.fromEntries(new URLSearchParams(address.hash.slice(1)));
}

/** @typedef {{resolve: (value: any) => void, reject: (error: Error) => void}} Waiting */

export class FrameViewer {
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  #listeners = new Listeners();
  #ending = new AbortController();
  #asked = 0;
  /** @type {Waiting} */
  #start;

  /**
   * The frame starts when it is put into a page.
   * @param {URL} address
   * @param {{title?: string}} [options] without a title the frame has its own, in the language that
   *   the address asks for
   */
  constructor(address, { title } = {}) {
    const frame = document.createElement("iframe");
    frame.src = address.href;
    const { lang } = stateOf(address);
    frame.title = title ?? textIn(languageOf(lang), "frameTitle");
    // By properties, which a page's policy against inline styles does not forbid.
    Object.assign(frame.style, {
      display: "block",
      width: "100%",
      height: `${FIRST_HEIGHT}px`,
      border: "0",
    });
    frame.allow = "clipboard-write";
    this.frame = frame;
    /** @type {any} */
    let start;
    /** Resolves when the viewer can be asked. */
    this.ready = new Promise((resolve, reject) => (start = { resolve, reject }));
    this.#start = start;
    this.ready.catch(() => {}); // whoever waits for it hears of it; nobody need wait
    window.addEventListener("message", (event) => this.#hear(event), {
      signal: this.#ending.signal,
    });
  }

  /** @returns {Promise<Record<string, string | number>>} */
  getState() {
    return this.#ask("getState");
  }

  /**
   * @param {Record<string, unknown>} patch
   * @returns {Promise<Record<string, string | number>>} rejects with a RangeError
   */
  setState(patch) {
    return this.#ask("setState", { state: patch });
  }

  /** @returns {Promise<import("./viewer.js").Result>} */
  getResult() {
    return this.#ask("getResult");
  }

  /** The bands of moving mass, in CSS pixels of the frame. */
  getRibbons() {
    return this.#ask("getRibbons");
  }

  /**
   * In CSS pixels of this page's viewport.
   * @param {string} panel
   * @param {number} row
   * @param {number} col
   * @returns {Promise<DOMRect>}
   */
  async cellRect(panel, row, col) {
    const { x, y, width, height } = await this.#ask("cellRect", { panel, row, col });
    const outer = this.frame.getBoundingClientRect();
    return new DOMRect(outer.left + x, outer.top + y, width, height);
  }

  /** @returns {Promise<void>} */
  whenIdle() {
    return this.#ask("whenIdle");
  }

  /** @returns {Promise<number>} */
  get framesDrawn() {
    return this.#ask("framesDrawn");
  }

  /** @returns {Promise<Blob | null>} what the viewer shows, as a PNG; null where it has no picture */
  picture() {
    return this.#ask("picture");
  }

  /**
   * @param {string} type ready, change (with the state) or error (with a message)
   * @param {(detail: any) => void} listener
   * @returns {() => void} ends the listening
   */
  on(type, listener) {
    return this.#listeners.on(type, listener);
  }

  /** Takes the frame away, and with it everything that it holds. Twice does no harm. */
  destroy() {
    if (this.#ending.signal.aborted) return;
    this.#ending.abort();
    this.frame.remove();
    const gone = new Error("this viewer was destroyed");
    this.#start.reject(gone);
    for (const { reject } of this.#waiting.values()) reject(gone);
    this.#waiting.clear();
    this.#listeners.clear();
  }

  /**
   * @param {string} type
   * @param {Record<string, unknown>} [message]
   * @returns {Promise<any>}
   */
  async #ask(type, message = {}) {
    await this.ready;
    if (this.#ending.signal.aborted) throw new Error("this viewer was destroyed");
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      // To whatever origin the frame has: a sandboxed one has none that could be named.
      this.frame.contentWindow?.postMessage({ source: "softmask", ...message, type, id }, "*");
    });
  }

  /** @param {MessageEvent} event */
  #hear({ source, data }) {
    if (source === null || source !== this.frame.contentWindow) return;
    if (typeof data !== "object" || data === null || data.source !== "softmask") return;
    if (data.type === "reply") this.#answered(data);
    else if (data.type === "height") this.#resize(data.height);
    else if (data.type === "ready") this.#begin();
    else if (data.type === "change") this.#listeners.emit("change", data.state);
    else if (data.type === "error") this.#listeners.emit("error", String(data.message));
    else if (data.type === "failed") this.#start.reject(new Error(String(data.message)));
  }

  #begin() {
    this.#start.resolve(undefined);
    this.#listeners.emit("ready", undefined);
  }

  /** @param {unknown} height */
  #resize(height) {
    if (typeof height !== "number" || !(height >= 0 && height < 1e6)) return;
    this.frame.style.height = `${height}px`;
  }

  /** @param {any} reply */
  #answered({ id, value, error, name }) {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    if (error === undefined) return waiting.resolve(value);
    const kinds = /** @type {Record<string, any>} */ ({ RangeError, TypeError });
    waiting.reject(new (kinds[name] ?? Error)(String(error)));
  }
}
