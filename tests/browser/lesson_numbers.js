// The numbers that lessons speak of, computed anew from core.js: what a page says is compared with
// these, not with what the page itself computed.

const CELL = 0.0006; // three decimals on the screen

/** Column or cell mask of a state, as long as the matrix. */
function maskOf(state, generator) {
  const { rows, cols, mask } = state;
  const cells = new Uint8Array(rows * cols);
  const [kind, k] = String(mask).split(":");
  const bits =
    kind === "random"
      ? Array.from(generator.randint(0, 2, cols), Number)
      : /^[01]+$/.test(kind)
        ? Array.from(kind, Number)
        : null;
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const i = row * cols + col;
      if (bits) cells[i] = bits[bits.length === cols ? col : i];
      else if (kind === "causal") cells[i] = col > row ? 1 : 0;
      else if (kind === "padding") cells[i] = col >= cols - Number(k) ? 1 : 0;
      else if (kind === "window") cells[i] = Math.abs(row - col) > Number(k) ? 1 : 0;
    }
  }
  return cells;
}

function ownScores(text) {
  const bytes = Buffer.from(text, "base64url");
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

const FINFO_MIN = {
  float32: -3.4028234663852886e38,
  float16: -65504,
  bfloat16: -3.3895313892515355e38,
};
const fillOf = (state) =>
  state.fill === "finfo.min"
    ? (FINFO_MIN[state.dtype] ?? NaN)
    : Number(String(state.fill).replace("inf", "Infinity"));

/** Everything that facts are taken from. */
export function numbersOf(core, state) {
  const { rows, cols, cpu, dtype, order, dim, temperature } = state;
  const generator = core.generator(state.seed, { cpu });
  const own = state.scores !== "";
  const scores = own ? ownScores(state.scores) : generator.randn(rows * cols);
  const mask = maskOf(state, generator);
  const call = { scores, rows, cols, dtype, dim, temperature, cpu, method: "torch" };
  const before = core.maskedSoftmax(call).probabilities;
  const out = { state, rows, cols, mask, before, error: "" };
  try {
    const result = core.maskedSoftmax({ ...call, mask, fill: fillOf(state), order });
    return { ...out, scores, masked_scores: result.maskedScores, p: result.probabilities };
  } catch (error) {
    return { ...out, scores, masked_scores: null, p: null, error: String(error.message) };
  }
}

/** scores.grad of the loss -log p[:, target], by the closed forms in double precision. */
function gradientOf(n, target) {
  const { rows, cols, p, mask } = n;
  const out = new Float64Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    const g = (col) => (col === target ? -1 / p[row * cols + col] : 0);
    let dot = 0;
    for (let col = 0; col < cols; col++) dot += g(col) * p[row * cols + col];
    for (let col = 0; col < cols; col++) {
      const i = row * cols + col;
      out[i] = mask[i] ? 0 : ((g(col) - dot) * p[i]) / n.state.temperature;
    }
  }
  return out;
}

const range = (n) => Array.from({ length: n }, (_, i) => i);
const total = (values) => values.reduce((sum, v) => sum + v, 0);

/** The value of one fact; throws for one that it does not know. */
export function fact(name, n, { pinned, target = 0 }) {
  if (name.startsWith("pinned.")) return fact(name.slice(7), pinned, { pinned: null, target });
  const [, word, row, col] = /^(\w+)(?:\[(\d+)(?:,(\d+))?\])?$/.exec(name) ?? [];
  const r = Number(row);
  const cells = row === undefined ? [] : range(n.cols).map((c) => r * n.cols + c);
  const masked = cells.filter((i) => n.mask[i]);
  const at = r * n.cols + Number(col);
  switch (word) {
    case "scores":
    case "masked_scores":
    case "p":
    case "before":
    case "mask":
      return n[word][at];
    case "gradient":
      return gradientOf(n, target)[at];
    case "exp_no_max":
      return Math.fround(Math.exp(n.masked_scores[at]));
    case "moved":
      return total(masked.map((i) => Math.max(n.before[i] - n.p[i], 0)));
    case "leaked":
      return total(masked.map((i) => n.p[i]));
    case "lost":
      return total(cells.map((i) => n.before[i] - n.p[i]));
    case "row_sum":
      return total(cells.map((i) => n.p[i]));
    case "row_max":
      return Math.max(...cells.map((i) => n.masked_scores[i]));
    case "col_sum":
      return total(range(n.rows).map((i) => n.p[i * n.cols + r]));
    case "nan_cells":
      return n.p.filter(Number.isNaN).length;
    case "nan_rows":
      return range(n.rows).filter((i) => Number.isNaN(n.p[i * n.cols])).length;
    case "masked_cells":
      return total(Array.from(n.mask));
    case "masked_cols":
      return range(n.cols).filter((c) => range(n.rows).every((i) => n.mask[i * n.cols + c])).length;
    case "rows":
    case "cols":
      return n[word];
    case "error":
      return n.error ? 1 : 0;
    case "max_difference":
      return Math.max(...Array.from(n.p, (v, i) => Math.abs(v - pinned.p[i])));
  }
  throw new Error(`no such fact: ${name}`);
}

/** Whether a condition holds; a fact that is not there makes it false. */
export function holds(condition, n, around) {
  const value = (text) => {
    if (text === "nan") return NaN;
    if (/^-?inf$/.test(text)) return Number(text.replace("inf", "Infinity"));
    return Number.isNaN(Number(text)) ? fact(text, n, around) : Number(text);
  };
  return condition.split(" and ").every((comparison) => {
    const [left, op, right] = comparison.split(" ");
    let a, b;
    try {
      [a, b] = [value(left), value(right)];
    } catch {
      return false; // no result to speak of
    }
    const same = a === b || (Number.isNaN(a) && Number.isNaN(b));
    const outcomes = {
      "==": same,
      "!=": !same,
      "~": Math.abs(a - b) <= 0.0005,
      "<": a < b,
      "<=": a <= b,
      ">": a > b,
      ">=": a >= b,
    };
    return outcomes[op];
  });
}

const WORDS = ["fill", "dtype", "error_message"];
const NUMBER = "(-?\\d[\\d,]*(?:\\.\\d+)?(?:e-?\\d+)?|nan|-?inf)";

const plain = (text) => text.replaceAll("*", "");
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * What is wrong with a text as the page says it, against its pattern with {facts}: empty where every
 * fact's number is what core gives, to as many digits as the page shows.
 */
export function wrongNumbers(pattern, said, n, around) {
  const names = [];
  const source = plain(pattern)
    .split(/(\{[^}]*\})/)
    .map((piece) => {
      if (!piece.startsWith("{")) return escaped(piece);
      const name = piece.slice(1, -1);
      names.push(name);
      return WORDS.includes(name) ? "(.+?)" : NUMBER;
    })
    .join("");
  const match = new RegExp(source).exec(said);
  if (!match) return [`not said: ${plain(pattern)}\nsaid: ${said}`];
  return names.flatMap((name, i) => {
    const shown = match[i + 1];
    const [word, format] = name.split(":");
    if (word === "fill" || word === "dtype")
      return shown === n.state[word] ? [] : [`${word}: ${shown}`];
    if (word === "error_message") return shown === n.error ? [] : [`message: ${shown}`];
    const expected = fact(word, n, around);
    const value = Number(shown.replaceAll(",", "").replace("inf", "Infinity"));
    if (Number.isNaN(expected)) return shown === "nan" ? [] : [`${name}: ${shown}, not NaN`];
    if (expected === value) return [];
    const digits =
      format === undefined ? CELL : format === "g" ? 1e-6 * Math.abs(expected) : 10 ** -format;
    const tiny = Math.abs(expected) < 0.0005 ? Math.abs(expected) * 0.06 : 0;
    return Math.abs(value - expected) <= Math.max(digits, tiny)
      ? []
      : [`${name}: ${shown}, not ${expected}`];
  });
}
