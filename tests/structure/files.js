// Finds the project's own files, and runs checking programs over them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const OWN_FOLDERS = ["src", "tests", "web", "tools", "cmake", ".ci"];

/** Files of the project (none built, none fetched), relative to its root, that match. */
export function ownFiles(pattern, folders = OWN_FOLDERS) {
  const found = [];
  const visit = (folder) => {
    let entries;
    try {
      entries = readdirSync(path.join(ROOT, folder), { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries) {
      const name = path.join(folder, entry.name);
      if (entry.isDirectory()) visit(name);
      else if (pattern.test(name)) found.push(name);
    }
  };
  folders.forEach(visit);
  return found.sort();
}

/** Fails with what a program says about files where it is not content with them. */
export function assertContent(command, args) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (error) throw error;
  if (status !== 0) assert.fail(`${stdout}${stderr}`.trim() || `exit code ${status}`);
}
