// The benchmark measures and does not assert; that it still starts is asserted here.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const RUN = fileURLToPath(new URL("../bench/run.js", import.meta.url));
const SECTIONS = fileURLToPath(new URL("../bench/sections", import.meta.url));

test("every section is on the benchmark's list and can be loaded", () => {
  const listed = execFileSync(process.execPath, [RUN, "--list"], { encoding: "utf8" });
  const names = listed
    .trim()
    .split("\n")
    .map((line) => /^(\w+): .{10}/.exec(line)?.[1] ?? line);
  const files = readdirSync(SECTIONS).map((name) => name.replace(/\.js$/, ""));
  assert.deepEqual(names.sort(), files.sort());
});
