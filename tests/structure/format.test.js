// Formatting: clang-format 14 (Debian 12's; other releases format differently) and prettier.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

import { assertContent, ownFiles } from "./files.js";

test("C++ is formatted by clang-format 14", () => {
  const has14 = spawnSync("clang-format-14", ["--version"]).status === 0;
  const command = has14 ? "clang-format-14" : "clang-format";
  const version = spawnSync(command, ["--version"], { encoding: "utf8" }).stdout ?? "";
  assert.match(version, /version 14\./, "clang-format 14 is needed");
  const files = ownFiles(/\.(h|cpp|c)$/);
  assert.notEqual(files.length, 0);
  assertContent(command, ["--dry-run", "-Werror", ...files]);
});

test("JavaScript, TypeScript, CSS and the lessons are formatted by prettier", () => {
  const lessons = ownFiles(/\.json$/, ["assets/lessons"]);
  const files = ownFiles(/\.(m?js|ts|css)$/).concat("package.json", lessons);
  const prettier = "node_modules/prettier/bin/prettier.cjs";
  const args = [prettier, "--list-different", ...files];
  assertContent(process.execPath, args);
});
