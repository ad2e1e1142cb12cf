// The built core.js and the golden data, for tests under Node.

import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import v8 from "node:v8";

// Node 20 has relaxed SIMD, but behind a flag; 22 without one.
if (parseInt(process.versions.node) < 22) v8.setFlagsFromString("--experimental-wasm-relaxed-simd");

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The built site: build/web, or wherever SOFTMASK_WEB_DIR points. */
export const WEB_DIR = path.resolve(ROOT, process.env.SOFTMASK_WEB_DIR ?? "build/web");

/** core.js as it was built. @type {Promise<typeof import("../../web/core.js")>} */
export const coreModule = import(pathToFileURL(path.join(WEB_DIR, "core.js")).href);

/** What createCore() takes for each of its modules, those that run here. */
export async function coreOptions() {
  const { createCore } = await coreModule;
  const { relaxedSimd } = await createCore();
  return [
    ...(relaxedSimd ? [{ simd: true, relaxedSimd: true }] : []),
    { simd: true, relaxedSimd: false },
    { simd: false, relaxedSimd: false },
  ];
}

/** The files of tests/golden by name. */
export function goldenFiles() {
  const names = ["torch-avx2", "torch-default", "torch-1.13-texts", "torch-1.13-orders"];
  const read = (name) => readFileSync(path.join(ROOT, "tests", "golden", name), "utf8");
  return Object.fromEntries(
    names.map((name) => [`${name}.json`, JSON.parse(read(`${name}.json`))]),
  );
}

/** golden_checks.js as text, for a page to load. */
export function checksSource() {
  return readFileSync(path.join(ROOT, "tests", "node", "golden_checks.js"), "utf8");
}
