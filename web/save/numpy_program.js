// A screen as a NumPy program, which ends with `scores_softmax` holding the bits that PyTorch gives.

import * as parts from "./numpy_parts.js";
import { MOST_LISTED_BITS, MOST_LISTED_SCORES, floatRows, maskText } from "./program_literals.js";

/**
 * @typedef {import("./numpy_parts.js").Say} Say
 * @typedef {{rows: number, cols: number, seed: string, scores: string, cpu: string, mask: string,
 *   fill: string, dtype: string, order: string, dim: number, temperature: number}} State
 * @typedef {{state: State, scores: Float32Array, mask: Uint8Array, refusal: string,
 *   own: boolean}} Screen   `scores` as they are in the dtype; `refusal`: in PyTorch's words why it
 *   raises, or empty; `own`: whether the scores are the reader's, not drawn from the seed
 */

/** Floats in a vector register. */
const LANES = 8;
/** Above this the screen itself shows a faster kernel's numbers (kAutoTorchElements). */
const MOST_EXACT = 65_536;

/** @param {State} state */
const isNarrow = ({ dtype }) => dtype !== "float32";

/** @param {State} state */
export function fillNumber({ fill, dtype }) {
  if (fill !== "finfo.min") return fill === "-inf" ? "-np.inf" : fill;
  return { float32: "np.finfo(f32).min", float16: "-65504.0" }[dtype] ?? "-3.3895313892515355e38";
}

/** @param {Screen} screen */
function scoresText({ state, scores, own }) {
  const { rows, cols, seed, cpu } = state;
  if (rows * cols <= MOST_LISTED_SCORES)
    return `scores = np.array(${floatRows(scores, cols, "np")}, f32)\n`;
  if (own || cpu === "default") return `scores = np.load("scores.npy")\n`;
  const drawn = `randn(${rows} * ${cols}).reshape(${rows}, ${cols})`;
  return (
    `twister = np.random.RandomState(${seed} % 2**32)\n` +
    `scores = ${isNarrow(state) ? `rounded(${drawn})` : drawn}\n`
  );
}

/** @param {Screen} screen */
const isDrawn = ({ state, own }) =>
  state.rows * state.cols > MOST_LISTED_SCORES && !own && state.cpu === "avx2";

/** @param {Screen} screen */
function masksText(screen) {
  const { state, mask } = screen;
  if (isDrawn(screen) && state.mask === "random" && state.cols > MOST_LISTED_BITS) {
    return `masked = (twister.randint(0, 2**32, (1, ${state.cols}), np.uint32) % 2).astype(bool)\n`;
  }
  return maskText(state, mask, "np");
}

/** The columns whose exponentials are a vector's, and those beyond. @param {State} state */
function exponentials({ cols, cpu, dim, dtype }) {
  const narrow = dtype !== "float32";
  if (cpu === "default") return { vector: 0, libm: cols };
  if (dim === -1 && !narrow) return { vector: cols, libm: 0 };
  const lanes = dim === 0 && narrow ? 2 * LANES : LANES;
  const libm = cols % lanes;
  return { vector: cols - libm, libm };
}

/** @param {State} state */
function expText(state) {
  const { vector, libm } = exponentials(state);
  if (libm === 0) return "exp(d)";
  if (vector === 0) return "exp_libm(d)";
  return `np.hstack([exp(d[:, :${vector}]), exp_libm(d[:, ${vector}:])])`;
}

/** Statements that make `total` of the rows of `e`. @param {State} state */
function rowSums(state) {
  const { cols, cpu } = state;
  const loop = (/** @type {string} */ of) =>
    `    for column in ${of}.T:\n        total = total + column\n`;
  const across = cpu === "avx2";
  const whole = cols - (cols % LANES);
  if (cols < LANES) return `    total = e[:, 0]\n${loop("e[:, 1:]")}`;
  const tail = `    lanes[:, :${cols - whole}] += e[:, ${whole}:]\n`;
  const narrow = isNarrow(state);
  return [
    `    lanes = e[:, :8].copy()\n`,
    whole > LANES
      ? `    for at in range(8, ${whole}, 8):\n        lanes += e[:, at : at + 8]\n`
      : "",
    whole < cols && !narrow ? tail : "",
    across
      ? `    lanes = lanes[:, :4] + lanes[:, 4:]\n    lanes = lanes[:, :2] + lanes[:, 2:]\n` +
        `    total = lanes[:, 0] + lanes[:, 1]\n`
      : `    total = lanes[:, 0]\n${loop("lanes[:, 1:]")}`,
    whole < cols && narrow ? loop(`e[:, ${whole}:]`) : "",
  ].join("");
}

/** @param {State} state @param {Say} text */
function softmaxText(state, text) {
  const narrow = isNarrow(state);
  const { vector, libm } = exponentials({ ...state, cpu: "avx2" });
  const out = (/** @type {string} */ value) =>
    `    return ${narrow ? `rounded(${value})` : value}\n`;
  const head = `def softmax(x):\n    """${text("programSoftmax", state.dim, state.cpu)}"""\n`;
  if (state.dim === -1) {
    return [
      head,
      "    d = x - x.max(axis=1, keepdims=True)\n",
      `    e = ${expText(state)}\n`,
      rowSums(state),
      out("e * (f32(1) / total)[:, None]"),
    ].join("");
  }
  return [
    head,
    "    d = x - x.max(axis=0)\n",
    `    e = ${expText(state)}\n`,
    "    total = e[0]\n    for row in e[1:]:\n        total = total + row\n",
    narrow && libm > 0 ? `    e[:, ${vector}:] = rounded(e[:, ${vector}:])\n` : "",
    out("e / total"),
  ].join("");
}

/** The statements of order `renorm` after masking. @param {State} state */
function divisionText(state) {
  const { rows, cols, dim } = state;
  const narrow = isNarrow(state);
  const rounded = (/** @type {string} */ value) => (narrow ? `rounded(${value})` : value);
  const lanes = narrow ? 2 * LANES : LANES;
  const lines = [];
  if (dim === 0 && cols > 1) {
    const group = cols >= lanes ? 4 * LANES : 4;
    const split = cols - (cols % group);
    lines.push(
      split === 0
        ? "total = four(scores_softmax)"
        : split === cols
          ? "total = cascade(scores_softmax)"
          : `total = np.hstack([cascade(scores_softmax[:, :${split}]), four(scores_softmax[:, ${split}:])])`,
    );
  } else {
    const length = dim === 0 ? rows : cols;
    const whole = length - (length % lanes);
    lines.push(`columns = ${dim === 0 ? "scores_softmax" : "scores_softmax.T"}`);
    if (whole === 0) {
      lines.push("total = four(columns)");
    } else {
      lines.push(
        `total = np.zeros(columns.shape[1], f32)`,
        `for column in columns[${whole}:]:`,
        `    total = total + column`,
        `for lane in range(8):`,
        narrow
          ? `    total = total + four(columns[lane:${whole}:16] + columns[lane + 8:${whole}:16])`
          : `    total = total + four(columns[lane:${whole}:8])`,
      );
    }
  }
  const total = rounded("total") + (dim === 0 ? "" : "[:, None]");
  lines.push(`scores_softmax = ${rounded(`scores_softmax / ${total}`)}`);
  return `${lines.join("\n")}\n`;
}

/**
 * @param {Screen} screen
 * @param {Say} text
 */
export function numpyProgram(screen, text) {
  const { state, refusal } = screen;
  const narrow = isNarrow(state);
  const large = state.rows * state.cols > MOST_EXACT;
  const comments = [
    narrow ? text("programNumpyNarrow", state.dtype) : text("programNumpy"),
    ...(large ? [text("programLarge", MOST_EXACT.toLocaleString("en"))] : []),
  ];
  const scores = scoresText(screen);
  const masked = masksText(screen);
  if (/np\.load/.test(scores + masked)) comments.push(text("programLoads"));
  const head = `${comments.map((line) => `# ${line}\n`).join("")}import numpy as np\n\nf32 = np.float32\n`;
  const filled = `f32(${fillNumber(state)})`;
  const fill = `masked_scores = np.where(masked, ${narrow ? `rounded(${filled})` : filled}, scores)\n`;
  const dtype = narrow ? [state.dtype === "float16" ? parts.half(text) : parts.bfloat16(text)] : [];
  const drawing = isDrawn(screen);
  const pieces = (/** @type {string[]} */ list) => list.map((piece) => `\n\n${piece}`).join("");
  if (refusal) {
    const raise = `raise OverflowError(${JSON.stringify(refusal)})\n`;
    const needed = drawing ? [...dtype, parts.fma(text), parts.randn(text)] : dtype;
    return `${head}${pieces(needed)}\n${needed.length ? "\n" : ""}${scores}${masked}${raise}`;
  }
  const { vector, libm } = exponentials(state);
  const fillFirst = state.order === "fill";
  const needed = [
    ...dtype,
    ...(vector > 0 || drawing ? [parts.fma(text)] : []),
    ...(vector > 0 ? [parts.vectorExp(text)] : []),
    ...(libm > 0 ? [parts.libmExp(text)] : []),
    softmaxText(state, text),
    ...(state.order === "renorm" ? [parts.cascade(text)] : []),
    ...(drawing ? [parts.randn(text)] : []),
  ];
  let input = fillFirst ? "masked_scores" : "scores";
  if (state.temperature !== 1) {
    input += ` / f32(${state.temperature})`;
    if (narrow) input = `rounded(${input})`;
  }
  const result = [
    `scores_softmax = softmax(${input})\n`,
    fillFirst ? "" : "scores_softmax = np.where(masked, f32(0), scores_softmax)\n",
    state.order === "renorm" ? divisionText(state) : "",
  ];
  return [
    head,
    pieces(needed),
    "\n\n",
    `np.seterr(all="ignore")  # ${text("programQuiet")}\n`,
    scores,
    masked,
    fill,
    ...result,
  ].join("");
}
