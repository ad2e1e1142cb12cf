// The Chinese font of the picture: two small files that are fetched when Chinese is wanted, never
// otherwise.

import { siteFiles } from "./site_files.js";
import { text } from "./strings.js";

const FILES = ["chinese-regular.otf", "chinese-bold.otf"];

/**
 * @param {AbortSignal} signal
 * @returns {Promise<Uint8Array[]>}
 */
function fetchFiles(signal) {
  return Promise.all(
    FILES.map(async (name) => {
      const response = await siteFiles().open(name, { signal });
      return new Uint8Array(await response.arrayBuffer());
    }),
  );
}

/**
 * Hands the files to the application.
 * @param {any} app
 * @param {Uint8Array[]} files
 * @returns {boolean} whether they are the font
 */
function addTo(app, files) {
  const lent = files.map((file) => {
    const pointer = app._malloc(file.length);
    if (pointer) app.HEAPU8.set(file, pointer);
    return [pointer, pointer ? file.length : 0];
  });
  try {
    return Boolean(app._softmask_add_chinese(...lent.flat()));
  } finally {
    for (const [pointer] of lent) app._free(pointer);
  }
}

export class ChineseFont {
  #app;
  #signal;
  #onEnd;
  #there = false;
  /** @type {Promise<void> | null} */
  #coming = null;

  /**
   * @param {Promise<any>} app the application, once it is loaded; a failure of that is told elsewhere
   * @param {AbortSignal} signal ends everything
   * @param {(problem: string) => void} onEnd is told that the font is in use (empty), or why not
   */
  constructor(app, signal, onEnd) {
    this.#app = app.catch(() => null);
    this.#signal = signal;
    this.#onEnd = onEnd;
  }

  /** Fetches it, unless it is there or on its way; after a failure that is another try. */
  want() {
    if (this.#there || this.#coming) return;
    this.#coming = this.#bring().finally(() => {
      this.#coming = null;
    });
  }

  /**
   * Resolves when nothing of it is on its way, whatever has come of it.
   * @param {number} [patienceMs] at the latest then
   */
  async settled(patienceMs) {
    if (!this.#coming) return;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const patience = new Promise((resolve) => {
      if (patienceMs !== undefined) timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([this.#coming, patience]);
    clearTimeout(timer);
  }

  async #bring() {
    let problem = "";
    try {
      const [app, files] = await Promise.all([this.#app, fetchFiles(this.#signal)]);
      if (this.#signal.aborted || !app) return;
      this.#there = addTo(app, files);
      if (!this.#there) problem = text("notAFont", FILES.join(", "));
    } catch (error) {
      if (this.#signal.aborted) return;
      problem = error instanceof Error ? error.message : String(error);
    }
    this.#onEnd(problem);
  }
}
