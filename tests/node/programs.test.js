// The NumPy and JAX programs of a screen: NumPy's run here and give the bits of the core.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

import { jaxProgram } from "../../web/save/jax_program.js";
import { numpyProgram } from "../../web/save/numpy_program.js";
import { tensorFile } from "../../web/save/tensor_files.js";
import { coreModule } from "./golden.js";
import { differing, runPrograms, without } from "./programs.js";

const { STRINGS } = await import("../../build/modules/save_strings_table.js");
const { createCore } = await coreModule;
const core = await createCore();

const text =
  (/** @type {number} */ language) =>
  (id, ...values) =>
    STRINGS[id][language].replace(/\{(\d)\}/g, (_, at) => values[Number(at)]);

const DEFAULTS = {
  ...{ seed: "1", rows: 4, cols: 5, scores: "", cpu: "avx2", mask: "random", fill: "-1e9" },
  ...{ dtype: "float32", order: "fill", dim: -1, temperature: 1 },
};
const LOWEST = {
  float32: -3.4028234663852886e38,
  float16: -65504,
  bfloat16: -3.3895313892515355e38,
};

/** The mask's bits, rows * cols; one row of `random` is drawn after the scores. */
function maskBits({ mask, rows, cols }, generator) {
  const [kind, k] = mask.split(":");
  const random = kind === "random" ? [...generator.randint(0, 2, cols)].map(Number) : [];
  const rule = {
    random: (_, col) => random[col],
    none: () => 0,
    causal: (row, col) => col > row,
    padding: (_, col) => col >= cols - k,
    window: (row, col) => Math.abs(row - col) > k,
  }[kind];
  const bit = rule ?? ((row, col) => mask[mask.length === cols ? col : row * cols + col] === "1");
  return Uint8Array.from({ length: rows * cols }, (_, i) =>
    Number(bit(Math.floor(i / cols), i % cols)),
  );
}

/** What the viewer would have of a state, by core.js: {screen, probabilities}. */
function screenOf(patch, own = null) {
  const state = { ...DEFAULTS, ...patch };
  const { rows, cols, seed, cpu, dtype } = state;
  const generator = core.generator(seed, { cpu });
  const drawn = own ?? generator.randn(rows * cols);
  const mask = maskBits(state, generator);
  const scores = core.maskedSoftmax({ scores: drawn, rows, cols, dtype }).maskedScores;
  const fill = { "-inf": -Infinity, "finfo.min": LOWEST[dtype] }[state.fill] ?? Number(state.fill);
  const options = { scores: drawn, rows, cols, mask, fill, dtype, method: "torch" };
  let refusal = "";
  let probabilities = new Float32Array();
  try {
    const { order, dim, temperature } = state;
    ({ probabilities } = core.maskedSoftmax({ ...options, order, dim, temperature, cpu }));
  } catch (error) {
    refusal = error.message;
  }
  return { screen: { state, scores, mask, refusal, own: own !== null }, probabilities };
}

/** A generator of its own, so that a failure can be seen again. */
function pick(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return (values) => values[Math.floor(next() * values.length)];
}

function randomState(seed) {
  const of = pick(seed);
  const rows = of([1, 2, 3, 4, 5, 7, 17, 33]);
  const cols = of([1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 24, 31, 33, 40, 64, 71]);
  const bits = (count) => Array.from({ length: count }, () => of(["0", "1"])).join("");
  return {
    ...{ seed: String(seed), rows, cols },
    mask: of([
      ...["random", "none", "causal", `padding:${of([0, 1, cols])}`, `window:${of([0, 2])}`],
      ...["1".repeat(cols), bits(cols), bits(rows * cols)],
    ]),
    fill: of(["-1e9", "-inf", "1e-9", "0", "-1e4", "finfo.min", "-2.5", "0.1"]),
    cpu: of(["avx2", "avx2", "default"]),
    dtype: of(["float32", "float32", "float16", "bfloat16"]),
    order: of(["fill", "fill", "zero", "renorm"]),
    dim: of([-1, -1, 0]),
    temperature: of([1, 1, 0.5, 3.7, 0.01]),
  };
}

/** Every kind of float that a reader may bring. */
function randomScores(seed, count) {
  const of = pick(seed);
  const special = [NaN, Infinity, -Infinity, 0, -0, 1e-42, 3e38, -3e38, 88.7, -103.9, 65504, 1e5];
  const normal = core.generator(seed).randn(count);
  return normal.map((value) => of([value, value, 10 * value, 40 * value, of(special)]));
}

const numpy = { skip: without("numpy") };

function check(cases) {
  const results = runPrograms(
    cases.map(({ screen, folder }, i) => ({ program: numpyProgram(screen, text(i % 2)), folder })),
  );
  cases.forEach(({ screen, probabilities }, i) => {
    const { error, type, shape, values } = results[i];
    const of = JSON.stringify({ ...screen.state, own: screen.own, error });
    if (screen.refusal) {
      assert.equal(error, `OverflowError: ${screen.refusal}`, of);
      return;
    }
    assert.deepEqual([type, shape], ["float32", [screen.state.rows, screen.state.cols]], of);
    assert.equal(differing(values ?? new Float32Array(), probabilities), 0, of);
  });
}

test("NumPy's program of the article, and of 300 random states, has the bits", numpy, () => {
  const seeds = Array.from({ length: 300 }, (_, i) => i + 1);
  check([screenOf({ seed: "333512" }), ...seeds.map((seed) => screenOf(randomState(seed)))]);
});

test("the same with own scores: nan, infinities, numbers at the ends of every range", numpy, () => {
  const seeds = Array.from({ length: 200 }, (_, i) => i + 1000);
  check(
    seeds.map((seed) => {
      const state = randomState(seed);
      const rows = Math.min(state.rows, Math.floor(1024 / state.cols));
      const mask = /^[01]+$/.test(state.mask) ? "causal" : state.mask;
      return screenOf({ ...state, rows, mask }, randomScores(seed, rows * state.cols));
    }),
  );
});

test("matrices too large to list are drawn by NumPy, or loaded", numpy, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "softmask-program-"));
  try {
    const drawn = [
      { rows: 33, cols: 32, dtype: "float32" },
      { rows: 7, cols: 163, seed: "18446744073709551615" },
      { rows: 3, cols: 1001, dtype: "bfloat16", fill: "-1e4" },
      { rows: 2, cols: 5003, mask: "random", order: "renorm" },
      { rows: 64, cols: 1024, mask: "causal", dim: 0 },
      { rows: 40, cols: 40, dtype: "float16" },
    ].map((patch) => screenOf(patch));
    const loaded = screenOf({ rows: 40, cols: 60, cpu: "default" });
    for (const { screen } of drawn) assert.match(numpyProgram(screen, text(0)), /RandomState/);
    assert.match(numpyProgram(loaded.screen, text(0)), /np\.load\("scores\.npy"\)/);
    const file = tensorFile(
      { name: "scores", rows: 40, cols: 60, data: loaded.screen.scores },
      "npy",
    );
    writeFileSync(path.join(folder, "scores.npy"), Buffer.from(await file.arrayBuffer()));
    check([...drawn, { ...loaded, folder }]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a program says what NumPy and JAX do otherwise, in both languages", () => {
  const { screen } = screenOf({});
  for (const language of [0, 1]) {
    const program = numpyProgram(screen, text(language));
    assert.ok(program.includes(STRINGS.programExp[language]));
    assert.ok(jaxProgram(screen, text(language)).includes(STRINGS.programJax[language]));
  }
});

// There is no JAX in Debian: what it computes is not tested here.
test("JAX's programs are Python", { skip: without("ast") }, () => {
  const programs = Array.from({ length: 60 }, (_, i) => {
    const { screen } = screenOf(randomState(i + 1));
    return jaxProgram(screen, text(i % 2));
  });
  const { status, stderr } = spawnSync(
    "/usr/bin/python3",
    ["-c", "import ast, json, sys\nfor p in json.load(sys.stdin): ast.parse(p)"],
    { input: JSON.stringify(programs) },
  );
  assert.equal(status, 0, String(stderr));
});
