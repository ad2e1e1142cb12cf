// The programs that the application shows and saves, run by PyTorch and by NumPy: what they leave
// has the bits that are on the screen.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

import { jaxProgram } from "../../web/save/jax_program.js";
import { numpyProgram } from "../../web/save/numpy_program.js";
import { tensorFile } from "../../web/save/tensor_files.js";
import { differing, runPrograms, without } from "../node/programs.js";
import { installPacking, unpack } from "./viewer_driver.js";
import { FEW_PIXELS, viewerTests } from "./viewer_tests.js";

const { withViewer } = viewerTests({
  reducedMotion: true,
  fragment: "hide=controls,ledger,code,scores,masked",
  ...FEW_PIXELS,
});
const { STRINGS } = await import("../../build/modules/save_strings_table.js");

const text = (id, ...values) => STRINGS[id][0].replace(/\{(\d)\}/g, (_, at) => values[Number(at)]);

/** Every mask, fill, order and dim, at sizes around those of vectors and of randn's blocks. */
function patches(cpu, dtypes, temperatures) {
  const masks = ["random", "none", "causal", "padding:1", "window:1", "bits", "all"];
  const fills = ["-1e9", "-inf", "1e-9", "0", "-1e4", "finfo.min", "-2.5"];
  const sizes = [
    ...[
      [4, 5],
      [1, 1],
      [3, 5],
      [2, 8],
      [4, 4],
      [5, 17],
      [33, 7],
      [9, 40],
      [31, 31],
      [2, 1000],
    ],
    ...[
      [64, 100],
      [1, 33],
    ],
  ];
  return Array.from({ length: 48 }, (_, i) => {
    const [rows, cols] = sizes[i % sizes.length];
    const bits = Array.from({ length: cols }, (_, col) => ((col * 7 + i) % 3 ? "0" : "1")).join("");
    const mask = masks[i % masks.length];
    return {
      ...{ rows, cols, cpu, seed: String(i < 1 ? 333512 : i * 7919), row: 0 },
      mask: { bits, all: "1".repeat(cols) }[mask] ?? mask,
      fill: fills[(i * 3) % fills.length],
      dtype: dtypes[i % dtypes.length],
      order: ["fill", "fill", "zero", "renorm"][Math.floor(i / 2) % 4],
      dim: i % 5 === 4 ? 0 : -1,
      temperature: temperatures[i % temperatures.length],
    };
  });
}

/** Of each state its program, the screen that NumPy's is made from, and what is on it. */
const shownOf = (driver, states) =>
  driver.page
    .evaluate((list) => {
      const own = /** @type {any} */ (window);
      return list.map((patch) => {
        own.softmask.setState(patch);
        return {
          state: own.softmask.getState(),
          result: own.packedResult(),
          program: own.softmask.twin.program(),
          own: own.softmask.twin.conditions().ownScores,
        };
      });
    }, states)
    .then((list) => list.map((one) => ({ ...one, result: unpack(one.result) })));

/** `folder`: where the files are that the programs load. */
function check(shown, programs, environment, folder = undefined) {
  const ran = runPrograms(
    programs.map((program) => (folder ? { program, folder } : { program })),
    environment,
  );
  shown.forEach(({ state, result }, i) => {
    const of = JSON.stringify({ ...state, error: ran[i].error });
    if (result.probabilities.length === 0) return assert.ok(ran[i].error, of);
    assert.equal(differing(ran[i].values ?? new Float32Array(), result.probabilities), 0, of);
  });
}

for (const cpu of ["avx2", "default"]) {
  const environment = { ATEN_CPU_CAPABILITY: cpu, OMP_NUM_THREADS: "1" };

  // Debian's PyTorch, 1.13, has no float16 softmax on the CPU, and rounds the temperature first.
  test(`PyTorch on its ${cpu} path leaves what is shown`, { skip: without("torch") }, () =>
    withViewer("", async (driver) => {
      await driver.page.evaluate(installPacking);
      const states = [
        ...patches(cpu, ["float32"], [1, 0.5, 3.7]),
        ...patches(cpu, ["bfloat16"], [1]).filter(({ fill }) => fill !== "finfo.min"),
      ];
      const shown = await shownOf(driver, states);
      check(
        shown,
        shown.map(({ program }) => program),
        environment,
      );
    }),
  );

  test(`NumPy leaves what is shown of the ${cpu} path`, { skip: without("numpy") }, () =>
    withViewer("", async (driver) => {
      await driver.page.evaluate(installPacking);
      const dtypes = ["float32", "float16", "bfloat16"];
      const states = patches(cpu, dtypes, [1, 1, 0.5, 3.7]).filter(
        ({ rows, cols }) => cpu === "avx2" || rows * cols <= 1024, // more are loaded from a file
      );
      const shown = await shownOf(driver, states);
      const programs = shown.map(({ state, result, own }) => {
        const { scores, mask, notes } = result;
        const refusal = result.maskedScores.length === 0 ? notes[0] : "";
        return numpyProgram({ state, scores, mask, refusal, own }, text);
      });
      check(shown, programs, environment);
    }),
  );
}

test("own scores go through both programs: nan, infinities, numbers far apart", async (t) => {
  if (without("torch") || without("numpy")) return t.skip(without("torch") || without("numpy"));
  await withViewer("", async (driver) => {
    await driver.page.evaluate(installPacking);
    const values = Float32Array.of(
      ...[NaN, 1, -1, Infinity, 0.5, -Infinity, 3e38, -3e38, 1e-42, -0],
    );
    const scores = Buffer.from(values.buffer).toString("base64url");
    const states = ["fill", "zero", "renorm"].flatMap((order) =>
      [-1, 0].map((dim) => ({ rows: 5, cols: 2, scores, mask: "none", order, dim })),
    );
    const shown = await shownOf(driver, states);
    for (const { own } of shown) assert.ok(own);
    const environment = { ATEN_CPU_CAPABILITY: "avx2" };
    check(
      shown,
      shown.map(({ program }) => program),
      environment,
    );
    const programs = shown.map(({ state, result, own }) =>
      numpyProgram({ state, scores: result.scores, mask: result.mask, refusal: "", own }, text),
    );
    check(shown, programs, environment);
  });
});

for (const own of [false, true]) {
  const what = own ? "own scores" : "drawn scores";
  test(`a mask of more than 4,096 cells is loaded, beside ${what}`, (t) => {
    if (without("torch") || without("numpy")) return t.skip(without("torch") || without("numpy"));
    return withViewer("", async (driver) => {
      const { page } = driver;
      await page.evaluate(installPacking);
      const [rows, cols] = [65, 64];
      await page.evaluate(
        ({ rows, cols, own }) => {
          const { softmask } = /** @type {any} */ (window);
          softmask.setState({ rows, cols, fill: "-inf" });
          const values = Float32Array.from({ length: rows * cols }, (_, i) => ((i * 37) % 101) / 7);
          if (own) softmask.setOwnScores({ rows, cols, values });
          softmask.setMaskBits(
            Uint8Array.from(values, (_, i) => Number((i * 7 + (i >> 6)) % 3 > 0)),
          );
        },
        { rows, cols, own },
      );
      for (const dtype of ["float32", "bfloat16"]) {
        const shown = await shownOf(driver, [{ dtype }]);
        const { state, result, program } = shown[0];
        assert.equal(state.mask.length, rows * cols);
        assert.match(program, /^import numpy\nimport torch\n/);
        assert.equal(/"scores\.npy"/.test(program), own);
        const screen = { state, scores: result.scores, mask: result.mask, refusal: "", own };
        assert.match(jaxProgram(screen, text), /masked = jnp\.load\("mask\.npy"\)/);
        const folder = mkdtempSync(path.join(tmpdir(), "softmask-loaded-"));
        try {
          for (const name of ["scores", "mask"]) {
            const file = tensorFile({ name, rows, cols, data: result[name] }, "npy");
            writeFileSync(path.join(folder, `${name}.npy`), Buffer.from(await file.arrayBuffer()));
          }
          const programs = [program, numpyProgram(screen, text)];
          check([...shown, ...shown], programs, { ATEN_CPU_CAPABILITY: "avx2" }, folder);
        } finally {
          rmSync(folder, { recursive: true });
        }
      }
    });
  });
}
