// One window of WebKit with the part of puppeteer's Page that the tests use.

import { EventEmitter } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { WebKitFrame, until } from "./frame.js";
import { Keyboard, Mouse } from "./input.js";
import { startProxy } from "./proxy.js";

/** @typedef {{width: number, height: number, deviceScaleFactor?: number}} Viewport */

/** Emits "console", "request" as puppeteer's Page does; what scripts throw is in the console, too. */
export class WebKitPage extends EventEmitter {
  keyboard = new Keyboard(this);
  mouse = new Mouse(this);
  /** @type {Viewport} */
  #viewport = { width: 1024, height: 768, deviceScaleFactor: 1 };
  #look = { dark: false, still: false };
  #proxy = /** @type {Awaited<ReturnType<typeof startProxy>> | null} */ (null);
  #ends = /** @type {(() => void)[]} */ ([]);

  /**
   * @param {import("./session.js").Session} session
   * @param {string} handle WebDriver's name of the window
   * @param {number} view its number in windows.py
   */
  constructor(session, handle, view) {
    super();
    this.session = session;
    this.handle = handle;
    this.view = view;
    this.top = new WebKitFrame(this, null);
    for (const name of /** @type {const} */ ([
      ...["evaluate", "evaluateHandle", "$", "$$", "$eval", "$$eval", "waitForFunction"],
      ...["waitForSelector", "focus", "click", "select"],
    ])) {
      this[name] = this.top[name].bind(this.top);
    }
    this.#listen("console", ({ level, text }) =>
      // The console of a WebKit window does not say where its lines come from.
      this.emit("console", { type: () => level, text: () => text, location: () => ({}) }),
    );
    this.#listen("request", (heard) => {
      this.emit("request", { url: () => heard.url });
    });
  }

  #listen(name, act) {
    const here = (heard) => heard.view === this.view && act(heard);
    this.session.on(name, here);
    this.#ends.push(() => this.session.off(name, here));
  }

  #in(method, command, body = undefined) {
    return this.session.in({ handle: this.handle, frames: [] }, method, command, body);
  }

  /** Input events of one device; the others' state stays as it is. */
  perform(actions) {
    return this.#in("post", "/actions", { actions: [actions] });
  }

  // ---- where it is

  async goto(url, { waitUntil = "load" } = {}) {
    await this.#in("post", "/url", { url });
    await this.#loaded(waitUntil);
  }

  async goBack() {
    await this.#in("post", "/back");
    await this.#loaded();
  }

  async goForward() {
    await this.#in("post", "/forward");
    await this.#loaded();
  }

  async reload() {
    await this.#in("post", "/refresh");
    await this.#loaded();
  }

  /** The driver itself waits for the document alone. */
  async #loaded(waitUntil = "load") {
    if (waitUntil === "load") await this.waitForFunction(() => document.readyState === "complete");
  }

  /** @returns {Promise<string>} */
  url() {
    return this.#in("get", "/url");
  }

  title() {
    return this.evaluate(() => document.title);
  }

  mainFrame() {
    return this.top;
  }

  frames() {
    return this.top.tree();
  }

  waitForFrame(wanted) {
    return until(async () => (await this.frames()).find(wanted) ?? null, "a frame");
  }

  cookies() {
    return this.#in("get", "/cookie");
  }

  // ---- how it looks

  /** @param {Viewport} viewport its ratio is that of the browser, which never changes */
  async setViewport({ width, height, deviceScaleFactor = 1 }) {
    this.#viewport = { width, height, deviceScaleFactor };
    await this.session.ask("resize", { width, height }, this.view);
    await this.waitForFunction(
      (...wanted) => innerWidth === wanted[0] && innerHeight === wanted[1],
      {},
      width,
      height,
    );
    const ratio = await this.evaluate(() => devicePixelRatio);
    if (ratio !== deviceScaleFactor) throw new Error(`the ratio is ${ratio}`);
  }

  viewport() {
    return this.#viewport;
  }

  async emulateMediaFeatures(features) {
    for (const { name, value } of features) {
      if (name === "prefers-color-scheme") this.#look.dark = value === "dark";
      else if (name === "prefers-reduced-motion") this.#look.still = value === "reduce";
      else throw new Error(`WebKit has no way to set ${name}`);
    }
    await this.session.ask("look", this.#look);
    await this.waitForFunction(
      ({ dark, still }) =>
        matchMedia("(prefers-color-scheme: dark)").matches === dark &&
        matchMedia("(prefers-reduced-motion: reduce)").matches === still,
      {},
      this.#look,
    );
  }

  /** @param {{clip?: {x: number, y: number, width: number, height: number}, encoding?: string}} [options] */
  async screenshot({ clip, encoding } = {}) {
    let png = await this.#stillPicture();
    if (clip) {
      const [left, top] = await this.evaluate(() => [scrollX, scrollY]);
      const ratio = this.#viewport.deviceScaleFactor ?? 1;
      const edge = (at) => Math.round(at * ratio);
      const [x, y] = [edge(clip.x - left), edge(clip.y - top)];
      const [right, bottom] = [clip.x - left + clip.width, clip.y - top + clip.height];
      const size = {
        width: edge(Math.min(right, this.#viewport.width)) - x,
        height: edge(Math.min(bottom, this.#viewport.height)) - y,
      };
      png = await this.session.ask("crop", { png, x, y, ...size });
    }
    return encoding === "base64" ? png : Buffer.from(png, "base64");
  }

  /** WebKit puts what WebGL has drawn on the screen when it sees fit: two pictures that agree. */
  async #stillPicture() {
    const picture = async () => {
      await this.evaluate(
        () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
      );
      return this.#in("get", "/screenshot");
    };
    let before = await picture();
    for (let i = 0; i < 10; i++) {
      const now = await picture();
      if (now === before) break;
      before = now;
    }
    return before;
  }

  async pdf() {
    const folder = await mkdtemp(path.join(tmpdir(), "softmask-print-"));
    try {
      const file = path.join(folder, "page.pdf");
      const { failed } = await this.session.ask("print", { file }, this.view);
      if (failed) throw new Error(failed);
      return await readFile(file);
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  // ---- what it gets

  /** From the next document on, in every frame, before any script of its own. */
  async evaluateOnNewDocument(body, ...args) {
    const source = `(${body})(...${JSON.stringify(args)});`;
    await this.session.ask("script", { source }, this.view);
  }

  /** From then on "request" listeners decide what comes of each request. */
  async setRequestInterception(wanted) {
    if (!wanted || this.#proxy) return;
    this.session.removeAllListeners("request");
    this.#proxy = await startProxy((request) => this.emit("request", request));
    await this.session.ask("proxy", { address: this.#proxy.address });
  }

  browserContext() {
    // windows.py grants whatever a page asks for.
    return { overridePermissions: async () => {} };
  }

  async close() {
    for (const end of this.#ends) end();
    if (this.#proxy) {
      await this.session.ask("proxy", { address: null });
      await this.#proxy.close();
    }
    await this.#in("delete", "/window");
  }
}
