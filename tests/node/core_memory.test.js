// Whose memory the results are, that nothing leaks, how big the modules are, and how they load.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { WEB_DIR, coreModule } from "./golden.js";
import { firstDifference } from "./golden_checks.js";

const { createCore } = await coreModule;

const SIZE_BUDGET = 30 * 1024;
const EXPECTED_KERNEL = {
  ...((await createCore()).relaxedSimd ? { "core-relaxed.wasm": "simd128" } : {}),
  "core-simd.wasm": "simd128",
  "core-scalar.wasm": "scalar",
};

const readSite = (name) => readFileSync(path.join(WEB_DIR, name));

/** The module's raw exports, without core.js. @returns {Promise<any>} */
async function rawExports(name) {
  const nothing = () => {};
  const { instance } = await WebAssembly.instantiate(readSite(name), {
    env: { emscripten_notify_memory_growth: nothing },
    wasi_snapshot_preview1: { proc_exit: nothing },
  });
  /** @type {any} */ (instance.exports)._initialize?.();
  return instance.exports;
}

function textOf(exports) {
  const bytes = new Uint8Array(exports.memory.buffer, exports.softmask_text());
  return new TextDecoder().decode(bytes.slice(0, bytes.indexOf(0)));
}

for (const [name, kernel] of Object.entries(EXPECTED_KERNEL)) {
  test(`${name} runs the ${kernel} kernel`, async () => {
    const exports = await rawExports(name);
    exports.softmask_kernel();
    assert.equal(textOf(exports), kernel);
  });

  test(`core.js and ${name} are at most 30 KB, compressed`, (t) => {
    const bytes = ["core.js", name].map((file) => gzipSync(readSite(file), { level: 9 }).length);
    t.diagnostic(`core.js ${bytes[0]} bytes, ${name} ${bytes[1]} bytes`);
    assert.ok(bytes[0] + bytes[1] <= SIZE_BUDGET, `${bytes.join(" + ")} bytes`);
  });
}

test("each module asks its host for no more than core.js has", async () => {
  const offered = ["emscripten_notify_memory_growth", "proc_exit"];
  for (const name of Object.keys(EXPECTED_KERNEL)) {
    const imports = WebAssembly.Module.imports(await WebAssembly.compile(readSite(name)));
    assert.deepEqual(
      imports.map((entry) => entry.name).filter((entry) => !offered.includes(entry)),
      [],
    );
  }
});

test("results are the caller's own arrays", async () => {
  const core = await createCore();
  const generator = core.generator(7);
  const scores = generator.randn(60);
  const kept = [scores, generator.randint(0, 9, 9), generator.randperm(9), generator.rand(9)];
  const result = core.maskedSoftmax({ scores, rows: 6, cols: 10, mask: new Uint8Array(10) });
  kept.push(result.maskedScores, result.probabilities);
  const copies = kept.map((array) => array.slice());

  // Calls that reuse the memory, and one that makes it grow and move.
  const large = core.generator(8).randn(4_000_000);
  core.maskedSoftmax({ scores: large, rows: 100, cols: 40_000, dim: 0 });
  result.probabilities.fill(3);
  copies[5].fill(3);
  core.maskedSoftmax({ scores, rows: 6, cols: 10 });
  kept.forEach((array, index) => assert.deepEqual(array, copies[index]));
  assert.equal(new Set(kept.map((array) => array.buffer)).size, kept.length);
  for (const array of kept) assert.equal(array.byteOffset, 0);
});

test("generators do not disturb each other", async () => {
  const core = await createCore();
  const alone = core.generator(1);
  const expected = [alone.randn(3), alone.randn(20), alone.randn(2)];
  const first = core.generator(1);
  const second = core.generator(2);
  const actual = [3, 20, 2].map((n) => {
    const values = first.randn(n);
    second.randn(n + 1);
    return values;
  });
  assert.deepEqual(actual, expected);
});

/**
 * A core whose allocations are counted, and can be made to fail.
 * @returns {Promise<{core: import("../../web/core.js").Core,
 *   heap: {given: number, taken: number, failAfter: number}}>}
 */
async function countedCore() {
  const heap = { given: 0, taken: 0, failAfter: Infinity };
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = /** @type {any} */ (
    async (...args) => {
      const { exports } = /** @type {any} */ (await instantiate.apply(WebAssembly, args));
      const softmask_alloc = (bytes) => {
        if (heap.failAfter-- <= 0) return 0;
        heap.given++;
        return exports.softmask_alloc(bytes);
      };
      const softmask_free = (block) => {
        heap.taken++;
        exports.softmask_free(block);
      };
      const softmask_session_new = (rows, cols) => {
        if (heap.failAfter-- <= 0) return 0;
        heap.given++;
        return exports.softmask_session_new(rows, cols);
      };
      const softmask_session_free = (session) => {
        heap.taken++;
        exports.softmask_session_free(session);
      };
      const counted = {
        softmask_alloc,
        softmask_free,
        softmask_session_new,
        softmask_session_free,
      };
      return { exports: { ...exports, ...counted } };
    }
  );
  try {
    return { core: await createCore(), heap };
  } finally {
    WebAssembly.instantiate = instantiate;
  }
}

/** One call of every kind, and refusals from within WebAssembly. */
function useEverything(core) {
  const generator = core.generator(1);
  generator.rand(3);
  generator.randint(0, 3, 3);
  generator.bernoulli(0.5, 3);
  generator.randperm(3);
  const scores = generator.randn(20);
  core.maskedSoftmax({ scores, rows: 4, cols: 5, mask: new Uint8Array(5) });
  core.format(scores, 4, 5);
  core.format(new Uint8Array(4), 2, 2);
  const session = core.session(scores, 4, 5);
  session.setColumn(1, true);
  session.probabilities();
  session.rowScale();
  assert.throws(() => session.setFill(1e39), RangeError);
  session.free();
  assert.throws(() => generator.randint(3, 3, 1000), RangeError);
  assert.throws(() => generator.bernoulli(2, 1000), RangeError);
  const half = { scores, rows: 4, cols: 5, fill: -1e9, dtype: "float16" };
  assert.throws(() => core.maskedSoftmax(half), RangeError);
}

test("every block of memory is given back, however a call ends", async () => {
  const { core, heap } = await countedCore();
  for (let i = 0; i < 100; i++) useEverything(core);
  assert.ok(heap.given > 2000);
  assert.equal(heap.taken, heap.given);
});

test("where memory cannot be had, a call is refused and the core works on", async () => {
  const { core, heap } = await countedCore();
  const scores = Float32Array.of(1, 2, 3, 4);
  const generator = core.generator(5);
  const reference = core.generator(5);
  for (const [calls, use] of /** @type {[number, () => unknown][]} */ ([
    [1, () => core.generator(1)],
    [2, () => generator.randn(1000)],
    [3, () => core.maskedSoftmax({ scores, rows: 2, cols: 2, mask: new Uint8Array(2) })],
    [1, () => core.format(scores, 2, 2)],
    [2, () => core.session(scores, 2, 2)],
  ])) {
    for (let good = 0; good < calls; good++) {
      heap.failAfter = good;
      assert.throws(use, (error) => error instanceof RangeError && /memory/.test(error.message));
      assert.equal(heap.taken, heap.given, "what was had is given back");
    }
  }
  heap.failAfter = Infinity;
  assert.deepEqual(generator.randn(20), reference.randn(20), "the stream has not moved");
  useEverything(core);
});

test("a module out of memory answers null", async () => {
  const exports = await rawExports("core-simd.wasm");
  const sessions = [];
  for (let last = -1; last !== 0; sessions.push(last)) {
    last = exports.softmask_session_new(4096, 4096);
  }
  assert.ok(sessions.length > 16, `${sessions.length}`);
  for (const session of sessions) exports.softmask_session_free(session);
  assert.equal(exports.softmask_alloc(2 ** 31 - 64), 0);
  assert.notEqual(exports.softmask_alloc(1000), 0);
});

test("the allocator gives back what it was given", async () => {
  for (const name of Object.keys(EXPECTED_KERNEL)) {
    const exports = await rawExports(name);
    for (let i = 0; i < 300; i++) {
      const sizes = [1 + (i % 7), 40_000_000 + i * 1000, 2520, 10_000_000];
      const blocks = sizes.map((size) => exports.softmask_alloc(size));
      assert.ok(blocks.every((block) => block !== 0));
      if (i % 2 === 0) blocks.reverse();
      blocks.forEach((block) => exports.softmask_free(block));
    }
    assert.ok(
      exports.memory.buffer.byteLength < 128 * 2 ** 20,
      `${exports.memory.buffer.byteLength}`,
    );
  }
});

test("the largest matrices", async () => {
  const core = await createCore();
  const generator = core.generator(3);
  for (const [rows, cols] of [
    [256, 65536],
    [4096, 4096],
  ]) {
    const scores = generator.rand(rows * cols);
    const { maskedScores, probabilities } = core.maskedSoftmax({ scores, rows, cols });
    assert.equal(firstDifference(maskedScores, scores), null);
    let sum = 0;
    for (let i = 0; i < cols; i++) sum += probabilities[i];
    assert.ok(Math.abs(sum - 1) < 4e-7, `${sum}`);
  }
});

test("SIMD and scalar give the same bits with method torch, and close ones with fast", async () => {
  const [simd, scalar] = [await createCore({ simd: true }), await createCore({ simd: false })];
  assert.deepEqual([simd.simd, scalar.simd], [true, false]);
  for (const n of [1, 3, 4, 15, 16, 17, 67, 1000]) {
    const scores = simd.generator(n).randn(n * 3);
    assert.equal(firstDifference(scores, scalar.generator(n).randn(n * 3)), null);
    for (const cpu of /** @type {const} */ (["avx2", "default"])) {
      const input = { scores, rows: 3, cols: n, cpu };
      const [a, b] = [simd, scalar].map((core) => core.maskedSoftmax(input).probabilities);
      assert.equal(firstDifference(a, b), null);
    }
    const [a, b] = [simd, scalar].map(
      (core) => core.maskedSoftmax({ scores, rows: 3, cols: n, method: "fast" }).probabilities,
    );
    a.forEach((value, i) => assert.ok(Math.abs(value - b[i]) <= 2 ** -22 * b[i]));
  }
});
