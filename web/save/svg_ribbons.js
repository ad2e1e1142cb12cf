// A band of moving mass as SVG: what src/gfx/flow_shader.h draws.

import { color, number } from "./svg_marks.js";

/** view::RibbonDraw::Pattern */
const PATTERN = /** @type {const} */ ({ plain: 0, faint: 1, hatched: 2, dashed: 3 });

const PLAIN_STRENGTH = 0.46; // what the strengths of a hatch are told at

/**
 * @param {import("./svg.js").Shape} shape
 * @param {import("./svg_marks.js").Marks} marks
 */
export function ribbonShapes({ words, numbers }, marks) {
  const [, pattern, strength, scale, top, bottom, , x0, x1, x2, x3] = numbers;
  if (x1 <= x0 || strength <= 0) return "";
  const ink = color(words[0]);
  const middle = number((top + bottom) / 2);
  const [a, b, c, d] = [x0, x1, x2, x3].map(number);
  const down = (/** @type {string} */ from, /** @type {string} */ to) =>
    `M${from} ${number(top)}C${from} ${middle} ${to} ${middle} ${to} ${number(bottom)}`;
  const shape = `${down(a, c)}H${d}C${d} ${middle} ${b} ${middle} ${b} ${number(top)}Z`;
  const filled = (/** @type {string} */ fill, /** @type {number} */ opacity) =>
    `<path class="ribbon" d="${shape}" fill="${fill}" fill-opacity="${number(opacity)}"/>`;
  if (pattern === PATTERN.faint) return filled(ink, 0.34 * strength);
  if (pattern === PATTERN.hatched) {
    const share = strength / PLAIN_STRENGTH;
    const lines = marks.hatch({ ink, opacity: 0.64 * share, width: 1.8, scale });
    return filled(ink, 0.16 * share) + `<path d="${shape}" fill="${lines}"/>`;
  }
  if (pattern !== PATTERN.dashed) return filled(ink, strength);
  // It fades out before the lower bar.
  const fade = marks.define(`fade:${ink}:${top}:${bottom}`, (id) => {
    const stop = (/** @type {number} */ at, /** @type {number} */ opacity) =>
      `<stop offset="${at}" stop-color="${ink}" stop-opacity="${opacity}"/>`;
    const span = `gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="${number(top)}" y2="${number(bottom)}"`;
    const stops = stop(0.3, 1) + stop(0.425, 0.84) + stop(0.55, 0.5) + stop(0.675, 0.16);
    return `<linearGradient id="${id}" ${span}>${stops}${stop(0.8, 0)}</linearGradient>`;
  });
  const dashes = `stroke-dasharray="${number(5.5 * scale)} ${number(3.5 * scale)}"`;
  const line = `stroke="url(#${fade})" stroke-width="${number(1.5 * scale)}" stroke-opacity="0.95"`;
  return (
    filled(`url(#${fade})`, 0.07) +
    `<path d="${down(a, c)}${down(b, d)}" fill="none" ${line} ${dashes}/>`
  );
}
