// bench.html: a visitor's own browser runs our kernels, a loop of JavaScript and a copy.

import { CoreMemory } from "./bench/core_memory.js";
import { copyWork, coreWork, javascriptWork, randomCase } from "./bench/softmax_work.js";
import { timeInterleaved } from "./bench/timing.js";
import { make, setText } from "./elements.js";
import { translatePage } from "./page_texts.js";
import { fastestCore, hasSimd } from "./simd.js";
import { setLanguage, text } from "./strings.js";

const SIZES = [
  [64, 64],
  [512, 512],
  [2048, 2048],
  [16, 65536],
];
/** Softmax results may differ by this much, the core's fast kernel being none of PyTorch's. */
const TOLERANCE = 1e-6;

class Stopped extends Error {}

/** @param {Float32Array} a @param {Float32Array} b the largest difference; NaN where one has a NaN */
function distance(a, b) {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}

/**
 * What takes part at one size, ours first.
 * @typedef {{ours: Contender[], javascript: Contender, copy: Contender}} Field
 * @typedef {import("./bench/timing.js").Contender} Contender   named in the page's language
 * @param {{simd: CoreMemory | null, scalar: CoreMemory}} memories
 * @param {number} rows @param {number} cols
 * @returns {Field}
 */
function contenders({ simd, scalar }, rows, cols) {
  const input = randomCase(simd ?? scalar, rows, cols);
  const withoutSimd = coreWork(text("benchFastScalar"), scalar, input);
  const ours = simd
    ? [
        coreWork(text("benchFastSimd"), simd, input),
        withoutSimd,
        coreWork(text("benchExact"), simd, input, { method: "torch" }),
      ]
    : [withoutSimd];
  return {
    ours,
    javascript: { ...javascriptWork(input), name: text("benchJavaScript") },
    copy: { ...copyWork(simd ?? scalar, input), name: text("benchCopy") },
  };
}

/** Throws where what is compared is not the same. @param {Contender[]} softmaxes */
async function checkResults(softmaxes) {
  for (const { work } of softmaxes) await work();
  const first = await softmaxes[0].result?.();
  for (const { name, result } of softmaxes) {
    const far = distance(/** @type {any} */ (first), /** @type {any} */ (await result?.()));
    if (!(far <= TOLERANCE)) throw new Error(text("benchDiffers", name, far));
  }
}

/** Three digits, as far as they say something. @param {number} value */
const short = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/**
 * @param {number} rows @param {number} cols
 * @param {import("./bench/timing.js").Timing[]} timings ours, JavaScript's, the copy's
 */
function resultOf(rows, cols, timings) {
  const ns = timings.map(({ ms }) => (ms * 1e6) / (rows * cols));
  const [javascript, copy] = ns.slice(-2);
  const longest = Math.max(...ns);
  const body = make("tbody");
  timings.forEach(({ name }, i) => {
    const bar = make("div", { class: "bench-bar" });
    bar.style.width = `${(100 * ns[i]) / longest}%`;
    const time = text("benchNanoseconds", short(ns[i]));
    body.append(
      make(
        "tr",
        i < ns.length - 2 ? { class: "bench-ours" } : {},
        make("th", { scope: "row" }, name),
        make("td", {}, bar),
        make("td", { class: "bench-number" }, time),
      ),
    );
  });
  const ratios = [javascript / ns[0], ns[0] / copy].map(short);
  const [{ name: first }] = timings;
  return make(
    "section",
    { class: "bench-size" },
    make("table", {}, make("caption", {}, `${rows} × ${cols}`), body),
    make("p", {}, text("benchRatio", first, ...ratios)),
  );
}

const state = /** @type {HTMLElement} */ (document.getElementById("state"));
const results = /** @type {HTMLElement} */ (document.getElementById("results"));
const run = /** @type {HTMLButtonElement} */ (document.getElementById("run"));

let running = false;

/** Lets the page paint and hear clicks, and ends where one of them was for that. */
async function pause() {
  await new Promise((next) => setTimeout(next));
  if (!running) throw new Stopped();
}

async function measure() {
  const scalar = await CoreMemory.load("core-scalar.wasm");
  const simd = hasSimd() ? await CoreMemory.load(fastestCore()) : null;
  for (const [rows, cols] of SIZES) {
    setText(state, text("benchRunning", rows, cols));
    await pause();
    const { ours, javascript, copy } = contenders({ simd, scalar }, rows, cols);
    try {
      await checkResults([...ours, javascript]);
      const timings = await timeInterleaved([...ours, javascript, copy], { pause });
      results.append(resultOf(rows, cols, timings));
    } finally {
      for (const memory of [simd, scalar]) memory?.free();
    }
  }
  setText(state, simd ? text("benchDone") : text("benchNoSimd"));
}

async function start() {
  if (running) {
    running = false;
    return;
  }
  running = true;
  results.replaceChildren();
  setText(run, text("benchStop"));
  try {
    await measure();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    setText(state, error instanceof Stopped ? text("benchStopped") : text("wentWrong", why));
  }
  running = false;
  setText(run, text("benchRun"));
}

setLanguage(new URLSearchParams(location.hash.slice(1)).get("lang"));
translatePage();
run.addEventListener("click", () => void start());
