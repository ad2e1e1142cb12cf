// Masked softmax from its definition, in double precision and in nothing but plain JavaScript: what
// the viewer shows is compared with this, not with any code of the core. No imports, so that a page
// can have it from its text.

/** Bits of the fraction, the exponent of the smallest number, and the largest number of each dtype. */
const FORMATS = {
  float32: { digits: 24, least: -149, most: 3.4028234663852886e38 },
  float16: { digits: 11, least: -24, most: 65504 },
  bfloat16: { digits: 8, least: -133, most: 3.3895313892515355e38 },
};

/** A number in a dtype: to the nearest, of two the even one; too large is infinite. */
export function rounded(value, { digits, least, most }) {
  if (!Number.isFinite(value) || value === 0) return value;
  const size = Math.abs(value);
  let exponent = Math.floor(Math.log2(size));
  if (2 ** exponent > size) exponent -= 1;
  if (2 ** (exponent + 1) <= size) exponent += 1;
  const unit = 2 ** Math.max(exponent - digits + 1, least);
  const steps = size / unit;
  let whole = Math.floor(steps);
  const over = steps - whole;
  if (over > 0.5 || (over === 0.5 && whole % 2 === 1)) whole += 1;
  const near = whole * unit;
  return Math.sign(value) * (near > most ? Infinity : near);
}

/** The fill of a state as a number. */
export const fillOf = ({ fill, dtype }) =>
  fill === "finfo.min" ? -FORMATS[dtype].most : fill === "-inf" ? -Infinity : Number(fill);

/** The mask of a state where it does not come from the seed: rows * cols of 0 and 1, else null. */
export function maskOf({ mask, rows, cols }) {
  const cells = (masked) =>
    Array.from({ length: rows * cols }, (_, i) => Number(masked(Math.floor(i / cols), i % cols)));
  const [kind, count] = mask.split(":");
  if (kind === "none") return cells(() => false);
  if (kind === "causal") return cells((row, col) => col > row);
  if (kind === "padding") return cells((_, col) => col >= cols - Number(count));
  if (kind === "window") return cells((row, col) => Math.abs(row - col) > Number(count));
  if (/^[01]+$/.test(mask)) {
    const each = mask.length === cols ? (row, col) => col : (row, col) => row * cols + col;
    return cells((row, col) => mask[each(row, col)] === "1");
  }
  return null;
}

/** Of one line, a row or a column: each probability with how far from it a right one may be. */
function softmaxOf(x, format, isColumn) {
  const biggest = x.reduce((most, value) => (value > most ? value : most), -Infinity);
  const none = x.some(Number.isNaN) || biggest === Infinity || biggest === -Infinity;
  if (none) return x.map(() => ({ p: NaN, off: 0 }));
  const e = x.map((value) => Math.exp(value - biggest));
  const sum = e.reduce((all, value) => all + value, 0);
  // PyTorch's own sums of long lines err more: + 31 at 65,536. A column it adds up one by one in
  // float32, a step's error being some third of 2^-24, of either sign: more than five deviations.
  const slack = isColumn ? 8 + 2 * Math.sqrt(x.length) : x.length <= 4096 ? 8 : 40;
  // Rounded to the dtype where that is a narrower one; PyTorch keeps the exponentials in it as well.
  const half = format.digits < 24 ? 2.1 * 2 ** -format.digits : 0;
  return x.map((value, i) => {
    const p = e[i] / sum;
    const relative = value === -Infinity ? 0 : 2 ** -24 * (biggest - value + slack) + half;
    // Below 1e-30 nothing but the size is promised, but exactly 0 where even half of the smallest
    // float32 is not reached.
    if (p < 2 ** -152) return { p: 0, off: 0 };
    // And half a unit of a subnormal number, of the exponential's too where that is a narrow one.
    const units = half > 0 ? 1 + 1 / sum : 1;
    return { p, off: p * relative + (p < 1e-30 ? 1e-30 : units * 2 ** (format.least - 1)) };
  });
}

/** What order zero and renorm make of a line. */
function afterwards(line, masked, order, format) {
  const kept = line.map((one, i) => (masked[i] ? { p: 0, off: 0 } : one));
  if (order === "zero") return kept;
  const sum = kept.reduce((all, { p }) => all + p, 0);
  const off = kept.reduce((all, one) => all + one.off, 0);
  if (Number.isNaN(sum)) return kept.map(() => ({ p: NaN, off: 0 }));
  if (off === 0 && sum === 0) return kept.map(() => ({ p: NaN, off: 0 }));
  if (off * 4 > sum) return kept.map(() => null); // whether that is 0 depends on rounding
  // The sum and the quotient are rounded, too.
  const relative = off / sum + 3 * 2 ** -format.digits + kept.length * 2 ** -24;
  return kept.map((one) => ({
    p: one.p / sum,
    off: 1.5 * (one.off / sum + (one.p / sum) * relative) + (one.p > 0 ? 2 ** format.least : 0),
  }));
}

const isSame = (a, b) => a === b || (Number.isNaN(a) && Number.isNaN(b));

/**
 * Compares what a viewer shows with its state.
 * @param {any} state of getState()
 * @param {any} result of getResult()
 * @returns {string} empty, or the first thing that is wrong
 */
export function problemOf(state, result) {
  const { rows, cols, dtype, order, dim, temperature } = state;
  const format = FORMATS[dtype];
  const cells = rows * cols;
  const { scores, mask, maskedScores, baseline, probabilities, moved, notes } = result;
  if (result.rows !== rows || result.cols !== cols) return `${result.rows} × ${result.cols}`;
  if (scores.length !== cells || mask.length !== cells) return `${scores.length} scores`;
  const wantedMask = maskOf(state);
  const fill = fillOf(state);
  const raises = Number.isFinite(fill) && Math.abs(fill) > format.most;
  if (raises) {
    const said = /value cannot be converted to type .* without overflow/.test(notes[0]);
    const empty = maskedScores.length === 0 && probabilities.length === 0;
    return said && empty ? "" : `PyTorch would raise: ${notes[0]}`;
  }
  const filled = rounded(Math.fround(fill), format);
  for (let i = 0; i < cells; i++) {
    const at = `${Math.floor(i / cols)}, ${i % cols}`;
    if (!isSame(scores[i], rounded(scores[i], format))) return `score ${at} is no ${dtype}`;
    if (wantedMask && mask[i] !== wantedMask[i]) return `mask ${at} is ${mask[i]}`;
    const wanted = mask[i] ? filled : scores[i];
    if (!isSame(maskedScores[i], wanted)) return `masked score ${at} is ${maskedScores[i]}`;
  }

  const lines = dim === 0 ? cols : rows;
  const length = dim === 0 ? rows : cols;
  const place = dim === 0 ? (line, i) => i * cols + line : (line, i) => line * cols + i;
  const divisor = Math.fround(temperature);
  const divided = (value) =>
    temperature === 1 ? value : rounded(Math.fround(value / divisor), format);
  const compared = (name, actual, wanted, at) => {
    for (let i = 0; i < length; i++) {
      if (wanted[i] === null) continue;
      const { p, off } = wanted[i];
      const value = actual[at(i)];
      if (Number.isNaN(p) ? Number.isNaN(value) : Math.abs(value - p) <= off) continue;
      return `${name} ${Math.floor(at(i) / cols)}, ${at(i) % cols} is ${value}, not ${p} ± ${off}`;
    }
    return "";
  };
  for (let line = 0; line < lines; line++) {
    const at = (i) => place(line, i);
    const own = Array.from({ length }, (_, i) => divided(scores[at(i)]));
    const before = softmaxOf(own, format, dim === 0);
    let wanted = before;
    const masked = Array.from({ length }, (_, i) => mask[at(i)] === 1);
    if (order === "fill") {
      const kept = own.map((value, i) => (masked[i] ? divided(filled) : value));
      wanted = softmaxOf(kept, format, dim === 0);
    } else {
      wanted = afterwards(before, masked, order, format);
    }
    const problem =
      compared("baseline", baseline, before, at) ||
      compared("probability", probabilities, wanted, at);
    if (problem) return problem;
  }
  for (let row = 0; row < rows; row++) {
    let left = 0;
    let nan = false;
    for (let i = row * cols; i < (row + 1) * cols; i++) {
      nan ||= Number.isNaN(probabilities[i]) || Number.isNaN(baseline[i]);
      if (mask[i]) left += Math.max(baseline[i] - probabilities[i], 0);
    }
    const right = nan ? Number.isNaN(moved[row]) : Math.abs(moved[row] - left) <= 1e-6 * (1 + left);
    if (!right) return `moved ${row} is ${moved[row]}, not ${nan ? NaN : left}`;
  }
  return "";
}
