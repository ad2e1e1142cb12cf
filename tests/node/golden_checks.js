// core.js against golden data: what the tests under Node and those in browsers share. No imports,
// so that a page can load it from its text.

const CPUS = ["avx2", "default"];

/** Base64 to a typed array of that type. */
export function decode(base64, type = Float32Array) {
  return new type(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer);
}

const fillFrom = (text) =>
  text === "finfo.min" ? -3.4028234663852886e38 : Number(text.replace("inf", "Infinity"));

/** The first place where the bits differ (NaN equals any NaN), or null. */
export function firstDifference(actual, expected) {
  if (actual.length !== expected.length) return `${actual.length} values, not ${expected.length}`;
  const actualBits = new Uint32Array(actual.buffer, actual.byteOffset, actual.length);
  const expectedBits = new Uint32Array(expected.buffer, expected.byteOffset, expected.length);
  for (let i = 0; i < actual.length; i++) {
    const bothNaN = Number.isNaN(actual[i]) && Number.isNaN(expected[i]);
    if (!bothNaN && actualBits[i] !== expectedBits[i]) {
      return `value ${i} is ${actual[i]}, not ${expected[i]}`;
    }
  }
  return null;
}

/** Counts comparisons and keeps what went wrong, as JSON can carry it. */
class Findings {
  compared = 0;
  problems = [];

  same(actual, base64, what) {
    this.compared++;
    const difference = firstDifference(actual, decode(base64));
    if (difference !== null) this.problems.push(`${what}: ${difference}`);
  }
  equal(actual, expected, what) {
    this.compared++;
    if (String(actual) !== String(expected)) {
      this.problems.push(`${what}: ${actual} instead of ${expected}`);
    }
  }
}

/** The tensors that a golden entry starts from. */
export function draw(core, entry, cpu) {
  const generator = core.generator(entry.seed, { cpu });
  const scores = generator.randn(entry.rows * entry.cols);
  const mask = Uint8Array.from(generator.randint(0, 2, entry.cols), Number);
  return { scores, mask, rows: entry.rows, cols: entry.cols };
}

const named = (entry) =>
  ["dtype", "order", "dim", "temperature", "seed", "rows", "cols", "fill"]
    .filter((key) => key in entry)
    .map((key) => `${key} ${entry[key]}`)
    .join(" ");

export function checkCases(core, file, cpu) {
  const findings = new Findings();
  for (const entry of file.cases) {
    const drawn = draw(core, entry, cpu);
    const input = { ...drawn, fill: fillFrom(entry.fill), cpu };
    const { maskedScores, probabilities } = core.maskedSoftmax(input);
    const columns = core.maskedSoftmax({ ...input, dim: 0 }).probabilities;
    const name = named(entry);
    findings.same(drawn.scores, entry.scores, `${name}: scores`);
    findings.equal(drawn.mask, decode(entry.mask, Uint8Array), `${name}: mask`);
    findings.same(maskedScores, entry.masked_scores, `${name}: masked scores`);
    findings.same(probabilities, entry.softmax, `${name}: softmax`);
    findings.same(columns, entry.softmax_dim0, `${name}: softmax over dim 0`);
  }
  return findings;
}

export function checkStreams(core, file, cpu) {
  const findings = new Findings();
  for (const stream of file.streams) {
    const generator = core.generator(BigInt(stream.seed), { cpu });
    for (const { op, dtype, data } of stream.steps) {
      const [, name, list] = /^(\w+)\((.*)\)$/.exec(op); // such as "randint(0,1000,6)"
      const values = generator[name](...list.split(",").map(Number));
      const what = `seed ${stream.seed}: ${op}`;
      if (dtype === "int64") findings.equal(values, decode(data, BigInt64Array), what);
      else findings.same(values, data, what);
    }
  }
  return findings;
}

export function checkLowPrecision(core, file, cpu) {
  const findings = new Findings();
  for (const entry of file.low_precision) {
    const { dtype } = entry;
    const input = { ...draw(core, entry, cpu), fill: fillFrom(entry.fill), dtype, cpu };
    const { maskedScores, probabilities } = core.maskedSoftmax(input);
    const { scores, rows, cols } = input;
    const rounded = core.maskedSoftmax({ scores, rows, cols, dtype }).maskedScores;
    findings.same(maskedScores, entry.masked_scores, `${named(entry)}: masked scores`);
    findings.same(probabilities, entry.softmax, `${named(entry)}: softmax`);
    findings.same(rounded, entry.scores_rounded, `${named(entry)}: rounded scores`);
  }
  return findings;
}

export function checkSpecialRows(core, file, cpu) {
  const findings = new Findings();
  for (const entry of file.special_rows) {
    const scores = decode(entry.scores);
    const { probabilities } = core.maskedSoftmax({ scores, rows: 1, cols: entry.cols, cpu });
    findings.same(probabilities, entry.softmax, `softmax of ${scores}`);
  }
  return findings;
}

/** torch-1.13-orders.json; its hashes are compared by the C++ tests. */
export function checkOrders(core, file) {
  const findings = new Findings();
  for (const cpu of CPUS) {
    for (const entry of file[cpu].filter(({ probabilities }) => probabilities !== undefined)) {
      const { order, dim, temperature, dtype } = entry;
      const options = { fill: fillFrom(entry.fill), order, dim, temperature, dtype, cpu };
      const { probabilities } = core.maskedSoftmax({ ...draw(core, entry, cpu), ...options });
      findings.same(probabilities, entry.probabilities, named(entry));
    }
  }
  return findings;
}

export function checkTexts(core, file, cpu, style) {
  const findings = new Findings();
  for (const entry of file.texts) {
    const drawn = draw(core, entry, cpu);
    const { scores, mask, rows, cols } = drawn;
    const input = { ...drawn, fill: fillFrom(entry.fill), cpu };
    const { maskedScores, probabilities } = core.maskedSoftmax(input);
    for (const key of ["precision3_no_sci", "default"]) {
      const options = key === "default" ? { style } : { style, precision: 3, sciMode: false };
      const texts = [
        core.format(scores, rows, cols, options),
        core.format(mask, 1, cols, options),
        core.format(maskedScores, rows, cols, options),
        core.format(probabilities, rows, cols, options),
      ];
      texts.forEach((text, i) => findings.equal(text, entry[key][i], `${named(entry)}: ${key}`));
    }
  }
  return findings;
}

/**
 * All of it. `files` holds the parsed files by name.
 * @returns {Record<string, {compared: number, problems: string[]}>} findings by their name
 */
export function checkEverything(core, files) {
  const findings = {};
  for (const cpu of CPUS) {
    const file = files[`torch-${cpu}.json`];
    findings[`${cpu}: scores, mask, masked scores, softmax`] = checkCases(core, file, cpu);
    findings[`${cpu}: streams of calls on one generator`] = checkStreams(core, file, cpu);
    findings[`${cpu}: float16 and bfloat16`] = checkLowPrecision(core, file, cpu);
    findings[`${cpu}: rows of special values`] = checkSpecialRows(core, file, cpu);
    findings[`${cpu}: printed as by 2.14`] = checkTexts(core, file, cpu, "2.10");
  }
  findings["printed as by 1.13"] = checkTexts(core, files["torch-1.13-texts.json"], "avx2", "1.13");
  findings["orders, dims and temperatures"] = checkOrders(core, files["torch-1.13-orders.json"]);
  return findings;
}

/** How many comparisons each finding must have made: none may be lost unseen. */
export const EXPECTED_COUNTS = {
  "avx2: scores, mask, masked scores, softmax": 275,
  "avx2: streams of calls on one generator": 66,
  "avx2: float16 and bfloat16": 216,
  "avx2: rows of special values": 14,
  "avx2: printed as by 2.14": 512,
  "default: scores, mask, masked scores, softmax": 275,
  "default: streams of calls on one generator": 66,
  "default: float16 and bfloat16": 216,
  "default: rows of special values": 14,
  "default: printed as by 2.14": 512,
  "printed as by 1.13": 512,
  "orders, dims and temperatures": 312,
};
