// Modules that most readers never need are loaded when they are first asked for. By then the server
// may be out of reach, and back again at the next try.

import { showNotice } from "./notice.js";
import { text } from "./strings.js";

/**
 * @template T
 * @param {() => Promise<T>} load an import()
 */
async function loaded(load) {
  try {
    return await load();
  } catch (error) {
    // Firefox fetches no module a second time, but for one with another address, which it names.
    const [address] = /https?:\S+/.exec(String(error)) ?? [];
    try {
      if (address) return /** @type {T} */ (await import(`${address}?${Date.now()}`));
    } catch {
      // The first one says why.
    }
    await showNotice(text("notFetched", address ?? "", error));
    return null;
  }
}

/**
 * @template T
 * @param {() => Promise<T>} load an import()
 * @returns {() => Promise<T | null>} gives the module, always the same one; null where it does not
 *   come, which the reader is told
 */
export function later(load) {
  /** @type {Promise<T | null> | null} */
  let module = null;
  return async () => {
    module ??= loaded(load);
    const there = await module;
    if (!there) module = null;
    return there;
  };
}
