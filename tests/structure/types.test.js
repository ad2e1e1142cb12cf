// TypeScript's view: the declarations by themselves, a program that uses them, and the JavaScript.

import { test } from "node:test";

import { assertContent } from "./files.js";

const check = (project) =>
  assertContent(process.execPath, [
    "node_modules/typescript/bin/tsc",
    "--noEmit",
    "--pretty",
    "false",
    "--project",
    `tests/structure/${project}`,
  ]);

test("the declarations serve a program in strict TypeScript", () => {
  check("tsconfig.declarations.json");
});

test("the JavaScript of web/ and tools/ agrees with its types", () => {
  check("tsconfig.javascript.json");
});
