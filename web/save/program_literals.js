// Numbers of a screen as Python spells them.

import { shortest } from "./tensor_files.js";

/** More cells than these are not listed: a program loads them. */
export const MOST_LISTED_SCORES = 1024;
export const MOST_LISTED_BITS = 4096;

const LINE_WIDTH = 88;

/** @param {string[]} items @param {string} indent */
function wrapped(items, indent) {
  const lines = [indent];
  items.forEach((item, i) => {
    const piece = i + 1 < items.length ? `${item},` : item;
    const last = lines[lines.length - 1];
    if (last === indent) lines[lines.length - 1] += piece;
    else if (last.length + 1 + piece.length > LINE_WIDTH - 2) lines.push(indent + piece);
    else lines[lines.length - 1] += ` ${piece}`;
  });
  return lines.join("\n").trimStart();
}

/**
 * `[[…], […]]`, a line or more for each row.
 * @param {string[]} items row by row
 * @param {number} cols
 */
function nested(items, cols) {
  const rows = [];
  for (let at = 0; at < items.length; at += cols) {
    rows.push(`    [${wrapped(items.slice(at, at + cols), "     ")}],\n`);
  }
  return `[\n${rows.join("")}]`;
}

/**
 * @param {Float32Array} values
 * @param {number} cols
 * @param {string} module np or jnp
 */
export const floatRows = (values, cols, module) =>
  nested(
    Array.from(values, (value) =>
      shortest(value).replace(/^(-?)(nan|inf)$/, (_, sign, name) => `${sign}${module}.${name}`),
    ),
    cols,
  );

/** @param {Uint8Array} bits @param {number} cols */
export const bitRows = (bits, cols) =>
  nested(
    Array.from(bits, (bit) => (bit ? "1" : "0")),
    cols,
  );

/**
 * The mask as a NumPy expression that is the same with jnp. Large ones of no rule are loaded.
 * @param {{mask: string, cols: number, rows: number}} state
 * @param {Uint8Array} bits rows * cols
 * @param {string} module np or jnp
 */
export function maskText({ mask, rows, cols }, bits, module) {
  const [kind, k] = mask.split(":");
  if (kind === "none") return `masked = ${module}.zeros((1, ${cols}), bool)\n`;
  if (kind === "causal")
    return `masked = ${module}.triu(${module}.ones((${rows}, ${cols}), bool), 1)\n`;
  if (kind === "padding") return `masked = ${module}.arange(${cols}) >= ${cols - Number(k)}\n`;
  if (kind === "window") {
    const [i, j] = [`${module}.arange(${rows})[:, None]`, `${module}.arange(${cols})`];
    return `masked = abs(${i} - ${j}) > ${k}\n`;
  }
  const byColumn = kind === "random" || kind.length === cols;
  const listed = byColumn ? bits.subarray(0, cols) : bits;
  if (listed.length > MOST_LISTED_BITS) return `masked = ${module}.load("mask.npy")\n`;
  return `masked = ${module}.array(${bitRows(listed, cols)}, bool)\n`;
}
