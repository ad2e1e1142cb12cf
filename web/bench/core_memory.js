// The core's modules without core.js: the benchmark times what WebAssembly does with numbers that
// already lie in its memory, as its peers keep theirs.

import { siteFiles } from "../site_files.js";

/** A module of the core, and blocks of its memory. */
export class CoreMemory {
  /** @param {any} exports */
  constructor(exports) {
    this.exports = exports;
    /** @type {number[]} */
    this.blocks = [];
  }

  /** @param {"core-relaxed.wasm" | "core-simd.wasm" | "core-scalar.wasm"} file */
  static async load(file) {
    const imports = {
      env: { emscripten_notify_memory_growth() {} },
      wasi_snapshot_preview1: { proc_exit() {} },
    };
    const response = siteFiles().open(file);
    const { instance } = await WebAssembly.instantiateStreaming(response, imports);
    /** @type {any} */ (instance.exports)._initialize?.();
    return new CoreMemory(instance.exports);
  }

  /** A block that free() gives back. @param {number} bytes */
  alloc(bytes) {
    const block = this.exports.softmask_alloc(bytes) >>> 0;
    if (block === 0) throw new RangeError(`out of memory: ${bytes} bytes`);
    this.blocks.push(block);
    return block;
  }

  /** A block that holds the array. @param {Float32Array | Uint8Array} array */
  store(array) {
    const block = this.alloc(array.byteLength);
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    new Uint8Array(this.exports.memory.buffer, block, array.byteLength).set(bytes);
    return block;
  }

  /** A copy of n floats. @param {number} block @param {number} n */
  floats(block, n) {
    return new Float32Array(this.exports.memory.buffer, block, n).slice();
  }

  free() {
    for (const block of this.blocks.splice(0)) this.exports.softmask_free(block);
  }
}
