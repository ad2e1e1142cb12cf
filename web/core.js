// The numerical core of Softmask for JavaScript: see core.d.ts for what it offers.
//
// Everything is computed by core-relaxed.wasm, core-simd.wasm or core-scalar.wasm, which lie beside
// this file. Here arguments are checked, so that WebAssembly only ever sees what it can do, and
// arrays are copied in and out. Nothing but sessions is kept in WebAssembly's memory between calls: a
// generator's state lives in a JavaScript array, so that there is nothing to free.

import { loadCore } from "./core_modules.js";

const MAX_ROWS = 4096;
const MAX_COLS = 65536;
const MAX_ELEMENTS = 16_777_216;
const MAX_SEED = 2n ** 64n - 1n;
const MAX_PRECISION = 100;

// The enumerations of src/core/types.h and tensor_text.h; the index is the number that travels.
const CPUS = ["avx2", "default"];
const DTYPES = ["float32", "float16", "bfloat16"];
const ORDERS = ["fill", "zero", "renorm"];
const METHODS = [undefined, "torch", "fast"]; // undefined: decided by the size
const STYLES = ["2.10", "1.13"];

// ---- Arguments -------------------------------------------------------------------------------

/** How a refused value is shown in a message. */
function shown(value) {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (value === null || typeof value !== "object") return String(value);
  return value.constructor?.name ?? "an object";
}

/** An options object without keys that we do not know; undefined is the empty one. */
function checkKeys(value, name, known) {
  if (value === undefined) return {};
  if (value === null || typeof value !== "object") {
    throw new TypeError(`${name} must be an object, not ${shown(value)}`);
  }
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) {
      throw new TypeError(`${name}: unknown option "${key}"; known are ${known.join(", ")}`);
    }
  }
  return value;
}

function checkNumber(value, name) {
  if (typeof value !== "number") {
    throw new TypeError(`${name} must be a number, not ${shown(value)}`);
  }
  return value;
}

function checkInteger(value, name, low, high) {
  checkNumber(value, name);
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new RangeError(`${name} must be an integer, ${low} … ${high}, not ${value}`);
  }
  return value;
}

/** The position of the value among the allowed ones. */
function checkChoice(value, name, allowed) {
  const index = allowed.indexOf(value);
  if (index >= 0) return index;
  const choices = allowed.filter((choice) => choice !== undefined);
  const message = `${name} must be ${choices.map(shown).join(" or ")}, not ${shown(value)}`;
  throw typeof value === typeof choices[0] ? new RangeError(message) : new TypeError(message);
}

function checkShape(rows, cols) {
  checkInteger(rows, "rows", 1, MAX_ROWS);
  checkInteger(cols, "cols", 1, MAX_COLS);
  if (rows * cols > MAX_ELEMENTS) {
    throw new RangeError(`rows * cols must be at most ${MAX_ELEMENTS}, not ${rows * cols}`);
  }
}

/** By name rather than instanceof: an array may come from another frame. */
function isArray(value, type) {
  return ArrayBuffer.isView(value) && value[Symbol.toStringTag] === type.name;
}

function checkArray(value, name, type) {
  if (!isArray(value, type)) {
    throw new TypeError(`${name} must be a ${type.name}, not ${shown(value)}`);
  }
}

function checkLength(array, name, meaning, ...allowed) {
  if (!allowed.includes(array.length)) {
    const wanted = [...new Set(allowed)].join(" or ");
    throw new RangeError(`${name} must have ${meaning} = ${wanted} values, not ${array.length}`);
  }
}

const SEED_RULE = `an integer, 0 … ${MAX_SEED}`;

function checkSeed(seed) {
  if (typeof seed === "number" && Number.isInteger(seed) && !Number.isSafeInteger(seed)) {
    throw new RangeError(
      `seed ${seed} is beyond 2^53, where numbers skip: pass a bigint or string`,
    );
  }
  const isWhole =
    typeof seed === "bigint" ||
    (typeof seed === "number" && Number.isInteger(seed)) ||
    (typeof seed === "string" && /^[0-9]+$/.test(seed));
  if (!isWhole) {
    const message = `seed must be ${SEED_RULE}, not ${shown(seed)}`;
    throw /^(number|string)$/.test(typeof seed) ? new RangeError(message) : new TypeError(message);
  }
  const value = BigInt(seed);
  if (value < 0n || value > MAX_SEED) {
    throw new RangeError(`seed must be ${SEED_RULE}, not ${shown(seed)}`);
  }
  return value;
}

// ---- The module ------------------------------------------------------------------------------

/** One instance of the WebAssembly module, and the copying in and out of its memory. */
class Engine {
  constructor(exports) {
    this.exports = exports;
  }

  /**
   * Calls use(pointer…) with one block of memory for each of the sizes, in bytes. They are given
   * back however the call ends.
   */
  withMemory(sizes, use) {
    const blocks = [];
    try {
      for (const size of sizes) {
        const block = this.exports.softmask_alloc(Math.max(size, 1)) >>> 0;
        if (block === 0) this.refuseMemory(size);
        blocks.push(block);
      }
      return use(...blocks);
    } finally {
      for (const block of blocks) this.exports.softmask_free(block);
    }
  }

  /** @returns {never} */
  refuseMemory(bytes) {
    throw new RangeError(`out of memory: ${bytes} bytes are not to be had`);
  }

  /** Copies an array of that type to `pointer`. The memory may have moved since the last look. */
  write(type, pointer, array) {
    new type(this.exports.memory.buffer, pointer, array.length).set(array);
  }

  /** A new array of that type with a copy of what lies at `pointer`. */
  read(type, pointer, length) {
    return new type(this.exports.memory.buffer, pointer, length).slice();
  }

  /** The text that the last call left. */
  text() {
    const bytes = new Uint8Array(this.exports.memory.buffer);
    const start = this.exports.softmask_text() >>> 0;
    return new TextDecoder().decode(bytes.slice(start, bytes.indexOf(0, start)));
  }

  /** Throws what a function refused; `kind` is the ErrorKind that it returned. */
  settle(kind) {
    if (kind === 0) return;
    throw kind === 1 ? new RangeError(this.text()) : new TypeError(this.text());
  }
}

class Generator {
  #engine;
  #state;

  constructor(engine, seed, cpu) {
    this.#engine = engine;
    const bytes = engine.exports.softmask_generator_bytes();
    this.#state = engine.withMemory([bytes], (pointer) => {
      const low = Number(seed & 0xffffffffn);
      engine.exports.softmask_generator_seed(pointer, low, Number(seed >> 32n), cpu);
      return engine.read(Uint8Array, pointer, bytes);
    });
  }

  /** n values of the type from call(state, out); the state moves on unless the call refuses. */
  #draw(type, n, call) {
    checkInteger(n, "n", 0, MAX_ELEMENTS);
    const engine = this.#engine;
    const sizes = [this.#state.length, n * type.BYTES_PER_ELEMENT];
    return engine.withMemory(sizes, (state, out) => {
      engine.write(Uint8Array, state, this.#state);
      engine.settle(call(state, out) ?? 0);
      const values = engine.read(type, out, n);
      this.#state = engine.read(Uint8Array, state, this.#state.length);
      return values;
    });
  }

  rand(n) {
    return this.#draw(Float32Array, n, (state, out) =>
      this.#engine.exports.softmask_rand(state, out, n),
    );
  }

  randn(n) {
    return this.#draw(Float32Array, n, (state, out) =>
      this.#engine.exports.softmask_randn(state, out, n),
    );
  }

  randint(low, high, n) {
    checkInteger(low, "low", Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    checkInteger(high, "high", Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    return this.#draw(BigInt64Array, n, (state, out) =>
      this.#engine.exports.softmask_randint(state, low, high, out, n),
    );
  }

  bernoulli(p, n) {
    checkNumber(p, "p");
    return this.#draw(Float32Array, n, (state, out) =>
      this.#engine.exports.softmask_bernoulli(state, p, out, n),
    );
  }

  randperm(n) {
    return this.#draw(BigInt64Array, n, (state, out) =>
      this.#engine.exports.softmask_randperm(state, out, n),
    );
  }
}

/** Elements that go to a session at a time, so that its memory is not needed twice. */
const SESSION_CHUNK = 262_144;

class MaskSession {
  #engine;
  #session;
  #rows;
  #cols;

  constructor(engine, scores, rows, cols) {
    this.#engine = engine;
    this.#rows = rows;
    this.#cols = cols;
    const { exports } = engine;
    this.#session = exports.softmask_session_new(rows, cols) >>> 0;
    if (this.#session === 0) engine.refuseMemory(4 * rows * cols);
    try {
      const lines = Math.min(rows, Math.ceil(SESSION_CHUNK / cols));
      engine.withMemory([4 * lines * cols], (pointer) => {
        for (let row = 0; row < rows; row += lines) {
          const count = Math.min(lines, rows - row);
          const part = scores.subarray(row * cols, (row + count) * cols);
          engine.write(Float32Array, pointer, part);
          exports.softmask_session_rows(this.#session, row, count, pointer);
        }
      });
    } catch (error) {
      this.free();
      throw error;
    }
  }

  /** The address in WebAssembly's memory, as long as there is one. */
  #live() {
    if (this.#session === 0) throw new TypeError("this session was freed");
    return this.#session;
  }

  setFill(fill) {
    const session = this.#live();
    checkNumber(fill, "fill");
    this.#engine.settle(this.#engine.exports.softmask_session_fill(session, fill));
  }

  setColumn(col, masked) {
    const session = this.#live();
    checkInteger(col, "col", 0, this.#cols - 1);
    if (typeof masked !== "boolean") {
      throw new TypeError(`masked must be true or false, not ${shown(masked)}`);
    }
    this.#engine.exports.softmask_session_column(session, col, Number(masked));
  }

  probabilities(rowStart = 0, rowCount = undefined) {
    const session = this.#live();
    checkInteger(rowStart, "rowStart", 0, this.#rows);
    const count = rowCount ?? this.#rows - rowStart;
    checkInteger(count, "rowCount", 0, this.#rows - rowStart);
    return this.#read(count * this.#cols, (out) =>
      this.#engine.exports.softmask_session_probabilities(session, rowStart, count, out),
    );
  }

  rowScale() {
    const session = this.#live();
    return this.#read(this.#rows, (out) =>
      this.#engine.exports.softmask_session_scale(session, out),
    );
  }

  /** n floats that call(pointer) writes. */
  #read(n, call) {
    const engine = this.#engine;
    return engine.withMemory([4 * n], (pointer) => {
      call(pointer);
      return engine.read(Float32Array, pointer, n);
    });
  }

  free() {
    if (this.#session !== 0) this.#engine.exports.softmask_session_free(this.#session);
    this.#session = 0;
  }
}

const INPUT_KEYS = [
  ...["scores", "rows", "cols", "mask", "fill", "dtype", "order", "dim", "temperature", "method"],
  "cpu",
];

class Core {
  #engine;
  #simd;
  #relaxedSimd;

  constructor(engine, simd, relaxedSimd) {
    this.#engine = engine;
    this.#simd = simd;
    this.#relaxedSimd = relaxedSimd;
  }

  get simd() {
    return this.#simd;
  }

  get relaxedSimd() {
    return this.#relaxedSimd;
  }

  generator(seed, options) {
    const value = checkSeed(seed);
    const { cpu = "avx2" } = checkKeys(options, "options", ["cpu"]);
    return new Generator(this.#engine, value, checkChoice(cpu, "cpu", CPUS));
  }

  maskedSoftmax(input) {
    if (input === undefined) throw new TypeError("input must be an object, not undefined");
    checkKeys(input, "input", INPUT_KEYS);
    const { scores, rows, cols, mask, fill, temperature = 1, method } = input;
    const { dtype = "float32", order = "fill", dim = -1, cpu = "avx2" } = input;
    checkArray(scores, "scores", Float32Array);
    checkShape(rows, cols);
    const count = rows * cols;
    checkLength(scores, "scores", "rows * cols", count);
    if (mask !== undefined) {
      checkArray(mask, "mask", Uint8Array);
      checkLength(mask, "mask", "cols or rows * cols", cols, count);
    }
    if (fill !== undefined) checkNumber(fill, "fill");
    checkNumber(temperature, "temperature");
    const choices = [
      checkChoice(dtype, "dtype", DTYPES),
      checkChoice(order, "order", ORDERS),
      checkChoice(dim, "dim", [-1, 0]) - 1,
      temperature,
      checkChoice(method, "method", METHODS),
      checkChoice(cpu, "cpu", CPUS),
    ];

    // A fill that is named is checked even where there is nothing to fill, as masked_fill does.
    const bits = mask ?? (fill === undefined ? new Uint8Array(0) : new Uint8Array(cols));
    const engine = this.#engine;
    const sizes = [4 * count, 4 * count, bits.length];
    return engine.withMemory(sizes, (scoresAndResult, probabilities, maskBits) => {
      engine.write(Float32Array, scoresAndResult, scores);
      engine.write(Uint8Array, maskBits, bits);
      engine.settle(
        engine.exports.softmask_masked_softmax(
          ...[scoresAndResult, rows, cols, maskBits, bits.length / cols, fill ?? -1e9],
          ...choices,
          ...[scoresAndResult, probabilities],
        ),
      );
      return {
        maskedScores: engine.read(Float32Array, scoresAndResult, count),
        probabilities: engine.read(Float32Array, probabilities, count),
      };
    });
  }

  session(scores, rows, cols) {
    checkArray(scores, "scores", Float32Array);
    checkShape(rows, cols);
    checkLength(scores, "scores", "rows * cols", rows * cols);
    return new MaskSession(this.#engine, scores, rows, cols);
  }

  format(data, rows, cols, options) {
    const isBool = isArray(data, Uint8Array);
    if (!isBool && !isArray(data, Float32Array)) {
      throw new TypeError(`data must be a Float32Array or Uint8Array, not ${shown(data)}`);
    }
    checkShape(rows, cols);
    checkLength(data, "data", "rows * cols", rows * cols);
    const known = ["precision", "sciMode", "style"];
    const { precision = 4, sciMode = null, style = "2.10" } = checkKeys(options, "options", known);
    checkInteger(precision, "precision", 0, MAX_PRECISION);
    if (sciMode !== null && typeof sciMode !== "boolean") {
      throw new TypeError(`sciMode must be true, false or null, not ${shown(sciMode)}`);
    }
    const styleNumber = checkChoice(style, "style", STYLES);

    const engine = this.#engine;
    return engine.withMemory([data.byteLength], (pointer) => {
      engine.write(isBool ? Uint8Array : Float32Array, pointer, data);
      if (isBool) {
        engine.exports.softmask_bool_text(pointer, rows, cols);
      } else {
        const sci = sciMode === null ? -1 : Number(sciMode);
        engine.exports.softmask_float_text(pointer, rows, cols, precision, sci, styleNumber);
      }
      return engine.text();
    });
  }
}

export async function createCore(options) {
  const given = checkKeys(options, "options", ["simd", "relaxedSimd"]);
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && typeof value !== "boolean") {
      throw new TypeError(`${name} must be true or false, not ${shown(value)}`);
    }
  }
  const { exports, simd, relaxedSimd } = await loadCore(given);
  return new Core(new Engine(exports), simd, relaxedSimd);
}
