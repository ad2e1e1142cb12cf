// The viewer on one canvas: the application's WebAssembly with the interface that pages use
// (window.softmask). It knows the exported C functions and nothing else of the application.

import { counted, take, withText } from "./app_memory.js";
import { loadApplication } from "./app_module.js";
import { ChineseFont } from "./chinese_font.js";
import { copyText } from "./clipboard.js";
import { listenForFocus } from "./focus.js";
import { FrameLoop } from "./frame_loop.js";
import { listenToKeys } from "./keys.js";
import { Listeners } from "./listeners.js";
import { ribbonsOf } from "./ribbons.js";
import { parseState, patchText } from "./state_text.js";
import { language, languageOf, onLanguage, setLanguage, text } from "./strings.js";
import { TextEntry } from "./text_entry.js";
import { listenForZoom } from "./zoom_input.js";
import { twinAccess } from "./twin/access.js";

/**
 * @typedef {{rows: number, cols: number, scores: Float32Array, mask: Uint8Array,
 *   maskedScores: Float32Array, baseline: Float32Array, probabilities: Float32Array,
 *   moved: Float32Array, notes: string[]}} Result
 * @typedef {Record<string, string | number>} State
 */

// How a change wants to be remembered (platform/host.h, ChangeKind).
export const CHANGE = { step: 0, continuation: 1, look: 2, history: 3 };

// How long the first picture waits for the Chinese font, which is fetched beside the application.
// What takes longer comes into an English picture.
const FONT_PATIENCE_MS = 2000;

const PANELS = ["scores", "mask", "masked", "probabilities"];

export class Viewer {
  /** @type {any} */
  #app = null;
  #listeners = new Listeners();
  #ending = new AbortController();
  #frames = new FrameLoop(
    (now) => {
      this.#app?._softmask_frame(now);
      this.#tellWork();
    },
    () => {
      const goesOn = Boolean(this.#app?._softmask_go_on());
      this.#tellWork();
      return goesOn;
    },
  );
  #destroyed = false;
  /** @type {(() => void)[]} */
  #cleanups = [];
  /** @type {TextEntry} */
  #entry;
  /** @type {ReturnType<typeof twinAccess> | null} */
  #twin = null;
  /** @type {ChineseFont | null} */
  #chinese = null;

  /**
   * @param {{canvas: HTMLCanvasElement, container: HTMLElement, fragment?: string,
   *   embedded?: boolean, onChange?: (kind: number, link: string) => void,
   *   onProgress?: (received: number, total: number) => void,
   *   onPicture?: (problem: string) => void, onShare?: () => void, onImport?: () => void,
   *   onWords?: (problem: string) => void, onWork?: (part: number | null) => void}} options
   *   `container` gives the width; onPicture tells once whether there is a picture (empty) or why
   *   not; onShare offers links to the present state, onImport takes scores of the reader's own,
   *   without them there are no buttons for that;
   *   onWords tells that notes and lessons are in another language from now on (empty), or why
   *   Chinese is wanted and not there; onWork tells how far numbers under way are, 0 … 1, and null
   *   once there are none.
   */
  constructor(options) {
    this.options = options;
    this.#entry = new TextEntry(options.container, options.canvas, (key, value) => {
      try {
        this.setState({ [key]: value });
        return "";
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    });
    /** Resolves when numbers and state can be asked for. */
    this.ready = this.#start();
  }

  async #start() {
    const { canvas, fragment = "", onProgress = () => {} } = this.options;
    const loading = loadApplication(this.#host(), canvas, onProgress);
    this.#chinese = new ChineseFont(loading, this.#ending.signal, (problem) => {
      if (problem) this.#listeners.emit("error", problem);
      this.options.onWords?.(problem);
    });
    if (language() === "zh-CN") this.#chinese.want();
    try {
      this.#app = await loading;
    } catch (error) {
      this.#ending.abort();
      this.#listeners.emit("error", error instanceof Error ? error.message : String(error));
      throw error;
    }
    await this.#chinese.settled(FONT_PATIENCE_MS);
    if (this.#destroyed) throw new Error("the viewer was destroyed before it was ready");
    this.#watchSurroundings();
    this.#listenToCanvas();
    this.#tellEnvironment();
    const { width, ratio } = this.#size();
    const problem = withText(this.#app, fragment, (link) =>
      this.#app.UTF8ToString(this.#app._softmask_start(link, width, ratio)),
    );
    setLanguage(this.getState().lang);
    this.options.onPicture?.(problem);
    if (problem) this.#listeners.emit("error", text("noPicture", problem));
    if (!problem) await this.#frames.idle();
    this.#listeners.emit("ready", undefined);
  }

  // ---- what pages call

  getState() {
    return parseState(this.#text("_softmask_state"));
  }

  /** @param {unknown} patch */
  setState(patch) {
    const app = this.#running();
    const problem = withText(this.#app, patchText(patch), (text) =>
      app.UTF8ToString(app._softmask_set_state(text)),
    );
    if (problem) throw new RangeError(problem);
    return this.getState();
  }

  /** @returns {Result} */
  getResult() {
    const { rows, cols } = this.getState();
    const notes = this.#text("_softmask_notes");
    return {
      rows: Number(rows),
      cols: Number(cols),
      scores: this.#floats(0),
      mask: this.#bytes(1),
      maskedScores: this.#floats(2),
      baseline: this.#floats(3),
      probabilities: this.#floats(4),
      moved: this.#floats(5),
      notes: notes.split("\n").filter((line) => line !== ""),
    };
  }

  /**
   * @param {string} panel
   * @param {number} row
   * @param {number} col
   */
  cellRect(panel, row, col) {
    const app = this.#running();
    const [rows, cols] = [app._softmask_rows(), app._softmask_cols()];
    if (!PANELS.includes(panel)) {
      throw new RangeError(`panel: "${panel}" is not allowed; allowed: ${PANELS.join(", ")}`);
    }
    if (!Number.isInteger(row) || row < -1 || row >= rows) {
      throw new RangeError(`row: ${row} is not allowed; allowed: integer -1 … ${rows - 1}`);
    }
    if (!Number.isInteger(col) || col < 0 || col >= cols) {
      throw new RangeError(`col: ${col} is not allowed; allowed: integer 0 … ${cols - 1}`);
    }
    const at = withText(this.#app, panel, (text) => app._softmask_cell_rect(text, row, col)) / 4;
    const [x, y, width, height] = app.HEAPF32.subarray(at, at + 4);
    const canvas = this.options.canvas.getBoundingClientRect();
    if (width <= 0) return new DOMRect(0, 0, 0, 0);
    return new DOMRect(canvas.left + x, canvas.top + y, width, height);
  }

  /**
   * The bands of moving mass as the last frame drew them, with their ends on the upper and the lower
   * bar in CSS pixels: a band is as wide as the mass that it carries.
   * @returns {{kind: string, top: [number, number], bottom: [number, number]}[]}
   */
  getRibbons() {
    return ribbonsOf(this.#running());
  }

  /** @returns {Promise<Blob | null>} what is shown, as a PNG; null where there is no picture */
  picture() {
    if (!this.drawAtOnce()) return Promise.resolve(null);
    return new Promise((resolve) => this.options.canvas.toBlob(resolve, "image/png"));
  }

  #times = 1;

  /**
   * Lays the screen out with more pixels, for slides and papers, as long as `use` has it; the canvas
   * stays as it is.
   * @template T
   * @param {number} times
   * @param {(app: any) => T | Promise<T>} use
   */
  async magnified(times, use) {
    const app = this.#running();
    try {
      app._softmask_hold(1);
      this.#times = times;
      this.#resize();
      await this.whenIdle();
      this.finishMotion();
      return await use(this.#running());
    } finally {
      this.#times = 1;
      this.#resize();
      this.#app?._softmask_hold(0);
    }
  }

  finishMotion() {
    const app = this.#running();
    for (let later = 1; later < 5 && this.#frames.take(); later++) {
      // A motion ends where the clock has jumped past it.
      app._softmask_frame(performance.now() + later * 10000);
    }
  }

  /** @returns {boolean} whether the canvas can be read: until the browser clears what it has shown */
  drawAtOnce() {
    this.finishMotion();
    return Boolean(this.#running()._softmask_draw_again());
  }

  /** @returns {Promise<void>} */
  async whenIdle() {
    await this.#chinese?.settled(); // it will be drawn with
    return this.#frames.idle();
  }

  get framesDrawn() {
    return this.#app ? this.#app._softmask_frames_drawn() : 0;
  }

  /**
   * @param {string} type
   * @param {(detail: unknown) => void} listener
   */
  on(type, listener) {
    return this.#listeners.on(type, listener);
  }

  destroy() {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#ending.abort();
    for (const clean of this.#cleanups) clean();
    this.#frames.stop();
    this.#entry.close();
    const { canvas } = this.options;
    const context = this.#app ? canvas.getContext("webgl2") : null;
    this.#app?._softmask_stop();
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    this.#app = null;
    this.#twin = null;
    this.#listeners.clear();
  }

  // ---- for the page around

  /** @param {string} fragment @param {number} [matrix] own scores that belong to it */
  loadLink(fragment, matrix) {
    if (this.#destroyed) return; // an address may change after the viewer has gone
    const app = this.#running();
    withText(this.#app, fragment, (text) => app._softmask_load_link(text, matrix));
  }

  /** The number of own scores that the link cannot carry; 0 where there are none. */
  get matrix() {
    return this.#running()._softmask_matrix();
  }

  /**
   * The reader's own scores. A RangeError where they are not taken.
   * @param {{rows: number, cols: number, values: Float32Array}} matrix
   */
  setOwnScores({ rows, cols, values }) {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const app = this.#running();
    take(app, bytes, (at) => app._softmask_set_own_scores(at, rows, cols));
  }

  /**
   * A mask, 1 = masked: of one row for all of them, or of every cell.
   * @param {Uint8Array} bits
   */
  setMaskBits(bits) {
    const app = this.#running();
    take(app, bits, (at) => app._softmask_set_mask_bits(at, bits.length));
  }

  get link() {
    return this.#text("_softmask_link");
  }

  get sentence() {
    return this.#text("_softmask_sentence");
  }

  /** What a screen reader is to be told since it was asked for last. */
  takeAnnouncement() {
    return this.#text("_softmask_announcement");
  }

  /** Commands and texts for the twin beside the picture. */
  get twin() {
    return (this.#twin ??= twinAccess(this.#running()));
  }

  // ---- what the application calls (src/platform/web_host.js)

  #host() {
    const { canvas } = this.options;
    return {
      requestFrame: () => this.#frames.want(),
      canvasResized: (
        /** @type {number} */ w,
        /** @type {number} */ h,
        /** @type {number} */ k,
      ) => {
        canvas.style.width = `${w / k}px`;
        canvas.style.height = `${h / k}px`;
      },
      stateChanged: (/** @type {number} */ kind) => {
        setLanguage(this.getState().lang);
        this.options.onChange?.(kind, this.link);
        this.#listeners.emit("change", this.getState());
      },
      copyText: async (/** @type {string} */ what, /** @type {string} */ text) => {
        const copied = await copyText(text);
        if (copied && this.#app)
          withText(this.#app, what, (name) => this.#app._softmask_copied(name));
      },
      openShare: () => this.options.onShare?.(),
      openImport: () => this.options.onImport?.(),
      editText: (/** @type {import("./text_entry.js").Entry} */ entry) => this.#entry.open(entry),
      leaveFocus: () => canvas.blur(),
      randomBits: () => crypto.getRandomValues(new Uint32Array(1))[0],
      reportError: (/** @type {string} */ message) => this.#listeners.emit("error", message),
    };
  }

  // ---- work under way

  /** How far numbers under way are, 0 … 1; null where there are none. */
  get work() {
    const part = this.#app ? this.#app._softmask_work() : -1;
    return part < 0 ? null : part;
  }

  /** Back to the state whose numbers are there; false where nothing was under way. */
  cancelWork() {
    return Boolean(this.#running()._softmask_cancel_work());
  }

  #workTold = /** @type {number | null} */ (null);
  #tellWork() {
    const part = this.work;
    if (part === this.#workTold) return;
    this.#workTold = part;
    this.options.onWork?.(part);
  }

  // ---- surroundings

  #size() {
    const ratio = (window.devicePixelRatio || 1) * this.#times;
    const width = Math.floor(this.options.container.getBoundingClientRect().width * ratio);
    return { width: Math.max(width, 1), ratio };
  }

  #resize() {
    const { width, ratio } = this.#size();
    if (width <= 1) return; // not shown; its size comes before word that it is out of sight
    this.#entry.close();
    this.#app?._softmask_resize(width, ratio);
  }

  #tellEnvironment() {
    const is = (/** @type {string} */ query) => window.matchMedia(query).matches;
    const bits =
      (is("(prefers-color-scheme: dark)") ? 1 : 0) |
      (is("(prefers-reduced-motion: reduce)") ? 2 : 0) |
      (is("(pointer: coarse)") ? 4 : 0) |
      (document.activeElement === this.options.canvas ? 8 : 0) |
      (this.options.embedded ? 16 : 0) |
      (this.options.onShare ? 32 : 0) |
      (languageOf("auto") === "zh-CN" ? 64 : 0) |
      (this.options.onImport ? 128 : 0);
    this.#app?._softmask_environment(bits);
  }

  #watchSurroundings() {
    const { canvas, container } = this.options;
    const { signal } = this.#ending;
    for (const query of [
      "(prefers-color-scheme: dark)",
      "(prefers-reduced-motion: reduce)",
      "(pointer: coarse)",
    ]) {
      window
        .matchMedia(query)
        .addEventListener("change", () => this.#tellEnvironment(), { signal });
    }
    const sizes = new ResizeObserver(() => this.#resize());
    sizes.observe(container);
    // Page zoom and another monitor change the ratio without changing the container's size.
    const watchRatio = () => {
      if (this.#destroyed) return;
      window
        .matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
        .addEventListener("change", () => (this.#resize(), watchRatio()), { once: true, signal });
    };
    watchRatio();
    const sight = new IntersectionObserver((entries) => {
      this.#frames.visible = entries[entries.length - 1].isIntersecting;
    });
    sight.observe(canvas);
    document.addEventListener("visibilitychange", () => this.#frames.follow(), { signal });
    this.#cleanups.push(
      onLanguage(() => {
        this.#tellEnvironment();
        if (language() === "zh-CN") this.#chinese?.want();
      }),
      () => (sizes.disconnect(), sight.disconnect()),
    );
  }

  #listenToCanvas() {
    const { canvas, container } = this.options;
    const { signal } = this.#ending;
    listenForFocus(canvas, signal);
    listenForZoom(canvas, (...how) => Boolean(this.#app?._softmask_zoom(...how)), signal);
    // The keys of a page that has the focus elsewhere do not reach SDL, the pointer's event knows.
    container.addEventListener(
      "mousedown",
      (event) => this.#app?._softmask_pointer_shift(event.shiftKey ? 1 : 0),
      { capture: true, signal },
    );
    for (const type of ["focus", "blur"]) {
      canvas.addEventListener(type, () => this.#tellEnvironment(), { signal });
    }
    const inLesson = () => this.#app !== null && this.getState().lesson !== "";
    listenToKeys(canvas, container, (c) => this.#app?._softmask_type(c), inLesson, signal);
    canvas.addEventListener(
      "webglcontextlost",
      (event) => {
        event.preventDefault(); // or it would never come back
        this.#app?._softmask_context(0);
        this.options.onPicture?.(text("contextLost"));
      },
      { signal },
    );
    canvas.addEventListener(
      "webglcontextrestored",
      () => {
        this.#app?._softmask_context(1);
        this.options.onPicture?.("");
      },
      { signal },
    );
  }

  // ---- the application's memory

  #running() {
    if (this.#destroyed) throw new Error("this viewer was destroyed");
    if (!this.#app) throw new Error("the viewer is not ready: await viewer.ready first");
    return this.#app;
  }

  /** @param {string} name of an exported function that returns text */
  #text(name) {
    const app = this.#running();
    return app.UTF8ToString(app[name]());
  }

  /** @param {number} which */
  #block(which) {
    const app = this.#running();
    return counted(app, (count) => app._softmask_result(which, count));
  }

  /** @param {number} which */
  #floats(which) {
    const { pointer, count } = this.#block(which);
    return /** @type {Float32Array} */ (this.#app.HEAPF32.slice(pointer / 4, pointer / 4 + count));
  }

  /** @param {number} which */
  #bytes(which) {
    const { pointer, count } = this.#block(which);
    return /** @type {Uint8Array} */ (this.#app.HEAPU8.slice(pointer, pointer + count));
  }
}
