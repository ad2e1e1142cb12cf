// Conventions that a program can see.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { ROOT, ownFiles } from "./files.js";

const MAX_LINES = 500;
const CODE = /\.(h|cpp|c|m?js|ts|css|py|sh|cmake)$/;
const THIS_FILE = path.join("tests", "structure", "conventions.test.js");

/** file:line of every line that matches. */
function occurrences(files, pattern) {
  return files
    .filter((file) => file !== THIS_FILE)
    .flatMap((file) =>
      readFileSync(path.join(ROOT, file), "utf8")
        .split("\n")
        .flatMap((text, index) => (pattern.test(text) ? [`${file}:${index + 1}: ${text}`] : [])),
    );
}

test("tests wait for events, never by the clock", () => {
  const clock =
    /waitForTimeout|\bsleep(_for|_until)?\s*\(|\busleep\s*\(|timers\/promises|setTimeout\(\s*r/;
  // The benchmark's subject is the clock: ten seconds of rest, say.
  const files = ownFiles(CODE, ["tests"]).filter((file) => !/^tests.bench\b/.test(file));
  assert.deepEqual(occurrences(files, clock), []);
});

test(`no file is longer than ${MAX_LINES} lines`, () => {
  const long = ownFiles(CODE)
    .map((file) => [file, readFileSync(path.join(ROOT, file), "utf8").split("\n").length - 1])
    .filter(([, lines]) => Number(lines) > MAX_LINES);
  assert.deepEqual(long, []);
});

test("nothing asks for more than Debian 12's Node 18", () => {
  const newer = /import\.meta\.(dirname|filename)|Promise\.withResolvers|Object\.groupBy/;
  assert.deepEqual(occurrences(ownFiles(/\.(m?js)$/, ["tests", "tools"]), newer), []);
});

test("files of the site are fetched in one place, which the one-file page replaces", () => {
  const files = ownFiles(/\.js$/, ["web"]).filter((file) => !file.includes("examples"));
  const own = files.filter((file) => !/^web.(site_files|core_modules)\.js$/.test(file));
  assert.deepEqual(
    occurrences(own, /(?<![#\w])fetch\(|XMLHttpRequest|importScripts|new Worker\b/),
    [],
  );
  assert.equal(occurrences(files, /(?<![#\w])fetch\(/).length, 2);
});

test("nothing is left to be done in the code", () => {
  assert.deepEqual(occurrences(ownFiles(CODE), /\b(TODO|FIXME|XXX|HACK)\b/), []);
});
