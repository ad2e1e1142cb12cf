// Texts and arrays in the application's memory, for the time of one call.

import { text } from "./strings.js";

/**
 * Lends the application a text.
 * @template T
 * @param {any} app
 * @param {string} words
 * @param {(pointer: number) => T} use
 */
export function withText(app, words, use) {
  const bytes = app.lengthBytesUTF8(words) + 1;
  const pointer = app._malloc(bytes);
  if (!pointer) throw new RangeError(text("noMemory", bytes));
  try {
    app.stringToUTF8(words, pointer, bytes);
    return use(pointer);
  } finally {
    app._free(pointer);
  }
}

/**
 * Lends it bytes; a text that the call returns is a RangeError.
 * @param {any} app
 * @param {Uint8Array} bytes
 * @param {(pointer: number) => number} call
 */
export function take(app, bytes, call) {
  const pointer = app._malloc(Math.max(bytes.length, 1));
  if (!pointer) throw new RangeError(text("noMemory", bytes.length));
  try {
    app.HEAPU8.set(bytes, pointer);
    const problem = app.UTF8ToString(call(pointer));
    if (problem) throw new RangeError(problem);
  } finally {
    app._free(pointer);
  }
}

/**
 * What an exported function returns and how much of it there is.
 * @param {any} app
 * @param {(count: number) => number} call takes where it puts the count
 */
export function counted(app, call) {
  const count = app._malloc(4);
  try {
    const pointer = call(count);
    return { pointer, count: app.HEAP32[count / 4] };
  } finally {
    app._free(count);
  }
}
