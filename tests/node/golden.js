// The built core.js and the golden data, for tests under Node.

import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The built site: build/web, or wherever SOFTMASK_WEB_DIR points. */
export const WEB_DIR = path.resolve(ROOT, process.env.SOFTMASK_WEB_DIR ?? "build/web");

/** core.js as it was built. @type {Promise<typeof import("../../web/core.js")>} */
export const coreModule = import(pathToFileURL(path.join(WEB_DIR, "core.js")).href);

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
