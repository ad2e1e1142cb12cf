// A tensor as the bytes of a file: what NumPy, spreadsheets, programs and papers read.

/** @typedef {{name: string, rows: number, cols: number, data: Float32Array | Uint8Array}} Tensor   of
 *   Uint8Array the values are true and false */

/** The shortest decimal that is this float32 again. @param {number} value */
export function shortest(value) {
  if (!Number.isFinite(value)) return special(value);
  if (Object.is(value, -0)) return "-0.0";
  for (let digits = 1; ; digits++) {
    const text = value.toPrecision(digits);
    if (digits >= 9 || Math.fround(Number(text)) === value) return String(Number(text));
  }
}

/** As Python spells them. @param {number} value */
const special = (value) => (Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");

/**
 * @param {Tensor} tensor
 * @param {(value: number, isBool: boolean) => string} spell
 * @returns {string[][]} a list a row
 */
function cells({ rows, cols, data }, spell) {
  const isBool = data instanceof Uint8Array;
  return Array.from({ length: rows }, (_, row) =>
    Array.from(data.subarray(row * cols, (row + 1) * cols), (value) => spell(value, isBool)),
  );
}

/** @param {number} value @param {boolean} isBool */
const python = (value, isBool) => (isBool ? (value ? "True" : "False") : shortest(value));

/**
 * A .npy file, version 1: '<f4' or '|b1', C order. The bits are the tensor's own.
 * @param {Tensor} tensor
 */
function npy({ rows, cols, data }) {
  const descr = data instanceof Uint8Array ? "|b1" : "<f4";
  const entries = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${rows}, ${cols}), }`;
  // What is before the data fills whole lines of 64 bytes and ends with a line's end.
  const before = 10;
  const length = Math.ceil((before + entries.length + 1) / 64) * 64 - before;
  const header = `${entries.padEnd(length - 1)}\n`;
  const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 255, length >> 8);
  return new Blob([magic, header, /** @type {BlobPart} */ (data)]);
}

/** @param {Tensor} tensor */
const csv = (tensor) =>
  `${cells(tensor, python)
    .map((row) => row.join(","))
    .join("\n")}\n`;

/** JSON has no numbers for nan and inf: they are strings. @param {Tensor} tensor */
function json(tensor) {
  const spell = (/** @type {number} */ value, /** @type {boolean} */ isBool) => {
    if (isBool) return value ? "true" : "false";
    const text = shortest(value);
    return Number.isFinite(value) ? text : `"${text}"`;
  };
  const rows = cells(tensor, spell).map((row) => `  [${row.join(", ")}]`);
  return `[\n${rows.join(",\n")}\n]\n`;
}

/** Three decimals, as the cells have them. @param {Tensor} tensor */
function latex(tensor) {
  const infinity = (/** @type {number} */ value) => (value > 0 ? "\\infty" : "-\\infty");
  const spell = (/** @type {number} */ value, /** @type {boolean} */ isBool) => {
    if (isBool) return value ? "1" : "0";
    if (Number.isNaN(value)) return "\\mathrm{NaN}";
    if (!Number.isFinite(value)) return infinity(value);
    const [digits, exponent] = Number(value.toPrecision(4)).toExponential().split("e");
    return Math.abs(value) >= 1e5 ? `${digits} \\cdot 10^{${Number(exponent)}}` : value.toFixed(3);
  };
  const rows = cells(tensor, spell).map((row) => `  ${row.join(" & ")} \\\\`);
  return `\\begin{bmatrix}\n${rows.join("\n")}\n\\end{bmatrix}\n`;
}

/** A text of more cells is nobody's to read, and takes the page seconds; .npy has no limit. */
export const MOST_TEXT_CELLS = 1_000_000;

/** By the ending of the file's name. @type {Record<string, {type: string, write: (tensor: Tensor) => BlobPart}>} */
export const FORMATS = {
  npy: { type: "application/octet-stream", write: npy },
  csv: { type: "text/csv", write: csv },
  json: { type: "application/json", write: json },
  tex: { type: "text/plain", write: latex },
};

/**
 * @param {Tensor} tensor
 * @param {string} format an ending of FORMATS
 * @returns {Blob}
 */
export function tensorFile(tensor, format) {
  const { type, write } = FORMATS[format];
  return new Blob([write(tensor)], { type });
}
