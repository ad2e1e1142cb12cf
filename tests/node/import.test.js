// import.wasm under Node, as the page uses it: files in pieces, one matrix of them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { loadImporter } from "../../web/import/imported_file.js";
import { WEB_DIR } from "./golden.js";

const MODULE = readFileSync(path.join(WEB_DIR, "import.wasm"));
const importer = () => loadImporter(MODULE);

/** A .safetensors file of `{name: {dtype, shape, data}}`. */
function safetensors(tensors) {
  /** @type {Record<string, object>} */
  const header = {};
  const parts = [];
  let at = 0;
  for (const [name, { dtype, shape, data }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [at, at + data.byteLength] };
    parts.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    at += data.byteLength;
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return new Blob([length, json, ...parts]);
}

test("a text is a matrix", async () => {
  const reader = await importer();
  assert.deepEqual(await reader.open(new Blob(["tensor([[1., -inf], [0.5, nan]])"])), {
    kind: "text",
    tensors: [],
  });
  const { rows, cols, values, overflowed } = await reader.read(0, []);
  assert.deepEqual([rows, cols, overflowed], [2, 2, 0]);
  assert.deepEqual([...values], [1, -Infinity, 0.5, NaN]);
});

test("of a file only the beginning and the matrix are read", async () => {
  const data = Float32Array.from({ length: 4 * 300 * 200 }, (_, i) => i / 7);
  const blob = safetensors({ heads: { dtype: "F32", shape: [4, 300, 200], data } });
  let bytes = 0;
  const counted = {
    size: blob.size,
    slice: (/** @type {number} */ from, /** @type {number} */ to) => {
      bytes += to - from;
      return blob.slice(from, to);
    },
  };
  const reader = await importer();
  const { kind, tensors } = await reader.open(/** @type {any} */ (counted));
  assert.equal(kind, "safetensors");
  assert.deepEqual(tensors, [
    { name: "heads", dtype: "F32", readable: true, shape: [4, 300, 200] },
  ]);
  assert.equal(bytes, 65536);
  const { rows, cols, values } = await reader.read(0, [3]);
  assert.deepEqual([rows, cols], [300, 200]);
  assert.deepEqual(values, data.slice(3 * 300 * 200));
  assert.equal(bytes, 65536 + 4 * 300 * 200);
});

test("a header longer than the beginning is read to its end", async () => {
  /** @type {Record<string, any>} */
  const many = {};
  for (let i = 0; i < 2000; i++) {
    many[`layers.${i}.attention`] = { dtype: "F32", shape: [1, 1], data: Float32Array.of(i) };
  }
  const reader = await importer();
  const { tensors } = await reader.open(safetensors(many));
  assert.equal(tensors.length, 2000);
  const last = tensors.findIndex(({ name }) => name === "layers.1999.attention");
  assert.deepEqual([...(await reader.read(last, [])).values], [1999]);
});

test("a control character in a name or a type neither ends the list nor hides", async () => {
  const data = Float32Array.of(1, 2);
  const reader = await importer();
  const { tensors } = await reader.open(
    safetensors({
      "a\u0000b": { dtype: "F32", shape: [1, 2], data },
      "c\n\td": { dtype: "F32", shape: [2, 1], data },
      "": { dtype: "F\u00001", shape: [2, 1], data },
      分数: { dtype: "F32", shape: [2], data },
    }),
  );
  assert.deepEqual(tensors, [
    { name: "a\ufffdb", dtype: "F32", readable: true, shape: [1, 2] },
    { name: "c\ufffd\ufffdd", dtype: "F32", readable: true, shape: [2, 1] },
    { name: "", dtype: "F\ufffd1", readable: false, shape: [2, 1] },
    { name: "分数", dtype: "F32", readable: true, shape: [2] },
  ]);
  assert.deepEqual([...(await reader.read(0, [])).values], [1, 2]);
});

test("a mask is of true and false, of ones and zeros, or what is added", async () => {
  const reader = await importer();
  const bits = async (/** @type {string} */ text, trueIsMasked = true) => {
    await reader.open(new Blob([text]));
    return [...reader.mask(trueIsMasked, await reader.read(0, []))];
  };
  assert.deepEqual(await bits("[[True, False], [False, True]]"), [1, 0, 0, 1]);
  assert.deepEqual(await bits("1 0 1", false), [0, 1, 0]);
  assert.deepEqual(await bits("0, -inf, -3.4e38"), [0, 1, 1]);
  await assert.rejects(() => bits("[[0, 1], [2, 0]]"), { name: "RangeError", message: /row 1/ });
});

test("a mask is broadcast to the scores as masked_fill does it, or refused with both shapes", async () => {
  const reader = await importer();
  const bits = async (/** @type {string} */ text) => {
    await reader.open(new Blob([text]));
    await reader.read(0, []);
    return [...reader.mask(true, { rows: 2, cols: 3 })];
  };
  assert.deepEqual(await bits("[1, 0, 1]"), [1, 0, 1]);
  assert.deepEqual(await bits("[[1, 0, 1], [0, 0, 1]]"), [1, 0, 1, 0, 0, 1]);
  assert.deepEqual(await bits("[[0], [1]]"), [0, 0, 0, 1, 1, 1]);
  assert.deepEqual(await bits("[[1]]"), [1, 1, 1]);
  for (const [text, shape] of [
    ["[[1, 0], [0, 1], [0, 0]]", "(3, 2)"],
    ["[[1], [0], [0]]", "(3, 1)"],
    ["[[1, 0, 0, 1, 0, 0]]", "(1, 6)"],
  ]) {
    await assert.rejects(() => bits(text), {
      name: "RangeError",
      message: `the mask has the shape ${shape}, the scores have (2, 3); allowed: (2, 3), (1, 3), (2, 1) and (1, 1), which masked_fill broadcasts`,
    });
  }
});

test("a long text is parsed in parts, with progress, and ended between them", async () => {
  const reader = await importer();
  const row = Array.from({ length: 1000 }, (_, i) => (i / 8).toString()).join(",");
  const text = new Blob(Array.from({ length: 2000 }, () => `${row}\n`));
  await reader.open(text);
  /** @type {number[]} */
  const parts = [];
  const { rows, cols, values } = await reader.read(0, [], {
    onProgress: (part) => parts.push(part),
  });
  assert.deepEqual([rows, cols, values[1_999_999]], [2000, 1000, 999 / 8]);
  assert.ok(parts.length > 4, `${parts.length} parts`);
  assert.ok(
    parts.every((part, i) => part <= 1 && (i === 0 || part >= parts[i - 1])),
    "progress goes on",
  );
  const ending = new AbortController();
  await reader.open(text);
  await assert.rejects(
    () =>
      reader.read(0, [], {
        signal: ending.signal,
        onProgress: (part) => part > 0.2 && ending.abort(),
      }),
    { name: "AbortError" },
  );
  await reader.open(new Blob(["1 2"]));
  assert.deepEqual([...(await reader.read(0, [])).values], [1, 2]);
});

test("what is refused says where and what is allowed, and the reader goes on", async () => {
  const reader = await importer();
  const refused = (/** @type {BlobPart} */ part, /** @type {RegExp} */ message) =>
    assert.rejects(
      async () => {
        await reader.open(new Blob([part]));
        await reader.read(0, []);
      },
      { name: "RangeError", message },
    );
  await refused("[[1, 2], [3]]", /line 1, column \d+: .*allowed/);
  await refused("", /allowed/);
  await refused("1 2\n3 x", /line 2, column 3/);
  await refused(Uint8Array.of(0x50, 0x4b, 3, 4, 0), /byte 5: the end of the archive .*allowed/);
  await refused(Uint8Array.of(0x31, 0x80, 0x32), /allowed/);
  const lying = Buffer.alloc(40, 0x7b);
  lying.writeBigUInt64LE(9_000_000n);
  await refused(lying, /header of 9000000 bytes/);
  await refused(`\x93NUMPY`, /allowed|ends/);
  await reader.open(new Blob(["7"]));
  assert.deepEqual([...(await reader.read(0, [])).values], [7]);
});

test("what is refused is said in the language that was set last", async () => {
  const reader = await importer();
  const refused = async () => {
    await reader.open(new Blob(["1 2\n3 x"]));
    return reader.read(0, []).catch(({ name, message }) => `${name}: ${message}`);
  };
  const english = await refused();
  assert.match(String(english), /^RangeError: line 2, column 3: found "x"; allowed: /);
  reader.setLanguage("zh-CN");
  assert.match(String(await refused()), /^RangeError: 文本第 2 行第 3 个字符：遇到“x”；可用：/);
  // From the first value to the last there are 2^32 + 8 bytes, which do not become 8 on the way.
  const header = "{'descr': '<f8', 'fortran_order': True, 'shape': (536870912, 1, 2), }";
  const beginning = Buffer.from(
    `\x93NUMPY\x01\x00${String.fromCharCode(header.length)}\x00`,
    "latin1",
  );
  const some = new Blob([beginning, header]);
  const size = some.size + 8 * 2 * 536_870_912;
  const huge = { size, slice: (/** @type {number[]} */ ...range) => some.slice(...range) };
  await reader.open(/** @type {any} */ (huge));
  const words = /^4294967304 字节：没有这么多内存$/;
  await assert.rejects(() => reader.read(0, []), { name: "RangeError", message: words });
  reader.setLanguage("en");
  assert.equal(await refused(), english);
});

/** One of the archives that NumPy wrote. */
const archive = (/** @type {string} */ name) =>
  new Blob([readFileSync(new URL(`../fuzz/corpus/import_npz/${name}`, import.meta.url))]);

test("of an archive of NumPy's every array is read", async () => {
  const reader = await importer();
  for (const name of ["stored", "deflated", "zip64"]) {
    const { kind, tensors } = await reader.open(archive(name));
    assert.equal(kind, "npz");
    assert.deepEqual(tensors, [
      { name: "scores", dtype: "float32", readable: true, shape: [2, 3] },
      { name: "mask", dtype: "bool", readable: true, shape: [2, 2] },
    ]);
    const { rows, cols, values } = await reader.read(0, []);
    assert.deepEqual([rows, cols, ...values], [2, 3, 1, 2, 3, 4, 5, 6]);
    assert.deepEqual([...reader.mask(true, await reader.read(1, []))], [1, 0, 0, 1]);
  }
});

test("an archive that lies takes no more memory than it may, and the reader goes on", async () => {
  const reader = await importer();
  await assert.rejects(() => reader.open(archive("bomb")), {
    name: "RangeError",
    message: /"x.npy" unpacks to more than the 152 bytes/,
  });
  // The directory's own size of the second member: a gigabyte of 72 packed bytes.
  const lying = new Uint8Array(await archive("deflated").arrayBuffer());
  const view = new DataView(lying.buffer);
  const entry = lying.findLastIndex(
    (_, i) => view.getUint32(Math.min(i, lying.length - 4), true) === 0x02014b50,
  );
  view.setUint32(entry + 24, 1e9, true);
  const { tensors } = await reader.open(new Blob([lying]));
  assert.deepEqual(
    tensors.map(({ readable }) => readable),
    [true, false],
  );
  await assert.rejects(() => reader.read(1, []), { message: /"mask".*1000000000 bytes.*1032/ });
  assert.equal((await reader.read(0, [])).values[5], 6);
});

test("what is asked for later ends what is being read, and gets its own bytes", async () => {
  const reader = await importer();
  await reader.open(new Blob(["1 ".repeat(6_000_000)]));
  const first = reader.read(0, []);
  const second = reader.open(new Blob(["7 8"]));
  await assert.rejects(first, { name: "AbortError" });
  await second;
  const both = [reader.read(0, []), reader.read(0, [])];
  await assert.rejects(both[0], { name: "AbortError" });
  assert.deepEqual([...(await both[1]).values], [7, 8]);
});

test("the reader of a large file can stop it", async () => {
  const ending = new AbortController();
  const text = "1 ".repeat(6_000_000);
  const reader = await importer();
  await reader.open(new Blob([text]));
  const parts = [];
  const reading = reader.read(0, [], {
    signal: ending.signal,
    onProgress: (part) => {
      parts.push(part);
      ending.abort();
    },
  });
  await assert.rejects(reading, { name: "AbortError" });
  assert.equal(parts.length, 1);
  assert.ok(parts[0] > 0 && parts[0] < 1);
});
