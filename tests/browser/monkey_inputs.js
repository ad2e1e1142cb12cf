// What a monkey may give to a viewer: states, right and wrong, as patches, addresses and texts. All
// of it from one seed, so that whatever went wrong can be had again.

/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Dice {
  #at;

  /** @param {number} seed 32 bits */
  constructor(seed) {
    this.#at = seed >>> 0;
  }

  /** 0 … 1, without 1. */
  next() {
    this.#at = (this.#at + 0x6d2b79f5) >>> 0;
    let x = this.#at;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  }

  /** An integer, both ends included. */
  whole(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** @template T @param {readonly T[]} list @returns {T} */
  of(list) {
    return list[this.whole(0, list.length - 1)];
  }

  /** True once in so many times. */
  once(times) {
    return this.next() * times < 1;
  }
}

const LESSONS = ["article", "nan-row", "half-overflow", "leak", "wrong-dim", "double-mask"];
const PARTS = ["controls", "code", "ledger", "scores", "masked", "title"];
const SPECIAL = [NaN, Infinity, -Infinity, 0, -0, 1e-45, -3e38, 100, 88.7, -104];

/** The largest matrix that comes up; computed in slices, as all above 262,144 cells. */
export const LARGEST = { rows: 520, cols: 530 };

const bits = (dice, count) => Array.from({ length: count }, () => dice.whole(0, 1)).join("");

/** As the state spells the reader's own scores. */
function ownScores(dice, count) {
  const values = Float32Array.from({ length: count }, () =>
    dice.once(12) ? dice.of(SPECIAL) : (dice.next() - 0.5) * dice.of([1, 8, 60, 300]),
  );
  return Buffer.from(values.buffer).toString("base64url");
}

function sizes(dice) {
  if (dice.once(150)) return LARGEST;
  if (dice.once(40)) return { rows: dice.whole(200, 300), cols: dice.whole(200, 300) };
  if (dice.once(12)) return { rows: dice.whole(1, 64), cols: dice.whole(1, 80) };
  return { rows: dice.whole(1, 9), cols: dice.whole(1, 12) };
}

/** @type {Record<string, (dice: Dice, now: {rows: number, cols: number}) => Record<string, unknown>>} */
const GOOD = {
  seed: (dice) => ({
    seed: dice.of([String(dice.whole(0, 1e6)), "18446744073709551615", "0", dice.whole(0, 99)]),
  }),
  size: (dice) => sizes(dice),
  rows: (dice) => ({ rows: dice.whole(1, 9) }),
  cols: (dice) => ({ cols: dice.whole(1, 12) }),
  scores: (dice) => {
    const [rows, cols] = [dice.whole(1, 8), dice.whole(1, 10)];
    return { rows, cols, scores: ownScores(dice, rows * cols) };
  },
  noScores: () => ({ scores: "" }),
  cpu: (dice) => ({ cpu: dice.of(["avx2", "default"]) }),
  mask: (dice, { rows, cols }) => ({
    mask: dice.of([
      ...["random", "none", "causal", `padding:${dice.whole(0, cols)}`],
      `window:${dice.whole(0, 5)}`,
      ...[bits(dice, cols), rows * cols <= 4096 ? bits(dice, rows * cols) : "none"],
    ]),
  }),
  fill: (dice) => ({
    fill: dice.of([
      ...["-1e9", "-inf", "1e-9", "0", "-1e4", "finfo.min", "-5", "3.25", -10, "-70000"],
      String((dice.next() - 0.5) * 200),
    ]),
  }),
  dtype: (dice) => ({ dtype: dice.of(["float32", "float16", "bfloat16"]) }),
  order: (dice) => ({ order: dice.of(["fill", "zero", "renorm"]) }),
  dim: (dice) => ({ dim: dice.of([-1, 0]) }),
  temperature: (dice) => ({ temperature: dice.of([1, 1, 0.5, 2, 0.05, 30, 1e-3, 1e6]) }),
  row: (dice, { rows }) => ({ row: dice.of(["none", String(dice.whole(0, rows - 1))]) }),
  theme: (dice) => ({ theme: dice.of(["light", "dark", "auto"]) }),
  hide: (dice) => ({ hide: PARTS.filter(() => dice.once(4)).join(",") }),
  lesson: (dice) => ({ lesson: dice.once(3) ? "" : dice.of(LESSONS) }),
  lang: (dice) => ({ lang: dice.of(["en", "zh-CN", "auto"]) }),
  unknown: () => ({ colour: "red", __proto__: null, toString: "x" }),
};
const RARE = new Set(["hide", "lesson", "lang", "noScores", "unknown"]);

/** @type {((dice: Dice) => Record<string, unknown>)[]} */
const BAD = [
  (dice) => ({ seed: dice.of(["-1", "18446744073709551616", "x", "1.5", "", null]) }),
  (dice) => ({ rows: dice.of([0, 4097, -1, "x", 2.5, NaN, "1e9"]) }),
  (dice) => ({ cols: dice.of([0, 65537, "", {}, "０"]) }),
  () => ({ rows: 4096, cols: 65536 }),
  (dice) => ({ mask: dice.of(["012", "padding:-1", "padding:", "x".repeat(5000), "1"]) + "2" }),
  (dice) => ({ fill: dice.of(["abc", "", "nan", "+-1", "1e999x", "∞"]) }),
  (dice) => ({ dtype: dice.of(["float64", "FLOAT32", ""]) }),
  (dice) => ({ temperature: dice.of([0, -1, NaN, "x", Infinity, 1e-60]) }),
  (dice) => ({ scores: dice.of(["AAAA", "*", "A".repeat(6000)]) }),
  (dice) => ({ row: dice.of([-1, 99999, "x", "0.5"]) }),
  (dice) => ({ lesson: dice.of(["nothing", "../article", "%00"]) }),
  (dice) => ({ dim: dice.of([1, "0.0", "x"]), order: "fill" }),
  (dice) => ({ animate: dice.of(["2", "yes"]), theme: "light", hide: "everything" }),
];

/** A patch of some keys. @param {Dice} dice @param {{rows: number, cols: number}} now */
export function goodPatch(dice, now) {
  const common = Object.keys(GOOD).filter((name) => !RARE.has(name));
  const names = dice.once(10)
    ? [dice.of([...RARE])]
    : Array.from({ length: dice.whole(1, 3) }, () => dice.of(common));
  return Object.assign({}, ...names.map((name) => GOOD[name](dice, now)));
}

/** A patch that has something wrong, among what may be right. */
export function badPatch(dice, now) {
  const wrong = dice.of(BAD)(dice);
  return dice.once(2) ? { ...goodPatch(dice, now), ...wrong } : wrong;
}

/** What is no patch at all. */
export const noPatch = (dice) => dice.of([null, 7, "seed=1", ["seed"], true]);

/** A fragment: of a patch, of one with something wrong, or nonsense. */
export function fragment(dice, now) {
  if (dice.once(8)) {
    return dice.of(["", "%", "%zz&&==", "seed=1&seed=2", "&&&", "lang=xx", "😀=1", "mask=%00"]);
  }
  const patch = dice.once(4) ? badPatch(dice, now) : goodPatch(dice, now);
  return Object.entries(patch)
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`)
    .join("&");
}

/** A text as a reader may paste it, a matrix or not. */
export function pasted(dice) {
  if (dice.once(3)) return dice.of(["[[1, 2], [3]]", "x", "[", "1 2\n3 4 5", "PK\u0003\u0004"]);
  const cols = dice.whole(1, 6);
  const rows = Array.from({ length: dice.whole(1, 5) }, () =>
    Array.from({ length: cols }, () => (dice.next() * 8 - 4).toFixed(3)).join(", "),
  );
  return dice.of([`[[${rows.join("],\n [")}]]`, rows.join("\n")]);
}

/** What a page around may send that is no request. */
export const oddMessage = (dice) =>
  dice.of([
    ...[null, 7, "getState", [], { source: "softmask" }, { type: "getState", id: 1 }],
    ...[{ source: "other", type: "setState", id: 2, state: { seed: "1" } }],
    ...[{ source: "softmask", type: "constructor", id: 3 }],
    ...[{ source: "softmask", type: "toString", id: 4 }],
    ...[{ source: "softmask", type: "setState", id: {}, state: { seed: "2" } }],
    ...[{ source: "softmask", type: "reply", id: 5, value: 1 }],
  ]);
