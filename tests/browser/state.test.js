// window.softmask: every key of the state, what is refused, results, events, the end.

import assert from "node:assert/strict";
import { test } from "node:test";

import { differences } from "./viewer_driver.js";
import { FEW_PIXELS, viewerTests } from "./viewer_tests.js";

const { withViewer } = viewerTests({ ...FEW_PIXELS, reducedMotion: true });

const DEFAULTS = {
  seed: "333512",
  rows: 4,
  cols: 5,
  scores: "",
  cpu: "avx2",
  mask: "random",
  fill: "-1e9",
  dtype: "float32",
  order: "fill",
  dim: -1,
  temperature: 1,
  row: "0",
  lesson: "",
  lang: "auto",
  theme: "auto",
  hide: "",
  animate: "auto",
};

/** base64url of little-endian float32. */
const spelled = (values) => Buffer.from(Float32Array.from(values).buffer).toString("base64url");
const OWN_SCORES = Array.from({ length: 20 }, (_, i) => (i - 9) / 4);

const ACCEPTED = {
  seed: ["0", "7", "9007199254740993", "18446744073709551615"],
  rows: [1, 3, 64, 4],
  cols: [1, 7, 64, 5],
  scores: [
    spelled(OWN_SCORES),
    spelled([...OWN_SCORES.slice(4), NaN, Infinity, -Infinity, -0]),
    "",
  ],
  cpu: ["default", "avx2"],
  mask: [
    "none",
    "causal",
    "padding:0",
    "padding:2",
    "padding:5",
    "window:0",
    "window:1",
    "10101",
  ].concat(["01".repeat(10), "random"]),
  fill: ["-inf", "1e-9", "0", "-1e4", "finfo.min", "-5.5", "0.25", "-1e9"],
  dtype: ["bfloat16", "float16", "float32"],
  order: ["zero", "renorm", "fill"],
  dim: [0, -1],
  temperature: [0.5, 2, 0.001, 1000, 1],
  row: ["none", "3", "1", "0"],
  lesson: ["nan-row", "article", ""],
  lang: ["zh-CN", "en", "auto"],
  theme: ["dark", "light", "auto"],
  hide: [
    "controls",
    "controls,code",
    "scores,masked,title",
    "controls,code,ledger,scores,masked,title",
  ].concat(""),
  animate: ["1", "0", "auto"],
};

/** What opening a lesson sets besides. */
const PRESETS = { "nan-row": { mask: "11111", fill: "-inf" }, article: {}, "": {} };

test("the default state, with the types of every value", () =>
  withViewer("", async (driver) => {
    assert.deepEqual(await driver.state(), DEFAULTS);
  }));

test("every key through setState and back", () =>
  withViewer("", async (driver) => {
    assert.deepEqual(Object.keys(ACCEPTED), Object.keys(DEFAULTS));
    for (const [key, values] of Object.entries(ACCEPTED)) {
      for (const value of values) {
        const returned = await driver.set({ [key]: value });
        const expected = { ...DEFAULTS, [key]: value };
        if (key === "rows") expected.row = "0";
        if (key === "lesson") Object.assign(expected, PRESETS[value]);
        assert.deepEqual(returned, expected, `${key} ${value}: returned`);
        assert.deepEqual(await driver.state(), expected, `${key} ${value}: getState`);
      }
      await driver.set({ [key]: DEFAULTS[key] });
    }
  }));

test("numbers and bigints where a string holds one", () =>
  withViewer("", async (driver) => {
    const values = await driver.page.evaluate(() => {
      const { softmask } = /** @type {any} */ (window);
      return [
        softmask.setState({ seed: 18446744073709551615n }).seed,
        softmask.setState({ seed: 12 }).seed,
        softmask.setState({ seed: Number.MAX_SAFE_INTEGER }).seed,
        softmask.setState({ fill: -5 }).fill,
        softmask.setState({ fill: 0 }).fill,
        softmask.setState({ fill: 1e-9 }).fill,
        softmask.setState({ fill: -1e9 }).fill,
        softmask.setState({ fill: -Infinity }).fill,
        softmask.setState({ fill: -7n }).fill,
        softmask.setState({ row: 2 }).row,
        softmask.setState({ animate: 0 }).animate,
        softmask.setState({ animate: 1n }).animate,
      ];
    });
    assert.deepEqual(values.slice(0, 3), ["18446744073709551615", "12", "9007199254740991"]);
    assert.deepEqual(values.slice(3, 9), ["-5", "0", "1e-9", "-1e9", "-inf", "-7"]);
    assert.deepEqual(values.slice(9), ["2", "0", "1"]);
  }));

const REFUSED = {
  seed: ["-1", "18446744073709551616", "abc", "1.5", "", "0x10", "1e3", " 1", -1, 1.5],
  rows: [0, -1, 4097, 2.5, "x", "", 1e9],
  cols: [0, 65537, 1.25, "5x"],
  scores: ["@@@@", "AAAA", spelled([1, 2, 3]), spelled(Array(1025).fill(0))],
  cpu: ["avx512", "AVX2", ""],
  mask: [
    "0110",
    "011010",
    "01102",
    "padding:-1",
    "padding:",
    "padding:6",
    "window:x",
    "diagonal",
    "",
  ],
  fill: ["abc", "", "1e", "--1", "finfo.max", "0x1"],
  dtype: ["float64", "Float16", ""],
  order: ["both", ""],
  dim: [1, -2, "x", 0.5],
  temperature: [0, -1, "x", "", "inf"],
  row: ["4", "-1", "x", "1.5", 4],
  lesson: ["no-such-lesson"],
  lang: ["fr", "EN", ""],
  theme: ["blue", ""],
  hide: ["everything", "controls,", ",code", "controls;code"],
  animate: ["2", "true", ""],
};

/** What a message has to name besides key and value. */
const ALLOWED = {
  seed: "18446744073709551615",
  rows: "4096",
  cols: "65536",
  scores: /base64url|20/,
  cpu: "default",
  mask: /padding:|each column/,
  fill: "finfo.min",
  dtype: "bfloat16",
  order: "renorm",
  dim: "-1, 0",
  temperature: "0",
  row: "none",
  lesson: "empty",
  lang: "zh-CN",
  theme: "dark",
  hide: "ledger",
  animate: "auto",
};

test("bad values: a RangeError names key, value and what is allowed; nothing changes", () =>
  withViewer("seed=9&fill=-2&row=1", async (driver) => {
    const before = await driver.state();
    assert.deepEqual(Object.keys(REFUSED), Object.keys(DEFAULTS));
    for (const [key, values] of Object.entries(REFUSED)) {
      for (const value of values) {
        const what = `${key}: ${value}`;
        const refusal = await driver.refusal({ [key]: value });
        assert.ok(refusal, `${what} was accepted`);
        assert.ok(refusal.isRangeError, `${what}: ${refusal.message}`);
        assert.ok(refusal.message.includes(key), `${what}: ${refusal.message}`);
        // Scores are named by how many they are: their text says nothing to a reader.
        if (key !== "scores") {
          assert.ok(refusal.message.includes(String(value)), `${what}: ${refusal.message}`);
        }
        assert.match(refusal.message, new RegExp(ALLOWED[key]), what);
      }
    }
    assert.deepEqual(await driver.state(), before);
  }));

test("values that JSON does not know are refused as well", () =>
  withViewer("", async (driver) => {
    const before = await driver.state();
    const kinds = await driver.page.evaluate(() => {
      const { softmask } = /** @type {any} */ (window);
      const attempts = [
        { temperature: NaN },
        { temperature: Infinity },
        { rows: NaN },
        { seed: -1n },
        { seed: 1n << 64n },
        { seed: NaN },
        { seed: null },
        { seed: {} },
        { seed: true },
        { fill: NaN },
        { mask: [0, 1, 1, 0, 1] },
        { dim: null },
      ];
      return attempts.map((patch) => {
        try {
          softmask.setState(patch);
          return `${Object.keys(patch)} accepted ${Object.values(patch)}`;
        } catch (error) {
          return error instanceof RangeError && error.message.includes(Object.keys(patch)[0]);
        }
      });
    });
    assert.deepEqual(kinds, Array(12).fill(true));
    assert.deepEqual(await driver.state(), before);
  }));

test("a patch is taken as a whole or not at all", () =>
  withViewer("", async (driver) => {
    assert.ok(await driver.refusal({ seed: "1", fill: "0", dtype: "float64" }));
    assert.ok(await driver.refusal({ temperature: 0, seed: "1" }));
    assert.ok(await driver.refusal({ rows: 4096, cols: 65536 }), "more cells than there may be");
    assert.ok(await driver.refusal({ rows: 2, row: "3" }), "a row that goes with the rows");
    assert.ok(await driver.refusal({ cols: 4, mask: "01010" }), "bits for another number");
    assert.deepEqual(await driver.state(), DEFAULTS);
    const patch = { rows: 3, cols: 4, mask: "0110", row: "2", fill: "-inf", dtype: "float16" };
    assert.deepEqual(await driver.set(patch), { ...DEFAULTS, ...patch });
  }));

test("unknown keys are ignored", () =>
  withViewer("", async (driver) => {
    // As text: Firefox's driver hands over no object with a key of this name.
    const patch = JSON.stringify({ seed: "8", colour: "red", toString: "x", "": "1" });
    const returned = await driver.page.evaluate(
      (text) => /** @type {any} */ (window).softmask.setState(JSON.parse(text)),
      patch,
    );
    assert.deepEqual(returned, { ...DEFAULTS, seed: "8" });
    assert.deepEqual(await driver.set({}), { ...DEFAULTS, seed: "8" });
  }));

test("own scores are what is computed with; another size needs others", () =>
  withViewer("", async (driver) => {
    await driver.set({ scores: spelled(OWN_SCORES) });
    const { scores } = await driver.result();
    assert.deepEqual(scores, Float32Array.from(OWN_SCORES));
    const refusal = await driver.refusal({ cols: 6 });
    assert.ok(refusal?.isRangeError && refusal.message.includes("scores"));
    assert.equal((await driver.set({ cols: 6, scores: "" })).scores, "");
  }));

test("results and states are the caller's own", () =>
  withViewer("mask=01010", async (driver) => {
    const first = await driver.result();
    const kept = await driver.page.evaluate(() => {
      const { softmask, packedResult } = /** @type {any} */ (window);
      const before = JSON.stringify(packedResult());
      const result = softmask.getResult();
      const state = softmask.getState();
      const sum = result.scores.reduce((total, value) => total + value, 0);
      state.seed = "1";
      result.mask.fill(1);
      result.probabilities.fill(7);
      const same = JSON.stringify(packedResult()) === before && softmask.getState().seed !== "1";
      // The largest matrix makes the memory grow.
      softmask.setState({ rows: 4096, cols: 4096, mask: "none" });
      softmask.setState({ rows: 4, cols: 5, mask: "01010" });
      return {
        same,
        scores: result.scores.reduce((total, value) => total + value, 0) === sum,
        mask: result.mask.join(""),
        probabilities: [...new Set(result.probabilities)],
      };
    });
    assert.deepEqual(kept, {
      same: true,
      scores: true,
      mask: "1".repeat(20),
      probabilities: [7],
    });
    assert.deepEqual(differences(await driver.result(), first), []);
  }));

test("where PyTorch raises, its message stands first and the results are empty", () =>
  withViewer("dtype=float16", async (driver) => {
    const message = "value cannot be converted to type c10::Half without overflow";
    const refused = await driver.result();
    assert.equal(refused.notes[0], message);
    assert.equal(refused.maskedScores.length, 0);
    assert.equal(refused.probabilities.length, 0);
    assert.deepEqual([refused.rows, refused.cols], [4, 5]);
    assert.equal(refused.scores.length, 20);
    assert.equal(refused.mask.length, 20);
    await driver.click("scores", 0, 0);
    assert.equal((await driver.state()).mask, "11101", "the mask can still be changed");
    await driver.set({ fill: "-1e4" });
    const mended = await driver.result();
    assert.ok(!mended.notes.includes(message));
    assert.equal(mended.probabilities.length, 20);
  }));

test("notes say in words what went wrong", () =>
  withViewer("mask=11111&fill=-inf", async (driver) => {
    const nan = await driver.result();
    assert.ok(nan.probabilities.every(Number.isNaN));
    assert.match(nan.notes[0], /NaN/);
    await driver.set({ mask: "01101", fill: "1e-9" });
    const leak = await driver.result();
    assert.match(leak.notes.join("\n"), /1e-9/);
    assert.match(leak.notes.join("\n"), /-1e9/, "what was probably meant");
    await driver.set({ fill: "-1e9" });
    assert.deepEqual((await driver.result()).notes, []);
  }));

test("cellRect refuses what there is not", () =>
  withViewer("", async (driver) => {
    const answers = await driver.page.evaluate(() => {
      const { softmask } = /** @type {any} */ (window);
      const attempts = [
        ["logits", 0, 0],
        ["scores", 4, 0],
        ["scores", 0, 5],
        ["scores", -2, 0],
        ["scores", 0, -1],
        ["scores", 0.5, 0],
      ];
      return attempts.map((at) => {
        try {
          const { width, height } = softmask.cellRect(...at);
          return width * height === 0;
        } catch (error) {
          return error instanceof RangeError || error instanceof TypeError;
        }
      });
    });
    assert.deepEqual(answers, Array(6).fill(true));
  }));
