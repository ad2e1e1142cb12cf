// What is saved of a tensor is read back as the same values, by NumPy's format, by JSON, and by our own
// importer.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { loadImporter } from "../../web/import/imported_file.js";
import { tensorFile } from "../../web/save/tensor_files.js";
import { WEB_DIR } from "./golden.js";

const importer = () => loadImporter(readFileSync(path.join(WEB_DIR, "import.wasm")));

const VALUES = Float32Array.of(
  ...[0.1, -0, 1e9, -1e9, 3.4028234663852886e38, 1.401298464324817e-45],
  ...[Infinity, -Infinity, NaN, 1 / 3, 16777217, 0.30000001192092896],
);
const TENSOR = { name: "scores", rows: 3, cols: 4, data: VALUES };
const MASK = { name: "mask", rows: 2, cols: 2, data: Uint8Array.of(1, 0, 0, 1) };

const bits = (/** @type {Float32Array} */ values) => [...new Uint32Array(values.buffer.slice(0))];

for (const format of ["npy", "csv"]) {
  test(`.${format}: the importer reads the same floats`, async () => {
    const reader = await importer();
    await reader.open(tensorFile(TENSOR, format));
    const { rows, cols, values } = await reader.read(0, []);
    assert.deepEqual([rows, cols], [3, 4]);
    assert.deepEqual(bits(values), bits(VALUES));
  });

  test(`.${format}: the importer reads the same mask`, async () => {
    const reader = await importer();
    await reader.open(tensorFile(MASK, format));
    assert.deepEqual([...reader.mask(true, await reader.read(0, []))], [1, 0, 0, 1]);
  });
}

test(".npy begins as NumPy's do: a header of whole lines of 64 bytes", async () => {
  const bytes = Buffer.from(await tensorFile(TENSOR, "npy").arrayBuffer());
  const end = 10 + bytes.readUInt16LE(8);
  assert.equal(end % 64, 0);
  const header = bytes.toString("latin1", 10, end);
  assert.match(header, /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(3, 4\), \} *\n$/);
  assert.equal(bytes.length, end + 4 * 12);
});

test(".json is JSON, with strings for what it has no numbers for", async () => {
  const rows = JSON.parse(await tensorFile(TENSOR, "json").text());
  const values = Float32Array.from(rows.flat(), Number);
  const special = { inf: Infinity, "-inf": -Infinity, nan: NaN };
  rows.flat().forEach((value, i) => typeof value === "string" && (values[i] = special[value]));
  assert.deepEqual(bits(values), bits(VALUES));
  assert.deepEqual(JSON.parse(await tensorFile(MASK, "json").text()), [
    [true, false],
    [false, true],
  ]);
});

test(".tex is a matrix of three decimals", async () => {
  const data = Float32Array.of(0.2309, -1e9, -Infinity, 123456);
  const text = await tensorFile({ name: "s", rows: 2, cols: 2, data }, "tex").text();
  assert.equal(
    text,
    [
      "\\begin{bmatrix}",
      "  0.231 & -1 \\cdot 10^{9} \\\\",
      "  -\\infty & 1.235 \\cdot 10^{5} \\\\",
      "\\end{bmatrix}",
      "",
    ].join("\n"),
  );
});
