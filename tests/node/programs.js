// Runs Python programs as a reader does, many in one process, and hands back what they leave.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Debian's, which has Debian's packages. */
const PYTHON = "/usr/bin/python3";

/** @param {string} module @returns {string | false} why its programs cannot be run, or false */
export function without(module) {
  const { status } = spawnSync(PYTHON, ["-c", `import ${module}`]);
  return status === 0 ? false : `${PYTHON} has no ${module}: install python3-${module}`;
}

const RUNNER = `
import base64, json, os, sys
out = []
for case in json.load(open(sys.argv[1])):
    os.chdir(case.get("folder", "."))
    names = {}
    try:
        exec(compile(case["program"], "program", "exec"), names)
        found = names["scores_softmax"]
        if hasattr(found, "float"):
            found = found.float().contiguous().numpy()
        out.append({"shape": found.shape, "type": str(found.dtype),
                    "data": base64.b64encode(found.tobytes()).decode()})
    except Exception as error:
        out.append({"error": f"{type(error).__name__}: {error}"})
json.dump(out, sys.stdout)
`;

/**
 * @param {{program: string, folder?: string}[]} cases
 * @param {Record<string, string>} [environment] beside that of this process
 * @returns {{shape?: number[], type?: string, values?: Float32Array, error?: string}[]} of each its
 *   `scores_softmax`, or what it raised
 */
export function runPrograms(cases, environment = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "softmask-programs-"));
  try {
    const list = path.join(folder, "cases.json");
    writeFileSync(list, JSON.stringify(cases.map((one) => ({ folder, ...one }))));
    const { stdout, stderr, status } = spawnSync(PYTHON, ["-W", "error", "-c", RUNNER, list], {
      env: { ...process.env, ...environment },
      maxBuffer: 1 << 28,
    });
    if (status !== 0) throw new Error(String(stderr));
    return JSON.parse(String(stdout)).map(({ shape, type, data, error }) => {
      if (error) return { error };
      const bytes = Buffer.from(data, "base64");
      const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
      return { shape, type, values: new Float32Array(copy) };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * How many values differ in their bits; one NaN is as good as another.
 * @param {Float32Array} a
 * @param {Float32Array} b
 */
export function differing(a, b) {
  if (a.length !== b.length) return Math.max(a.length, b.length);
  return a.reduce(
    (count, value, i) =>
      count + (Object.is(value, b[i]) || (value !== value && b[i] !== b[i]) ? 0 : 1),
    0,
  );
}
