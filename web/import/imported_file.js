// A file or a pasted text as a matrix, by import.wasm (src/view/import): what is in it, then one matrix
// of it. Files are read in pieces: their beginning, and the bytes of the matrix that is wanted.

/** Bytes of a file at a time, between which a page lives on and the reader may stop. */
const PIECE = 1 << 22;
/** Bytes of a text, or values, of which numbers are made between two looks at the clock. */
const PARSED = 1 << 16;
/** In ms. */
const BETWEEN_RESTS = 25;
/** A guess of how much of the reading is done when the bytes are there, of 1: of a text, of anything else. */
const FED_TEXT = 0.05;
const FED = 0.7;
/** Values of which a copy is long enough to rest after it. */
const MANY = 1 << 20;
/** As many bytes of the beginning as tell what a file is; kFileBeginning of import_file.h. */
const BEGINNING = 65_536;

const KINDS = /** @type {const} */ (["text", "npy", "safetensors", "npz", "torch"]);

/**
 * @typedef {{name: string, dtype: string, readable: boolean, shape: number[]}} Tensor   `dtype` as
 *   NumPy or the .safetensors file spells it; the array of a .npy file has no name
 * @typedef {{rows: number, cols: number, values: Float32Array, overflowed: number}} Matrix
 *   `overflowed`: how many finite values were beyond float32 and are infinite
 */

const IMPORTS = {
  env: { emscripten_notify_memory_growth() {} },
  wasi_snapshot_preview1: { proc_exit() {} },
};

/**
 * What reads files, one at a time.
 * @param {Promise<Response> | Response | BufferSource} source import.wasm
 */
export async function loadImporter(source) {
  const given = await source;
  const { instance } =
    given instanceof Response
      ? await WebAssembly.instantiate(await given.arrayBuffer(), IMPORTS)
      : await WebAssembly.instantiate(given, IMPORTS);
  const exports = /** @type {any} */ (instance.exports);
  exports._initialize?.();
  if (!exports.softmask_import_open) throw new TypeError("no softmask_import_open");
  return new Importer(exports);
}

/** Lets the page handle what has come in the meantime, without the 4 ms of a timer. */
const rest = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });

export class Importer {
  #exports;
  /** @type {Blob | null} */
  #file = null;
  /** How much of reading a matrix of it is done when its bytes are there. */
  #fed = FED;
  /** Counts what was asked for: the module does one thing at a time, and what comes later ends it. */
  #turn = 0;

  /** @param {any} exports of import.wasm */
  constructor(exports) {
    this.#exports = exports;
  }

  /**
   * In which language refusals are from now on; English from the start.
   * @param {import("../strings.js").Language} language
   */
  setLanguage(language) {
    this.#exports.softmask_import_language(language === "zh-CN" ? 1 : 0);
  }

  /**
   * Finds out what a file is. A RangeError says in words, with the place, why it cannot be read; an
   * AbortError that something else was asked for in the meantime.
   * @param {Blob} file
   * @returns {Promise<{kind: typeof KINDS[number], tensors: Tensor[]}>} a text has no tensors yet
   */
  async open(file) {
    const exports = this.#exports;
    const turn = ++this.#turn;
    this.#file = null;
    await this.#look(turn, file, 0, Math.min(BEGINNING, file.size), (block, count) =>
      exports.softmask_import_open(block, count, file.size),
    );
    for (;;) {
      const begin = exports.softmask_import_wanted_begin();
      const end = exports.softmask_import_wanted_end();
      if (begin >= end) break;
      await this.#look(turn, file, begin, end, (block, count) =>
        exports.softmask_import_read_on(block, count, begin),
      );
    }
    this.#file = file;
    const kind = KINDS[this.#exports.softmask_import_kind()];
    this.#fed = kind === "text" ? FED_TEXT : FED;
    const tensors = Array.from({ length: this.#exports.softmask_import_tensors() }, (_, i) =>
      this.#tensor(i),
    );
    return { kind, tensors };
  }

  /**
   * Reads one matrix: of a tensor of higher rank that of the last two dims at `slice`, the indices of
   * the dims before them. A RangeError as above; an AbortError where `signal` ended it.
   * @param {number} tensor
   * @param {number[]} slice
   * @param {{signal?: AbortSignal, onProgress?: (part: number) => void}} [options]
   * @returns {Promise<Matrix>}
   */
  async read(tensor, slice, options = {}) {
    if (!this.#file) throw new Error("no file is open");
    const exports = this.#exports;
    const turn = ++this.#turn;
    const indices = this.#alloc(8 * Math.max(slice.length, 1));
    try {
      new Float64Array(exports.memory.buffer, indices, slice.length).set(slice);
      this.#check(exports.softmask_import_start(tensor, indices, slice.length));
      await this.#feed(turn, this.#file, options);
      await this.#parse(turn, options);
      this.#check(exports.softmask_import_finish());
    } finally {
      if (turn === this.#turn) exports.softmask_import_drop();
      exports.softmask_free(indices);
    }
    const rows = exports.softmask_import_rows();
    const cols = exports.softmask_import_cols();
    const at = exports.softmask_import_values();
    const values = new Float32Array(exports.memory.buffer, at, rows * cols).slice();
    const overflowed = exports.softmask_import_overflowed();
    // What is done with many values is a task of its own.
    if (values.length > MANY) await rest();
    return { rows, cols, values, overflowed };
  }

  /**
   * The matrix that was read last as a mask of scores of that shape, 1 = masked: one bit a column,
   * or one a cell. A RangeError where it is none, or cannot be broadcast to them.
   * @param {boolean} trueIsMasked of a mask of true and false, or of ones and zeros
   * @param {{rows: number, cols: number}} scores
   */
  mask(trueIsMasked, { rows, cols }) {
    const exports = this.#exports;
    this.#check(exports.softmask_import_mask(trueIsMasked ? 1 : 0, rows, cols));
    const count = exports.softmask_import_bit_count();
    return new Uint8Array(exports.memory.buffer, exports.softmask_import_bits(), count).slice();
  }

  /** @param {number} refused */
  #check(refused) {
    if (refused) throw new RangeError(this.#text(this.#exports.softmask_import_message()));
  }

  /** @param {number} at */
  #text(at) {
    const bytes = new Uint8Array(this.#exports.memory.buffer, at);
    return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
  }

  /** @param {number} index @returns {Tensor} */
  #tensor(index) {
    const lines = this.#text(this.#exports.softmask_import_tensor(index)).split("\n");
    const [name, dtype, readable, ...shape] = lines;
    return { name, dtype, readable: readable === "1", shape: shape.map(Number) };
  }

  /** @param {number} bytes */
  #alloc(bytes) {
    const { softmask_alloc, softmask_import_no_memory } = this.#exports;
    // The module sees 32 bits of the number, and has 2 GB at most.
    const block = bytes < 2 ** 31 ? softmask_alloc(bytes) >>> 0 : 0;
    if (block === 0) {
      softmask_import_no_memory(bytes);
      this.#check(1);
    }
    return block;
  }

  /**
   * Lets the module see a part of a file.
   * @param {number} turn
   * @param {Blob} file
   * @param {number} begin @param {number} end
   * @param {(block: number, count: number) => number} see
   */
  async #look(turn, file, begin, end, see) {
    const bytes = new Uint8Array(await file.slice(begin, end).arrayBuffer());
    if (turn !== this.#turn) throw new DOMException("another file was opened", "AbortError");
    const block = this.#alloc(Math.max(bytes.length, 1));
    try {
      new Uint8Array(this.#exports.memory.buffer, block, bytes.length).set(bytes);
      this.#check(see(block, bytes.length));
    } finally {
      this.#exports.softmask_free(block);
    }
  }

  /**
   * Feeds the bytes that the matrix is made of, a piece at a time.
   * @param {number} turn
   * @param {Blob} file
   * @param {{signal?: AbortSignal, onProgress?: (part: number) => void}} options
   */
  async #feed(turn, file, { signal, onProgress }) {
    const { softmask_import_begin, softmask_import_end, softmask_import_feed } = this.#exports;
    const begin = softmask_import_begin();
    const end = softmask_import_end();
    for (let at = begin; at < end; at += PIECE) {
      signal?.throwIfAborted();
      const next = Math.min(at + PIECE, end);
      await this.#look(turn, file, at, next, softmask_import_feed);
      onProgress?.(((next - begin) / (end - begin)) * this.#fed);
    }
  }

  /**
   * Makes numbers of what was fed.
   * @param {number} turn
   * @param {{signal?: AbortSignal, onProgress?: (part: number) => void}} options
   */
  async #parse(turn, { signal, onProgress }) {
    const { softmask_import_parse, softmask_import_parsed } = this.#exports;
    let rested = performance.now();
    while (softmask_import_parse(PARSED)) {
      if (performance.now() - rested < BETWEEN_RESTS) continue;
      onProgress?.(this.#fed + (1 - this.#fed) * softmask_import_parsed());
      await rest();
      signal?.throwIfAborted();
      if (turn !== this.#turn) throw new DOMException("another file was opened", "AbortError");
      rested = performance.now();
    }
  }
}
