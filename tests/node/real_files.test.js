// import.wasm on files as NumPy, safetensors and PyTorch write and print them, made at this moment by
// make_real_files.py with Debian's python3-numpy, the safetensors that tools/test fetches and, where it is
// installed, python3-torch.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs, { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { loadImporter } from "../../web/import/imported_file.js";
import { WEB_DIR } from "./golden.js";

const FETCHED = fileURLToPath(new URL("../../build/third_party/safetensors", import.meta.url));
const SCRIPT = fileURLToPath(new URL("make_real_files.py", import.meta.url));

/** A Python that has a module: Debian's first, which another on the PATH may hide. */
function pythonWith(/** @type {string} */ module) {
  return ["/usr/bin/python3", "python3"].find((python) => {
    try {
      execFileSync(python, ["-c", `import ${module}`], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
}

const folder = mkdtempSync(path.join(tmpdir(), "softmask-real-"));
after(() => rmSync(folder, { recursive: true }));
const python = pythonWith("numpy");
if (python) {
  const env = { ...process.env, PYTHONPATH: FETCHED, PYTHONDONTWRITEBYTECODE: "1" };
  execFileSync(python, [SCRIPT, folder, "--large"], { env });
}
const index = python
  ? JSON.parse(readFileSync(path.join(folder, "index.json"), "utf8"))
  : { safetensors: null, torch: null, files: [], refused: [] };
const noNumpy = python ? false : "there is no NumPy here: Debian's python3-numpy has it";
const noSafetensors = index.safetensors
  ? false
  : "there is no safetensors here: tools/test fetches Debian's python3-safetensors";
const noTorch = index.torch ? false : "there is no PyTorch here: Debian's python3-torch has it";

const importer = loadImporter(readFileSync(path.join(WEB_DIR, "import.wasm")));

/** A file from the disk, of which slices are read where Node can do that, from 19.8 on. */
async function fileOf(/** @type {string} */ name) {
  const file = path.join(folder, name);
  return fs.openAsBlob ? fs.openAsBlob(file) : new Blob([readFileSync(file)]);
}

const isSafetensors = (/** @type {{name: string}} */ { name }) =>
  /^(?!torch).*\.safetensors$/.test(name);
const isTorch = (/** @type {{name: string}} */ { name }) => /^torch|\.pt$/.test(name);

/** @param {any[]} files */
async function readAll(files) {
  const reader = await importer;
  assert.ok(files.length > 0);
  for (const { name, expected, rows, cols, tensor, slice } of files) {
    const { tensors } = await reader.open(await fileOf(name));
    const at = tensor === null ? 0 : tensors.findIndex((one) => one.name === tensor);
    const matrix = await reader.read(at, slice);
    assert.deepEqual([matrix.rows, matrix.cols], [rows, cols], `${name} ${tensor ?? ""}`);
    const bytes = readFileSync(path.join(folder, expected));
    const wanted = new Float32Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    );
    // One comparison of bytes: a large matrix has 16 million values.
    const same = Buffer.from(matrix.values.buffer).equals(Buffer.from(wanted.buffer));
    if (!same) assert.deepEqual(matrix.values, wanted, `${name} ${tensor ?? ""}`);
  }
}

/** @param {{name: string, words: string}[]} files */
async function refuseAll(files) {
  const reader = await importer;
  assert.ok(files.length > 0);
  for (const { name, words } of files) {
    const reading = async () => {
      await reader.open(await fileOf(name));
      return reader.read(0, []);
    };
    await assert.rejects(reading, (/** @type {Error} */ error) => {
      assert.equal(error.name, "RangeError", name);
      assert.ok(error.message.includes(words), `${name}: ${error.message}`);
      return true;
    });
  }
}

test("what NumPy writes and prints is read to the bit", { skip: noNumpy }, () =>
  readAll(index.files.filter((file) => !isTorch(file) && !isSafetensors(file))),
);

test("what of NumPy's is no whole matrix is refused", { skip: noNumpy }, () =>
  refuseAll(index.refused.filter((file) => !isTorch(file) && !isSafetensors(file))),
);

test("what safetensors writes is read to the bit", { skip: noSafetensors }, () =>
  readAll(index.files.filter(isSafetensors)),
);

test("what of safetensors' is no matrix is refused", { skip: noSafetensors }, () =>
  refuseAll(index.refused.filter(isSafetensors)),
);

test("what PyTorch prints and hands to NumPy is read to the bit", { skip: noTorch }, () =>
  readAll(index.files.filter(isTorch)),
);

test("PyTorch's summaries and archives of pickles are refused", { skip: noTorch }, () =>
  refuseAll(index.refused.filter(isTorch)),
);
