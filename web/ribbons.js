// The bands of mass as the application drew them last.

import { counted } from "./app_memory.js";

// view::RibbonDraw::Pattern
const RIBBON_KINDS = ["moved", "stayed", "leaked", "lost"];

/**
 * @param {any} app
 * @returns {{kind: string, top: [number, number], bottom: [number, number]}[]}
 */
export function ribbonsOf(app) {
  const { pointer, count } = counted(app, (/** @type {number} */ at) => app._softmask_ribbons(at));
  const numbers = app.HEAPF32.subarray(pointer / 4, pointer / 4 + count);
  const ribbons = [];
  for (let i = 0; i < count; i += 5) {
    const [pattern, a, b, c, d] = numbers.subarray(i, i + 5);
    const kind = RIBBON_KINDS[pattern];
    ribbons.push({
      kind,
      top: /** @type {[number, number]} */ ([a, b]),
      bottom: /** @type {[number, number]} */ ([c, d]),
    });
  }
  return ribbons;
}
